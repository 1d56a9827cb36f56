"""Calendar files from the pages: where they are offered, and what they hold."""

import pytest


def button(screen):
    """The label of the calendar's button; None where none is offered."""
    found = [item.label for item in screen.app.get("download_button") if "Kalender" in item.label]
    return found[0] if found else None


@pytest.mark.parametrize("page", ["Lagebild", "Zeitachse"])
def test_the_dates_of_a_page_are_offered_with_their_number(screen, page):
    assert button(screen(page)) == "Kalender · 12 Termine"


def test_only_the_dates_that_the_filters_let_through_are_offered(screen):
    assert button(screen("Zeitachse", traeger="caritas-coburg")) == "Kalender · 2 Termine"


def test_hidden_examples_are_not_offered(screen):
    shown = screen("Lagebild")
    shown.click("Ausblenden")
    assert button(shown) == "Kalender · 2 Termine"


def test_where_there_is_no_date_a_sentence_says_so(screen):
    shown = screen("Zeitachse", traeger="kreistag-coburg")
    assert button(shown) is None
    assert "keine Termine ab heute" in shown.texts


def test_five_hundred_structures_have_their_dates_too(screen):
    assert button(screen("Zeitachse", kind="large")).startswith("Kalender · ")
