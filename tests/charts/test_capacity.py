from datetime import date

import pandas as pd
import pytest

from steering.charts import capacity
from steering.charts.capacity import Cliff, largest_cliff
from steering.model import ExtensionRule

from .samples import AS_OF, quarters


def secured(levels: dict[str, float]) -> tuple[pd.Series, pd.Series]:
    frame = quarters(levels, rule=ExtensionRule.SECURED)
    return frame["quarter"], frame["fte"]


def layer(drawing, name):
    return drawing.data[drawing.data["layer"] == name].dropna(axis=1, how="all")


def test_a_clean_fall_is_dated_to_the_day():
    assert largest_cliff(*secured({"2026-01-01": 5.0, "2027-01-01": 3.5}), AS_OF) == Cliff(
        date(2027, 1, 1), -1.5, exact=True
    )


def test_a_fall_within_a_quarter_is_dated_to_the_quarter():
    found = largest_cliff(*secured({"2026-01-01": 5.0, "2027-01-01": 4.0, "2027-04-01": 3.5}), AS_OF)
    assert found == Cliff(date(2027, 1, 1), -1.0, exact=False)


def test_the_largest_of_several_falls_is_named():
    found = largest_cliff(*secured({"2026-01-01": 5.0, "2027-01-01": 4.0, "2028-01-01": 1.0}), AS_OF)
    assert found is not None
    assert (found.day, found.amount) == (date(2028, 1, 1), -3.0)


def test_a_fall_before_the_stichtag_is_past():
    assert largest_cliff(*secured({"2026-01-01": 5.0, "2026-07-01": 3.5}), AS_OF) is None


def test_a_rise_is_no_cliff():
    assert largest_cliff(*secured({"2026-01-01": 1.0, "2027-01-01": 3.5}), AS_OF) is None


def test_the_label_says_how_much_and_when():
    drawing = capacity.fte_band(quarters({"2026-01-01": 5.0, "2027-01-01": 3.5}), AS_OF)
    assert layer(drawing, "cliff")["text"].tolist() == ["−1,5 VZÄ am 01.01.2027"]
    assert "−1,5 VZÄ am 01.01.2027" in drawing.alt


def test_a_given_cliff_wins():
    given = Cliff(date(2027, 1, 15), -2.0, exact=True)
    drawing = capacity.fte_band(quarters({"2026-01-01": 5.0, "2027-01-01": 3.5}), AS_OF, cliff=given)
    assert layer(drawing, "cliff")["text"].tolist() == ["−2 VZÄ am 15.01.2027"]


def test_the_last_quarter_is_drawn_to_its_end():
    drawing = capacity.fte_band(quarters({"2026-01-01": 5.0}), AS_OF)
    steps = layer(drawing, "step")
    assert steps["day"].iloc[-1] == pd.Timestamp("2029-01-01")
    assert steps["secured"].iloc[-1] == steps["secured"].iloc[-2]


def test_tooltips_are_ready_to_read():
    first = layer(capacity.fte_band(quarters({"2026-01-01": 1.5}), AS_OF), "quarter").iloc[0]
    assert first["name"] == "1. Quartal 2026"
    assert first["secured_words"] == "1,5 VZÄ"
    assert first["note"] == "VZÄ nicht bekannt bei 1 Struktur; ungewiss, ob sie läuft, bei 2 Strukturen"


@pytest.mark.parametrize(
    ("day", "side"), [(date(2026, 2, 1), "left"), (date(2028, 12, 1), "right"), (date(2030, 1, 1), None)]
)
def test_the_stichtag_keeps_its_label_within_the_picture(day, side):
    drawing = capacity.fte_band(quarters({"2026-01-01": 1.5}), day)
    assert layer(drawing, "as_of").get("side", pd.Series(dtype=str)).tolist() == ([side] if side else [])


def test_money_is_in_euros_of_a_readable_size():
    frame = quarters({"2026-01-01": 1.0}).assign(cents=3_250_000)
    drawing = capacity.money_band(frame, AS_OF)
    assert layer(drawing, "quarter")["secured_words"].iloc[0] == "32.500 €"
    assert layer(drawing, "step")["secured"].iloc[0] == 32.5
    assert "Tsd. €" in str(drawing.spec)


def test_shorter_quarters_and_leap_years_are_no_fall_of_money():
    frame = quarters({"2026-01-01": 1.0})
    days = (frame["quarter"] + pd.offsets.MonthBegin(3) - frame["quarter"]).dt.days
    year = frame["quarter"].dt.is_leap_year.map({True: 366, False: 365})
    drawing = capacity.money_band(frame.assign(cents=100_000_00 * days / year), AS_OF)
    assert layer(drawing, "cliff").empty


def test_a_fall_of_money_is_found():
    frame = quarters({"2026-01-01": 2.0, "2027-01-01": 1.0})
    days = (frame["quarter"] + pd.offsets.MonthBegin(3) - frame["quarter"]).dt.days
    drawing = capacity.money_band(frame.assign(cents=frame["fte"] * days * 10_000), AS_OF)
    assert layer(drawing, "cliff")["text"].tolist() == ["−9.400 € je Quartal am 01.01.2027"]


def test_money_without_any_quarter_says_so():
    frame = quarters({"2026-01-01": 1.0}).iloc[:0].assign(cents=0)
    assert capacity.money_band(frame, AS_OF).alt == "Mittel je Quartal: keine Angaben."
    assert capacity.fte_band(frame, AS_OF).alt == "VZÄ je Quartal: keine Angaben."
