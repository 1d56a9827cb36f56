"""Amtliche Register: municipalities and boundaries kept up to date, another Landkreis, the Förderkatalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.foerderkatalog import AMOUNT, BODY, END, FKZ, START
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.registers import rows as register_rows
from steering.model.german import count
from steering.storage import district
from steering.storage.tables import LINKS
from steering.web import current, panels
from steering.web.data import district as data_district
from steering.web.data import preview
from steering.web.data.preview import Manner
from steering.web.data.progress import WorkShare
from steering.web.text import bold

_FILES = {
    "Gemeindeverzeichnis": (
        "municipalities",
        "GV-ISys (XLSX) oder GV100AD (TXT oder ZIP)",
        ("xlsx", "txt", "asc", "zip"),
    ),
    "Grenzen": (
        "boundaries",
        "VG250 (GeoPackage, Shapefile als ZIP oder GeoJSON)",
        ("zip", "gpkg", "geojson", "json"),
    ),
}
_DISTRICT = "Landkreis einrichten"
_OFFICIAL = Manner(advice="Bitte die vollständige amtliche Datei verwenden.")
# Most federal projects are no integration work: what is taken is chosen one by one.
_CATALOGUE = Manner(columns=(FKZ, BODY, START, END, AMOUNT), take_new=False)


def show() -> None:
    """One register at a time."""
    chosen = panels.switch("Register", [*_FILES, _DISTRICT], key="register", default=next(iter(_FILES)))
    if chosen == _DISTRICT:
        data_district.section()
        return
    kind, label, endings = _FILES[str(chosen)]
    name = str(current.portfolio().settings["district_name"])
    st.markdown(
        f"Aus der amtlichen Datei für ganz Deutschland wird {bold(name)} mit dem Stand der Datei abgeglichen."
    )
    _register(kind, label, endings)


def catalogue() -> None:
    """Federal projects, to be taken over one by one."""
    name = str(current.portfolio().settings["district_name"])
    st.markdown(
        "Im Förderkatalog des Bundes suchen, das Ergebnis als CSV speichern und hier einlesen: "
        f"Vorhaben mit Sitz in {bold(name)} lassen sich als Strukturen mit Förderung übernehmen. "
        "Später eingelesen, werden sie an ihrem FKZ wiedererkannt."
    )
    own = str(current.portfolio().settings["district_key"])
    choices = {own: f"{name} ({own})"} | {
        key: f"{register_rows.district_name(key)} ({key})" for key in sorted(register_rows.districts())
    }
    district = st.selectbox(
        "Kreis (nach der Gemeindekennziffer)",
        list(choices),
        format_func=choices.__getitem__,
        key="catalogue district",
        persist_state="session",
        placeholder="Kreis wählen",
        width=420,
    )
    preview.of_kind(
        "foerderkatalog",
        "Förderkatalog (CSV, auch in Excel gespeichert)",
        ["csv", "txt", "xlsx"],
        manner=_CATALOGUE,
        district=district or own,
    )


def _register(kind: str, label: str, endings: Sequence[str]) -> None:
    file = preview.uploaded(label, endings, key=kind, largest=KINDS[kind].largest)
    if file is not None:
        preview.preview(
            kind,
            file.name,
            hash(file.content),
            lambda portfolio, told: _own_rows(kind, file, portfolio, told),
            _OFFICIAL,
        )
    preview.last_import(kind)


def _own_rows(kind: str, file: IncomingFile, portfolio: Portfolio, told: WorkShare) -> Reading:
    """The rows of the own Kreis; those of all the others cannot be taken and are only counted."""
    options = Options(lists=LINKS, today=current.today(), boundaries=district.boundary_keys(current.engine()))
    found = limited.read_kind(kind, file, portfolio, options, told.waiting)
    own = tuple(row for row in found.rows if not row.outside)
    others = len(found.rows) - len(own)
    left = f"{count(others, 'Zeile', 'Zeilen')} anderer Kreise sind nicht aufgeführt."
    return replace(found, rows=own, notes=(*found.notes, left))
