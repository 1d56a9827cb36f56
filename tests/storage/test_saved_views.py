"""Ansichten and Mein Fachbereich: kept for oneself, shared by who may, and of no concern to the inventory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from steering.model import PersonRole, PersonScope
from steering.storage import checking, own_unit, persons, reading, saved_views, schema, transfer
from steering.storage.own_unit import Remembered
from steering.storage.problems import Invalid
from steering.storage.rights import acting
from steering.storage.rights.acting import (
    AT_THE_MACHINE,
    Onlooker,
    RightMissing,
    SignedIn,
    SignedOut,
    acting_as,
)
from steering.storage.saved_views import MOST, ViewGone
from tests.storage.conftest import NOW, WHO

ISSUER = "https://anmeldung.example"
KINDS = {
    "liest": (PersonRole.READ, PersonScope.OWN),
    "eigene": (PersonRole.EDIT, PersonScope.OWN),
    "alle": (PersonRole.EDIT, PersonScope.ALL),
    "verwaltet": (PersonRole.ADMINISTER, PersonScope.ALL),
}
QUERY = "szenario=erwartet&traeger=fb-22"


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    prepared = schema.prepare(database, "empty")
    for subject, (role, scope) in KINDS.items():
        persons.grant(prepared, ISSUER, subject, role, scope=scope, name=subject.title(), **WHO)
    yield prepared
    prepared.dispose()


@pytest.fixture
def of(engine: Engine) -> Callable[[str], Engine]:
    """The engine for what a person does; "machine" for who sits at it."""

    def acting_for(subject: str) -> Engine:
        who = AT_THE_MACHINE if subject == "machine" else SignedIn(ISSUER, subject, NOW)
        return acting_as(engine, who)

    return acting_for


def names(engine: Engine) -> list[str]:
    return [each.name for each in saved_views.listed(engine)]


def keep(engine: Engine, name: str, *, shared: bool = False) -> int:
    return saved_views.save(engine, name, "luecken", QUERY, shared=shared, now=NOW)


def test_a_view_is_kept_as_it_was_with_whose_it_is(of: Callable[[str], Engine], database: str) -> None:
    before = reading.revision(of("machine"))
    key = keep(of("liest"), " Meine Lücken ")
    found = saved_views.by_id(of("liest"), key)
    assert found is not None
    assert (found.name, found.page, found.query) == ("Meine Lücken", "luecken", QUERY)
    assert (found.own, found.by, found.changeable, found.shared) == (True, "Liest", True, False)
    assert reading.revision(of("machine")) == before, "the inventory is what it was"
    assert checking.problems(database) == []


@pytest.mark.parametrize("other", ["eigene", "verwaltet", "machine"])
def test_what_somebody_keeps_for_oneself_nobody_else_sees(other: str, of: Callable[[str], Engine]) -> None:
    key = keep(of("alle"), "Für mich")
    assert names(of(other)) == []
    assert saved_views.by_id(of(other), key) is None
    with pytest.raises(ViewGone):
        saved_views.rename(of(other), key, "Anders")
    with pytest.raises(ViewGone):
        saved_views.remove(of(other), key)
    assert names(of("alle")) == ["Für mich"]


def test_what_is_kept_at_the_machine_is_of_who_sits_there(
    of: Callable[[str], Engine], engine: Engine
) -> None:
    keep(of("machine"), "Am Rechner")
    assert names(of("machine")) == ["Am Rechner"]
    assert names(of("alle")) == []
    assert names(acting_as(engine, Onlooker())) == [], "who only looks on does not sit at the machine"


def test_what_is_shared_everybody_sees_who_may_look(of: Callable[[str], Engine], engine: Engine) -> None:
    keep(of("alle"), "Beide", shared=True)
    keep(of("liest"), "Zuerst meine")
    assert names(of("liest")) == ["Zuerst meine", "Beide"]
    assert names(acting_as(engine, Onlooker())) == ["Beide"]
    assert names(acting_as(engine, SignedOut())) == []
    (shared,) = saved_views.listed(of("eigene"))
    assert (shared.by, shared.own, shared.changeable) == ("Alle", False, False)


@pytest.mark.parametrize(("subject", "may"), [("liest", False), ("eigene", True), ("alle", True)])
def test_who_edits_shares(subject: str, may: bool, of: Callable[[str], Engine]) -> None:
    if may:
        assert keep(of(subject), "Für alle", shared=True)
        return
    with pytest.raises(RightMissing, match="teilen"):
        keep(of(subject), "Für alle", shared=True)


@pytest.mark.parametrize(("subject", "may"), [("eigene", False), ("alle", True), ("verwaltet", True)])
def test_a_shared_view_is_changed_by_who_made_it_or_administers(
    subject: str, may: bool, of: Callable[[str], Engine]
) -> None:
    key = keep(of("alle"), "Geteilt", shared=True)
    if not may:
        with pytest.raises(RightMissing, match="Alle geteilt"):
            saved_views.rename(of(subject), key, "Anders")
        with pytest.raises(RightMissing):
            saved_views.remove(of(subject), key)
        assert names(of("alle")) == ["Geteilt"]
        return
    saved_views.rename(of(subject), key, "Anders")
    assert names(of("liest")) == ["Anders"]
    saved_views.remove(of(subject), key)
    assert names(of("liest")) == []


def test_one_person_has_no_two_views_of_one_name_and_two_persons_may(of: Callable[[str], Engine]) -> None:
    key = keep(of("liest"), "Lücken")
    keep(of("alle"), "Lücken")
    other = keep(of("liest"), "Andere")
    with pytest.raises(Invalid, match="»LÜCKEN« gibt es schon"):
        keep(of("liest"), "LÜCKEN")
    with pytest.raises(Invalid, match="gibt es schon"):
        saved_views.rename(of("liest"), other, "Lücken")
    saved_views.rename(of("liest"), key, "lücken")
    assert names(of("liest")) == ["Andere", "lücken"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_that_is_none_is_refused_in_a_sentence(name: str, of: Callable[[str], Engine]) -> None:
    with pytest.raises(Invalid) as refused:
        keep(of("liest"), name)
    assert refused.value.problems[0].field == "name"


def test_nobody_fills_the_database_with_views(
    of: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 200
    monkeypatch.setattr(saved_views, "MOST", 2)
    keep(of("liest"), "eins")
    keep(of("liest"), "zwei")
    with pytest.raises(Invalid, match="zuerst alte löschen"):
        keep(of("liest"), "drei")
    assert keep(of("alle"), "drei")


def test_the_own_unit_is_there_again_for_that_person_alone(
    of: Callable[[str], Engine], engine: Engine
) -> None:
    own_unit.remember(of("liest"), Remembered(filtering=True))
    own_unit.remember(of("machine"), Remembered("fb-22", filtering=True))
    own_unit.remember(of("machine"), Remembered("fb-22"))
    assert own_unit.remembered(of("liest")) == Remembered(filtering=True)
    assert own_unit.remembered(of("machine")) == Remembered("fb-22")
    for nobody in (of("alle"), acting_as(engine, Onlooker()), acting_as(engine, SignedOut())):
        assert own_unit.remembered(nobody) == Remembered()


def test_who_is_shut_out_keeps_nothing_and_sees_nothing(of: Callable[[str], Engine], engine: Engine) -> None:
    keep(of("alle"), "Für mich")
    key = acting.mandate(of("alle")).key
    persons.change(engine, {"archived_on": NOW.date()}, key=key, version=1, **WHO)
    assert names(of("alle")) == []
    with pytest.raises(RightMissing):
        keep(of("alle"), "Noch eine")


@pytest.mark.usefixtures("only_sqlite")
def test_views_and_units_go_along_into_another_database(
    of: Callable[[str], Engine], database: str, tmp_path: object
) -> None:
    keep(of("alle"), "Geteilt", shared=True)
    own_unit.remember(of("liest"), Remembered(filtering=True))
    target = f"sqlite:///{tmp_path}/other.db"
    transfer.copy(database, target)
    there = schema.prepare(target, "empty")
    reads = acting_as(there, SignedIn(ISSUER, "liest", NOW))
    assert names(reads) == ["Geteilt"]
    assert own_unit.remembered(reads) == Remembered(filtering=True)
    there.dispose()
