"""Which record a form is about; one that somebody else puts away stays, with what was typed about it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import Enum
from typing import Any

import streamlit as st

from steering.model import Record, Wish, WishStatus
from steering.model.labels import RECORD_WORDS
from steering.model.vocabulary import word
from steering.storage import reading
from steering.web import current, held_choice
from steering.web.editing import history
from steering.web.editing.open_forms import INTERNAL_FIELDS, Form, close, open_ones
from steering.web.editing.widgets import Input
from steering.web.text import bold, plain


class PutAway(Enum):
    """What is chosen where the record was put away while a form about it is open."""

    GONE = "gone"


GONE = PutAway.GONE


def which(
    label: str, names: Mapping[int, str], record: type[Record], *parts: type[Record], key: str, new: str
) -> int | PutAway | None:
    """Choose the record that a form is about; None for a new one, GONE where nothing is to be drawn.

    `new`: what no choice means; the box says so while it is empty. `parts`: records that belong to it and are
    changed beside it.
    """
    offered = still_offered(key, names, record, *parts)
    st.selectbox(
        label,
        [None, *offered],
        key=key,
        format_func=lambda found: offered.get(found, new),
        placeholder=new,
        persist_state="page",
    )
    chosen: int | None = st.session_state[key]
    if chosen is None or chosen in names:
        return chosen
    tell_gone(key, record, *parts)
    return GONE


def edited(key: str, there: Container[int], record: type[Record]) -> int | PutAway | None:
    """The record that is to be changed in the form beside a list; None for a new one, GONE as with `which`.

    `key`: where a press in the list puts its id; `there`: the ids that can be changed now.
    """
    chosen: int | None = st.session_state.get(key)
    if chosen is None or chosen in there:
        return chosen
    if not _about(chosen, record) or not _how(chosen, record):
        return None
    tell_gone(key, record)
    return GONE


def still_offered(
    key: str,
    names: Mapping[int, str],
    record: type[Record],
    *parts: type[Record],
    instead: int | None = None,
) -> Mapping[int, str]:
    """The options of the box: also what is chosen there and was put away, while a form about it is open.

    `instead`: what is chosen where nothing was, and where it is not there any more.
    """
    st.session_state.setdefault(key, instead)
    chosen = held_choice.meant(key, names)
    offered = dict(names)
    if chosen is not None and chosen not in names:
        forms, how = _about(chosen, record, *parts), _how(chosen, record)
        if forms and how:
            offered[chosen] = f"{_called(chosen, record, forms)} ({how})"
        else:
            st.session_state[key] = instead
    return held_choice.hold(key, offered)


def tell_gone(key: str, record: type[Record], *parts: type[Record]) -> None:
    """In the place of the form: what became of the record, and what was typed, to be copied."""
    chosen = st.session_state[key]
    forms = _about(chosen, record, *parts)
    last = plain(history.last_signed([(str(record.__tablename__), str(chosen))]))
    words = [bold(_called(chosen, record, forms)), "wurde inzwischen", last, _how(chosen, record)]
    st.warning(f"{' '.join(filter(None, words))}.")
    typed = [line for form in forms for line in _typed(form)]
    if typed:
        st.markdown("Ihre Eingaben, zum Kopieren:")
        for line in typed:
            st.markdown(line)
        st.caption(
            "Gespeichert sind sie nicht. Wird das auf der Seite Verlauf zurückgenommen, stehen sie wieder im "
            "Formular."
        )
    st.button(
        "Eingaben verwerfen" if typed else "Schließen", key=f"leave {key}", on_click=_leave, args=(key, forms)
    )


def _about(chosen: int, record: type[Record], *parts: type[Record]) -> list[Form]:
    """The open forms of the record and of what belongs to it."""
    owner = f"{record.__tablename__}_id"
    return [
        form
        for form in open_ones()
        if (form.record is record and form.record_id == chosen)
        or (form.record in parts and form.opening.get(owner) == chosen)
    ]


def _called(chosen: int, record: type[Record], forms: list[Form]) -> str:
    stored = reading.record(current.engine(), record, chosen) or {}
    known = [form.opening for form in forms if form.record is record]
    names = [values.get("name") for values in (*known, stored)]
    return next((str(name) for name in names if name), RECORD_WORDS[str(record.__tablename__)])


def _how(chosen: int, record: type[Record]) -> str:
    """What became of it; "" where it is only hidden, as the examples may be."""
    stored = reading.record(current.engine(), record, chosen)
    if stored is None:
        return "entfernt"
    if record is Wish and stored["status"] != WishStatus.OPEN:
        return word(WishStatus(stored["status"]))
    return "archiviert" if stored.get("archived_on") else ""


def _typed(form: Form) -> list[str]:
    hidden = INTERNAL_FIELDS if current.discreet() else frozenset()
    form.collect()
    typed = [item for item in form.inputs if item.name in form.changed and item.name not in hidden]
    return [f"{plain(item.label)}:{_words(item, form.drafts[item.name])}" for item in typed]


def _words(item: Input, typed: Any) -> str:
    """A long text in its lines, as it is to be copied; anything else in bold."""
    words = item.words(typed)
    return f"  \n{plain(words)}" if item.kind == "long" else f" {bold(words)}"


def _leave(key: str, forms: list[Form]) -> None:
    for form in forms:
        close(form)
    st.session_state[key] = None
