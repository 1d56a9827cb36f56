"""Potenziale: which chances there are, where, and which of them are used."""

from __future__ import annotations

import streamlit as st

from steering.analysis.potentials import recorded
from steering.analysis.structures.inventory import Selection
from steering.model import PotentialState
from steering.web import current, filters, pages, panels, places, presets
from steering.web.gaps import rows as gap_rows
from steering.web.potentials import form, proposals, words
from steering.web.potentials import rows as potential_rows
from steering.web.text import bold

TABLE = "potentials_table"


def answer() -> None:
    """How many are recorded, how many are used, and where none is."""
    chosen = filters.selection()
    first, *more = current.derived(words.sentences, chosen)
    panels.answer(pages.POTENTIALS, f"{first} {_proposed(chosen)}".strip(), *more)
    if note := current.derived(words.aside, chosen):
        st.caption(note)
    presets.ways(current.derived(_ways, chosen), key="potentials")


def _proposed(chosen: Selection) -> str:
    """How many more the program proposes, where proposals are shown."""
    many = len(proposals.proposed(chosen)) if proposals.shown() else 0
    if not many:
        return ""
    more = (" weiteres" if many == 1 else " weitere") if current.portfolio().has("potential") else ""
    return f"Das Programm schlägt {bold(f'{many}{more}')} vor."


def _ways(chosen: Selection) -> tuple[presets.FigureLink, ...]:
    rows = potential_rows.selected(chosen)
    states = (
        (presets.POTENTIAL_RECOGNISED, PotentialState.RECOGNISED, "erkannt"),
        (presets.POTENTIAL_EXAMINED, PotentialState.EXAMINED, "in Prüfung"),
        (presets.POTENTIAL_USED, PotentialState.USED, "genutzt"),
        (presets.POTENTIAL_NOT_PURSUED, PotentialState.NOT_PURSUED, "nicht weiterverfolgt"),
    )
    return (
        *((way, len(recorded.of_state(rows, state)), told) for way, state, told in states),
        (presets.POTENTIAL_WITHOUT_MEASURE, len(recorded.without_measure(rows)), "ohne Maßnahme"),
    )


def body() -> None:
    """The picture by Handlungsfeld and municipality, and the table; nothing where nothing is recorded."""
    chosen = filters.selection()
    with places.sometimes():
        form.offer_first()
    if potential_rows.selected(chosen).empty:
        return
    st.header("Alle Potenziale", anchor=False)
    preset = presets.box(pages.POTENTIALS, "alle, die verfolgt werden")
    with places.sometimes():
        _picture(chosen, preset)
    rows = current.derived(potential_rows.listed, chosen, preset)
    panels.table(
        current.derived(potential_rows.table, chosen, preset),
        "Potenziale",
        key=TABLE,
        empty="Kein Potenzial dieser Auswahl.",
        choice=panels.RowChoice(rows["potential_id"].tolist(), form.choose),
        file=lambda: potential_rows.sheet(chosen, preset),
    )


def _picture(chosen: Selection, preset: str) -> None:
    rows = current.derived(potential_rows.listed, chosen, preset)
    if rows.empty:
        return
    if len(gap_rows.places(chosen)) > potential_rows.MOST_COLUMNS:
        st.info("Für so viele Gemeinden ist das Bild zu breit. Bitte nach Gemeinden filtern.")
        return
    panels.chart(
        lambda: current.derived(potential_rows.matrix, chosen, preset, panels.theme()),
        "Potenziale je Gemeinde", key="potentials",
    )  # fmt: skip
    panels.legend(current.derived(potential_rows.legend, chosen, preset, panels.theme()))
    panels.folded_table(
        lambda: current.derived(potential_rows.matrix_sheet, chosen, preset),
        "Potenziale je Gemeinde", key="potentials-sheet", empty="Kein Handlungsfeld in dieser Ansicht.",
    )  # fmt: skip
