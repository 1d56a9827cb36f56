"""Daten → Sicherung: how it stands, a copy made, tried out and put back, as the others see it."""

from datetime import datetime, timedelta

import pytest

from steering.model import Structure
from steering.storage import reading
from steering.storage.backups import copies
from steering.storage.copying import shelf
from steering.storage.writing import Edit, write
from steering.web import current, pages
from tests.pages.conftest import Screen

pytestmark = pytest.mark.usefixtures("only_sqlite")
NOW = datetime(2026, 11, 22, 10, 30)  # noqa: DTZ001
BACKUPS = {"bereich": "sicherung"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(current, "now", lambda: moment)

    set_to(NOW)
    return set_to


def rename(shown: Screen, name: str, at: datetime) -> None:
    row = reading.portfolio(shown.engine).structures.iloc[0]
    edit = Edit(Structure, {"name": name}, id=int(row["id"]), version=int(row["version"]))
    write(shown.engine, [edit], actor="Planungsstab", now=at)


def names(shown: Screen) -> set[str]:
    return set(reading.portfolio(shown.engine).structures["name"])


def choose(shown: Screen, file: str) -> None:
    frame = shown.app.dataframe[0].value
    shown.app.session_state["kept copies"] = {
        "selection": {"rows": [frame["Datei"].tolist().index(file)], "columns": [], "cells": []}
    }
    shown.app.session_state["chosen copy"] = file  # AppTest calls no callback for a table
    shown.app.run()


@pytest.mark.parametrize("kind", ["coburg", "empty"])
def test_it_says_what_is_overdue_by_word_and_shape_until_it_is_done(screen, clock, kind) -> None:
    shown = screen(pages.DATA.title, kind, **BACKUPS)
    assert "▲ **Steht aus** · Letzte Sicherung: noch keine" in shown.texts
    assert "▲ **Steht aus** · Letzte Probe: noch keine" in shown.texts
    shown.click("Jetzt sichern")
    shown.click("Neueste probeweise einspielen")
    assert not shown.app.exception
    assert "✓ **Aktuell** · Letzte Sicherung: **22.11.2026 um 11:30 Uhr** (eben)." in shown.texts
    assert "✓ **Aktuell** · Letzte Probe: **22.11.2026 um 11:30 Uhr** (eben). Bestanden." in shown.texts
    clock(NOW + timedelta(hours=5))
    shown.app.run()
    assert "▲ **Überfällig** · Letzte Sicherung: **22.11.2026 um 11:30 Uhr** (vor 5 Stunden)." in shown.texts
    assert "✓ **Aktuell** · Letzte Probe" in shown.texts


def test_a_drill_that_fails_is_said_and_stays_said(screen, clock) -> None:
    shown = screen(pages.DATA.title, **BACKUPS)
    made = copies.hourly(shown.url, NOW).file
    made.write_bytes(made.read_bytes()[:-1] + b"x")
    shown.click("Neueste probeweise einspielen")
    assert "Nicht bestanden: »steering-stand-20261122T103000Z.db« ist keine unbeschädigte" in shown.texts
    shown.app.run()
    assert "Nicht bestanden" in shown.texts


def test_a_copy_of_the_list_is_put_back_with_its_consequences_told_and_others_see_it(screen, clock) -> None:
    shown = screen(pages.DATA.title, **BACKUPS)
    rename(shown, "Alter Name", NOW - timedelta(hours=1))
    copy = copies.hourly(shown.url, NOW).file
    rename(shown, "Neuer Name", NOW + timedelta(hours=1))
    other = Screen(shown.url, "Strukturen")
    clock(NOW + timedelta(hours=2))
    shown.app.run()
    choose(shown, copy.name)
    assert (
        "Was nach dieser Sicherung (bis 22.11.2026 um 10:30 Uhr) gespeichert wurde, ist dann nicht mehr da: "
        "**1 Änderung**, zuletzt am 22.11.2026 um 12:30 Uhr." in shown.texts
    )
    assert "Der jetzige Stand wird vorher gesichert" in shown.texts
    assert shown.app.button(key="restore").disabled
    shown.app.checkbox(key="restore sure").set_value(True).run()
    shown.app.button(key="restore").click().run()
    sure = shown.app.checkbox(key="restore sure")
    assert (sure.value, sure.proto.set_value) == (False, True), "the browser is told to take the tick away"
    assert not shown.app.exception
    assert f"»{copy.name}« ist eingespielt. Der Stand davor liegt in »steering-vor-einspielen-" in shown.texts
    assert "Alter Name" in names(shown)
    assert "Neuer Name" not in names(shown)
    other.app.run()
    assert not other.app.exception
    assert any("Alter Name" in frame.value.to_string() for frame in other.app.dataframe)
    assert "durch eine Sicherung ersetzt" in other.texts
    (aside,) = [each for each in copies.kept(shown.url) if each.why == shelf.RESTORE]
    choose(shown, aside.file.name)
    shown.app.checkbox(key="restore sure").set_value(True).run()
    shown.app.button(key="restore").click().run()
    assert "Neuer Name" in names(shown), "the way back from a restore"


def test_what_is_chosen_stays_chosen_when_one_more_is_made(screen, clock) -> None:
    shown = screen(pages.DATA.title, **BACKUPS)
    copy = copies.hourly(shown.url, NOW - timedelta(hours=1)).file
    shown.app.run()
    choose(shown, copy.name)
    shown.click("Jetzt sichern")
    assert f"Ausgewählt ist »{copy.name}«" in shown.texts
