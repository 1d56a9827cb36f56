"""What somebody has chosen or typed is there again after what did not draw it."""

from collections.abc import Callable

import pytest

from steering.web.papers.form import PART
from steering.web.responsibilities.page import AXIS, BY_CARRIER, PICKED, WHAT
from tests.pages.conftest import Screen


def before_a_room(shown: Screen) -> None:
    """A presentation of two runs; Streamlit forgets at the end of the first what was not drawn in it."""
    shown.app.button(key="stage-begin").click().run()
    shown.app.run()
    shown.app.button(key="stage-end").click().run()


def elsewhere_and_back(shown: Screen) -> None:
    here = shown.app.title[0].value
    shown.open("Verlauf")
    shown.app.run()
    shown.open(here)


Away = Callable[[Screen], None]


@pytest.mark.parametrize("away", [before_a_room, elsewhere_and_back])
def test_a_half_filled_assumption(screen: Callable[..., Screen], away: Away) -> None:
    shown = screen("Lücken")
    shown.app.selectbox(key="assumption_kind").set_value("Programm endet").run()
    (day,) = (each for each in shown.app.text_input if str(each.key).startswith("assume/Programm endet/"))
    day.set_value("30.06.2027").run()
    away(shown)
    assert shown.app.selectbox(key="assumption_kind").value == "Programm endet"
    assert shown.app.text_input(key=str(day.key)).value == "30.06.2027"
    assert not shown.app.exception


@pytest.mark.parametrize("away", [before_a_room, elsewhere_and_back])
def test_the_structure_that_is_edited_and_the_part_of_it(screen: Callable[..., Screen], away: Away) -> None:
    shown = screen("Strukturen")
    shown.app.selectbox(key="edit_structure").set_value(1).run()
    shown.app.radio(key="edit_part").set_value("responsibility").run()
    away(shown)
    assert shown.app.selectbox(key="edit_structure").value == 1
    assert shown.app.radio(key="edit_part").value == "responsibility"
    assert not shown.app.exception


@pytest.mark.parametrize("away", [before_a_room, elsewhere_and_back])
def test_the_columns_of_the_responsibilities(screen: Callable[..., Screen], away: Away) -> None:
    shown = screen("Zuständigkeiten")
    shown.app.button_group(key=AXIS).set_value(BY_CARRIER).run()
    away(shown)
    assert shown.app.button_group(key=AXIS).value == BY_CARRIER
    assert not shown.app.exception


def test_the_structures_that_the_responsibilities_are_about(screen: Callable[..., Screen]) -> None:
    shown = screen("Zuständigkeiten")
    shown.app.multiselect(key=PICKED).set_value([1]).run()
    before_a_room(shown)
    assert shown.app.multiselect(key=PICKED).value == [1]
    assert not shown.app.exception


def test_a_structure_is_told_of_before_a_room(screen: Callable[..., Screen]) -> None:
    shown = screen("Strukturen")
    shown.app.selectbox(key="edit_structure").set_value(1).run()
    told = [each.value for each in shown.app.header]
    assert told
    shown.app.button(key="stage-begin").click().run()
    for _ in range(2):
        shown.app.run()
        assert [each.value for each in shown.app.header] == told


@pytest.mark.parametrize("away", [before_a_room, elsewhere_and_back])
def test_the_rhythm_of_a_series(screen: Callable[..., Screen], away: Away) -> None:
    shown = screen("Koordinierungsrunde")
    shown.click("Neue Runde")
    shown.app.session_state["meeting_new_kind"] = "Eine Reihe von Runden"
    shown.app.run()
    shown.app.text_input(key="series_from").set_value("01.09.2027")
    shown.app.selectbox(key="series_rhythm").set_value("6 weeks").run()
    away(shown)
    assert shown.app.text_input(key="series_from").value == "01.09.2027"
    assert shown.app.selectbox(key="series_rhythm").value == "6 weeks"
    assert not shown.app.exception


@pytest.mark.parametrize(
    ("page", "control", "chosen"),
    [
        ("Lagebild", "secured", 1),
        ("Zeitachse", "timeline_grouping", 1),
        ("Zuständigkeiten", WHAT, 1),
        ("Bedarfe", "needs_switch", 1),
        ("Lücken", "gaps_picture", 1),
        ("Masterplan", PART, 1),
    ],
)
def test_how_a_page_shows_things(screen: Callable[..., Screen], page: str, control: str, chosen: int) -> None:
    shown = screen(page)
    wanted = shown.app.button_group(key=control).options[chosen]
    shown.app.button_group(key=control).set_value(wanted).run()
    elsewhere_and_back(shown)
    assert shown.app.button_group(key=control).value == wanted
    assert not shown.app.exception
