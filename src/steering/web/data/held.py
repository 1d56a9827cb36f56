"""Fields for files that are decided on: such a file is there again after whatever did not show its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from steering.web.browser import uploads
from steering.web.text import plain

MOST = 50 * uploads.MEGABYTE


@dataclass(frozen=True)
class HeldFile:
    """A file that somebody has chosen."""

    name: str
    content: bytes


def one(label: str, endings: Sequence[str], *, key: str, largest: int) -> HeldFile | None:
    """The file in the field, or the one that was in it before the page showed something else."""
    shown = uploads.one(label, endings, key=_field(key), largest=largest, on_change=lambda: _changed(key))
    if shown is not None:
        return HeldFile(shown.name, shown.getvalue())
    held = st.session_state.get(_place(key))
    if held is None:
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"»{plain(held.name)}« ist noch gewählt.", width="content")
        st.button("Datei entfernen", key=f"{key} remove", on_click=let_go, args=(key,))
    return HeldFile(held.name, held.content)


def is_held(key: str) -> bool:
    """Whether a file was chosen."""
    return _place(key) in st.session_state


def let_go(key: str) -> None:
    """What was decided on it is done: once its field is gone, so is the file."""
    st.session_state.pop(_place(key), None)
    uploads.hold(_place(key), 0)


def _changed(key: str) -> None:
    """Somebody has chosen another file, or taken it out of the field."""
    let_go(key)
    found = st.session_state.get(_field(key))
    if found is not None and found.size <= MOST:
        uploads.hold(_place(key), found.size)
        st.session_state[_place(key)] = HeldFile(found.name, found.getvalue())


def _field(key: str) -> str:
    return f"{key} file"


def _place(key: str) -> str:
    return f"{key} held"
