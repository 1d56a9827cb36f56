"""Sicherung: the whole database as one file, and such a file in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from steering.model.german import number
from steering.storage.backups import copies, restoring
from steering.storage.backups.restoring import Backup, District
from steering.storage.problems import StorageError
from steering.web import current, panels
from steering.web.browser import uploads
from steering.web.text import plain

_DONE, _REFUSED, _SEEN = "restore done", "restore refused", "restore seen"
_MEGABYTE = 1024 * 1024
# A larger one is put back on the command line, where nothing has to fit through the browser.
LARGEST = 400 * _MEGABYTE


def show() -> None:
    """Download, restore with a confirmation, and the copies the program made by itself."""
    address = current.engine().url.render_as_string(hide_password=False)
    if not copies.possible(address):
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
        copies.backup(address, "empty", file)
        return file.read_bytes()


def _restore(address: str) -> None:
    if refusal := st.session_state.pop(_REFUSED, None):
        st.error(plain(refusal))
    if done := st.session_state.pop(_DONE, None):
        st.success(plain(done))
    found = uploads.one("Sicherung einspielen", ["db"], key="restore file", largest=LARGEST)
    if found is None:
        st.session_state.pop(_SEEN, None)
        return
    seen = _looked_into(found)
    if seen.refusal:
        st.error(plain(seen.refusal))
        return
    present = restoring.present_district(address)
    st.warning(
        "Einspielen ersetzt **alles**, was jetzt erfasst ist. Der jetzige Stand wird vorher beiseitegelegt."
    )
    asked = "Ja, den jetzigen Stand durch diese Sicherung ersetzen."
    if present is not None and present.is_another(seen.district):
        st.warning(plain(f"Die Sicherung ist von: {seen.district}. Jetzt erfasst ist: {present}."))
        asked = plain(f"Ja, {present} durch {seen.district} ersetzen.")
    sure = st.checkbox(asked, key="restore sure")
    st.button(
        "Einspielen",
        key="restore",
        disabled=not sure,
        on_click=_put_back,
        args=(address, found.name, found.getvalue()),
    )


@dataclass(frozen=True)
class _Seen:
    """Whose data an uploaded file has, or why they cannot be taken; `upload` is Streamlit's name for it."""

    upload: str
    district: District
    refusal: str = ""


def _looked_into(found: UploadedFile) -> _Seen:
    """Whose backup this is, found out once for each file."""
    seen: _Seen | None = st.session_state.get(_SEEN)
    if seen is None or seen.upload != found.file_id:
        try:
            with _opened(found.name, found.getvalue()) as backup:
                seen = _Seen(found.file_id, backup.district)
        except StorageError as refusal:
            seen = _Seen(found.file_id, District("", ""), str(refusal))
        st.session_state[_SEEN] = seen
        st.session_state.pop("restore sure", None)
    return seen


@contextmanager
def _opened(name: str, content: bytes) -> Iterator[Backup]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "upload.db"
        file.write_bytes(content)
        with restoring.opened(file, name) as backup:
            yield backup


def _put_back(address: str, name: str, content: bytes) -> None:
    try:
        with _opened(name, content) as backup:
            kept = restoring.put_in_place(address, backup, current.now())
    except StorageError as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return
    before = f" Der Stand davor liegt in »{kept.name}«." if kept else ""
    st.session_state[_DONE] = f"»{name}« ist eingespielt.{before}"
    st.session_state.pop("restore sure", None)


def _automatic(address: str) -> None:
    found = [each.file for each in copies.kept(address)]
    st.subheader("Automatische Sicherungen", anchor=False)
    if not found:
        st.caption("Noch keine. Vor jedem Einlesen wird eine angelegt.")
        return
    st.caption(
        "Sie liegen neben der Datenbank und lassen sich dort löschen, wenn sie nicht mehr gebraucht werden."
    )
    rows = [{"Datei": file.name, "Größe (MB)": number(file.stat().st_size / _MEGABYTE)} for file in found]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="automatic copies")
