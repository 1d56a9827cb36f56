"""Fields for files: what each takes at most, and what a browser session may send and keep.

Streamlit takes a file of any size for any session, field or not, and keeps it until the session ends. Here
each field is known with its limit while its page is shown; `upload_limits` asks before and while a file
arrives.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

MEGABYTE = 1024 * 1024
# All files of a session together: somewhat more than the largest single one.
SESSION_LIMIT = 500 * MEGABYTE
_PLACE = "file fields"


@dataclass(eq=False)
class FileFields:
    """The fields that a browser session shows, and what it has sent.

    `earlier` are the limits in bytes that the page had before the run that is going on, `present` those of
    this run: a file that arrives while a page is drawn anew must not be refused. `kept` is the size of each
    file that Streamlit or a page keeps, `arriving` the bytes of those on their way. `shown` are the names of
    files that fields have handed out, `shown_now` those of this run.
    """

    earlier: set[int] = field(default_factory=set)
    present: set[int] = field(default_factory=set)
    kept: dict[str, int] = field(default_factory=dict)
    arriving: int = 0
    shown: set[str] = field(default_factory=set)
    shown_now: set[str] = field(default_factory=set)

    @property
    def largest(self) -> int:
        """What a file may have at most, 0 where none is asked for."""
        return max(self.earlier | self.present, default=0)

    @property
    def held(self) -> int:
        """Bytes of the session, here and on their way."""
        return sum(list(self.kept.values())) + self.arriving

    def begin(self) -> None:
        """A run of the whole page begins."""
        self.earlier |= self.present
        self.present, self.shown_now = set(), set()

    def end(self) -> set[str]:
        """It has come to its end; the files that no field shows any more."""
        self.earlier = set()
        gone, self.shown = self.shown - self.shown_now, self.shown_now.copy()
        return gone


# The session's own state holds its fields: with the session they go from here too.
_sessions: WeakValueDictionary[str, FileFields] = WeakValueDictionary()


def of_session(session: str) -> FileFields | None:
    """The fields of a browser session; None for a session that nobody has opened."""
    return _sessions.get(session)


def begin() -> None:
    """Before a page is drawn."""
    _own().begin()


def end() -> None:
    """After a page is drawn: files of fields that are gone are not kept."""
    fields, context = _own(), get_script_run_ctx()
    for gone in fields.end():
        fields.kept.pop(gone, None)
        if context is not None and runtime.exists():
            manager = runtime.get_instance().uploaded_file_mgr
            if isinstance(manager, MemoryUploadedFileManager):
                manager.remove_file(context.session_id, gone)


def one(
    label: str,
    endings: Sequence[str] | None = None,
    *,
    key: str,
    largest: int,
    about: str | None = None,
    on_change: Callable[[], None] | None = None,
) -> UploadedFile | None:
    """A field for one file of at most `largest` bytes."""
    size = _expect(largest)
    found = st.file_uploader(
        label, type=endings, key=key, help=about, max_upload_size=size, on_change=on_change
    )
    _note([found] if found else [])
    return found


def several(label: str, endings: Sequence[str], *, key: str, largest: int) -> list[UploadedFile]:
    """A field for files of at most `largest` bytes each."""
    size = _expect(largest)
    found = st.file_uploader(label, type=endings, key=key, accept_multiple_files=True, max_upload_size=size)
    _note(found)
    return found


def hold(place: str, size: int) -> None:
    """Count what a page keeps of a file itself; 0 once it does no more."""
    kept = _own().kept
    kept.pop(place, None)
    if size:
        kept[place] = size


def _expect(largest: int) -> int:
    """Let files of that size in from now on; the same in whole megabytes, as Streamlit counts."""
    size = math.ceil(largest / MEGABYTE)
    _own().present.add(size * MEGABYTE)
    return size


def _note(found: Sequence[UploadedFile]) -> None:
    fields = _own()
    names = {file.file_id for file in found}
    fields.shown |= names
    fields.shown_now |= names


def _own() -> FileFields:
    fields: FileFields = st.session_state.setdefault(_PLACE, FileFields())
    if context := get_script_run_ctx():
        _sessions[context.session_id] = fields
    return fields
