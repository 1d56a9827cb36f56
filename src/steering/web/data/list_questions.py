"""What a list leaves open: columns whose meaning is not certain, and a carrier that no column names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.grids import ListTable
from steering.analysis.incoming.lists.meanings import MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.proposing import ColumnQuestion
from steering.analysis.portfolio import Portfolio
from steering.model.german import count
from steering.web.data.list_samples import NOT_READ, sample
from steering.web.text import plain


def answered(table: ListTable, questions: Sequence[ColumnQuestion], key: str) -> dict[str, Meaning]:
    """What somebody says about the columns of a table that are not certain; what is left open is not read."""
    asked = [question for question in questions if question.meanings]
    if not asked:
        return {}
    where = f"Blatt »{table.sheet}«: " if table.sheet else ""
    chosen: dict[str, Meaning] = {}
    with st.expander(
        plain(f"{where}{count(len(asked), 'Spalte ist', 'Spalten sind')} nicht sicher"), expanded=True
    ):
        for words in dict.fromkeys(question.words for question in asked):
            st.markdown(f"- {plain(words)}")
        cells: list[Any] = []
        for question in asked:
            cells = cells or list(st.columns(3))
            with cells.pop(0):
                meaning = _choice(table, question, key)
            if meaning is not None:
                chosen[question.heading] = meaning
    return chosen


def _choice(table: ListTable, question: ColumnQuestion, key: str) -> Meaning | None:
    likely = list(question.meanings)
    meanings = [None, *likely, *(meaning for meaning in Meaning if meaning not in likely)]
    found = st.selectbox(
        plain(f"»{question.heading}« ist"),
        meanings,
        format_func=lambda each: MEANING_WORDS[each] if each else NOT_READ,
        key=f"question {key} {question.heading}",
        persist_state="session",
        placeholder=NOT_READ,
    )
    st.caption(plain(sample(table, table.headings.index(question.heading))))
    return found


NEW_CARRIER = "Neuer Träger …"


def carrier(mapping: Assignment, sheet: str, portfolio: Portfolio, key: str) -> Assignment:
    """The carrier of all rows, asked for once where no column names it."""
    if Meaning.ORGANISATION in mapping.columns.values():
        return mapping
    known = sorted(set(portfolio.organisations["name"]), key=str.casefold)
    where = f" von Blatt »{sheet}«" if sheet else ""
    named = st.selectbox(
        plain(f"Träger aller Zeilen{where}"),
        [*known, NEW_CARRIER],
        index=None,
        key=f"carrier {key}",
        persist_state="session",
        placeholder="Keine Spalte nennt den Träger – bitte wählen",
    )
    if named == NEW_CARRIER:
        named = st.text_input(
            "Name des neuen Trägers",
            key=f"carrier name {key}",
            persist_state="session",
            autocomplete="off",
        )
    return (
        replace(mapping, fixed={Meaning.ORGANISATION: named.strip()}) if named and named.strip() else mapping
    )
