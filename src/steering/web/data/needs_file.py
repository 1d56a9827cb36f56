"""Bedarfe einlesen: a list of needs that somebody else wrote, or an answer of a survey, with the preview."""

from __future__ import annotations

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.needs.judging import HOW_MUCH, WHEN
from steering.storage.tables import LINKS
from steering.web import current
from steering.web.data import own_rows, preview
from steering.web.data.progress import WorkShare

_KIND = "bedarfe"
_MANNER = preview.Manner(columns=(HOW_MUCH, WHEN))


def show() -> None:
    """Upload and preview."""
    st.markdown(
        "Eine Liste von Bedarfen: je Zeile eine **Aufgabe** des Katalogs und ein **Gebiet** (Gemeinde, "
        "Schlüssel oder »ganzer Landkreis«), dazu »Für wen«, »Menge«, »Einheit«, »von«, »bis«, »Priorität«, "
        "»Standort«, »Begründung«. Ist derselbe Bedarf schon erfasst, wird er geändert, sonst neu angelegt. "
        "Eine ausgefüllte Datei der Bedarfserhebung wird hier auch erkannt und als Antwort festgehalten."
    )
    file = preview.uploaded(
        "Liste von Bedarfen (XLSX oder CSV)",
        ["xlsx", "xls", "csv", "tsv", "txt"],
        key=_KIND,
        largest=KINDS[_KIND].largest,
    )
    if file is not None:
        preview.preview(
            _KIND,
            file.name,
            hash(file.content),
            lambda portfolio, told: _rows(file, portfolio, told),
            _MANNER,
        )
    preview.last_import(_KIND)


def _rows(file: IncomingFile, portfolio: Portfolio, told: WorkShare) -> Reading:
    options = Options(lists=LINKS, today=current.today(), progress=told)
    return own_rows.of(limited.read_kind(_KIND, file, portfolio, options, told.waiting))
