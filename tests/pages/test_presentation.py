"""The presentation: in the address, kept over pages, without sidebar, and back again."""

import re

import pytest

from steering.web import current
from tests.pages.conftest import PAGES

FORMS = {"text_input", "text_area", "date_input", "number_input", "file_uploader"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_presentation_has_a_head_line_and_neither_sidebar_nor_form(screen, page):
    shown = screen(page, praesentation="an", stichtag="2026-11-25", szenario="erwartet", masterplan="mit")
    assert not shown.app.exception
    assert shown.app.title[0].value == page
    assert "Stichtag 25.11.2026 · erwartet · mit Masterplan" in shown.texts
    assert "nur Verwaltung ausgeblendet" in shown.texts
    assert len(shown.app.sidebar.children) == 0
    fields = {kind: [each.label for each in shown.app.get(kind)] for kind in FORMS if shown.app.get(kind)}
    # The search of a page is no form.
    assert fields in ({}, {"text_input": ["Suche"]})
    assert not shown.app.get("download_button")
    assert shown.address("praesentation") == ["an"]
    assert shown.address("verwaltung") == ["ohne"]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "Lagebild"])
def test_presentation_and_view_are_kept_over_pages(screen, page):
    shown = screen(
        praesentation="an", stichtag="2027-01-01", szenario="optimistisch", ebene="landkreis",
        gemeinde="09473151",
    )  # fmt: skip
    for _ in range(3):
        shown.app.run()
    shown.open(page)
    for _ in range(3):
        shown.app.run()
    assert shown.address("praesentation") == ["an"]
    assert shown.address("stichtag") == ["2027-01-01"]
    assert shown.address("szenario") == ["optimistisch"]
    assert shown.address("ebene") == ["landkreis"]
    assert shown.address("gemeinde") == ["09473151"]
    assert "2 Filter" in shown.texts


def test_what_a_run_that_was_broken_off_has_left_is_not_drawn_before_the_room(screen):
    drawn = []
    shown = screen("Lücken", praesentation="an")
    shown.app.session_state["below_answer"] = lambda: drawn.append("the strip of before")
    shown.app.run()
    assert not shown.app.exception
    assert drawn == []


def test_the_button_begins_and_ends_it_and_the_sidebar_is_as_before(screen):
    shown = screen("Lücken", stichtag="2027-01-01", szenario="erwartet", masterplan="mit", ideen="mit",
                   ebene=["landkreis", "freie-traeger"])  # fmt: skip
    assert shown.address("praesentation") == []
    shown.app.button(key="stage-begin").click().run()
    assert shown.address("praesentation") == ["an"]
    assert "mit Masterplan und Ideen" in shown.texts
    assert shown.app.session_state["discreet"]
    for _ in range(3):
        shown.app.run()
    shown.app.button(key="stage-end").click().run()
    assert shown.address("praesentation") == []
    assert shown.app.date_input(key="stichtag").value.isoformat() == "2027-01-01"
    assert shown.app.toggle(key="masterplan").value
    assert shown.app.toggle(key="ideen").value
    assert shown.app.multiselect(key="ebene").value == ["landkreis", "freie-traeger"]
    assert shown.address("szenario") == ["erwartet"]


def test_what_is_internal_stays_off_the_screen_afterwards_until_somebody_shows_it(screen):
    shown = screen(praesentation="an")
    shown.app.button(key="stage-end").click().run()
    assert shown.app.toggle(key="discreet_switch").value
    assert shown.address("verwaltung") == ["ohne"]
    shown.app.toggle(key="discreet_switch").set_value(False).run()
    assert shown.address("verwaltung") == []


def test_a_browser_that_repeats_its_old_inputs_shows_the_room_nothing_internal(screen):
    """The run that begins a presentation is interrupted by the next one before anything is drawn."""
    shown = screen()
    before = shown.app._tree.get_widget_states()
    assert any("discreet" in each.id and not each.bool_value for each in before.widgets)
    shown.app.session_state[current.PRESENTING] = shown.app.session_state[current.DISCREET] = True
    shown.app._run(before)
    assert "nur Verwaltung ausgeblendet" in shown.texts
    assert "auch Internes sichtbar" not in shown.texts


def test_among_themselves_people_can_show_what_is_internal(screen):
    shown = screen(praesentation="an")
    shown.app.button(key="stage-discreet").click().run()
    assert "auch Internes sichtbar" in shown.texts
    assert shown.address("verwaltung") == []
    shown.app.button(key="stage-discreet").click().run()
    assert "nur Verwaltung ausgeblendet" in shown.texts


@pytest.mark.parametrize(("name", "value"), [("praesentation", "ja"), ("verwaltung", "weg")])
def test_a_wrong_value_is_left_out_with_a_sentence(screen, name, value):
    shown = screen(**{name: value})
    assert f"»{name}«" in shown.texts
    assert shown.address("praesentation") == []
    assert len(shown.app.sidebar.children) > 0


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("Karte", {}),
        ("Bedarfe", {}),
        ("Masterplan", {}),
        ("Masterplan", {"masterplan_part": "Haushaltsblatt"}),
        ("Masterplan", {"masterplan_part": "Zu ergänzen"}),
    ],
)
def test_nothing_is_said_of_a_sidebar_or_form_that_is_not_there(screen, page, state):
    shown = screen(page, praesentation="an", stichtag="2026-11-25")
    for name, value in state.items():
        shown.app.session_state[name] = value
    shown.app.run()
    assert not re.search(r"\blinks\b|\bunten ändert\b|Seitenleiste", shown.texts)


def test_without_data_the_presentation_says_so(screen):
    shown = screen(kind="empty", praesentation="an")
    assert not shown.app.exception
    assert "noch keine Struktur erfasst" in shown.texts.replace("*", "")


@pytest.mark.parametrize("page", ["Verlauf", "Daten und Einstellungen"])
def test_what_is_closed_before_a_room_says_where_it_is_opened(screen, page):
    shown = screen(page, praesentation="an")
    assert "Geöffnet wird es oben mit »Internes einblenden«" in shown.texts
    assert shown.app.button(key="stage-discreet").label == "Internes einblenden"
    shown = screen(page, verwaltung="ohne")
    assert "Der Schalter steht links" in shown.texts
