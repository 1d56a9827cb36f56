"""The question whether the effects of a measure are to become part of the data; nothing does so unasked."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.storage import taking_over
from steering.web import current
from steering.web.editing import attempts
from steering.web.text import plain

LABEL = "Abschließen und in die Daten übernehmen"


def say(effect: plan.Told) -> None:
    """One effect, and why it changes nothing where it does not."""
    st.markdown(f"- {plain(effect.words)}")
    if effect.problem:
        st.caption(f":material/link_off: {plain(effect.problem)}; sie ändert nichts.")


def open_effects(measure_id: int) -> tuple[plan.Told, ...]:
    """The effects of a measure that can still be taken over, in words; none where that is done."""
    row = current.of(_row, measure_id)
    return () if row is None or pd.notna(row["taken_over_on"]) else current.of(plan.told, measure_id)


def button(measure_id: int, name: str, *, then: Callable[[], None] | None = None, place: str = "") -> None:
    """The button that takes them over; `then`: what follows once that is done."""
    st.button(
        LABEL, on_click=_take_over, args=(measure_id, name, then), key=f"take over {measure_id} {place}",
        help="Schreibt die Wirkungen einmal in die Daten und setzt den Status auf abgeschlossen. "
        "Das lässt sich rückgängig machen.",
    )  # fmt: skip


def _take_over(measure_id: int, name: str, then: Callable[[], None] | None) -> None:
    row = current.of(_row, measure_id)
    if row is None:
        st.session_state["refused"] = "Diese Maßnahme gibt es nicht mehr."
        return
    done = attempts.attempt(
        lambda: taking_over.take_over(
            current.engine(), measure_id, int(row["version"]), actor=attempts.actor(), now=current.now()
        ),
        f"Übernahme in die Daten: {name}",
    )
    if done and then:
        then()


def _row(portfolio: Portfolio, measure_id: int) -> pd.Series | None:
    rows = portfolio.measures
    found = rows[rows["id"] == measure_id]
    return None if found.empty else found.iloc[0]
