"""Ergebnisse der Gremien out of a Ratsinformationssystem, laid beside the Vorlagen that were handed in."""

from __future__ import annotations

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.council_results.reading import RESULT, VOTES
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import IncomingFile
from steering.storage.tables import LINKS
from steering.web import current
from steering.web.data import preview, set_apart
from steering.web.data.preview import Manner
from steering.web.data.progress import WorkShare

_KIND = "ergebnisse"
_MANNER = Manner(
    columns=(RESULT, VOTES), advice="Bitte das Ergebnis am Schreibtisch der Vorlage eintragen.",
    notes_first=True, outside=False,
)  # fmt: skip


def show() -> None:
    """A file, and which results it would enter."""
    st.markdown(
        "Was Ausschüsse und Kreistag aus den abgegebenen Vorlagen gemacht haben, als OParl-Verzeichnis "
        "gespeichert: Vorlagen, Beratungen und Sitzungen in einer Datei. Zugeordnet wird nach der "
        "Vorlage-Nr.; was keine abgegebene Vorlage trifft, wird genannt und nicht geraten."
    )
    if not current.portfolio().has("submission"):
        st.info(
            "Noch ist keine Vorlage abgegeben. Das geschieht auf der Seite »Masterplan« unter »Vorlage "
            "schreiben«."
        )
    file = preview.uploaded("OParl (JSON)", ["json"], key=_KIND, largest=KINDS[_KIND].largest)
    if file is not None:
        preview.preview(
            _KIND, file.name, hash(file.content), lambda portfolio, told: _read(file, portfolio, told),
            _MANNER,
        )  # fmt: skip
    preview.last_import(_KIND)


def _read(file: IncomingFile, portfolio: Portfolio, told: WorkShare) -> Reading:
    """Results of Vorlagen that were handed in; those of others are only counted."""
    options = Options(lists=LINKS, today=current.today(), progress=told)
    return set_apart.counted(limited.read_kind(_KIND, file, portfolio, options, told.waiting))
