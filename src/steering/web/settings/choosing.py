"""Choose a record or a new one, change it, archive it: one way for all that is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from steering.model import Record
from steering.model.labels import RECORD_WORDS
from steering.web.editing import record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import Input


def choose(
    record: type[Record],
    inputs: Sequence[Input],
    names: Mapping[int, str],
    *,
    key: str,
    ask: str,
    new: str,
    start: Mapping[str, Any] | None = None,
    save: Callable[[Form], object] | None = None,
    begin: bool = True,
) -> int | None:
    """The box of what there is, the form of what is chosen; the id of that, None for a new one.

    `save` writes the form where there is more to it than its inputs. `begin`: the first is open at once.
    """
    if begin and key not in st.session_state:
        st.session_state[key] = next(iter(names), None)
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    st.selectbox(
        ask, [None, *names], key=key, format_func=lambda each: names.get(each, new),
        placeholder=new,
    )  # fmt: skip
    chosen: int | None = st.session_state[key]
    form = record_forms.opened(f"{key} {chosen or 'new'}", record, inputs, record_id=chosen, start=start)
    if form is None:
        st.info("Dieser Eintrag wurde inzwischen entfernt. Bitte einen anderen wählen.")
        return None
    word = RECORD_WORDS[str(record.__tablename__)]
    what = f"{word} »{names[chosen]}«" if chosen else new
    record_forms.draw(
        form, save or (lambda found: record_forms.save_record(found, what=what)), label=f"{word} speichern"
    )
    if chosen:
        st.button(
            f"{word} archivieren", key=f"archive {key}", on_click=record_forms.archive, args=(form, what),
            type="tertiary", help="Nimmt den Eintrag aus allen Ansichten. Das lässt sich rückgängig machen.",
        )  # fmt: skip
    return chosen
