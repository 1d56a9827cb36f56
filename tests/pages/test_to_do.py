"""Meine Aufgaben on the Lagebild, for somebody with a unit of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from steering.model import Milestone
from steering.storage import persons, reading
from steering.storage.rights.acting import Who
from steering.storage.writing import Edit, write
from tests.pages.conftest import Screen
from tests.pages.people import ISSUER, KINDS, person
from tests.planted import WHO

TODAY = "2026-11-27"
HEADING = "Meine Aufgaben"


@pytest.fixture
def staffed(screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """A person of each role in Fachbereich 22, in a database of one's own."""
    monkeypatch.setenv("STEERING_TODAY", TODAY)

    def opened(kind: str = "coburg", page: str = "Lagebild", unit: str = "fb-22", **address: str) -> Screen:
        engine = screen(kind=kind).engine
        for subject, (role, scope) in KINDS.items():
            persons.grant(engine, ISSUER, subject, role, scope=scope, name=subject, unit=unit, **WHO)
        return screen(page, **address)

    return opened


def headings(shown: Screen) -> list[str]:
    return [each.value for each in shown.app.header]


def rows(shown: Screen) -> list[str]:
    return [str(each.key) for each in shown.app.button if str(each.key).startswith("to do ")]


@pytest.mark.parametrize("kind", KINDS)
def test_each_role_sees_what_its_own_unit_has_to_see_to(
    kind: str, staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person(kind))
    shown = staffed()
    assert HEADING in headings(shown)
    assert "Für FB 22 stehen **2 Aufgaben** an" in shown.texts
    assert rows(shown)[:2] == ["to do funding-4-decide", "to do milestone-1-milestone"]


def test_without_a_unit_there_is_no_such_block(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    shown = staffed()
    assert HEADING not in headings(shown), "whoever sits at the machine has none"
    persons.grant(shown.engine, ISSUER, "ohne", KINDS["alle"][0], name="Ohne", **WHO)
    ask_as(person("ohne"))
    shown.app.run()
    assert HEADING not in headings(shown)


def test_what_is_late_comes_first_with_the_word_and_how_late_it_is(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    shown = staffed()
    write(shown.engine, [Edit(Milestone, {"day": date(2026, 11, 12)}, id=1, version=1)], **WHO)
    ask_as(person("eigene"))
    shown.app.run()
    assert "**2 Aufgaben** an, **1** davon ist **überfällig**; 1 weitere kommt später" in shown.texts
    assert rows(shown)[0] == "to do milestone-1-milestone"
    assert ":material/error: **seit 15 Tagen überfällig** · Meilenstein 12.11.2026" in shown.texts


@pytest.mark.parametrize(
    ("key", "page", "state"),
    [
        ("funding-4-decide", "Strukturen", {"edit_structure": 1}),
        ("milestone-1-milestone", "Masterplan", {"edit_measure": 1, "masterplan_part": "Fahrplan"}),
    ],
)
def test_a_row_opens_the_thing(
    key: str, page: str, state: dict[str, object], staffed: Callable[..., Screen],
    ask_as: Callable[[Who], None],
) -> None:  # fmt: skip
    ask_as(person("alle"))
    shown = staffed(stichtag="2027-01-01")
    shown.app.button(key=f"to do {key}").click().run()
    assert not shown.app.exception
    assert shown.app.title[0].value == page
    assert {name: shown.app.session_state[name] for name in state} == state
    assert shown.address("stichtag") == ["2027-01-01"], "the view comes along"


def test_another_stichtag_moves_no_task_and_the_block_says_so(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("liest"))
    shown = staffed(stichtag="2030-01-01")
    assert "Gezählt ab heute (27.11.2026), nicht ab dem Stichtag." in shown.texts
    assert len(rows(shown)) == 3


def test_nothing_to_do_is_a_sentence(staffed: Callable[..., Screen], ask_as: Callable[[Who], None]) -> None:
    ask_as(person("liest"))
    shown = staffed(unit="awo-coburg")
    assert "Für AWO steht **nichts an**, und nichts ist vorgemerkt." in shown.texts.replace(" Coburg", "")


def test_before_anything_is_recorded_there_is_no_unit_and_no_block(look: Callable[..., Screen]) -> None:
    shown = look(kind="empty")
    assert not shown.app.exception
    assert HEADING not in headings(shown)
    assert "Ansichten" in {each.label for each in shown.app.expander}


def test_in_a_large_inventory_nothing_stands_there_twice(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    shown = staffed(kind="large")
    assert not shown.app.exception
    assert HEADING in headings(shown)
    found = rows(shown)
    assert len(found) == len(set(found))


def test_before_a_room_nobodys_tasks_are_shown(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    assert HEADING not in headings(staffed(praesentation="an"))


def test_who_only_reads_is_not_told_of_what_is_internal(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEERING_TODAY", TODAY)
    shown = peopled()
    house = reading.portfolio(shown.engine).organisations.set_index("slug")["id"]["landkreis-coburg"]
    for subject in ("liest", "alle"):
        persons.grant(shown.engine, ISSUER, subject, KINDS[subject][0], scope=KINDS[subject][1],
                      unit="landkreis-coburg", **WHO)  # fmt: skip
    assert (reading.portfolio(shown.engine).action_items["organisation_id"] == house).any()
    ask_as(person("liest"))
    reads = set(rows(peopled()))
    ask_as(person("alle"))
    edits = set(rows(peopled()))
    assert reads < edits
    assert any("agreed" in key for key in edits - reads)
