"""The inputs of a paper's draft: what is typed is kept in the database, what is not follows the data.

Each run compares an input with what it showed last and with what is stored. If somebody has typed here, it is
stored; if somebody has elsewhere, it is shown; if both have, both versions are, and a person decides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from steering.model.german import moment_in_words
from steering.storage import paper_texts
from steering.storage.paper_texts import StoredPart, TextChanged
from steering.storage.problems import DatasetReplaced, NotReadable, StorageError
from steering.storage.saving import Origin
from steering.web import current
from steering.web.browser import typing_script
from steering.web.editing import attempts
from steering.web.text import plain

SEEN, UNSAVED = "paper_seen", "paper_unsaved"
_LINE, _ROW = 95, 26  # characters of a line in an input, and its height
NOT_STORED = (
    "Was hier steht, ließ sich gerade nicht speichern. Es bleibt stehen, auch wenn die Seite neu geladen "
    "wird, und wird von selbst noch einmal gespeichert."
)


@dataclass(frozen=True)
class _Seen:
    value: Any
    version: int
    origin: Origin


def digest(place: str) -> str:
    """What a paper's draft is stored under."""
    return hashlib.sha256(place.encode()).hexdigest()


def begun() -> frozenset[str]:
    """The digests of the papers that somebody has typed into."""
    return paper_texts.begun(current.engine())


class Desk:
    """A paper's draft on the screen: one run's look at what is stored of it."""

    def __init__(self, place: str) -> None:
        self.paper = digest(place)
        self._stored = paper_texts.texts(current.engine(), self.paper)

    def line(self, label: str, default: str, part: str) -> str:
        key, clash = self._synced(part, default)
        with typing_script.field(key, self._kept(part, default), held=clash is not None):
            typed = st.text_input(label, key=key)
        return self._typed(typed, part, default, clash)

    def text(self, label: str, default: str, part: str, *, named: bool = True) -> str:
        """A long text; without `named` its label stands above it already."""
        key, clash = self._synced(part, default)
        rows = sum(len(line) // _LINE + 1 for line in st.session_state[key].splitlines()) + 2
        shown: Literal["visible", "collapsed"] = "visible" if named else "collapsed"
        with typing_script.field(key, self._kept(part, default), held=clash is not None):
            typed = st.text_area(label, key=key, height=max(rows, 3) * _ROW, label_visibility=shown)
        return self._typed(typed, part, default, clash)

    def switch(self, label: str, part: str) -> bool:
        key, clash = self._synced(part, True)
        kept = st.checkbox(label, key=key)
        if clash:
            self._clash(part, clash)
        return kept

    def status(self) -> None:
        """When somebody last typed, and the way back to what the data say."""
        typed = [row for row in self._stored.values() if row.text]
        if not typed:
            st.caption(
                "Was Sie hier ändern, wird als Entwurf gespeichert und steht auch morgen noch da; unter "
                "jedem Feld steht, ob es schon so weit ist."
            )
            return
        last = max(typed, key=lambda row: row.changed_at)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                f":material/save: Entwurf, zuletzt gespeichert am {moment_in_words(last.changed_at)} "
                f"({plain(last.actor)}). Alle arbeiten am selben Entwurf."
            )
            with st.popover("Entwurf verwerfen"):
                st.markdown("Alle Texte dieser Vorlage folgen dann wieder den Daten.")
                st.button("Alle eigenen Texte verwerfen", key="paper_reset", on_click=self._reset)

    def keep_watch(self) -> None:
        """Have what others write into the same draft shown before long; to be called when all is drawn."""
        _look(self.paper, {part: row.version for part, row in self._stored.items()})

    def _kept(self, part: str, default: str) -> str:
        """What is stored of a part; where nobody has typed, what the data say."""
        row = self._stored.get(part)
        return str(json.loads(row.text)) if row and row.text else default

    def _key(self, part: str) -> str:
        return f"paper/{self.paper[:16]}/{part}"

    def _synced(self, part: str, default: Any) -> tuple[str, StoredPart | None]:
        """The key of an input in which stands what is to be shown, and what somebody else wrote meanwhile."""
        key, state = self._key(part), st.session_state
        seen: dict[str, _Seen] = state.setdefault(SEEN, {})
        unsaved: dict[str, Any] = state.setdefault(UNSAVED, {})
        if key not in state and key in unsaved:
            state[key] = unsaved[key]
        row = self._stored.get(part)
        stored = json.loads(row.text) if row and row.text else default
        there = _Seen(stored, row.version if row else 0, current.present())
        if key not in state or key not in seen or state[key] == seen[key].value:
            # Only where it differs: what is set anew would overwrite what is being typed.
            if key not in state or state[key] != there.value:
                state[key] = there.value
            seen[key] = there
            unsaved.pop(key, None)
            return key, None
        return key, self._store(part, key, default)

    def _store(self, part: str, key: str, default: Any) -> StoredPart | None:
        value, seen = st.session_state[key], st.session_state[SEEN]
        unsaved = st.session_state[UNSAVED]
        based_on = json.dumps(default, ensure_ascii=False)
        text = "" if value == default else json.dumps(value, ensure_ascii=False)
        try:
            version = paper_texts.keep(
                current.engine(seen[key].origin), self.paper, part, text, based_on=based_on,
                seen=seen[key].version, actor=attempts.actor(), now=current.now(),
            )  # fmt: skip
        except TextChanged as changed:
            unsaved[key] = value
            return changed.there
        except DatasetReplaced as refusal:
            unsaved[key] = value
            if part in self._stored:
                return self._stored[part]
            st.warning(str(refusal))
            # Nothing stands there that this text could replace: it is stored with the next look.
            seen[key] = _Seen(seen[key].value, 0, current.present())
            return None
        except StorageError as refusal:
            unsaved[key] = value
            st.warning(f"{NOT_STORED} {refusal}")
            return None
        seen[key] = _Seen(value, version, current.present())
        unsaved.pop(key, None)
        self._stored[part] = StoredPart(text, based_on, version, attempts.actor(), current.now())
        return None

    def _typed(self, value: str, part: str, default: str, clash: StoredPart | None) -> str:
        row = self._stored.get(part)
        if clash:
            self._clash(part, clash)
        elif row and row.text and json.loads(row.based_on) != default and value != default:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(
                    ":material/sync_problem: Seit dieser Text geschrieben wurde, haben sich die Daten oder "
                    "die Ansicht geändert; der Vorschlag lautet jetzt anders."
                )
                with st.popover("Neuer Vorschlag"):
                    st.text(default or "(leer)")
                    st.button("Übernehmen", key=f"{self._key(part)}/renew", on_click=self._renew,
                              args=(part, default))  # fmt: skip
        return value

    def _clash(self, part: str, there: StoredPart) -> None:
        st.warning(
            f"{plain(there.actor)} hat hier am {moment_in_words(there.changed_at)} etwas anderes "
            "geschrieben. Ihre Fassung steht oben und ist noch nicht gespeichert."
        )
        other = json.loads(there.text) if there.text else "Die andere Fassung folgt wieder den Daten."
        st.text(other if isinstance(other, str) else "aufnehmen" if other else "weglassen")
        with st.container(horizontal=True):
            key = self._key(part)
            st.button("Meine Fassung behalten", key=f"{key}/mine", on_click=_mine, args=(key, there.version))
            st.button("Die andere übernehmen", key=f"{key}/theirs", on_click=_theirs, args=(key,))

    def _renew(self, part: str, default: str) -> None:
        st.session_state[self._key(part)] = default

    def _reset(self) -> None:
        try:
            paper_texts.follow_the_data(
                current.engine(), self.paper, actor=attempts.actor(), now=current.now()
            )
        except StorageError as refusal:
            st.session_state["refused"] = str(refusal)


@st.fragment(run_every=current.LOOK_EVERY_SECONDS)
def _look(paper: str, drawn: Mapping[str, int]) -> None:
    """Draw the page anew where others have written; a draft raises no revision that the frame would see."""
    try:
        there = paper_texts.versions(current.engine(), paper)
    except NotReadable:
        return  # The frame says so.
    if there != drawn:
        st.rerun(scope="app")


def _mine(key: str, version: int) -> None:
    seen = st.session_state[SEEN]
    seen[key] = _Seen(seen[key].value, version, current.present())


def _theirs(key: str) -> None:
    for kept in (st.session_state, st.session_state[SEEN], st.session_state[UNSAVED]):
        kept.pop(key, None)
