"""A survey of needs from its beginning to a need that knows who asked for it, and back."""

import os
import shutil
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from steering.analysis.discretion import for_everyone
from steering.analysis.findings import not_surveyed
from steering.analysis.incoming import Reading, RowOutcome
from steering.analysis.needs import surveyed
from steering.analysis.paper import surveyed as paper
from steering.analysis.surveys import bodies, comparison, said, twice
from steering.analysis.surveys.asked import AskedBody, asked
from steering.analysis.surveys.together import changing, suggestion
from steering.analysis.surveys.tracking import tracking
from steering.exchange.incoming_files import FileRefused, received
from steering.exchange.surveys.files import body_workbook, packed
from steering.exchange.surveys.reading import BodyAnswer, read
from steering.model import Indicator, Municipality, Need, NeedUnit, SurveyAnswer, SurveyRound
from steering.storage import archiving, reading, surveying
from steering.storage.history import undoing
from steering.storage.imports import importing
from steering.storage.problems import Invalid
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from tests.exchange.confirmation.filling import at, edited
from tests.exchange.surveys.filling import NEED, answered
from tests.storage.conftest import (
    AHORN,
    CARITAS,
    COUNSEL,
    EVERYONE,
    LANGUAGE,
    NEUSTADT,
    REFUGEES,
    WHO,
    without_versions,
)
from tests.stored import batch_of, row_of

DAY, CAME, LATER = date(2026, 11, 22), date(2026, 11, 25), date(2026, 11, 27)
ROUND = {
    "name": "Bedarfserhebung 2026",
    "sent_on": DAY,
    "due": date(2026, 12, 20),
    "mailbox": "",
    "letter": "",
}
YES: dict[str, Any] = {"Bedarf?": "ja", "Wie viel": 2, "Einheit": "VZÄ", "von": date(2027, 1, 1)}


def start(engine: Engine, keys: tuple[str, ...] = (AHORN, NEUSTADT, f"o{CARITAS}")) -> int:
    """The id of a new round."""
    portfolio = reading.portfolio(engine)
    about = [(body, bodies.tasks_of(portfolio, body)) for body in bodies.chosen(portfolio, keys)]
    return int(surveying.start(engine, ROUND, about, **WHO).ids[0])


def sent(engine: Engine, key: str = AHORN) -> AskedBody:
    return next(each for each in reversed(asked(reading.portfolio(engine))) if each.body.key == key)


def file_of(engine: Engine, key: str = AHORN) -> bytes:
    return body_workbook(reading.portfolio(engine), sent(engine, key), LINKS)


def answer(engine: Engine, content: bytes, day: date = CAME, **how: Any) -> BodyAnswer:
    return read(received("antwort.xlsx", content), reading.portfolio(engine), LINKS, day, **how)


def propose(engine: Engine, content: bytes, day: date = CAME) -> Any:
    return importing.propose(engine, reading.portfolio(engine), answer(engine, content, day).reading)


def take(engine: Engine, content: bytes, day: date = CAME) -> Any:
    return importing.take_over(engine, propose(engine, content, day), **WHO)


def held(engine: Engine) -> Any:
    found = said.answers(reading.portfolio(engine))
    return found[found["holds"]]


def adopt(engine: Engine, ids: list[int], **how: Any) -> Any:
    portfolio = reading.portfolio(engine)
    rows = said.answers(portfolio)
    made = suggestion(portfolio, rows[rows["answer_id"].isin(ids)])
    if (replaces := how.get("replaces")) is not None:
        made = changing(portfolio, made, replaces)
    return surveying.take_over(engine, portfolio, made.need, made.places, ids, **how, **WHO)


@pytest.fixture
def begun(engine: Engine) -> Engine:
    """The database with a survey begun."""
    start(engine)
    return engine


def test_each_body_is_asked_about_the_tasks_that_concern_it(begun: Engine) -> None:
    assert set(sent(begun).tasks) == {COUNSEL, LANGUAGE}
    assert sent(begun).body.area_id is not None, "a municipality is an area of its own from then on"


def test_nobody_to_ask_is_said(engine: Engine) -> None:
    with pytest.raises(Invalid, match="kein Adressat gewählt"):
        start(engine, ())


def test_an_answer_is_kept_as_it_was_given(begun: Engine) -> None:
    content = answered(
        file_of(begun),
        (NEED, 2, YES | {"Für wen": "Asylsuchende", "Priorität": "hoch", "Begründung": "Wartezeit"}),
        (NEED, 3, {"Bedarf?": "nein"}),
    )
    take(begun, content)
    yes, no = held(begun).sort_values("needed", ascending=False).to_dict("records")
    assert (yes["needed"], yes["quantity"], yes["unit"], yes["groups"]) == ("yes", 2.0, "fte", {REFUGEES})
    assert (yes["priority"], yes["reason"], yes["places"], yes["doubt"]) == ("high", "Wartezeit", {AHORN}, "")
    assert (no["needed"], no["groups"], no["received_on"].date()) == ("no", {EVERYONE}, CAME)
    rows = tracking(reading.portfolio(begun), 1, CAME).set_index("name")
    assert [rows.loc["Ahorn", name] for name in ("state", "yes", "no", "open")] == ["answered", 1, 1, 0]
    assert rows.loc["Neustadt", "state"] == "sent"


def test_no_need_is_an_answer_and_not_the_same_as_not_asked(begun: Engine) -> None:
    missing = not_surveyed(reading.portfolio(begun))
    assert {(COUNSEL, AHORN), (LANGUAGE, AHORN)} <= set(missing.itertuples(index=False, name=None))
    take(
        begun,
        answered(file_of(begun), (NEED, 2, {"Bedarf?": "nein"}), (NEED, 3, {"Bedarf?": "nicht bekannt"})),
    )
    left = set(not_surveyed(reading.portfolio(begun)).itertuples(index=False, name=None))
    assert (COUNSEL, AHORN) not in left
    assert {(LANGUAGE, AHORN), (COUNSEL, NEUSTADT)} <= left


def test_where_one_says_yes_and_another_no_it_is_not_said_that_nothing_is_needed(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, {"Bedarf?": "nein"})))
    take(begun, answered(file_of(begun, f"o{CARITAS}"), (NEED, 2, YES)))
    assert said.not_needed(reading.portfolio(begun)).empty


def test_the_matrix_says_from_when_by_whom_and_what_is_out_of_date(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES), (NEED, 3, {"Bedarf?": "nein"})))
    portfolio = reading.portfolio(begun)
    rows = surveyed.by_field(portfolio, LATER).set_index("ags")
    told = ("tasks", "known", "waiting", "stale", "refused", "who", "last")
    assert [rows.loc[AHORN, name] for name in told] == [2, 1, 1, 0, 1, "Ahorn", pd.Timestamp(CAME)]
    assert [rows.loc[NEUSTADT, name] for name in told[:-1]] == [2, 0, 0, 0, 0, ""]
    wanted = held(begun).query("needed == 'yes'")["answer_id"].tolist()
    adopt(begun, wanted)
    portfolio = reading.portfolio(begun)
    rows = surveyed.by_field(portfolio, LATER).set_index("ags")
    assert [rows.loc[AHORN, name] for name in told[:-2]] == [2, 2, 0, 0, 1]
    assert rows["known"].sum() == rows["tasks"].sum() - len(not_surveyed(portfolio)), "the list agrees"
    after_the_limit = date(2028, 11, 26)
    assert surveyed.by_field(portfolio, after_the_limit).set_index("ags").loc[AHORN, "stale"] == 2


def test_guests_learn_that_there_is_no_need_but_not_what_was_written(begun: Engine) -> None:
    cells = {"Bedarf?": "nein", "Begründung": "GEHEIM"}
    take(begun, answered(file_of(begun), (NEED, 2, cells)))
    known, shown = reading.portfolio(begun), for_everyone(reading.portfolio(begun))
    assert len(said.not_needed(shown)) == len(said.not_needed(known)) == 1
    assert "GEHEIM" not in shown.survey_answers.to_csv()
    assert not shown.survey_requests["token"].any()


def test_a_paper_says_what_was_asked_when_and_who_has_answered(begun: Engine) -> None:
    asked_of = "Zum Bedarf wurden am 22.11.2026 3 Gemeinden, Fachbereiche und Träger gefragt"
    nobody = paper.survey(reading.portfolio(begun), {COUNSEL})
    assert nobody == f"{asked_of} (Bedarfserhebung 2026). Eine Antwort liegt noch nicht vor."
    take(begun, answered(file_of(begun), (NEED, 2, YES), (NEED, 3, {"Bedarf?": "nein"})))
    portfolio = reading.portfolio(begun)
    assert paper.survey(portfolio, None) == (
        f"{asked_of} (Bedarfserhebung 2026). Geantwortet hat bisher Ahorn. »Kein Bedarf« lautet die Antwort "
        "zu 1 Aufgabe. 1 Angabe ist noch nicht in die Bedarfe übernommen."
    )
    assert paper.is_answered(portfolio, {LANGUAGE})
    assert paper.survey(portfolio, {999}) == ""


def test_what_nobody_has_answered_is_no_answer(begun: Engine) -> None:
    assert not propose(begun, file_of(begun)).rows
    assert answer(begun, file_of(begun)).left_open == 2


def test_an_answer_becomes_a_need_that_knows_who_asked_for_it_and_undo_takes_it_back(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    before = without_versions(reading.portfolio(begun))
    (key,) = held(begun)["answer_id"]
    receipt = adopt(begun, [key])
    need = row_of(begun, Need, receipt.ids[0])
    assert (need["quantity"], need["unit"], need["task_id"]) == (2.0, NeedUnit.FTE, COUNSEL)
    assert need["source"] == "Bedarfserhebung: Ahorn, 25.11.2026 (Bedarfserhebung 2026)"
    assert row_of(begun, SurveyAnswer, key)["need_id"] == receipt.ids[0]
    undoing.undo(begun, batch_of(receipt), **WHO)
    assert without_versions(reading.portfolio(begun)) == before


def test_two_answers_are_summed_into_one_need_of_both_places(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    take(begun, answered(file_of(begun, NEUSTADT), (NEED, 2, YES | {"Wie viel": "1,5"})))
    receipt = adopt(begun, held(begun)["answer_id"].tolist())
    need = row_of(begun, Need, receipt.ids[0])
    assert need["quantity"] == 3.5
    members = reading.portfolio(begun).area_municipalities
    assert set(members.loc[members["area_id"] == need["area_id"], "ags"]) == {AHORN, NEUSTADT}


def test_the_same_file_read_twice_changes_nothing(begun: Engine) -> None:
    content = answered(file_of(begun), (NEED, 2, YES), (NEED, 3, {"Bedarf?": "nein"}))
    take(begun, content)
    again = propose(begun, content, LATER)
    assert again.numbers(RowOutcome.UNCHANGED) == [0, 1]


def test_a_line_that_was_left_out_can_be_taken_from_the_same_file_later(begun: Engine) -> None:
    more = {"Aufgabe": "Beraten", "Bedarf?": "ja", "Für wen": "Asylsuchende"}
    content = answered(file_of(begun), (NEED, 2, YES), (NEED, 9, more))
    whole = answer(begun, content).reading
    importing.take_over(
        begun, importing.propose(begun, reading.portfolio(begun), Reading(whole.rows[:1], ())), **WHO
    )
    assert held(begun)["quantity"].tolist() == [2.0]
    again = propose(begun, content, LATER)
    assert again.numbers(RowOutcome.UNCHANGED) == [0]
    assert len(again.rows) == 2
    assert not any("Zweite Antwort" in note for row in again.rows for note in row.row.notes)
    importing.take_over(begun, again, **WHO)
    assert len(held(begun)) == 2
    assert propose(begun, content, LATER).numbers(RowOutcome.UNCHANGED) == [0, 1]


def test_of_two_answers_of_one_body_both_are_kept_and_the_later_one_holds(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    second = propose(begun, answered(file_of(begun), (NEED, 2, YES | {"Wie viel": 3})), LATER)
    assert "Zweite Antwort zu dieser Aufgabe; zuvor: ja, 2 VZÄ (25.11.2026)" in second.rows[0].row.notes[0]
    importing.take_over(begun, second, **WHO)
    found = said.answers(reading.portfolio(begun))
    assert found[["quantity", "holds"]].to_numpy().tolist() == [[2.0, False], [3.0, True]]


def test_what_may_be_counted_twice_is_said(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    take(begun, answered(file_of(begun, NEUSTADT), (NEED, 2, YES)))
    portfolio = reading.portfolio(begun)
    assert suggestion(portfolio, held(begun)).notes == ()
    elsewhen = {"von": date(2029, 1, 1), "bis": date(2029, 12, 31)}
    take(begun, answered(file_of(begun, f"o{CARITAS}"), (NEED, 2, YES | elsewhen | {"Gebiet": "Ahorn"})))
    places, periods = suggestion(reading.portfolio(begun), held(begun)).notes
    assert "überschneiden sich: Ahorn und Caritas. Zusammen würde womöglich dasselbe doppelt" in places
    assert "01.01.2027 – auf Dauer und 01.01.2029 – 31.12.2029" in periods


def test_a_figure_without_unit_is_not_added_to_others(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Einheit": None})))
    bare = "Zur Menge fehlt die Einheit: Ahorn."
    alone = suggestion(reading.portfolio(begun), held(begun))
    take(begun, answered(file_of(begun, NEUSTADT), (NEED, 2, YES)))
    for made in (alone, suggestion(reading.portfolio(begun), held(begun))):
        assert made.need["quantity"] is None
        assert [note.startswith(bare) for note in made.notes] == [True]


def test_the_opening_sheet_speaks_of_the_district_with_its_article(begun: Engine) -> None:
    sheet = load_workbook(BytesIO(file_of(begun)))["Erläuterungen"]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(said_so.startswith("Der Landkreis Coburg fragt, was") for said_so in words)


def test_needs_of_earlier_answers_that_stay_beside_the_new_one_are_named() -> None:
    earlier = {1: "A", 2: "B"}
    assert "Bedarfe entstanden: »A« und »B«" in twice.several(earlier)[0]
    assert twice.left_standing(earlier, 1)[0].startswith(
        "Aus früheren Antworten bleibt daneben bestehen: »B«"
    )
    assert twice.left_standing({1: "A"}, 1) == twice.several({1: "A"}) == ()


def test_why_somebody_needs_something_stays_with_the_answer(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Begründung": "Wartezeit bei Frau Muster"})))
    key = adopt(begun, held(begun)["answer_id"].tolist()).ids[0]
    assert "Muster" not in " ".join(map(str, row_of(begun, Need, key).values()))


def test_a_later_answer_changes_the_need_that_the_earlier_one_made(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    first = adopt(begun, held(begun)["answer_id"].tolist())
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Wie viel": 3})), LATER)
    chosen = held(begun)
    assert list(comparison.earlier_needs(reading.portfolio(begun), chosen)) == [first.ids[0]]
    adopt(begun, chosen["answer_id"].tolist(), replaces=first.ids[0])
    assert row_of(begun, Need, first.ids[0])["quantity"] == 3.0
    assert len(reading.portfolio(begun).needs) == 1


def test_a_need_of_what_still_holds_is_no_earlier_one(begun: Engine) -> None:
    other = YES | {"Wie viel": 3, "Für wen": "Asylsuchende", "Aufgabe": "Beraten"}
    take(begun, answered(file_of(begun), (NEED, 2, YES), (NEED, 9, other)))
    first, second = (int(key) for key in held(begun)["answer_id"])
    adopt(begun, [first])
    portfolio = reading.portfolio(begun)
    left = held(begun)
    left = left[left["answer_id"] == second]
    assert comparison.earlier_needs(portfolio, left) == {}, "two rows of one body are two needs"
    adopt(begun, [second])
    assert sorted(reading.portfolio(begun).needs["quantity"]) == [2.0, 3.0]


def test_a_need_on_which_somebody_elses_answer_rests_is_named_but_not_changed(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    take(begun, answered(file_of(begun, NEUSTADT), (NEED, 2, YES)))
    both = adopt(begun, held(begun)["answer_id"].tolist()).ids[0]
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Wie viel": 3})), LATER)
    portfolio, chosen = reading.portfolio(begun), held(begun)
    earlier = comparison.earlier_needs(portfolio, chosen[chosen["quantity"] == 3.0])
    assert list(earlier) == [both]
    assert comparison.changeable(portfolio, earlier) == {}


def test_what_a_survey_said_that_was_put_aside_stands_in_nobodys_way(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    first = held(begun)["answer_id"].tolist()
    later = start(begun)
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Wie viel": 3})), LATER)
    assert held(begun)["quantity"].tolist() == [3.0]
    version = row_of(begun, SurveyRound, later)["version"]
    archiving.archive(begun, SurveyRound, later, version, **WHO)
    assert held(begun)["answer_id"].tolist() == first
    adopt(begun, first)
    archiving.restore_record(begun, SurveyRound, later, version + 1, **WHO)
    assert held(begun)["quantity"].tolist() == [3.0]
    assert len(reading.portfolio(begun).needs) == 1


@pytest.mark.parametrize(
    ("figure", "quantity", "per", "note"),
    [(3, 3.0, None, "mit der Übernahme gilt die feste Zahl"), (None, 1.0, 150.0, "bleibt es dabei")],
)
def test_a_figure_that_is_answered_takes_the_place_of_a_rule_and_is_not_multiplied_by_it(
    begun: Engine, figure: int | None, quantity: float, per: float | None, note: str
) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    (key,) = adopt(begun, held(begun)["answer_id"].tolist()).ids[:1]
    indicator = write(begun, [Edit(Indicator, {"name": "Geflüchtete", "unit": "Personen"})], **WHO).ids[0]
    version = row_of(begun, Need, key)["version"]
    rule = {"quantity": 1, "per": 150, "indicator_id": indicator}
    write(begun, [Edit(Need, rule, id=key, version=version)], **WHO)
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Wie viel": figure})), LATER)
    portfolio, chosen = reading.portfolio(begun), held(begun)
    assert any(note in each for each in changing(portfolio, suggestion(portfolio, chosen), key).notes)
    adopt(begun, chosen["answer_id"].tolist(), replaces=key)
    need = row_of(begun, Need, key)
    assert (need["quantity"], need["per"]) == (quantity, per)
    assert need["unit"] == NeedUnit.FTE
    assert (need["indicator_id"] is None) == (per is None)


def test_an_answer_that_has_moved_on_makes_no_need(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    before = reading.portfolio(begun)
    (key,) = held(begun)["answer_id"]
    adopt(begun, [key])
    rows = said.answers(before)
    made = suggestion(before, rows)
    for portfolio in (before, reading.portfolio(begun)):
        with pytest.raises(Invalid, match="inzwischen schon ein Bedarf entstanden"):
            surveying.take_over(begun, portfolio, made.need, made.places, [key], **WHO)
    assert len(reading.portfolio(begun).needs) == 1


def test_an_answer_that_a_newer_one_has_replaced_meanwhile_makes_no_need(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    before = reading.portfolio(begun)
    made = suggestion(before, said.answers(before))
    (key,) = held(begun)["answer_id"]
    take(begun, answered(file_of(begun), (NEED, 2, {"Bedarf?": "nein"})), LATER)
    with pytest.raises(Invalid, match="inzwischen eine neuere eingelesen"):
        surveying.take_over(begun, before, made.need, made.places, [key], **WHO)
    assert reading.portfolio(begun).needs.empty


@pytest.mark.parametrize(
    ("cells", "said_of_it", "kept"),
    [
        ({"Gebiet": "Neustadt"}, "Spalte »Gebiet« (»Neustadt«): Geantwortet hat »Ahorn«", {"quantity": 2.0}),
        (
            {"Einheit": "Stunden"},
            "Spalte »Einheit« (»Stunden«): Diese Einheit passt nicht",
            {"quantity": 2.0},
        ),
        ({"Wie viel": 20_000}, "mehr, als das Gebiet Einwohner hat", {"quantity": 20_000.0}),
        ({"Wie viel": -3}, "»Wie viel« (»-3«): -3 ist keine mögliche Menge", {"needed": "yes"}),
        ({"Wie viel": "viele"}, "»Wie viel« (»viele«): Die Menge ist nicht zu lesen", {"unit": "fte"}),
        ({"Einheit": None}, "Zur Menge fehlt die Einheit", {"quantity": 2.0}),
        ({"Bedarf?": "nein"}, "Gewählt ist »nein«, aber eine Menge", {"quantity": 2.0, "needed": "no"}),
        ({"Bedarf?": None}, "als »ja« gelesen. Bitte nachfragen", {"quantity": 2.0, "needed": "yes"}),
        ({"bis": date(2026, 1, 1)}, "»bis« (»01.01.2026«): Das Ende liegt vor dem Beginn", {"quantity": 2.0}),
        ({"von": "irgendwann"}, "Spalte »von« (»irgendwann«)", {"quantity": 2.0}),
        ({"Einheit": "Plätze", "Wie viel": 1.5}, "Plätze gibt es nur ganz", {"quantity": 1.5}),
    ],
)
def test_what_cannot_be_meant_is_kept_and_asked_about_by_its_cell(
    begun: Engine, cells: dict[str, Any], said_of_it: str, kept: dict[str, Any]
) -> None:
    people = reading.portfolio(begun).municipalities
    assert people["population"].isna().all()
    _inhabited(begun)
    take(begun, answered(file_of(begun), (NEED, 2, YES | cells)))
    (row,) = held(begun).to_dict("records")
    assert said_of_it in row["doubt"]
    assert row["doubt"].startswith("Blatt »Bedarf«, Zeile 2, Spalte »")
    assert {name: row[name] for name in kept} == kept


def _inhabited(engine: Engine) -> None:
    write(engine, [Edit(Municipality, {"population": 4000}, id=key) for key in (AHORN, NEUSTADT)], **WHO)


def test_a_thousand_times_the_usual_is_asked_about(begun: Engine) -> None:
    take(begun, answered(file_of(begun, NEUSTADT), (NEED, 2, YES)))
    take(begun, answered(file_of(begun), (NEED, 2, YES | {"Wie viel": 2000})))
    found = held(begun).set_index("body_name")
    assert "2.000 VZÄ sind das 1.000-Fache des Üblichen (2)" in found.loc["Ahorn", "doubt"]
    assert found.loc["Neustadt", "doubt"] == ""


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("ca. 2 VZÄ", (2.0, "fte")), ("12 Plätze", (12.0, "places")), ("1,5 Stellen", (1.5, "fte"))],
)
def test_figure_and_unit_may_stand_in_one_cell(begun: Engine, typed: str, amount: tuple[float, str]) -> None:
    cells = {"Bedarf?": "x", "Wie viel": typed}
    take(begun, answered(file_of(begun), (NEED, 2, cells)))
    (row,) = held(begun).to_dict("records")
    assert (row["quantity"], row["unit"]) == amount
    assert row["doubt"] == ""


@pytest.mark.parametrize(
    "cells",
    [
        {"Begründung": "Wartezeit"},
        {"Für wen": "Asylsuchende"},
        {"von": date(2028, 1, 1)},
        {"Wie viel": "viele"},
    ],
)
def test_whatever_is_filled_in_without_yes_or_no_is_kept_and_asked_about(
    begun: Engine, cells: dict[str, Any]
) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    portfolio = reading.portfolio(begun)
    about = [(body, [COUNSEL, LANGUAGE]) for body in bodies.chosen(portfolio, [AHORN])]
    later = dict(ROUND, sent_on=date(2027, 11, 1), due=date(2027, 12, 1))
    surveying.start(begun, later, about, **WHO)
    assert not propose(begun, file_of(begun)).rows, "what was prefilled is no answer"
    content = answered(file_of(begun), (NEED, 2, cells), (NEED, 3, cells))
    rows = propose(begun, content).rows
    assert len(rows) == 2
    assert all("als »ja« gelesen. Bitte nachfragen" in row.row.notes[-1] for row in rows)


def test_an_answer_that_is_none_is_refused_by_its_cell(begun: Engine) -> None:
    (row,) = propose(begun, answered(file_of(begun), (NEED, 2, {"Bedarf?": "mal sehen"}))).rows
    assert row.outcome == RowOutcome.REFUSED
    (refusal,) = row.refusals
    assert (refusal.place.row, refusal.column, refusal.value) == (2, "Bedarf?", "mal sehen")


def test_a_free_row_names_a_further_need_for_a_task(begun: Engine) -> None:
    more = {"Aufgabe": "Beraten", "Bedarf?": "ja", "Für wen": "Asylsuchende"}
    take(begun, answered(file_of(begun), (NEED, 2, YES), (NEED, 9, more)))
    assert held(begun)["task_id"].tolist() == [COUNSEL, COUNSEL]


def test_a_file_of_another_database_or_none_at_all_is_refused(begun: Engine, engine: Engine) -> None:
    content = edited(file_of(begun), lambda book: book.remove(book["Listen"]))
    assert answer(begun, content).asked.name == "Ahorn", "the opening sheet says whose it is as well"
    with pytest.raises(FileRefused, match="keine Kennung"):
        answer(begun, edited(content, lambda book: book.remove(book["Erläuterungen"])))
    with pytest.raises(FileRefused, match="schon die zweite Datei von »Ahorn«"):
        answer(begun, content, read_before={sent(begun).request_id})


def test_the_last_answer_stands_in_the_next_file_and_holds_only_if_given_again(begun: Engine) -> None:
    take(begun, answered(file_of(begun), (NEED, 2, YES)))
    later = dict(ROUND, sent_on=date(2027, 11, 1), due=date(2027, 12, 1))
    portfolio = reading.portfolio(begun)
    about = [(body, [COUNSEL]) for body in bodies.chosen(portfolio, [AHORN])]
    surveying.start(begun, later, about, **WHO)
    content = file_of(begun)
    sheet = load_workbook(BytesIO(content))[NEED]
    assert at(sheet, 2, "Wie viel").value == 2
    assert at(sheet, 2, "Letzte Antwort").value == "ja, 2 VZÄ (25.11.2026)"
    assert not propose(begun, content).rows
    take(begun, answered(content, (NEED, 2, {"Bedarf?": "ja"})), date(2027, 11, 10))
    (row,) = held(begun).to_dict("records")
    assert (row["round_id"], row["quantity"]) == (2, 2.0)
    portfolio = reading.portfolio(begun)
    first = tracking(portfolio, 1, date(2027, 11, 10)).set_index("name").loc["Ahorn"]
    assert (first["state"], first["yes"]) == ("partial", 1), "the earlier round stays as it was"
    states = {key: comparison.tasks(portfolio, key)["state"].tolist() for key in (1, 2)}
    assert states == {1: [comparison.OUTDATED], 2: [comparison.TO_DECIDE]}


def test_an_answer_survives_libreoffice(begun: Engine, tmp_path: Any) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    content = answered(file_of(begun), (NEED, 2, YES | {"Wie viel": 1.5, "Für wen": "Asylsuchende"}))
    (tmp_path / "antwort.xlsx").write_bytes(content)
    command = [
        office,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "office"),
        "antwort.xlsx",
    ]
    home = os.environ | {"HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=home, timeout=90)
    take(begun, (tmp_path / "office" / "antwort.xlsx").read_bytes())
    (row,) = held(begun).to_dict("records")
    assert (row["quantity"], row["unit"], row["groups"], row["doubt"]) == (1.5, "fte", {REFUGEES}, "")
    assert row["valid_from"].date() == date(2027, 1, 1)


def test_the_zip_holds_workbook_and_letter_of_each_body(begun: Engine) -> None:
    portfolio = reading.portfolio(begun)
    content = packed(portfolio, asked(portfolio), LINKS, {CARITAS: "post@caritas.example"}, "Planungsstab")
    names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    of_ahorn = {"bedarfserhebung-2026-ahorn.xlsx", "bedarfserhebung-2026-ahorn-anschreiben.docx"}
    assert of_ahorn | {"adressaten.xlsx"} <= names
    assert len(names) == 7


def test_a_round_without_an_end_is_refused_like_every_round(engine: Engine) -> None:
    with pytest.raises(Invalid, match="liegt vor dem Versand"):
        surveying.start(
            engine, ROUND | {"due": date(2026, 1, 1)},
            [(body, []) for body in bodies.chosen(reading.portfolio(engine), [AHORN])], **WHO,
        )  # fmt: skip
    assert reading.portfolio(engine).frame(str(SurveyRound.__tablename__)).empty
