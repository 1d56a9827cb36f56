"""The form in which a unit proposes a topic for a round, or changes what it has proposed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Round
from steering.model import Wish, WishStatus
from steering.storage import wishes
from steering.web import current, own_unit
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.widgets import Input

EDITED = "wish_edited"


def show(meeting: Round) -> None:
    """The form of a new wish, or of the one that is to be changed."""
    edited = record_forms.edited(EDITED, current.of(_open), Wish)
    if edited is record_forms.GONE:
        return
    st.markdown("**Themenwunsch ändern**" if edited else "**Thema vorschlagen**")
    own = own_unit.unit()
    start = {} if edited or own not in units() else {"organisation_id": own}
    record_forms.show(
        f"wish {edited or f'new for {meeting.id}'}", Wish, _inputs(), record_id=edited, start=start,
        what="Themenwunsch", save=lambda form: _save(form, meeting),
        label="Speichern" if edited else "Vorschlagen",
        gone="Dieser Themenwunsch wurde inzwischen zurückgezogen.",
    )  # fmt: skip


def edit(wish_id: int) -> None:
    """Open a wish in the form."""
    st.session_state[EDITED] = wish_id


def units() -> dict[int, str]:
    """The units for which whoever asks may propose something: id → name."""
    return {key: name for key, name in choices.organisations().items() if current.may_change(key)}


def _save(form: record_forms.Form, meeting: Round) -> None:
    if form.record_id is not None:
        if record_forms.save_record(form, what="Themenwunsch"):
            st.session_state.pop(EDITED, None)
        return
    values = form.values()
    if form.problems:
        return
    record_forms.store(
        form,
        lambda: wishes.propose(
            current.engine(form.origin), meeting.id, [values], actor=attempts.actor(), now=current.now(),
            on=current.today(),
        ),
        what="Themenwunsch",
    )  # fmt: skip


def _inputs() -> tuple[Input, ...]:
    return (
        Input("organisation_id", "Vorgeschlagen von", "choice", units),
        Input("name", "Thema des Wunsches"),
        Input("reason", "Warum?", "long"),
        Input("wanted", "Welches Ergebnis ist gewünscht?", "long"),
        Input("minutes", "Wie lange (Minuten)?", "whole", placeholder="z. B. 15"),
    )


def _open(portfolio: Portfolio) -> set[Any]:
    rows = portfolio.wishes
    return set(rows.loc[rows["status"] == WishStatus.OPEN, "id"])
