"""What a printed page says of itself."""

from tests.pages.conftest import Screen


def printed(shown: Screen) -> str:
    (line,) = (each.proto.body for each in shown.app.get("html") if 'class="on-paper"' in each.proto.body)
    return line


def test_a_printed_page_names_day_scenario_masterplan_and_what_was_left_out(look):
    line = printed(look("Lücken", szenario="optimistisch", ebene="landkreis"))
    assert "Szenario: optimistisch · Masterplan: ohne · Stand der Daten: " in line
    assert "1 Filter" in line


def test_what_depends_on_no_day_names_none(look):
    assert "Stichtag" not in printed(look("Verlauf"))
    assert "Stand der Daten: " in printed(look("Verlauf"))


def test_a_printed_presentation_says_once_what_is_shown(look):
    shown = look("Lücken", praesentation="an")
    assert "Stichtag" not in printed(shown)
    assert "Stichtag" in shown.texts
