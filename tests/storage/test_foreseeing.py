"""Rules by which Kennzahlen are forecast: written, refused with a sentence, taken back; typed forecasts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.analysis.findings.forecasts import expected
from steering.model import ForecastRule, ForecastVariant, Indicator
from steering.storage import archiving, foreseeing, observing, reading
from steering.storage.history.undoing import undo
from steering.storage.problems import Conflict, Invalid, Receipt
from steering.storage.writing import Edit, write
from tests.storage.conftest import AHORN, FOREST, NEUSTADT, NOW, WHO
from tests.stored import batch_of

TODAY = NOW.date()
TREND = {
    "indicator_id": 1, "kind": "percent", "low": 0.0, "middle": 2.5, "high": 5.0,
    "last_day": date(2031, 12, 31), "source": "Annahme des Kreistags",
}  # fmt: skip
ARRIVALS = {
    "indicator_id": 1, "kind": "arrivals", "arrivals": "2026: 1/2/3\n2027; 10; 20; 30",
    "share_key": "typed", "shares": f"{AHORN} Ahorn: 40\n{NEUSTADT} Neustadt: 60",
    "share_source": "Quote", "source": "Annahme",
}  # fmt: skip


@pytest.fixture
def counted(engine: Engine) -> Engine:
    write(engine, [Edit(Indicator, {"name": name}) for name in ("Asylsuchende", "Leer")], **WHO)
    observing.observe(engine, 1, date(2025, 12, 31), {AHORN: 30.0, NEUSTADT: 90.0}, {}, **WHO)
    return engine


def foresee(engine: Engine, values: dict[str, Any], **more: Any) -> Receipt:
    return foreseeing.foresee(engine, values, today=TODAY, **more, **WHO)


def test_a_rule_is_kept_changed_and_taken_back(counted: Engine) -> None:
    made = foresee(counted, TREND)
    changed = foresee(counted, {"middle": 3.0}, rule_id=made.ids[0], version=1)
    assert reading.portfolio(counted).forecast_rules["middle"].tolist() == [3.0]
    with pytest.raises(Conflict):
        foresee(counted, {"middle": 4.0}, rule_id=made.ids[0], version=1)
    undo(counted, batch_of(changed), **WHO)
    assert reading.portfolio(counted).forecast_rules["middle"].tolist() == [2.5]
    undo(counted, batch_of(made), **WHO)
    assert expected(reading.portfolio(counted)).empty


def test_arrivals_are_kept_line_by_line_as_people_read_them(counted: Engine) -> None:
    foresee(counted, ARRIVALS)
    found = reading.portfolio(counted)
    assert found.forecast_rules["arrivals"].tolist() == ["2026: 1 / 2 / 3\n2027: 10 / 20 / 30"]
    rows = expected(found)
    rows = rows[(rows["variant"] == "middle") & (rows["reference_date"] == "2027-12-31")]
    assert dict(zip(rows["ags"], rows["value"], strict=True)) == {
        AHORN: 30 + 22 * 0.4,
        NEUSTADT: 90 + 22 * 0.6,
    }


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        (TREND | {"middle": 1000.0, "high": 1000.0}, "middle", r"1.000 % im Jahr kann nicht gemeint sein"),
        (TREND | {"low": None}, "low", "Bitte die Veränderung je Jahr angeben"),
        (TREND | {"low": 3.0}, "low", r"Niedrig \(3\), mittel \(2,5\) und hoch \(5\) müssen"),
        (TREND | {"high": 1.0}, "high", "der Größe nach aufsteigen"),
        (TREND | {"last_day": None}, "last_day", "bis zu welchem Tag"),
        (TREND | {"last_day": TODAY}, "last_day", "liegt nicht nach heute"),
        (TREND | {"source": " "}, "source", "Bitte ausfüllen"),
        (TREND | {"indicator_id": 2}, "indicator_id", "»Leer« ist noch kein Wert erhoben"),
        (TREND | {"arrivals": "2027: 1/1/1"}, "arrivals", "gehört nicht zu einem Trend"),
        (ARRIVALS | {"shares": f"{AHORN}: 40\n{NEUSTADT}: 58,5"}, "shares", "zusammen 98,5 %, nicht 100 %"),
        (ARRIVALS | {"shares": f"{AHORN}: 40\n{FOREST}: 60"}, "shares", f"Unter {FOREST} gibt es keine"),
        (ARRIVALS | {"shares": f"{AHORN}: 40\n{AHORN}: 60"}, "shares", "steht zweimal da"),
        (ARRIVALS | {"shares": "Ahorn: 100"}, "shares", "ist keine Gemeinde"),
        (ARRIVALS | {"share_source": ""}, "share_source", "gehört ihre Quelle"),
        (ARRIVALS | {"arrivals": "2027: viele"}, "arrivals", "ist nicht zu lesen"),
        (ARRIVALS | {"arrivals": "2027: 3/2/1"}, "arrivals", "im Jahr 2027 der Größe nach"),
        (ARRIVALS | {"arrivals": "2026: 1/1/1\n2028: 1/1/1"}, "arrivals", "Das Jahr 2027 fehlt"),
        (ARRIVALS | {"arrivals": "2024: 1/1/1"}, "arrivals", r"Das letzte Jahr \(2024\) ist vorbei"),
        (ARRIVALS | {"share_key": "indicator", "shares": ""}, "share_indicator_id", "Bitte die Kennzahl"),
        (ARRIVALS | {"low": 1.0}, "low", "gehört nicht zu angenommenen Zugängen"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_at_its_field(counted: Engine, values, field, told) -> None:
    with pytest.raises(Invalid, match=told) as refused:
        foresee(counted, values)
    assert field in {problem.field for problem in refused.value.problems}
    assert reading.portfolio(counted).forecast_rules.empty


def test_a_kennzahl_has_one_rule_in_force_and_an_archived_one_makes_room(counted: Engine) -> None:
    first = foresee(counted, TREND).ids[0]
    with pytest.raises(Invalid, match="gibt es schon eine Regel"):
        foresee(counted, TREND)
    archiving.archive(counted, ForecastRule, first, 1, **WHO)
    assert expected(reading.portfolio(counted)).empty
    foresee(counted, ARRIVALS)
    with pytest.raises(Invalid, match="gibt es schon eine Regel"):
        write(counted, [Edit(ForecastRule, {"archived_on": None}, id=first, version=2)], **WHO)


def test_a_forecast_is_typed_for_days_after_today_only(counted: Engine) -> None:
    whose = observing.Expectation(ForecastVariant.HIGH, "Rechnung", TODAY)
    for on in (TODAY, date(2020, 1, 1)):
        with pytest.raises(Invalid, match="Eine Prognose gilt für einen Tag nach heute"):
            observing.observe(counted, 1, on, {AHORN: 1.0}, {}, expected=whose, **WHO)
    nobody = observing.Expectation(ForecastVariant.HIGH, " ", TODAY)
    with pytest.raises(Invalid, match="gehört ihre Quelle"):
        observing.observe(counted, 1, date(2030, 1, 1), {AHORN: 1.0}, {}, expected=nobody, **WHO)
    observing.observe(counted, 1, date(2027, 1, 1), {AHORN: 1.0}, {}, expected=whose, **WHO)
    later = observing.Expectation(ForecastVariant.HIGH, "Rechnung", date(2028, 1, 1))
    observing.observe(counted, 1, date(2027, 1, 1), {AHORN: None}, {AHORN: 1}, expected=later, **WHO)
    assert reading.portfolio(counted).forecasts.empty, "what has become past can still be taken away"
