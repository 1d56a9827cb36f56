"""Mein Fachbereich: a filter in one press, remembered for the person, never in force unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from steering.model import Level, Organisation
from steering.storage import own_unit as kept
from steering.storage import persons
from steering.storage.rights.acting import Onlooker, Who, acting_as
from steering.storage.writing import Edit, write
from steering.web import identity, own_unit
from tests.pages.conftest import Screen
from tests.pages.people import ISSUER, KINDS, person
from tests.planted import WHO

UNIT = "fb-22"


@pytest.fixture
def staffed(screen: Callable[..., Screen]) -> Callable[..., Screen]:
    """A person of each role in Fachbereich 22."""

    def opened(page: str = "Strukturen", unit: str = UNIT, **address: str | list[str]) -> Screen:
        engine = screen().engine
        for subject, (role, scope) in KINDS.items():
            persons.grant(engine, ISSUER, subject, role, scope=scope, name=subject, unit=unit, **WHO)
        return screen(page, **address)

    return opened


def switches(shown: Screen) -> list[str]:
    return [each.label for each in shown.app.toggle if each.label.startswith("Mein Fachbereich")]


def press(shown: Screen, *, on: bool) -> None:
    shown.app.toggle(key=own_unit.ON).set_value(on).run()
    assert not shown.app.exception


def filter_label(shown: Screen) -> str:
    return next(each.label for each in shown.app.expander if each.label.startswith("Filter"))


@pytest.mark.parametrize("kind", KINDS)
def test_one_press_filters_by_the_own_unit_and_the_next_visit_begins_so(
    kind: str, staffed: Callable[..., Screen], screen: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person(kind))
    shown = staffed()
    assert switches(shown) == ["Mein Fachbereich: FB 22"]
    assert shown.address("traeger") == []
    press(shown, on=True)
    assert shown.address("traeger") == [UNIT]
    again = screen("Lagebild")
    assert again.address("traeger") == [UNIT]
    assert again.app.toggle(key=own_unit.ON).value
    assert filter_label(again) == "Filter · 1 aktiv", "what filters is seen"
    assert "nach Träger gefiltert; was FB 22 nur vorbereitet, ist nicht dabei" in again.texts
    press(again, on=False)
    assert again.address("traeger") == []
    assert screen("Lagebild").address("traeger") == []


def test_it_is_remembered_for_that_person_and_for_nobody_else(
    staffed: Callable[..., Screen], screen: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    press(staffed(), on=True)
    ask_as(person("liest"))
    assert screen().address("traeger") == []
    ask_as(person("alle"))
    assert screen().address("traeger") == [UNIT]


@pytest.mark.parametrize(
    ("address", "filtered"),
    [
        ({"traeger": "caritas-coburg"}, ["caritas-coburg"]),
        ({"stichtag": "2027-01-01", "szenario": "gesichert", "masterplan": "ohne"}, []),
        ({"gemeinde": "09473151"}, []),
        ({"auswahl": "laufend"}, [UNIT]),
    ],
)
def test_what_the_address_says_wins_over_what_is_remembered(
    address: dict[str, str], filtered: list[str], staffed: Callable[..., Screen],
    screen: Callable[..., Screen], ask_as: Callable[[Who], None],
) -> None:  # fmt: skip
    ask_as(person("alle"))
    press(staffed(), on=True)
    assert screen("Strukturen", **address).address("traeger") == filtered


def test_the_switch_says_whether_the_filter_is_in_force_whoever_set_it(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    shown = staffed(traeger=UNIT)
    assert shown.app.toggle(key=own_unit.ON).value
    shown.click("Filter zurücksetzen")
    assert not shown.app.toggle(key=own_unit.ON).value
    assert not staffed(traeger=[UNIT, "caritas-coburg"]).app.toggle(key=own_unit.ON).value


@pytest.mark.parametrize("way", ["Filter zurücksetzen", "Träger"])
def test_who_ends_the_filter_another_way_has_ended_it_for_the_next_visit(
    way: str, staffed: Callable[..., Screen], screen: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    shown = staffed()
    press(shown, on=True)
    if way == "Träger":
        shown.app.multiselect(key=own_unit.FILTER).set_value([]).run()
    else:
        shown.click(way)
    assert screen("Lagebild").address("traeger") == []


def test_a_unit_that_carries_no_structure_can_be_filtered_by_too(
    staffed: Callable[..., Screen], screen: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    engine = screen().engine
    new = {"name": "Neue Stelle", "slug": "neue-stelle", "level": Level.COUNTY}
    write(engine, [Edit(Organisation, new)], **WHO)
    ask_as(person("alle"))
    shown = staffed(unit="neue-stelle")
    press(shown, on=True)
    assert shown.address("traeger") == ["neue-stelle"]
    assert "keine Struktur" in shown.texts
    assert "Neue Stelle (0)" in [each for item in shown.app.multiselect for each in item.options]


def test_who_has_a_unit_by_the_sign_in_chooses_none(
    staffed: Callable[..., Screen], ask_as: Callable[[Who], None]
) -> None:
    ask_as(person("alle"))
    assert "Mein Fachbereich" not in [each.label for each in staffed().app.selectbox]


def test_who_sits_at_the_machine_chooses_a_unit_which_is_kept_for_the_installation(
    screen: Callable[..., Screen],
) -> None:
    shown = screen("Lagebild")
    assert switches(shown) == []
    assert "Meine Aufgaben" not in shown.texts
    chosen = shown.choice("Mein Fachbereich")
    assert "für diese Installation" in chosen.help
    units = {name: at for at, name in enumerate(chosen.options)}
    chosen.select_index(units["Fachbereich 22"]).run()
    again = screen("Lagebild")
    assert switches(again) == ["Mein Fachbereich: FB 22"]
    assert "Meine Aufgaben" in again.texts
    press(again, on=True)
    assert screen("Karte").address("traeger") == [UNIT]
    third = screen("Lagebild")
    third.choice("Mein Fachbereich").select_index(units["–"]).run()
    assert switches(third) == []
    assert third.address("traeger") == [], "with the unit its filter is gone"
    assert kept.remembered(third.engine) == kept.Remembered()


def test_who_only_looks_on_chooses_nothing(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen("Lagebild")
    kept.remember(shown.engine, kept.Remembered(UNIT, filtering=True))
    monkeypatch.setattr(identity, "from_elsewhere", lambda: True)
    looking = screen("Lagebild")
    assert looking.address("traeger") == []
    assert switches(looking) == []
    assert "Mein Fachbereich" not in [each.label for each in looking.app.selectbox]
    assert kept.remembered(acting_as(shown.engine, Onlooker())) == kept.Remembered()
