"""The directory as files: to download, and into the folder from which the house serves it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from steering.analysis.publication import confirming
from steering.analysis.publication.content import Published
from steering.exchange.publication import folder as public_folder
from steering.exchange.publication import whole
from steering.exchange.publication.archive import zipped
from steering.storage.rights.table import Right
from steering.web import current, panels
from steering.web.publication import rows
from steering.web.text import plain

# The environment variable that names the folder; without it the program writes nowhere.
FOLDER = "STEERING_PUBLISH_DIR"
_SAID = "public output said"


def show() -> None:
    """The site as it may go out today; nothing before the first release, which is what goes out."""
    known = rows.released()
    if not known:
        return
    st.subheader("Ausgeben", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if current.may(Right.PUBLISH):
            panels.download(
                "Als ZIP herunterladen",
                _maker(),
                "verzeichnis.zip",
                "application/zip",
                key="public-zip",
            )
        folder = os.environ.get(FOLDER)
        if folder and current.may(Right.RELEASE):
            st.button("Jetzt veröffentlichen", on_click=_publish, args=(Path(folder),), key="publish now")
    st.caption("Ausgegeben wird, was freigegeben ist, ohne das, was seitdem entfallen ist.")
    if told := st.session_state.pop(_SAID, None):
        st.info(plain(told))


def _maker() -> Callable[[], bytes]:
    published, boundaries = _published(), current.boundaries()
    return lambda: zipped(whole.files(published, boundaries))


def _publish(folder: Path) -> None:
    # A press is answered before the page looks: what was taken back meanwhile must not go out any more.
    current.refresh()
    if not current.may(Right.RELEASE):
        return
    try:
        public_folder.write(folder, whole.files(_published(), current.boundaries()))
    except public_folder.FolderRefused as refused:
        st.session_state[_SAID] = str(refused)
    else:
        st.session_state[_SAID] = f"Veröffentlicht im Ordner »{folder}«."


def _published() -> Published:
    return confirming.published(rows.wanted(), rows.released())
