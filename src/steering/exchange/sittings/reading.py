"""A calendar of sittings in whatever form it came, as rows to be compared with what is recorded."""

from __future__ import annotations

from datetime import date

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.lists import spreadsheets
from steering.exchange.sittings import ical, oparl, tables, web_pages
from steering.exchange.sittings.committees import Committees
from steering.exchange.sittings.found import FoundCalendar
from steering.exchange.sittings.rows import SittingRows

_HELP = (
    "enthält keine Sitzungstermine. Bitte eine Datei als iCalendar (ICS), eine Tabelle mit Datum und Gremium "
    "(XLSX, CSV, HTML) oder OParl (JSON) angeben."
)


def read(file: IncomingFile, portfolio: Portfolio, today: date) -> Reading:
    """The sittings of recorded committees; those of others are set apart and named.

    Raises FileRefused for a file that is none of the forms, or in which nothing is a sitting.
    """
    committees = Committees(portfolio)
    return SittingRows(file.name, portfolio, committees, today).reading(_calendar(file, committees, today))


def _calendar(file: IncomingFile, committees: Committees, today: date) -> FoundCalendar:
    if ical.is_calendar(file.content):
        return ical.read(file, today)
    if oparl.is_json(file.content):
        return oparl.read(file)
    found = _table(file, committees)
    if not found.sittings:
        raise file.refused(_HELP)
    return found


def _table(file: IncomingFile, committees: Committees) -> FoundCalendar:
    """The sheet with most sittings, or the page."""

    def known(title: str) -> bool:
        return committees.known(title) is not None

    if not file.is_zip and web_pages.is_page(file.content):
        rows, links = web_pages.rows(file)
        return tables.read(rows, known, links)
    sheets = [sheet for sheet in spreadsheets.grids(file) if sheet.rows]
    read_sheets = [tables.read(sheet.rows, known) for sheet in sheets]
    most = max(read_sheets, key=lambda each: len(each.sittings), default=FoundCalendar(()))
    notes = [note for sheet in sheets for note in sheet.notes]
    return FoundCalendar(most.sittings, (*notes, *most.notes))
