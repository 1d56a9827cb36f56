"""The address is a contract: always written, read back, and wrong values left out with a sentence."""

import pytest

from tests.pages.conftest import PAGES


@pytest.mark.parametrize("page", PAGES)
def test_day_scenario_and_masterplan_are_always_in_the_address(look, page):
    shown = look(page)
    assert shown.address("stichtag") == ["2026-11-22"]
    assert shown.address("szenario") == ["gesichert"]
    assert shown.address("masterplan") == ["ohne"]
    assert not {"ebene", "handlungsfeld", "gemeinde", "traeger"} & set(shown.app.query_params)


def test_a_link_opens_the_view_it_names_and_keeps_it_over_pages(look):
    shown = look(
        stichtag="2027-01-01",
        szenario="optimistisch",
        ebene=["landkreis", "freie-traeger"],
        handlungsfeld="sprache",
        gemeinde="09473151",
        traeger="caritas-coburg",
    )
    shown.open("Zeitachse")
    assert shown.address("stichtag") == ["2027-01-01"]
    assert shown.address("szenario") == ["optimistisch"]
    assert shown.address("ebene") == ["landkreis", "freie-traeger"]
    assert shown.address("handlungsfeld") == ["sprache"]
    assert shown.address("gemeinde") == ["09473151"]
    assert shown.address("traeger") == ["caritas-coburg"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stichtag", "gestern"),
        ("stichtag", "0026-01-01"),
        ("stichtag", "2026-02-30"),
        ("szenario", "rosig"),
        ("zugang", "riesig"),
        ("masterplan", "vielleicht"),
        ("ebene", "mond"),
        ("gemeinde", "09463000"),
        ("traeger", "<script>"),
        ("handlungsfeld", ""),
    ],
)
def test_a_wrong_value_is_left_out_with_a_sentence(look, name, value):
    shown = look(**{name: value})
    assert not shown.app.exception
    assert f"»{name}«" in shown.texts
    assert shown.address("stichtag") == ["2026-11-22"]


def test_the_sidebar_steps_to_the_next_and_previous_change(look):
    shown = look()
    shown.app.button(key="step Zur nächsten Änderung").click().run()
    assert shown.address("stichtag") == ["2027-01-01"]
    shown.click("Zurück zu heute (22.11.2026)")
    assert shown.address("stichtag") == ["2026-11-22"]


def test_the_sidebar_steps_back_to_the_previous_change(look):
    shown = look(stichtag="2027-06-01")
    shown.app.button(key="step Zur vorigen Änderung").click().run()
    assert shown.address("stichtag") == ["2027-01-01"]


def test_the_next_change_says_how_many_end(look):
    assert "Nächste Änderung: 01.01.2027 · 2 Enden" in look().texts


def test_filters_show_how_many_they_would_leave(look):
    options = look().choice("Ebene").options
    assert any(option.startswith("K · Landkreis (") for option in options)
    assert "B · Bund (0)" in options


def test_all_that_cannot_be_read_in_a_link_is_named(look):
    wrong = dict.fromkeys(("stichtag", "szenario", "ebene", "gemeinde", "runde", "punkt"), "quatsch")
    said = look(**wrong).texts
    assert all(f"»{name}«" in said for name in wrong)
    assert "Im Link waren" in said
    assert "nicht lesbar und wurden weggelassen." in said


def test_an_address_that_no_page_has_is_named(look):
    assert "Eine Seite »quatsch« gibt es nicht" in look(seite="quatsch").texts
