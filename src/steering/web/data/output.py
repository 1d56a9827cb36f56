"""Ausgabe: everything as a file, in the forms others can use."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.exchange import output
from steering.model.german import day
from steering.storage.rights.table import Right
from steering.storage.tables import LINKS
from steering.web import current, filters, panels
from steering.web.data import table_feeds

_FORMS = {
    "workbook": (
        "Arbeitsmappe (XLSX)",
        "Alles in einer Datei, ein Blatt je Art von Eintrag; lässt sich ändern und wieder einlesen.",
        panels.XLSX,
    ),
    "csv": (
        "Tabellen (CSV, gepackt)",
        "Für andere Programme: eine Datei je Art von Eintrag.",
        "application/zip",
    ),
    "geojson": ("Karte (GeoJSON)", "Für Geoinformationssysteme.", "application/geo+json"),
}


def show() -> None:
    """A button for each form with a sentence on what it is for; then what programs fetch themselves."""
    for kind, (label, about, mime) in _FORMS.items():
        if kind == "geojson":
            about = f"{about} Mit dem Stichtag {day(filters.view().as_of)}."
        with st.container(border=True, gap="xsmall"):
            panels.download(
                label, _maker(kind), f"integrationssteuerung.{output.KINDS[kind]}", mime, key=f"output-{kind}"
            )
            st.caption(about)
    if current.offers(Right.PUBLISH):
        table_feeds.show()


def _maker(kind: str) -> Callable[[], bytes]:
    portfolio, boundaries, view = current.portfolio(), current.boundaries(), filters.view()
    return lambda: output.made(kind, portfolio, boundaries, view, LINKS)
