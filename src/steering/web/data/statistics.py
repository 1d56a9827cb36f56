"""Kennzahlen out of a table of the Statistische Ämter."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.genesis.rows import INDICATOR, ON, VALUE
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import IncomingFile
from steering.model.german import count
from steering.storage.tables import LINKS
from steering.web import current
from steering.web.data import preview
from steering.web.data.preview import Manner
from steering.web.data.progress import WorkShare
from steering.web.text import bold

_KIND = "kennzahlen"
_OFFICIAL = Manner(
    columns=(INDICATOR, ON, VALUE), advice="Bitte prüfen, ob die Datei vollständig und unverändert ist."
)


def show() -> None:
    """A file, and what it would do."""
    name = str(current.portfolio().settings["district_name"])
    st.markdown(
        "Eine Tabelle der Regionaldatenbank oder von GENESIS-Online mit der Gliederung nach Gemeinden als "
        "»Flat-CSV« herunterladen und hier einlesen: Übernommen werden die Werte der Gemeinden in "
        f"{bold(name)}. "
        "Was die Statistik nicht nennt (».«, »/«, »x«, »...«), bleibt »nicht bekannt« und wird nie zu null."
    )
    file = preview.uploaded(
        "Flat-CSV der Statistischen Ämter", ["csv", "txt", "xlsx"], key=_KIND, largest=KINDS[_KIND].largest
    )
    if file is not None:
        preview.preview(
            _KIND,
            file.name,
            hash(file.content),
            lambda portfolio, told: _own_rows(file, portfolio, told),
            _OFFICIAL,
        )
    preview.last_import(_KIND)


def _own_rows(file: IncomingFile, portfolio: Portfolio, told: WorkShare) -> Reading:
    """The rows that say something of own municipalities; all the others are only counted."""
    options = Options(lists=LINKS, today=current.today(), progress=told)
    found = limited.read_kind(_KIND, file, portfolio, options, told.waiting)
    own = tuple(row for row in found.rows if row.records or row.refusals)
    elsewhere = sum(bool(row.outside) for row in found.rows)
    if not elsewhere:
        return replace(found, rows=own)
    left = f"{count(elsewhere, 'Zeile', 'Zeilen')} anderer Gebiete sind nicht aufgeführt."
    return replace(found, rows=own, notes=(*found.notes, left))
