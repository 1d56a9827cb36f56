"""The page of everything that comes in and goes out: its answer, and one section at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    needs_file,
    output,
    potentials,
    preview,
    registers,
    results,
    sittings,
    survey,
)
from steering.web.publication import page as publication
from steering.web.settings import closing, persons
from steering.web.settings import page as settings


def _workbook() -> None:
    st.markdown(
        "Die Arbeitsmappe aus »Export« in Excel ändern und hier wieder einlesen. "
        "Vor dem Übernehmen sehen Sie jede Änderung Feld für Feld."
    )
    preview.of_kind("workbook", "Arbeitsmappe (XLSX) oder Archiv (ZIP)", ["xlsx", "zip"])


_OFFERED: Mapping[str, tuple[Callable[[], None], Right]] = {
    "liste": (lists.show, Right.IMPORT),
    "arbeitsmappe": (_workbook, Right.IMPORT),
    "register": (registers.show, Right.IMPORT),
    "foerderkatalog": (registers.catalogue, Right.IMPORT),
    "kennzahlen": (indicators.show, Right.EDIT_ALL),
    "bedarfe": (needs_file.show, Right.IMPORT),
    "potenziale": (potentials.show, Right.IMPORT),
    "export": (output.show, Right.PUBLISH),
    pages.DIRECTORY: (publication.show, Right.EDIT),
    "rueckmeldung": (confirmation.show, Right.EDIT_ALL),
    "bedarfserhebung": (survey.show, Right.EDIT_ALL),
    pages.SITTINGS: (sittings.show, Right.SETTINGS),
    "ergebnisse": (results.show, Right.PAPERS),
    pages.SETTINGS: (settings.show, Right.SETTINGS),
    "abschluss": (closing.show, Right.CLOSE_YEAR),
    "sicherung": (backups.show, Right.BACKUPS),
    "personen": (persons.show, Right.PERSONS),
}
_GROUP = "data group"
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
        f"Erfasst {'ist' if found['structure'] == 1 else 'sind'} "
        f"**{count(found['structure'], 'Struktur', 'Strukturen')}** mit "
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
    draw, _ = SECTIONS[_chosen(offered)]
    draw()


def _chosen(offered: Sequence[str]) -> str:
    """The section that is open: chosen within its group, and the group among those that are offered."""
    groups = {
        title: [section for section in offered if section in words.values()]
        for title, words in pages.DATA_GROUPS.items()
    }
    groups = {title: sections for title, sections in groups.items() if sections}
    chosen = st.session_state.get(address.DATA_SECTION) or offered[0]
    group = next(title for title, sections in groups.items() if chosen in sections)
    if len(groups) > 1:
        st.session_state[_GROUP] = group
        st.segmented_control(
            "Daten und Einstellungen", list(groups), key=_GROUP, required=True, on_change=_to_group,
            args=(groups,), label_visibility="collapsed", wrap=True,
        )  # fmt: skip
    if len(groups[group]) > 1:
        key = f"{_GROUP} {group}"
        st.session_state[key] = chosen
        st.radio(
            group, groups[group], key=key, horizontal=True, on_change=_to_section, args=(key,),
            label_visibility="collapsed",
        )  # fmt: skip
    return str(chosen)


def _to_group(groups: Mapping[str, Sequence[str]]) -> None:
    st.session_state[address.DATA_SECTION] = groups[st.session_state[_GROUP]][0]


def _to_section(key: str) -> None:
    st.session_state[address.DATA_SECTION] = st.session_state[key]


def _numbers(portfolio: Portfolio) -> dict[str, int]:
    return {table: len(portfolio.frame(table)) for table in ("structure", "funding", "responsibility")}
