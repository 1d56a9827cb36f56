"""A file is made when it is pressed, and holds what its page had then: its data, for who looked at it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextvars import ContextVar

import pytest

from steering.exchange import output
from steering.model import Structure
from steering.storage import reading
from steering.storage.rights.acting import Who
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from steering.web import current, sessions
from tests.pages.conftest import Screen
from tests.pages.people import NOW, person
from tests.pages.pressed import files_of_pages, outside_a_run
from tests.pages.test_rights import unpacked
from tests.planted import SECRET, VIEW, WHO

LOST = "Was mit einem Ende wegfällt.xlsx"


@pytest.fixture
def at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody stands in here: it is about what is asked where nobody does."""
    monkeypatch.setattr(sessions, "_STANDING_IN", ContextVar("nobody stands in", default=None))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    return files_of_pages(monkeypatch)


def pressed(files: dict[str, Callable[[], bytes]], name: str) -> bytes:
    return outside_a_run(files[name])


def test_after_an_edit_it_holds_the_edit_though_another_was_made_before(
    screen: Callable[..., Screen], files: dict[str, Callable[[], bytes]]
) -> None:
    shown = screen("Lücken")
    before = pressed(files, LOST).decode()
    structures = reading.portfolio(shown.engine).structures
    ending = structures[[name in before for name in structures["name"]]].iloc[0]
    change = {"name": "Ganz neuer Name"}
    write(
        shown.engine, [Edit(Structure, change, id=int(ending["id"]), version=int(ending["version"]))], **WHO
    )
    assert pressed(files, LOST).decode() == before, "the page still shows what was before"
    shown.app.run()
    assert "Ganz neuer Name" in pressed(files, LOST).decode()


def test_letters_of_a_survey_go_out_though_those_of_a_round_were_packed_before(
    screen: Callable[..., Screen], files: dict[str, Callable[[], bytes]]
) -> None:
    shown = screen("Daten und Einstellungen", bereich="rueckmeldung")
    shown.click("Runde mit 15 Trägern beginnen")
    packed = pressed(files, "rueckmeldung-2026.zip")
    assert len(zipfile.ZipFile(io.BytesIO(packed)).namelist()) == 31
    shown.app.session_state["data section"] = "Bedarfserhebung"
    shown.app.run()
    shown.click("Erhebung mit 30 Adressaten beginnen")
    packed = pressed(files, "bedarfserhebung-2026.zip")
    assert len(zipfile.ZipFile(io.BytesIO(packed)).namelist()) == 61


@pytest.mark.parametrize("first", ["liest", "verwaltet"])
def test_it_is_made_for_who_looked_whoever_has_one_made_before(
    first: str, peopled: Callable[..., Screen], ask_as: Callable[[Who], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    peopled()
    ask_as(person(first))
    monkeypatch.setattr(current, "now", lambda: NOW)
    made = {}
    for who in ("liest", "verwaltet"):
        with sessions.standing_in(person(who)):
            made[who] = current.as_entitled(workbook)
    outside_a_run(made[first])
    assert SECRET not in unpacked(outside_a_run(made["liest"]))
    assert SECRET in unpacked(outside_a_run(made["verwaltet"])), "else it would prove nothing"


def workbook() -> bytes:
    return output.made("workbook", current.portfolio(), current.boundaries(), VIEW, LINKS)


def test_outside_a_run_nobody_is_taken_for_somebody() -> None:
    for asked in (current.who, current.portfolio, current.discreet, current.engine, current.presenting):
        with pytest.raises(sessions.NobodyAsks):
            asked()
