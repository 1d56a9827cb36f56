"""Calendar files from the pages: where they are offered, and what they hold."""

import pytest


def button(shown):
    """The label of the calendar's button; None where none is offered."""
    found = [item.label for item in shown.app.get("download_button") if "Kalender" in item.label]
    return found[0] if found else None


@pytest.mark.parametrize("page", ["Lagebild", "Zeitachse"])
def test_the_dates_of_a_page_are_offered_with_their_number(look, page):
    assert button(look(page)) == "Kalender · 11 Termine"


def test_only_the_dates_that_the_filters_let_through_are_offered(look):
    assert button(look("Zeitachse", traeger="caritas-coburg")) == "Kalender · 1 Termin"


def test_hidden_examples_are_not_offered(look):
    shown = look("Lagebild")
    shown.click("Ausblenden")
    assert button(shown) == "Kalender · 2 Termine"


def test_where_there_is_no_date_a_sentence_says_so(look):
    shown = look("Zeitachse", traeger="kreistag-coburg")
    assert button(shown) is None
    assert "keine Termine ab heute" in shown.texts


def test_five_hundred_structures_have_their_dates_too(look):
    assert button(look("Zeitachse", kind="large")).startswith("Kalender · ")
