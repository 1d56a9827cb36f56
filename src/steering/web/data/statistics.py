"""Kennzahlen out of a file: a table of the Statistische Ämter, or any list of values by municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.figures.reading import EINHEIT, KENNZAHL, QUELLE, STAND, VARIANTE
from steering.exchange.genesis.rows import INDICATOR, ON, VALUE, WHAT
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import IncomingFile
from steering.model import ForecastVariant
from steering.model.usual_indicators import USUAL
from steering.model.vocabulary import word
from steering.storage.tables import LINKS
from steering.web import current
from steering.web.data import own_rows, preview
from steering.web.data.preview import Manner
from steering.web.data.progress import WorkShare
from steering.web.text import bold

_KIND = "kennzahlen"
_MANNER = Manner(
    columns=(INDICATOR, WHAT, ON, VALUE),
    advice="Bitte in der Datei berichtigen und sie noch einmal einlesen; alles andere bleibt unverändert.",
)
_AS_SAID = "wie die Datei sagt"
_VARIANTS = {f"Prognose {word(each)}": word(each) for each in ForecastVariant}


def show() -> None:
    """A file, what is said of all of it, and what it would do."""
    name = str(current.portfolio().settings["district_name"])
    st.markdown(
        "Eine »Flat-CSV« der Regionaldatenbank oder von GENESIS-Online, eine Tabelle mit einer Spalte je "
        "Jahr (wie beim Wegweiser Kommune) oder eine Liste mit **Gemeinde**, **Stand** und **Wert**. "
        f"Übernommen werden die Werte der Gemeinden in {bold(name)}. "
        "Was die Statistik nicht nennt (».«, »/«, »x«, »...«), bleibt »nicht bekannt« und wird nie zu null; "
        "»-« heißt in amtlichen Tabellen genau null. Prognosen brauchen Variante und Quelle und gelten nur "
        "für Tage nach heute."
    )
    file = preview.uploaded(
        "Werte je Gemeinde (CSV oder XLSX)",
        ["csv", "txt", "tsv", "xlsx", "xls"],
        key=_KIND,
        largest=KINDS[_KIND].largest,
    )
    if file is not None:
        given = _given(f"{_KIND} {file.name}")
        preview.preview(
            _KIND,
            file.name,
            (hash(file.content), tuple(given.items())),
            lambda portfolio, told: _own_rows(file, given, portfolio, told),
            _MANNER,
        )
    preview.last_import(_KIND)


def _given(key: str) -> Mapping[str, str]:
    """What holds for the whole file where it does not say so itself; a file of another name begins anew."""
    st.caption("Was für die ganze Datei gilt, wenn sie es nicht selbst sagt:")
    what, unit, day, kind, source = st.columns([2, 1, 1, 1.3, 2])
    said = {
        KENNZAHL: what.selectbox(
            "Kennzahl",
            current.of(_names),
            index=None,
            key=f"{key} {KENNZAHL}",
            persist_state="session",
            placeholder=_AS_SAID,
            help="Eine Kennzahl, die hier nicht steht, bitte zuerst unter »Selbst erfassen« anlegen.",
        ),
        EINHEIT: unit.text_input(
            "Einheit", key=f"{key} {EINHEIT}", persist_state="session", placeholder="z. B. Personen"
        ),
        STAND: day.text_input(
            "Stand", key=f"{key} {STAND}", persist_state="session", placeholder="z. B. 31.12.2025"
        ),
        VARIANTE: _VARIANTS.get(
            str(
                kind.selectbox(
                    "Art der Werte",
                    [_AS_SAID, *_VARIANTS],
                    key=f"{key} {VARIANTE}",
                    persist_state="session",
                    placeholder=_AS_SAID,
                )
            )
        ),
        QUELLE: source.text_input(
            "Quelle", key=f"{key} {QUELLE}", persist_state="session", placeholder="z. B. Landesamt"
        ),
    }
    return {name: each.strip() for name, each in said.items() if each and each.strip()}


def _names(portfolio: Portfolio) -> list[str]:
    """The recorded Kennzahlen, and those of the catalogue."""
    recorded = sorted(map(str, portfolio.indicators["name"]), key=str.casefold)
    known = {plain_name(name) for name in recorded}
    return [*recorded, *(each.name for each in USUAL if plain_name(each.name) not in known)]


def _own_rows(file: IncomingFile, given: Mapping[str, str], portfolio: Portfolio, told: WorkShare) -> Reading:
    """The rows that say something of own municipalities; all the others are only counted."""
    options = Options(lists=LINKS, today=current.today(), given=given, progress=told)
    found = limited.read_kind(_KIND, file, portfolio, options, told.waiting)
    own = tuple(row for row in found.rows if row.records or row.refusals or row.outside)
    return own_rows.of(replace(found, rows=own))
