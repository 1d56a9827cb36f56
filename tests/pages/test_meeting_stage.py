"""A presented round: one point at a time, asked as a question, with what comes of it."""

from collections.abc import Callable

import pytest

from steering.model import OutcomeStatus
from steering.storage import reading, rounds
from steering.storage.rights.acting import Who
from tests.pages.conftest import Screen
from tests.pages.people import person
from tests.planted import OPEN, WHO, Planted

PAGE = "Koordinierungsrunde"


@pytest.fixture
def planted(screen) -> Planted:
    return Planted(screen().engine)


def point(screen, found: Planted, place: int) -> Screen:
    shown = screen(PAGE, runde=str(found.coming), punkt=str(found.points[place]), praesentation="an")
    assert not shown.app.exception
    return shown


def charts(shown: Screen) -> int:
    return len(shown.app.get("vega_lite_chart"))


def test_a_point_about_a_carrier_who_is_there_is_asked_with_its_chart_and_findings(screen, planted):
    shown = point(screen, planted, 2)
    assert shown.app.title[0].value == "Wer kann das klären?"
    assert f"{OPEN} drei" not in shown.texts
    assert "Koordinierungsrunde 25.11.2026 · TOP 2 von 2" in shown.texts
    assert charts(shown) == 1
    assert " · Klärungspunkt" in shown.texts or " · abgestimmt" in shown.texts
    assert [each.label for each in shown.app.text_area] == ["Ergebnis"]
    assert {"Einschätzung", "Stand der Klärung"} <= {each.label for each in shown.app.selectbox}


def test_a_point_says_what_came_of_it_last_time_and_what_is_agreed(screen, planted):
    shown = point(screen, planted, 0)
    assert "TOP 1 von 2" in shown.texts
    assert f"Zuletzt, 12.10.2026: »{OPEN}«" in shown.texts
    assert "**Vereinbart**" in shown.texts
    assert charts(shown) == 0
    assert shown.app.button(key="stage-before").disabled
    assert not shown.app.button(key="stage-next").disabled


def test_an_internal_point_is_not_there_even_by_its_address(screen, planted):
    shown = point(screen, planted, 1)
    assert "TOP 1 von 2" in shown.texts
    assert shown.address("punkt") == [str(planted.points[0])]
    shown.app.button(key="stage-discreet").click().run()
    assert "TOP 1 von 2" in shown.texts  # numbered as in the invitation, whoever looks
    shown.app.button(key="stage-next").click().run()
    assert "TOP intern 1 von 2" in shown.texts


def test_points_are_walked_and_stand_in_the_address(screen, planted):
    shown = point(screen, planted, 0)
    shown.app.button(key="stage-next").click().run()
    assert shown.address("punkt") == [str(planted.points[2])]
    assert shown.app.button(key="stage-next").disabled
    shown.app.button(key="stage-before").click().run()
    assert shown.address("punkt") == [str(planted.points[0])]


def test_a_result_is_recorded_in_the_presentation_and_can_be_taken_back(screen, planted):
    shown = point(screen, planted, 2)
    shown.app.text_area[0].set_value("Die Caritas führt.").run()
    shown.click("Ergebnis festhalten")
    rows = reading.portfolio(shown.engine).outcomes.set_index("agenda_item_id")
    assert rows.loc[planted.points[2], ["text", "status"]].tolist() == [
        "Die Caritas führt.", OutcomeStatus.RECORDED,
    ]  # fmt: skip
    assert "Rückgängig" in [each.label for each in shown.app.button]


def test_who_only_reads_is_told_that_a_result_is_not_recorded_yet(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    engine = peopled().engine
    points = reading.portfolio(engine).agenda_items
    point = points[points["name"] == f"{OPEN} drei"].iloc[-1]
    rounds.keep(engine, int(point["id"]), {"text": "Erstens\nzweitens", "status": OutcomeStatus.DRAFT}, **WHO)
    ask_as(person("liest"))
    shown = peopled(PAGE, runde=str(point["meeting_id"]), punkt=str(point["id"]))
    assert "Erstens  \nzweitens" in shown.texts
    assert "**Ergebnis** (noch nicht festgehalten)" in shown.texts


def test_a_closed_round_shows_what_came_out_and_nothing_to_write(screen, planted):
    shown = screen(PAGE, runde=str(planted.closed), praesentation="an")
    assert "Koordinierungsrunde 12.10.2026 · TOP 1 von 2" in shown.texts
    assert "**Ergebnis**" in shown.texts
    assert not shown.app.text_area
    assert "Strg+S" not in shown.texts


def test_without_a_round_it_says_so(screen):
    assert "noch **keine Runde**" in screen(PAGE, praesentation="an").texts
