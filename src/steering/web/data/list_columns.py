"""What the columns of a list mean: proposed, corrected, saved as a file and loaded from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from steering.analysis.incoming.lists import days
from steering.analysis.incoming.lists.columns import Assignment, without_unfit
from steering.analysis.incoming.lists.days import ORDER_WORDS, Order
from steering.analysis.incoming.lists.grids import ListTable, text
from steering.analysis.incoming.lists.meanings import DAYS, MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.proposing import ColumnQuestion
from steering.analysis.incoming.lists.reading import complete
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import FileRefused
from steering.exchange.lists import lists
from steering.model import AmountBasis
from steering.model.german import listing
from steering.model.vocabulary import word
from steering.web import panels
from steering.web.browser import uploads
from steering.web.data import held, list_questions
from steering.web.data.list_samples import NOT_READ, sample
from steering.web.text import plain

_MAPPING = "list mapping"
_TO_CHANGE = " – unter »Spalten« lässt sich das umstellen."


def given() -> tuple[str, Assignment] | None:
    """A mapping that the user has loaded, with the name of its file; a sentence where it is none."""
    with st.expander("Gespeicherte Zuordnung verwenden", expanded=held.is_held(_MAPPING)):
        file = held.one("Zuordnung (TOML)", ["toml"], key=_MAPPING, largest=uploads.MEGABYTE)
        if file is None:
            return None
        try:
            return file.name, lists.mapping_of(file.name, file.content.decode("utf-8", errors="replace"))
        except FileRefused as refusal:
            st.error(plain(str(refusal)))
            return None


def decided(
    table: ListTable, mapping: Assignment, questions: Sequence[ColumnQuestion], portfolio: Portfolio, key: str
) -> Assignment:
    """What each column means: the proposal, to be corrected, with the order of its days.

    What is not certain is asked first, and not read until somebody says what it is.
    """
    answers = list_questions.answered(table, questions, key)
    asked = {question.heading for question in questions if question.meanings}
    where = f"Blatt »{table.sheet}«: " if table.sheet else ""
    with st.expander(plain(f"{where}Spalten"), expanded=not complete(mapping)):
        chosen = _columns(table, mapping, asked, answers, key)
        fitting, wrong = without_unfit(replace(mapping, columns=chosen), table)
        for said in wrong:
            st.warning(plain(said))
        found = _orders(table, fitting, key)
        money = _amounts(table, found)
        sure = money and found.basis(money) != AmountBasis.UNKNOWN
        if money and sure:
            found = _basis(money, found, key)
        panels.download(
            "Zuordnung speichern (TOML)",
            lambda: lists.mapping_text(found).encode(),
            "zuordnung.toml",
            "application/toml",
            key=f"mapping-{key}",
        )
    said = listing([f"»{heading}« = {MEANING_WORDS[each]}" for heading, each in found.columns.items()], 20)
    st.caption(plain(f"{where}Gelesen wird {said or 'noch keine Spalte'}."))
    if money and not sure:
        found = _basis(money, found, key)
    found = list_questions.carrier(found, table.sheet, portfolio, key)
    for heading, order in found.orders.items():
        cell = days.open_to_both(table.column(heading))
        st.caption(plain(f"Spalte »{heading}«: »{cell}« wird als {ORDER_WORDS[order]} gelesen") + _TO_CHANGE)
    if money and sure:
        st.caption(
            plain(f"Spalte »{money}«: Die Beträge werden als »{word(found.basis(money))}« gelesen")
            + _TO_CHANGE
        )
    return found


def _amounts(table: ListTable, mapping: Assignment) -> str:
    """The heading of the column of amounts, "" where no amount stands in any."""
    heading = mapping.heading(Meaning.AMOUNT)
    return heading if heading and any(not days.nothing(text(cell)) for cell in table.column(heading)) else ""


def _basis(heading: str, mapping: Assignment, key: str) -> Assignment:
    """What the amounts of the column refer to, as its heading says or as is chosen."""
    chosen = st.radio(
        plain(f"Beträge in »{heading}« gelten"),
        list(AmountBasis),
        index=list(AmountBasis).index(mapping.basis(heading)),
        format_func=word,
        key=f"basis {key} {heading}",
        persist_state="session",
        horizontal=True,
    )
    return replace(mapping, bases={heading: chosen} if chosen else {})


def _columns(
    table: ListTable, mapping: Assignment, asked: set[str], answers: Mapping[str, Meaning], key: str
) -> dict[str, Meaning]:
    """The chosen meaning of each column; those that were `asked` about stand above, with their answers."""
    chosen: dict[str, Meaning] = {}
    cells: list[Any] = []
    for number, heading in enumerate(table.headings):
        meaning = answers.get(heading)
        if heading not in asked:
            # A row of three at a time, so that fields stand level.
            cells = cells or list(st.columns(3))
            with cells.pop(0):
                meaning = _choice(table, mapping, number, key)
        if meaning is None:
            continue
        if meaning in chosen.values():
            st.warning(f"»{MEANING_WORDS[meaning]}« ist zweimal gewählt; gelesen wird die erste Spalte.")
        else:
            chosen[heading] = meaning
    return chosen


def _choice(table: ListTable, mapping: Assignment, number: int, key: str) -> Meaning | None:
    heading = table.headings[number]
    meaning = st.selectbox(
        plain(heading),
        [None, *Meaning],
        index=[None, *Meaning].index(mapping.columns.get(heading)),
        format_func=lambda each: MEANING_WORDS[each] if each else NOT_READ,
        key=f"column {key} {number}",
        persist_state="session",
        placeholder=NOT_READ,
    )
    st.caption(plain(sample(table, number)))
    return meaning


def _orders(table: ListTable, mapping: Assignment, key: str) -> Assignment:
    """For each column of days that can be read in two ways, in which."""
    orders: dict[str, Order] = {}
    columns = {
        heading: table.column(heading) for heading, meaning in mapping.columns.items() if meaning in DAYS
    }
    shown = days.orders(columns)
    for heading, values in columns.items():
        if not (cell := days.open_to_both(values)):
            continue
        proposed = mapping.orders.get(heading) or shown[heading][0]
        chosen = st.radio(
            plain(f"Reihenfolge in »{heading}« (wie »{cell}«)"),
            list(Order),
            index=list(Order).index(proposed),
            format_func=ORDER_WORDS.__getitem__,
            key=f"order {key} {heading}",
            persist_state="session",
            horizontal=True,
        )
        orders[heading] = chosen or proposed
    return replace(mapping, orders=orders)
