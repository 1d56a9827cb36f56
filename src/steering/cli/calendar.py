"""`steering calendar`: all dates as a file for calendars."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from steering.analysis import dates
from steering.cli import files, options
from steering.exchange import calendar
from steering.model.german import count
from steering.storage import clock, publishing, reading


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("calendar", parents=[shared], help="alle Termine als Kalenderdatei")
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--today", type=options.day, metavar="DATE", help="der Tag, an dem gelesen wird")
    options.add_administration(parser)
    parser.set_defaults(run=_calendar)


def _calendar(asked: argparse.Namespace) -> int:
    wanted = dates.WantedDates(internal=asked.administration)
    today, now = options.today(asked), clock.now()
    engine = options.opened(asked)
    try:
        portfolio = reading.portfolio(engine)
        found = publishing.publish(engine, dates.dated(portfolio, today), wanted, today=today, now=now)
    finally:
        engine.dispose()
    if not found:
        sys.stdout.write("Es gibt keine Termine ab heute; es wurde keine Datei geschrieben.\n")
        return 0
    files.write(asked.out, calendar.ics(found, portfolio.settings, now=now))
    sys.stdout.write(f"{count(len(found), 'Termin', 'Termine')} in »{asked.out}«.\n")
    return 0
