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
    chosen = record_forms.which(ask, names, record, key=key, new=new)
    if chosen is record_forms.GONE:
        return None
    word = RECORD_WORDS[str(record.__tablename__)]
    what = f"{word} »{names[chosen]}«" if chosen else new
    form = record_forms.show(
        f"{key} {chosen or 'new'}", record, inputs, what=what, record_id=chosen, start=start, save=save,
        label=f"{word} speichern",
        gone="Dieser Eintrag wurde inzwischen entfernt. Bitte einen anderen wählen.",
    )  # fmt: skip
    if form is None:
        return None
    if chosen:
        record_forms.archive_button(form, f"{word} archivieren", what, takes="den Eintrag")
    return chosen
