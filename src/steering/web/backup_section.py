"""Sicherung: the whole database as one file, and such a file in its place."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from steering.model.german import number
from steering.storage import backups
from steering.storage.problems import StorageError
from steering.web import current, panels, uploads
from steering.web.text import plain

_DONE, _REFUSED = "restore done", "restore refused"
_MEGABYTE = 1024 * 1024
# A larger one is put back on the command line, where nothing has to fit through the browser.
LARGEST = 400 * _MEGABYTE


def show() -> None:
    """Download, restore with a confirmation, and the copies the program made by itself."""
    address = current.engine().url.render_as_string(hide_password=False)
    if not backups.possible(address):
        st.info("Die Daten liegen auf einem Datenbankserver; gesichert wird mit dessen Werkzeugen.")
        return
    panels.download(
        "Sicherung herunterladen",
        lambda: _copy(address),
        f"integrationssteuerung-{current.today():%Y-%m-%d}.db",
        "application/vnd.sqlite3",
        key="backup",
    )
    st.caption("Eine Datei mit allem, auch dem Verlauf. Sie lässt sich hier wieder einspielen.")
    _restore(address)
    _automatic(address)


def _copy(address: str) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "copy.db"
        backups.backup(address, "empty", file)
        return file.read_bytes()


def _restore(address: str) -> None:
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal))
    if done := st.session_state.pop(_DONE, None):
        st.success(plain(done))
    found = uploads.one("Sicherung einspielen", ["db"], key="restore file", largest=LARGEST)
    if found is None:
        return
    st.warning(
        "Einspielen ersetzt **alles**, was jetzt erfasst ist. Der jetzige Stand wird vorher beiseitegelegt."
    )
    sure = st.checkbox("Ja, den jetzigen Stand durch diese Sicherung ersetzen.", key="restore sure")
    st.button(
        "Einspielen",
        key="restore",
        disabled=not sure,
        on_click=_put_back,
        args=(address, found.name, found.getvalue()),
    )


def _put_back(address: str, name: str, content: bytes) -> None:
    try:
        with TemporaryDirectory() as folder:
            file = Path(folder) / Path(name).name
            file.write_bytes(content)
            kept = backups.set_aside(address, current.now())
            backups.restore(address, file)
    except StorageError as refusal:
        st.session_state[_REFUSED] = str(refusal).replace(str(folder), "").replace("»/", "»")
        return
    st.session_state[_DONE] = f"»{name}« ist eingespielt. Der Stand davor liegt in »{kept.name}«."
    st.session_state.pop("restore sure", None)


def _automatic(address: str) -> None:
    found = backups.automatic_copies(address)
    st.subheader("Automatische Sicherungen", anchor=False)
    if not found:
        st.caption("Noch keine. Vor jedem Einlesen wird eine angelegt.")
        return
    st.caption(
        "Sie liegen neben der Datenbank und lassen sich dort löschen, wenn sie nicht mehr gebraucht werden."
    )
    rows = [{"Datei": file.name, "Größe (MB)": number(file.stat().st_size / _MEGABYTE)} for file in found]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="automatic copies")
