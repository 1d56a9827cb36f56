"""Bedarfe: what is needed against what reaches it, captured, corrected and put away on the page."""

import pytest

from steering.storage import reading
from tests.pages.conftest import Screen


@pytest.fixture
def page(screen) -> Screen:
    return screen("Bedarfe")


def needs(shown: Screen):
    return reading.portfolio(shown.engine).needs


def choose(shown: Screen, label: str, words: str) -> None:
    box = next(item for item in shown.app.main.selectbox if item.label == label)
    box.select(next(option for option in box.options if words in option))


def fill(shown: Screen, texts: dict[str, str]) -> None:
    for label, text in texts.items():
        next(item for item in shown.app.main.text_input if item.label == label).set_value(text)


def save(shown: Screen) -> None:
    shown.click("Bedarf speichern")


def test_the_answer_counts_tasks_with_a_need_and_how_far_they_are_met(page):
    words = page.texts.replace("*", "")
    assert "Für 22 von 56 Aufgaben sind 24 Bedarfe erfasst" in words
    assert "gedeckt" in words
    assert "offen" in words


def test_needs_that_are_examples_are_called_so(page):
    assert "Alle gezeigten Bedarfe sind Beispiele" in page.texts


def test_a_need_for_everyone_is_for_alle_as_on_the_other_pages(page):
    whom = next(each.value for each in page.app.dataframe if "Für wen" in each.value)["Für wen"].tolist()
    assert "alle" in whom
    assert "Alle" not in whom


def test_tasks_without_a_recorded_need_are_listed_and_not_taken_for_met(page):
    words = page.texts.replace("*", "")
    assert "Zu 34 Aufgaben ist kein Bedarf erhoben" in words
    assert "Pflichtaufgaben" in words


def test_a_new_need_is_seen_on_the_page_and_can_be_taken_back(page):
    before = len(needs(page))
    fill(page, {"Was wird gebraucht?": "Sprachmittlung in Rödental", "Menge": "2"})
    choose(page, "Aufgabe", "Sprachmittlung")
    choose(page, "Gebiet", "Rödental")
    choose(page, "Einheit", "VZÄ")
    save(page)
    assert len(needs(page)) == before + 1
    assert "gespeichert" in page.texts
    page.click("Rückgängig")
    assert len(needs(page)) == before


def test_a_quantity_without_a_unit_is_refused_at_its_field_and_stays(page):
    before = len(needs(page))
    fill(page, {"Was wird gebraucht?": "Plätze im Sprachkurs", "Menge": "20"})
    choose(page, "Aufgabe", "Integrationskurse")
    choose(page, "Gebiet", "Rödental")
    save(page)
    assert len(needs(page)) == before
    assert "Einheit" in page.texts
    assert next(item for item in page.app.main.text_input if item.label == "Menge").value == "20"


def test_an_empty_database_offers_the_form(look):
    shown = look("Bedarfe", kind="empty")
    assert any(button.label == "Bedarf speichern" for button in shown.app.main.button)


def test_an_empty_choice_says_that_it_makes_a_new_record(look):
    for page, label, new in (
        ("Bedarfe", "Welchen Bedarf?", "Neuer Bedarf"), ("Masterplan", "Welche Maßnahme?", "Neue Maßnahme"),
    ):  # fmt: skip
        box = look(page).choice(label)
        assert (box.value, box.proto.placeholder) == (None, new)
