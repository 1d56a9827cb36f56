"""Zu ergänzen: the measures that lack something, or are late."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis import selecting
from steering.analysis.masterplan import reminders
from steering.analysis.structures.inventory import Selection
from steering.model.german import count, day, listing
from steering.web import current, panels
from steering.web.measures import form as measure_form
from steering.web.text import bold

TABLE = "plan-missing"


def show(chosen: Selection) -> None:
    """How many measures lack what, and the list; a row opens the measure in the sidebar."""
    kept = current.of(selecting.measures, chosen)
    rows = current.of(reminders.reminders, current.today())
    rows = rows[rows["measure_id"].isin(kept)]
    if rows.empty:
        st.info("Bei keiner Maßnahme fehlt etwas, und keine ist überfällig.")
        return
    st.markdown(sentence(rows, len(kept)))
    rows = _by_reason(rows)
    panels.table(
        _shown(rows), "Zu ergänzende Maßnahmen", key=TABLE, empty="",
        choice=panels.RowChoice(rows["measure_id"].tolist(), measure_form.choose),
    )  # fmt: skip
    if not current.presenting():
        st.caption("Eine Zeile wählen, um die Maßnahme links zu öffnen.")


def sentence(rows: pd.DataFrame, every: int) -> str:
    """How many of all measures lack something, and what: "2 ohne Wirkung"."""
    lacking = rows["measure_id"].nunique()
    told = [
        f"{number} {reason}" for reason, number in _by_reason(rows)["reason"].value_counts(sort=False).items()
    ]
    many = count(every, "Maßnahme", "Maßnahmen")
    return f"Bei {bold(f'{lacking} von {many}')} ist etwas zu ergänzen: {listing(told, most=len(told))}."


def _by_reason(rows: pd.DataFrame) -> pd.DataFrame:
    rank = {reason: place for place, reason in enumerate(reminders.REASONS)}
    return rows.sort_values("reason", key=lambda reasons: reasons.map(rank), kind="stable")


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Was fehlt": rows["reason"],
            "Maßnahme": rows["name"],
            "fällig am": [day(each, "") for each in rows["since"]],
        }
    ).reset_index(drop=True)
