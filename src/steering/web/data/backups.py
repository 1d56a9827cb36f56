"""Sicherung: how it stands with the copies of the data, making one, trying one out, taking one along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from steering.model.german import ago, moment_in_words
from steering.storage.backups import copies, drilling
from steering.storage.backups.drilling import Drill
from steering.storage.backups.state import BackupState, state_of
from steering.storage.copying import shelf
from steering.storage.copying.shelf import KeptCopy
from steering.storage.problems import StorageError
from steering.storage.rights import acting
from steering.storage.rights.table import Right
from steering.web import current, panels
from steering.web.browser.uploads import MEGABYTE
from steering.web.data import restoring
from steering.web.text import plain

_DONE, _REFUSED, _CHOSEN = "backup done", "backup refused", "chosen copy"
FINE, OVERDUE, NONE_YET = "✓ **Aktuell**", "▲ **Überfällig**", "▲ **Steht aus**"
_WHY = {
    shelf.HOURLY: "stündlich oder von Hand",
    shelf.IMPORT: "vor einem Einlesen",
    shelf.RESTORE: "vor einem Einspielen",
    shelf.MIGRATION: "vor einer Umstellung des Programms",
}
MIME = "application/vnd.sqlite3"


def show() -> None:
    """Whether there is a good copy, the copies with what can be done with them, and the way back."""
    url = current.engine().url.render_as_string(hide_password=False)
    if not copies.possible(url):
        st.info(
            "Die Daten liegen auf einem Datenbankserver. Gesichert wird dort mit »pg_dump«, eingespielt mit "
            "»pg_restore«; ob und wann, weiß die Betreuung des Servers."
        )
        return
    try:
        found = state_of(url, current.now())
    except StorageError as refusal:
        st.error(plain(str(refusal)))
        return
    _told(found)
    _buttons(url)
    chosen = _table(found)
    restoring.show(url, chosen)


def _told(found: BackupState) -> None:
    restoring.tell(_REFUSED, _DONE)
    st.markdown(f"{_state(found.newest, found.backup_is_overdue)} · Letzte Sicherung: {_last_backup(found)}")
    st.markdown(f"{_state(found.drill, found.drill_is_overdue)} · Letzte Probe: {_last_drill(found)}")


def _state(last: KeptCopy | Drill | None, overdue: bool) -> str:
    """How it stands; where there never was one nothing is late: a program that was just started has none."""
    if last is None:
        return NONE_YET
    return OVERDUE if overdue else FINE


def _last_backup(found: BackupState) -> str:
    if found.newest is None:
        return "noch keine. Das laufende Programm legt in jeder Stunde eine an, die erste nach einer Minute."
    return f"{_when(found.newest.moment, found.now)}."


def _last_drill(found: BackupState) -> str:
    if found.drill is None:
        return "noch keine. Sie spielt die neueste Sicherung neben den Daten ein und zählt nach."
    problem = f" Nicht bestanden: {plain(found.drill.problem)}" if found.drill.problem else " Bestanden."
    return f"{_when(found.drill.at, found.now)}.{problem}"


def _when(moment: datetime, now: datetime) -> str:
    return f"**{moment_in_words(moment)}** ({ago(moment, now)})"


def _buttons(url: str) -> None:
    with st.container(horizontal=True, gap="small", key="backup buttons"):
        st.button("Jetzt sichern", key="backup now", on_click=_attempt, args=(_back_up, url))
        st.button("Neueste probeweise einspielen", key="drill", on_click=_attempt, args=(_drill, url))
        panels.download(
            "Jetzigen Stand herunterladen",
            lambda: _copy(url),
            f"integrationssteuerung-{current.today():%Y-%m-%d}.db",
            MIME,
            key="backup",
        )
    st.caption(
        "Eine Sicherung hat alles, auch den Verlauf und was nur für die Verwaltung ist. Aufgehoben wird jede "
        "der letzten 24 Stunden, eine von jedem der letzten 30 Tage, eine aus jedem der letzten 12 Monate. "
        "Sie liegen auf demselben Rechner: Bitte den Ordner »sicherungen« auch anderswohin sichern lassen."
    )


def _attempt(do: Callable[[str], str], url: str) -> None:
    try:
        # The page was drawn before it was pressed.
        acting.check(current.engine(), Right.BACKUPS)
        st.session_state[_DONE] = do(url)
    except StorageError as refusal:
        st.session_state[_REFUSED] = str(refusal)


def _back_up(url: str) -> str:
    return f"Gesichert in »{copies.hourly(url, current.now(), anyway=True).file.name}«."


def _drill(url: str) -> str:
    name = drilling.drill(url, current.now()).copy.file.name
    return f"»{name}« ließ sich einspielen und hält, was beim Sichern gezählt wurde."


def _copy(url: str) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "copy.db"
        copies.backup(url, "empty", file)
        return file.read_bytes()


def _table(found: BackupState) -> KeptCopy | None:
    """The copies, of which one can be chosen: to be downloaded, or put back below."""
    st.subheader("Vorhandene Sicherungen", anchor=False)
    if not found.kept:
        st.info("Noch keine. Auch vor jedem Einlesen, Einspielen und Umstellen wird eine angelegt.")
        return None
    st.caption("Eine Zeile ankreuzen, um diese Sicherung herunterzuladen oder einzuspielen.")
    state = st.session_state
    panels.table(
        pd.DataFrame([_row(copy) for copy in found.kept]),
        "Sicherungen",
        key="kept copies",
        empty="",
        most=6,
        choice=panels.RowChoice(
            [copy.file.name for copy in found.kept],
            lambda name: state.update({_CHOSEN: name}),
            lambda: state.pop(_CHOSEN, None),
        ),
    )
    chosen = next((copy for copy in found.kept if copy.file.name == state.get(_CHOSEN)), None)
    if chosen is not None:
        panels.download(
            "Diese herunterladen", chosen.file.read_bytes, chosen.file.name, MIME, key="chosen copy"
        )
    return chosen


def _row(copy: KeptCopy) -> dict[str, object]:
    note = shelf.read_note(copy.file)
    counted = note.counted if note else {}
    return {
        "Gesichert am": moment_in_words(copy.moment),
        "Anlass": next(words for why, words in _WHY.items() if copy.why.startswith(why)),
        "Strukturen": counted.get("structure"),
        "Förderungen": counted.get("funding"),
        "Verlauf (Einträge)": counted.get("change"),
        "Größe (MB)": round(copy.file.stat().st_size / MEGABYTE, 1),
        "Datei": copy.file.name,
    }
