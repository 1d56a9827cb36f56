"""What the columns of a list mean: proposed, corrected, saved as a file and loaded from one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from steering.analysis.incoming.lists import days
from steering.analysis.incoming.lists.columns import DAYS, Assignment
from steering.analysis.incoming.lists.days import ORDER_WORDS, Order
from steering.analysis.incoming.lists.grids import Table, text
from steering.analysis.incoming.lists.meanings import MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.reading import complete
from steering.exchange import lists
from steering.exchange.incoming_files import FileRefused
from steering.model.german import listing
from steering.web import panels, uploads
from steering.web.text import plain

_NOT_READ = "nicht lesen"


def given() -> tuple[str, Assignment] | None:
    """A mapping that the user has loaded, with the name of its file; a sentence where it is none."""
    with st.expander("Gespeicherte Zuordnung verwenden"):
        file = uploads.one("Zuordnung (TOML)", ["toml"], key="list mapping file", largest=uploads.MEGABYTE)
        if file is None:
            return None
        try:
            return file.name, lists.mapping_of(file.name, file.getvalue().decode("utf-8", errors="replace"))
        except FileRefused as refusal:
            st.error(plain(str(refusal)))
            return None


def decided(table: Table, mapping: Assignment, key: str) -> Assignment:
    """What each column means: the proposal, to be corrected, with the order of its days."""
    said = listing([f"»{heading}« = {MEANING_WORDS[each]}" for heading, each in mapping.columns.items()], 20)
    where = f"Blatt »{table.sheet}«: " if table.sheet else ""
    title = plain(f"{where}Spalten – {said or 'noch keine erkannt'}")
    with st.expander(title, expanded=not complete(mapping)):
        found = _orders(table, replace(mapping, columns=_columns(table, mapping, key)), key)
        panels.download(
            "Zuordnung speichern (TOML)",
            lambda: lists.mapping_text(found).encode(),
            "zuordnung.toml",
            "application/toml",
            key=f"mapping-{key}",
        )
    for heading, order in found.orders.items():
        cell = days.open_to_both(table.column(heading))
        st.caption(
            plain(f"Spalte »{heading}«: »{cell}« wird als {ORDER_WORDS[order]} gelesen")
            + " – unter »Spalten« lässt sich das umstellen."
        )
    return found


def _columns(table: Table, mapping: Assignment, key: str) -> dict[str, Meaning]:
    chosen: dict[str, Meaning] = {}
    cells: list[Any] = []
    for number, heading in enumerate(table.headings):
        # A row of three at a time, so that fields stand level.
        cells = cells or list(st.columns(3))
        with cells.pop(0):
            meaning = st.selectbox(
                plain(heading),
                [None, *Meaning],
                index=[None, *Meaning].index(mapping.columns.get(heading)),
                format_func=lambda each: MEANING_WORDS[each] if each else _NOT_READ,
                key=f"column {key} {number}",
                placeholder=_NOT_READ,
            )
            st.caption(plain(_sample(table, number)))
        if meaning is None:
            continue
        if meaning in chosen.values():
            st.warning(f"»{MEANING_WORDS[meaning]}« ist zweimal gewählt; gelesen wird die erste Spalte.")
        else:
            chosen[heading] = meaning
    return chosen


def _orders(table: Table, mapping: Assignment, key: str) -> Assignment:
    """For each column of days that can be read in two ways, in which."""
    orders: dict[str, Order] = {}
    for heading, meaning in mapping.columns.items():
        values = table.column(heading) if meaning in DAYS else []
        if not (cell := days.open_to_both(values)):
            continue
        proposed = mapping.orders.get(heading) or days.order_of(values)[0]
        chosen = st.radio(
            plain(f"Reihenfolge in »{heading}« (wie »{cell}«)"),
            list(Order),
            index=list(Order).index(proposed),
            format_func=ORDER_WORDS.__getitem__,
            key=f"order {key} {heading}",
            horizontal=True,
        )
        orders[heading] = chosen or proposed
    return replace(mapping, orders=orders)


def _sample(table: Table, column: int) -> str:
    seen = dict.fromkeys(said for _, row in table.rows[:30] if (said := text(row[column])))
    return "z. B. " + " · ".join(said[:30] for said in list(seen)[:3]) if seen else "leer"
