"""Koordinierungsrunde for those who take part and do not prepare it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

import pytest

from steering.model import ActionItem, ActionStatus, AgendaItem, AgendaStatus, Meeting
from steering.storage import reading
from steering.storage.writing import Edit, Made, write
from steering.web import address, pages
from steering.web.overview import to_do_ways
from tests.conftest import TODAY
from tests.pages.conftest import Screen
from tests.pages.people import person
from tests.pages.test_meeting import part, words
from tests.stored import Who

PAGE = "Koordinierungsrunde"
SOMEBODY: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}


@pytest.fixture
def opened(peopled, ask_as) -> Callable[..., Screen]:
    """`opened("liest")` shows an empty round of 8 December beside those that were planted, with what FB 22
    and another unit have agreed to do at a point that was struck.
    """

    def shown(subject: str, **of_round: str) -> Screen:
        engine = peopled().engine
        units = reading.portfolio(engine).organisations.set_index("slug")["id"]
        agreed = {"agenda_item_id": Made(1), "due": date(2026, 11, 1)}
        own, other = int(units["fb-22"]), int(units.drop("fb-22").iloc[0])
        found = write(
            engine,
            [
                Edit(Meeting, {"day": date(2026, 12, 8), "begins": "10:00", "place": "Saal"}),
                Edit(AgendaItem, {"meeting_id": Made(0), "name": "Alt", "status": AgendaStatus.DROPPED}),
                Edit(ActionItem, {**agreed, "name": "Liste", "organisation_id": own}),
                Edit(ActionItem, {**agreed, "name": "Anderes", "organisation_id": other}),
            ],
            **SOMEBODY,
        )
        ask_as(person(subject))
        return peopled(PAGE, runde=str(found.ids[0]), **of_round)

    return shown


@pytest.mark.parametrize("subject", ["liest", "eigene"])
def test_who_takes_part_sees_when_the_round_is_gets_its_papers_and_finds_the_others(opened, subject):
    shown = opened(subject)
    assert "Dienstag, 8. Dezember 2026 · 10:00 Uhr · Saal" in words(shown)
    assert {"Einladung (Word)", "Niederschrift (Word)"} <= {each.label for each in shown.app.download_button}
    here = shown.app.session_state[address.ROUND]
    other = next(int(key) for key in reading.portfolio(shown.engine).meetings["id"] if key != here)
    shown.app.selectbox(key="meeting_pick").set_value(other).run()
    assert not shown.app.exception
    assert shown.app.session_state[address.ROUND] == other


def states(shown: Screen) -> list[str]:
    """The labels of the boxes in which how something agreed stands can be said."""
    return [each.label for each in shown.app.button_group if each.label.startswith("Stand: ")]


def test_who_only_reads_sees_how_something_agreed_stands(opened):
    reads = opened("liest")
    assert "Liste · bis 01.11.2026 · überfällig" in words(reads)
    assert re.search(r"\d Absprachen offen, \d davon überfällig\.", words(reads))
    assert states(reads) == []


def test_a_unit_says_of_its_own_what_is_done(opened):
    shown = opened("eigene")
    assert "Anderes · bis 01.11.2026 · überfällig" in words(shown)
    assert states(shown) == ["Stand: Liste"]
    box = next(each for each in shown.app.button_group if each.label == "Stand: Liste")
    box.set_value(ActionStatus.DONE.value).run()
    actions = reading.portfolio(shown.engine).action_items.set_index("name")
    assert actions.loc["Liste", "status"] == ActionStatus.DONE


def test_before_a_room_nothing_stands_around_the_point(opened):
    shown = opened("eigene", praesentation="an")
    assert not shown.app.download_button
    assert "Liste" not in words(shown)


def test_meine_aufgaben_leads_to_where_it_is_said_how_something_agreed_stands(opened):
    shown = opened("alle")
    portfolio = reading.portfolio(shown.engine)
    key = int(portfolio.action_items.set_index("name")["id"]["Liste"])
    way = to_do_ways.of(portfolio, f"action-{key}-agreed")
    assert way is not None
    assert way.page is pages.ROUNDS
    assert isinstance(way.open, partial)
    (there,) = way.open.args
    assert there[address.ROUND_PART] == pages.AGREED_IN_ROUNDS
    assert there[address.POINT] is None
    part(shown, there[address.ROUND_PART])
    assert {"Stand: Liste", "Stand: Anderes"} <= set(states(shown))
