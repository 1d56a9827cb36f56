"""Sitzungstermine out of the calendar of a Ratsinformationssystem: as a file, or as a table that was
copied."""

from __future__ import annotations

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import FileRefused, IncomingFile, received
from steering.exchange.sittings.found import PAPERS
from steering.storage.tables import LINKS
from steering.web import current, panels
from steering.web.data import preview, set_apart
from steering.web.data.preview import Manner
from steering.web.data.progress import WorkShare
from steering.web.text import plain

_KIND = "sitzungen"
_FILE, _PASTED = "Datei", "Kopierte Tabelle"
PASTED = "sittings pasted"
_MANNER = Manner(
    columns=(PAPERS,), advice="Bitte die Sitzung im Ratsinformationssystem nachsehen.", notes_first=True,
    outside=False,
)  # fmt: skip
_ENDINGS = ["ics", "xlsx", "csv", "txt", "json", "html", "htm"]


def show() -> None:
    """A file or a pasted table, and what it would do."""
    st.markdown(
        "Die Sitzungen der erfassten Gremien werden neu aufgenommen, verlegt oder gestrichen; von ihnen "
        "hängt ab, bis wann zu beschließen ist. Eingelesene Sitzungen treten an die Stelle der "
        "Beispieltermine desselben Gremiums im selben Jahr. Einen einzelnen Termin trägt man unter "
        "»Einstellungen« bei »Gremien und Termine« ein."
    )
    chosen = panels.switch("Woher?", [_FILE, _PASTED], key="sittings way", default=_FILE)
    file = _pasted() if chosen == _PASTED else _uploaded()
    if file is not None:
        preview.preview(
            _KIND,
            file.name,
            hash(file.content),
            lambda portfolio, told: _read(file, portfolio, told),
            _MANNER,
        )
    preview.last_import(_KIND)


def _uploaded() -> IncomingFile | None:
    return preview.uploaded(
        "Kalender (ICS), Tabelle (XLSX, CSV, HTML) oder OParl (JSON)",
        _ENDINGS,
        key=_KIND,
        largest=KINDS[_KIND].largest,
    )


def _pasted() -> IncomingFile | None:
    text = st.text_area(
        "Tabelle der Sitzungen aus dem Ratsinformationssystem",
        key=PASTED,
        persist_state="session",
        height=180,
        placeholder="Im Browser die Tabelle markieren, kopieren und hier einfügen; auch HTML.",
    )
    st.button("Tabelle lesen", help="Oder mit Strg+Eingabe.")
    if not text.strip():
        return None
    try:
        return received(_PASTED, text.encode(), largest=KINDS[_KIND].largest)
    except FileRefused as refusal:
        st.error(plain(str(refusal)))
        return None


def _read(file: IncomingFile, portfolio: Portfolio, told: WorkShare) -> Reading:
    """The sittings of recorded committees; those of others are only counted, and named in the notes."""
    options = Options(lists=LINKS, today=current.today(), progress=told)
    return set_apart.counted(limited.read_kind(_KIND, file, portfolio, options, told.waiting))
