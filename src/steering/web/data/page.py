"""The page of everything that comes in and goes out: its answer, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model.german import count
from steering.storage.rights.table import Right, who_may
from steering.web import address, current, pages, panels
from steering.web.data import backups, confirmation, indicators, lists, output, preview, registers, sittings
from steering.web.settings import page as settings
from steering.web.settings import persons


def _workbook() -> None:
    st.markdown(
        "Die Arbeitsmappe aus »Export« in Excel ändern und hier wieder einlesen. "
        "Vor dem Übernehmen sehen Sie jede Änderung Feld für Feld."
    )
    preview.of_kind("workbook", "Arbeitsmappe (XLSX) oder Archiv (ZIP)", ["xlsx", "zip"])


_DRAWN: Mapping[str, Callable[[], None]] = {
    "liste": lists.show,
    "arbeitsmappe": _workbook,
    "rueckmeldung": confirmation.show,
    "register": registers.show,
    "foerderkatalog": registers.catalogue,
    "kennzahlen": indicators.show,
    "sitzungen": sittings.show,
    pages.SETTINGS: settings.show,
    "export": output.show,
    "sicherung": backups.show,
    "personen": persons.show,
}
SECTIONS = {pages.DATA_SECTIONS[section]: draw for section, draw in _DRAWN.items()}
"""The sections in their order; each draws itself."""
_IMPORTS = ("liste", "arbeitsmappe", "register", "foerderkatalog")
_RIGHTS = {
    pages.DATA_SECTIONS[section]: right
    for section, right in {
        **dict.fromkeys(_IMPORTS, Right.IMPORT),
        "rueckmeldung": Right.EDIT_ALL,
        "kennzahlen": Right.EDIT_ALL,
        "sitzungen": Right.SETTINGS,
        pages.SETTINGS: Right.SETTINGS,
        "export": Right.PUBLISH,
        "sicherung": Right.BACKUPS,
        "personen": Right.PERSONS,
    }.items()
}
"""What it takes to be offered each section; whoever may sign in may take files out."""
_WAYS = {
    True: "Listen, Arbeitsmappe und Sicherungen kommen hier herein und gehen hier hinaus.",
    False: "Als Datei gehen sie hier hinaus.",
}


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
        f"{_WAYS[current.may(Right.IMPORT)]}",
        *confirmation.answer(),
    )


def sections() -> None:
    """One section of the page; the choice stays while the page is open.

    None while guests look on: files hold everything, and comparing one with data that lack what is
    internal would report it as missing.
    """
    if current.presenting() or (current.discreet() and current.may(Right.INTERNAL)):
        st.info(f"{panels.closed()} Dateien und Sicherungen enthalten auch, was nur für die Verwaltung ist.")
        return
    offered = [title for title in SECTIONS if current.may(_RIGHTS[title])]
    if not offered:
        st.caption("Zum Einlesen, Ausgeben und Einstellen gehört eine Anmeldung.")
        return
    asked = st.session_state.get(address.DATA_SECTION)
    if asked is not None and asked not in offered:
        st.info(f"»{asked}« ist für die Rolle »{who_may(_RIGHTS[asked])}«.")
        st.session_state[address.DATA_SECTION] = offered[0]
    chosen = offered[0]
    if len(offered) > 1:
        label = "Import, Export und Einstellungen"
        chosen = st.radio(label, offered, key=address.DATA_SECTION, horizontal=True)
    SECTIONS[chosen]()


def _numbers(portfolio: Portfolio) -> dict[str, int]:
    return {table: len(portfolio.frame(table)) for table in ("structure", "funding", "responsibility")}
