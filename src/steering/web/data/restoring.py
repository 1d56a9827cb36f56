"""Einspielen: a copy that is kept, or a file, in the place of the data; what that means stands first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from steering.model.german import count, moment_in_words
from steering.storage.backups import losing, restoring
from steering.storage.backups.losing import Lost
from steering.storage.backups.restoring import Backup, District
from steering.storage.copying.shelf import KeptCopy
from steering.storage.problems import StorageError
from steering.web import current
from steering.web.browser import uploads
from steering.web.text import plain

_DONE, _REFUSED, _SEEN = "restore done", "restore refused", "restore seen"
_SURE = "restore sure"
# A larger one is put back on the command line, where nothing has to fit through the browser.
LARGEST = 400 * 1024 * 1024


@dataclass(frozen=True)
class _Offered:
    """What somebody wants to put back: what tells it apart, its name, and how it is opened."""

    key: str
    name: str
    opened: Callable[[], AbstractContextManager[Backup]]


@dataclass(frozen=True)
class _Seen:
    """Whose data a backup has and what it lacks, or why it cannot be taken."""

    key: str
    district: District
    lost: Lost | None = None
    refusal: str = ""


def tell(refused: str, done: str) -> None:
    """Say once what was refused or done, by the session keys that hold it."""
    for key, say in ((refused, st.error), (done, st.success)):
        if said := st.session_state.pop(key, None):
            say(plain(said))


def show(url: str, chosen: KeptCopy | None) -> None:
    """Put back the chosen copy, else a file, once somebody has seen what that means."""
    st.subheader("Einspielen", anchor=False)
    tell(_REFUSED, _DONE)
    offered = _offered(chosen)
    if offered is None:
        st.session_state.pop(_SEEN, None)
        return
    seen = _looked_into(url, offered)
    if seen.refusal:
        st.error(plain(seen.refusal))
        return
    st.warning(f"Einspielen ersetzt **alles**, was jetzt erfasst ist. {_consequences(seen.lost)}")
    present = restoring.present_district(url)
    asked = "Ja, den jetzigen Stand durch diese Sicherung ersetzen."
    if present is not None and present.is_another(seen.district):
        st.warning(plain(f"Die Sicherung ist von: {seen.district}. Jetzt erfasst ist: {present}."))
        asked = plain(f"Ja, {present} durch {seen.district} ersetzen.")
    sure = st.checkbox(asked, key=_SURE)
    st.button("Einspielen", key="restore", disabled=not sure, on_click=_put_back, args=(url, offered))


def _offered(chosen: KeptCopy | None) -> _Offered | None:
    if chosen is not None:
        name = chosen.file.name
        st.markdown(
            plain(f"Ausgewählt ist »{name}«. Ohne Häkchen in der Liste lässt sich eine Datei einspielen.")
        )
        return _Offered(name, name, partial(restoring.opened, chosen.file, name))
    found = uploads.one("Sicherung einspielen", ["db"], key="restore file", largest=LARGEST)
    if found is None:
        return None
    return _Offered(found.file_id, found.name, partial(_uploaded, found.name, found.getvalue()))


def _consequences(lost: Lost | None) -> str:
    if lost is None or lost.changes is None:
        gone = "Was dabei verloren geht, lässt sich nicht sagen."
    elif lost.changes and lost.last:
        known = f" (bis {moment_in_words(lost.until)})" if lost.until else ""
        gone = (
            f"Was nach dieser Sicherung{known} gespeichert wurde, ist dann nicht mehr da: "
            f"**{count(lost.changes, 'Änderung', 'Änderungen')}**, zuletzt am {moment_in_words(lost.last)}."
        )
    else:
        gone = "Seit dieser Sicherung wurde nichts gespeichert."
    return (
        f"{gone} Der jetzige Stand wird vorher gesichert. Wer das Programm gerade offen hat, sieht danach "
        "den eingespielten Stand und wird gefragt, bevor er weiterschreibt."
    )


def _looked_into(url: str, offered: _Offered) -> _Seen:
    """Whose backup this is and what it lacks, found out once for each."""
    seen: _Seen | None = st.session_state.get(_SEEN)
    if seen is None or seen.key != offered.key:
        try:
            with offered.opened() as backup:
                seen = _Seen(offered.key, backup.district, losing.lost(url, backup))
        except StorageError as refusal:
            seen = _Seen(offered.key, District("", ""), refusal=str(refusal))
        st.session_state[_SEEN] = seen
        st.session_state[_SURE] = False
    return seen


@contextmanager
def _uploaded(name: str, content: bytes) -> Iterator[Backup]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "upload.db"
        file.write_bytes(content)
        with restoring.opened(file, name) as backup:
            yield backup


def _put_back(url: str, offered: _Offered) -> None:
    try:
        with offered.opened() as backup:
            kept = restoring.put_in_place(url, backup, current.now(), current.who())
    except StorageError as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return
    before = f" Der Stand davor liegt in »{kept.name}«." if kept else ""
    st.session_state[_DONE] = f"»{offered.name}« ist eingespielt.{before}"
    # Taken out of the session it would stay ticked in the browser, beside a button that is off.
    st.session_state[_SURE] = False
    st.session_state.pop(_SEEN, None)
