"""The Wirkungen of a measure: shown in words, added from the what-if, removed, and taken over once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from steering.analysis.changes import ScenarioChange
from steering.analysis.masterplan import plan
from steering.analysis.scenarios import stored_changes
from steering.model import Measure
from steering.storage import writing
from steering.storage.writing import Edit
from steering.web import address, current, filters
from steering.web.editing import attempts, record_forms, taking_over


def show(measure_id: int, form: record_forms.Form, name: str) -> None:
    """What the measure brings about, and what can be done with it."""
    st.markdown("**Wirkungen**")
    told = current.of(plan.told, measure_id)
    for index, effect in enumerate(told):
        taking_over.say(effect)
        st.button("Entfernen", key=f"remove effect {index} of {measure_id}", type="tertiary",
                  on_click=_remove, args=(measure_id, index))  # fmt: skip
    if not told:
        st.caption("Noch keine. Eine Annahme unter »Was wäre wenn« lässt sich hier anfügen.")
    if assumed := st.session_state.get(filters.WHAT_IF):
        st.button("Annahmen aus »Was wäre wenn« anfügen", on_click=_append, args=(measure_id, assumed))
    if taking_over.open_effects(measure_id):
        taking_over.button(measure_id, name, then=partial(record_forms.close, form))


def _remove(measure_id: int, index: int) -> None:
    effects = list(_effects(measure_id))
    del effects[index]
    _write(measure_id, effects)


def _append(measure_id: int, assumed: tuple[ScenarioChange, ...]) -> None:
    if _write(measure_id, [*_effects(measure_id), *assumed]):
        step_aside(assumed)


def step_aside(kept: tuple[ScenarioChange, ...]) -> None:
    """Assumptions that a measure keeps act through the Masterplan from now on, and no longer twice."""
    assumed = tuple(st.session_state.get(filters.WHAT_IF, ()))
    if set(assumed) & set(kept):
        st.session_state[filters.WHAT_IF] = tuple(each for each in assumed if each not in kept)
        # Else the pages would lose what they have just shown.
        st.session_state.update({address.MASTERPLAN: True, address.IDEAS: True})


def _effects(measure_id: int) -> tuple[stored_changes.Stored, ...]:
    return stored_changes.read(str(_row(measure_id)["effects"]))


def _write(measure_id: int, effects: Sequence[stored_changes.Stored]) -> bool:
    version = int(_row(measure_id)["version"])
    edit = Edit(Measure, {"effects": stored_changes.as_text(effects)}, id=measure_id, version=version)
    written = attempts.attempt(
        lambda: writing.write(current.engine(), [edit], actor=attempts.actor(), now=current.now()),
        "Wirkungen",
    )
    if written:
        st.session_state.get("forms", {}).pop(f"measure {measure_id}", None)
    return bool(written)


def _row(measure_id: int) -> pd.Series:
    rows = current.portfolio().measures
    return rows[rows["id"] == measure_id].iloc[0]
