"""Verlauf: who changed what, when, from what to what – and a way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from steering.model import Funding, Record, Responsibility, Structure
from steering.model.german import day
from steering.model.labels import RECORD_WORDS, field_word
from steering.storage import reading
from steering.web import current
from steering.web.editing import saved, stored_words
from steering.web.text import plain

MOST_BATCHES = 20


def of_structure(structure_id: int) -> None:
    """The latest changes of a structure, its fundings and responsibilities, each with undo."""
    found = _history(structure_id)
    if found.empty:
        st.caption("Seit der Erstbefüllung wurde hier nichts geändert.")
        return
    for batch, rows in list(found.groupby("batch", sort=False))[:MOST_BATCHES]:
        first = rows.iloc[0]
        with st.container(border=True, gap="xsmall"):
            undone = " · zurückgenommen" if first["undone"] else ""
            undoes = " · Rücknahme" if pd.notna(first["undoes"]) else ""
            when = current.local(first["at"])
            st.caption(f"{day(when)}, {when:%H:%M} Uhr · {plain(first['actor'])}{undoes}{undone}")
            for row in rows.to_dict("records"):
                st.markdown(_line(row))
            if not first["undone"]:
                st.button(
                    "Rückgängig", key=f"undo {batch}", on_click=saved.undo, args=(batch,), type="tertiary"
                )


def _history(structure_id: int) -> pd.DataFrame:
    portfolio = current.portfolio()
    keys: list[tuple[type[Record], list[int]]] = [(Structure, [structure_id])]
    for record, frame in ((Funding, portfolio.fundings), (Responsibility, portfolio.responsibilities)):
        keys.append((record, frame.loc[frame["structure_id"] == structure_id, "id"].tolist()))
    parts = [
        reading.history(current.engine(), str(record.__tablename__), str(key))
        for record, ids in keys
        for key in ids
    ]
    found = pd.concat(parts, ignore_index=True)
    return found.sort_values("revision", ascending=False, kind="stable")


def _line(row: Mapping[Any, Any]) -> str:
    what = RECORD_WORDS.get(row["record"], row["record"])
    if row["field"] == "*":
        return f"{what} {'angelegt' if row['after'] and row['after'] != 'null' else 'entfernt'}"
    label = field_word(row["record"], row["field"])
    return f"{what} · {label}: {_words(row, row['before'])} → **{_words(row, row['after'])}**"


def _words(row: Mapping[Any, Any], stored: str) -> str:
    value = json.loads(stored) if stored else None
    return plain(stored_words.value(row["record"], row["field"], value))
