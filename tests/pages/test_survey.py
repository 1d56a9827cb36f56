"""The section Bedarfserhebung of the page Daten: nothing yet, a survey, answers, a need, taken back."""

from datetime import date

import pytest

from steering.analysis.surveys.asked import asked
from steering.analysis.surveys.said import answers
from steering.analysis.surveys.together import suggestion
from steering.exchange.surveys.files import body_workbook
from steering.model import Need
from steering.storage import reading, surveying
from steering.storage.tables import LINKS
from tests.exchange.surveys.filling import NEED, answered
from tests.storage.conftest import WHO
from tests.stored import row_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YES = {"Bedarf?": "ja", "Wie viel": 2, "Einheit": "VZÄ", "von": date(2027, 1, 1)}


@pytest.fixture
def section(screen):
    """The page at this section, in a database of the kind."""

    def open_section(kind="coburg"):
        shown = screen("Daten und Einstellungen", kind=kind)
        shown.app.session_state["data section"] = "Bedarfserhebung"
        shown.app.run()
        assert not shown.app.exception
        return shown

    return open_section


@pytest.fixture
def begun(section):
    """The same with a survey begun."""
    shown = section()
    shown.click(next(each.label for each in shown.app.button if each.label.startswith("Erhebung mit")))
    assert not shown.app.exception
    return shown


def part(shown, name):
    shown.app.session_state["survey part"] = name
    shown.app.run()
    assert not shown.app.exception


def of_body(shown, name):
    portfolio = reading.portfolio(shown.engine)
    sent = next(each for each in asked(portfolio) if each.name == name)
    return body_workbook(portfolio, sent, LINKS)


def upload(shown, **files):
    part(shown, "Antworten einlesen")
    shown.app.file_uploader[0].set_value([(f"{name}.xlsx", content, XLSX) for name, content in files.items()])
    shown.app.run()
    assert not shown.app.exception


def take_in(shown, **files):
    upload(shown, **files)
    shown.click(next(each.label for each in shown.app.button if each.label.endswith("übernehmen")))
    assert not shown.app.exception


def said(shown):
    elements = [
        *shown.app.markdown,
        *shown.app.caption,
        *shown.app.info,
        *shown.app.warning,
        *shown.app.success,
    ]
    return "\n".join(each.value for each in elements)


def test_before_the_first_survey_it_says_what_one_is(section):
    shown = section()
    assert "Es gibt noch keine Bedarfserhebung" in said(shown)


def test_where_nothing_is_recorded_the_municipalities_can_be_asked(section):
    shown = section(kind="empty")
    assert any(each.label == "Erhebung mit 17 Adressaten beginnen" for each in shown.app.button)


def test_two_answers_become_one_need_and_undo_takes_it_back(begun):
    assert "Gefragten** hat noch keiner geantwortet" in said(begun)
    take_in(
        begun,
        ahorn=answered(of_body(begun, "Ahorn"), (NEED, 2, YES)),
        roedental=answered(of_body(begun, "Rödental"), (NEED, 2, YES | {"Wie viel": 1})),
    )
    needs = len(reading.portfolio(begun.engine).needs)
    part(begun, "Vergleichen und übernehmen")
    assert "Zusammen: **3 VZÄ**, Ahorn und Rödental." in said(begun)
    begun.click("2 Antworten zusammen als Bedarf übernehmen")
    assert not begun.app.exception
    portfolio = reading.portfolio(begun.engine)
    assert len(portfolio.needs) == needs + 1
    made = row_of(begun.engine, Need, int(portfolio.needs["id"].max()))
    assert made["source"].startswith("Bedarfserhebung: Ahorn, ")
    assert "über alle ist entschieden" in said(begun)
    begun.click("Rückgängig")
    assert len(reading.portfolio(begun.engine).needs) == needs


def test_answers_about_different_times_are_not_added_unasked(begun):
    later = {"Wie viel": 3, "von": date(2029, 1, 1), "bis": date(2029, 12, 31)}
    take_in(
        begun,
        ahorn=answered(of_body(begun, "Ahorn"), (NEED, 2, YES | {"bis": date(2027, 12, 31)})),
        roedental=answered(of_body(begun, "Rödental"), (NEED, 2, YES | later)),
    )
    part(begun, "Vergleichen und übernehmen")
    assert "Vorausgewählt ist nichts. Die Antworten nennen verschiedene Zeiträume" in said(begun)
    assert "Wählen Sie eine Antwort" in said(begun)


def test_what_somebody_else_has_taken_over_meanwhile_becomes_no_second_need(begun):
    take_in(begun, ahorn=answered(of_body(begun, "Ahorn"), (NEED, 2, YES)))
    part(begun, "Vergleichen und übernehmen")
    portfolio = reading.portfolio(begun.engine)
    made = suggestion(portfolio, answers(portfolio))
    ids = answers(portfolio)["answer_id"].tolist()
    surveying.take_over(begun.engine, portfolio, made.need, made.places, ids, **WHO)
    next(each for each in begun.app.button if each.label == "1 Antwort als Bedarf übernehmen").click().run()
    assert len(reading.portfolio(begun.engine).needs) == len(portfolio.needs) + 1
    assert "inzwischen schon ein Bedarf entstanden" in said(begun)


def test_what_is_to_be_clarified_must_be_said_to_be_clear(begun):
    elsewhere = answered(of_body(begun, "Ahorn"), (NEED, 2, YES | {"Gebiet": "Rödental"}))
    take_in(begun, ahorn=elsewhere)
    part(begun, "Vergleichen und übernehmen")
    assert "Geantwortet hat »Ahorn«, genannt ist »Rödental«" in said(begun)
    assert "Wählen Sie eine Antwort" in said(begun), "what is in doubt is not ticked by itself"


def test_who_was_reminded_and_who_will_not_answer_is_noted(begun):
    for number, (label, state) in enumerate(
        (("Heute erinnert", "erinnert"), ("Antwortet nicht", "abgelehnt"))
    ):
        silent = next(each for each in begun.app.multiselect if each.label == "Vermerken für")
        silent.set_value([int(reading.portfolio(begun.engine).survey_requests["id"].iloc[number])]).run()
        begun.click(label)
        assert not begun.app.exception
        assert state in begun.app.dataframe[0].value["Stand"].tolist()
    assert "; 1 hat abgelehnt" in said(begun)


def test_a_large_database_shows_it_too(section):
    shown = section(kind="large")
    assert any(each.label.startswith("Erhebung mit") for each in shown.app.button)


def test_a_survey_begun_by_mistake_is_put_aside_and_comes_back_with_its_answers(begun):
    take_in(begun, ahorn=answered(of_body(begun, "Ahorn"), (NEED, 2, YES), (NEED, 3, {"Bedarf?": "nein"})))
    part(begun, "Vergleichen und übernehmen")
    begun.click("1 Antwort als Bedarf übernehmen")
    before = reading.portfolio(begun.engine)
    part(begun, "Stand")
    begun.click("Bedarfserhebung archivieren")
    assert not begun.app.exception
    aside = reading.portfolio(begun.engine)
    assert "Es gibt noch keine Bedarfserhebung" in said(begun)
    assert aside.survey_rounds.empty
    assert answers(aside).empty
    assert aside.needs["id"].tolist() == before.needs["id"].tolist(), "what was made of answers stays"
    begun.click("Wiederherstellen")
    assert not begun.app.exception
    assert answers(reading.portfolio(begun.engine)).equals(answers(before))
    assert "Wiederherstellen" not in [each.label for each in begun.app.button]
