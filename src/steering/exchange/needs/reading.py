"""A file with needs: the answered workbook of a survey of needs, or a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.lists import spreadsheets
from steering.exchange.needs.columns import NeedPart, NeedTable, need_tables
from steering.exchange.needs.judging import judged
from steering.exchange.needs.known import KnownRecords
from steering.exchange.needs.rows import NeedReader, NeedRow
from steering.exchange.surveys import reading as survey
from steering.exchange.surveys.doubts import Usual
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.grids import grids
from steering.model.german import listing

FIXABLE = ("aufgabe", "gebiet", "zielgruppen", "einheit", "quelle")
"""What may be said once for all rows of a list of needs, as the command line calls it."""


def read(
    file: IncomingFile, portfolio: Portfolio, lists: Lists, today: date, given: Mapping[str, str]
) -> Reading:
    """The needs of a list, or the answers of a survey's workbook, read as on the page. Raises FileRefused."""
    if file.is_zip and survey.is_answer(found := grids(file)):
        return survey.read(file, portfolio, lists, today, found=found).reading
    sheets = spreadsheets.grids(file)
    tables = [table for grid in sheets if grid.rows for table in need_tables(grid)]
    tables = [each for each in tables if NeedPart.TASK in each.heading or given.get("aufgabe")]
    if not tables:
        raise file.refused(
            "ist weder eine Antwort auf eine Bedarfserhebung noch eine Liste von Bedarfen. Bitte eine Zeile "
            "mit Überschriften ergänzen: »Aufgabe«, »Gebiet«, »Für wen«, »Menge«, »Einheit«, »von« und »bis«."
        )
    if missing := _missing(tables, given):
        raise file.refused(missing)
    return _read(file, portfolio, today, given, tables)


def _missing(tables: list[NeedTable], given: Mapping[str, str]) -> str:
    place = {NeedPart.AGS, NeedPart.AREA}
    if given.get("gebiet") or all(place & each.heading.keys() for each in tables):
        return ""
    return (
        "sagt nicht, wo etwas gebraucht wird. Bitte eine Spalte »Gebiet« oder »Gemeinde« ergänzen, oder das "
        "Gebiet für die ganze Datei angeben (auf der Kommandozeile --set gebiet=…)."
    )


def _read(
    file: IncomingFile, portfolio: Portfolio, today: date, given: Mapping[str, str], tables: list[NeedTable]
) -> Reading:
    records, usual = KnownRecords(portfolio), Usual(portfolio)
    last = date(today.year + int(portfolio.settings["horizon_years_ahead"]), 12, 31)
    rows: list[NeedRow] = []
    notes: list[str] = []
    for table in tables:
        reader = NeedReader(file.name, table, records, usual, today, last, given)
        rows += [reader.row(number, cells) for number, cells in table.table.rows]
        notes += [*table.table.notes, *reader.notes()]
        if table.unread:
            notes.append(f"Nicht gelesen: {listing([f'»{each}«' for each in table.unread], 9)}.")
    return Reading(tuple(judged(rows, records, today)), tuple(dict.fromkeys(notes)))
