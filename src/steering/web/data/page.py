"""The page of everything that comes in and goes out: its answer, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model.german import count
from steering.storage.rights.table import Right, who_may
from steering.web import address, current, pages, panels
from steering.web.data import (
    backups,
    confirmation,
    indicators,
    lists,
    output,
    preview,
    registers,
    sittings,
    survey,
)
from steering.web.settings import page as settings
from steering.web.settings import persons


def _workbook() -> None:
    st.markdown(
        "Die Arbeitsmappe aus »Export« in Excel ändern und hier wieder einlesen. "
        "Vor dem Übernehmen sehen Sie jede Änderung Feld für Feld."
    )
    preview.of_kind("workbook", "Arbeitsmappe (XLSX) oder Archiv (ZIP)", ["xlsx", "zip"])


_OFFERED: Mapping[str, tuple[Callable[[], None], Right]] = {
    "liste": (lists.show, Right.IMPORT),
    "arbeitsmappe": (_workbook, Right.IMPORT),
    "rueckmeldung": (confirmation.show, Right.EDIT_ALL),
    "bedarfserhebung": (survey.show, Right.EDIT_ALL),
    "register": (registers.show, Right.IMPORT),
    "foerderkatalog": (registers.catalogue, Right.IMPORT),
    "kennzahlen": (indicators.show, Right.EDIT_ALL),
    pages.SITTINGS: (sittings.show, Right.SETTINGS),
    pages.SETTINGS: (settings.show, Right.SETTINGS),
    "export": (output.show, Right.PUBLISH),
    "sicherung": (backups.show, Right.BACKUPS),
    "personen": (persons.show, Right.PERSONS),
}
SECTIONS = {pages.DATA_SECTIONS[section]: offered for section, offered in _OFFERED.items()}
"""The sections in their order: what draws each, and what it takes to be offered it."""


def answer() -> None:
    """How much is recorded."""
    found = current.of(_numbers)
    if not found["structure"]:
        panels.answer(pages.DATA, panels.NOTHING_YET)
        return
    panels.answer(
        pages.DATA,
        f"Erfasst sind **{count(found['structure'], 'Struktur', 'Strukturen')}** mit "
        f"{count(found['funding'], 'Förderung', 'Förderungen')} und "
        f"{count(found['responsibility'], 'Zuständigkeit', 'Zuständigkeiten')}. "
        f"{_ways()}",
        *confirmation.answer(),
        *survey.answer(),
    )


def _ways() -> str:
    if current.may(Right.IMPORT):
        return "Listen, Arbeitsmappe und Sicherungen kommen hier herein und gehen hier hinaus."
    return "Als Datei gehen sie hier hinaus." if current.may(Right.PUBLISH) else ""


def sections() -> None:
    """One section of the page; the choice stays while the page is open.

    None while guests look on: files hold everything, and comparing one with data that lack what is
    internal would report it as missing.
    """
    if current.presenting() or (current.discreet() and current.may(Right.INTERNAL)):
        st.info(f"{panels.closed()} Dateien und Sicherungen enthalten auch, was nur für die Verwaltung ist.")
        return
    offered = [title for title, (_, right) in SECTIONS.items() if current.may(right)]
    if not offered:
        st.caption("Zum Einlesen, Ausgeben und Einstellen gehört eine Anmeldung.")
        return
    asked = st.session_state.get(address.DATA_SECTION)
    if asked is not None and asked not in offered:
        st.info(f"»{asked}« ist für die Rolle »{who_may(SECTIONS[asked][1])}«.")
        st.session_state[address.DATA_SECTION] = offered[0]
    chosen = offered[0]
    if len(offered) > 1:
        label = "Import, Export und Einstellungen"
        chosen = st.radio(label, offered, key=address.DATA_SECTION, horizontal=True)
    draw, _ = SECTIONS[chosen]
    draw()


def _numbers(portfolio: Portfolio) -> dict[str, int]:
    return {table: len(portfolio.frame(table)) for table in ("structure", "funding", "responsibility")}
