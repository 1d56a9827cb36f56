"""The `steering` command. Exit 0: done, 1: refused (why, on stderr), 2: wrong usage."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from steering.analysis import dates
from steering.analysis.discretion import for_everyone
from steering.analysis.findings import findings
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, Scenario, View
from steering.cli import (
    backups,
    check,
    imports,
    minutes,
    persons,
    publish,
    remind,
    reports,
    transfer,
    variant,
)
from steering.exchange import calendar, finding_lists, output
from steering.model import ExtensionRule
from steering.model.german import count
from steering.model.vocabulary import word
from steering.storage import clock, publishing, reading, schema
from steering.storage.engine import PROJECT_ROOT, database_url
from steering.storage.problems import DatabaseRefused, StorageError
from steering.storage.rights import house
from steering.storage.tables import LINKS

_LONGEST_PATH = 200


def main(arguments: Sequence[str] | None = None) -> int:
    log_nowhere()
    asked = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A Windows console would else refuse some letters, and any would a name that is no UTF-8.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        done: int = asked.run(asked)
    except StorageError as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except OSError as problem:
        place = f"»{_short(str(problem.filename))}« " if problem.filename else "Eine Datei "
        reason = problem.strerror or "unbekannter Fehler"
        sys.stderr.write(
            f"{place}lässt sich nicht benutzen ({reason}). Bitte Name, Ordner und Rechte prüfen.\n"
        )
        return 1
    return done


def log_nowhere() -> None:
    """What the log of a server would keep is no answer on the command line."""
    logging.getLogger("steering").addHandler(logging.NullHandler())


def _short(path: str) -> str:
    return path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="steering", description="Die Datenbank der Steuerung von Hand.")
    commands = parser.add_subparsers(required=True, metavar="BEFEHL")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--database", metavar="URL", help="Adresse der Datenbank statt STEERING_DATABASE_URL")

    init = commands.add_parser("init", parents=[shared], help="die Datenbank anlegen")
    init.add_argument("--dataset", choices=schema.DATASETS, help="womit sie gefüllt wird")
    init.set_defaults(run=_init)
    check.add(commands, shared, _url)
    backups.add(commands, shared, _url, _dataset, clock.now)
    persons.add(
        commands, shared, lambda asked: schema.prepare(_url(asked), _dataset()), clock.now, _usual_issuer
    )
    for going_out in (remind, publish):
        going_out.add(
            commands,
            shared,
            lambda asked: schema.prepare(_url(asked), _dataset()),
            clock.today,
            clock.now,
            _day,
        )
    transfer.add(commands, lambda said: database_url({"STEERING_DATABASE_URL": said}))
    calendar_file = commands.add_parser("calendar", parents=[shared], help="alle Termine als Kalenderdatei")
    calendar_file.add_argument("out", metavar="OUT", type=Path)
    calendar_file.add_argument("--today", type=_day, metavar="DATE", help="der Tag, an dem gelesen wird")
    _add_administration(calendar_file)
    calendar_file.set_defaults(run=_calendar)
    _add_findings(
        commands.add_parser("findings", parents=[shared], help="alle Hinweise des Planungshorizonts")
    )
    imports.add(commands, shared, run=_import)
    _add_report(commands.add_parser("report", parents=[shared], help="ein Dokument für Word schreiben"))
    minutes.add(commands, shared, _day, run=_minutes)
    _add_export(commands.add_parser("export", parents=[shared], help="alles als Datei ausgeben"))
    return parser


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=output.KINDS, metavar="|".join(output.KINDS))
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="Stichtag der Karte, sonst heute")
    parser.add_argument("--today", type=_day, metavar="DATE", help="der Tag der Ausgabe, sonst heute")
    parser.add_argument("--scenario", type=_scenario, default=word(ExtensionRule.SECURED), metavar="S")
    variant.add(parser)
    parser.set_defaults(run=_export, first=None, last=None)


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", choices=reports.KINDS, help=", ".join(reports.KINDS))
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="Stichtag, sonst heute")
    variant.add(parser)
    _add_administration(parser)
    whole = {"today": None, "first": None, "last": None, "scenario": ExtensionRule.SECURED}
    parser.set_defaults(run=_report, **whole)


def _add_findings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="Stichtag für »läuft aus«, sonst heute")
    parser.add_argument(
        "--today", type=_day, metavar="DATE", help="der Tag, an dem gelesen wird, sonst heute"
    )
    parser.add_argument("--from", dest="first", type=_day, metavar="DATE", help="Beginn des Horizonts")
    parser.add_argument("--until", dest="last", type=_day, metavar="DATE", help="Ende des Horizonts")
    parser.add_argument("--scenario", type=_scenario, default=word(ExtensionRule.SECURED), metavar="S")
    variant.add(parser)
    parser.add_argument("--with-masterplan", action="store_true", help="mit den Wirkungen der Maßnahmen")
    _add_administration(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(run=_findings, refuse=parser.error)


def _add_administration(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--administration", action="store_true", help="mit Internem, nur für die Verwaltung; sonst für alle"
    )


def _for(asked: argparse.Namespace, portfolio: Portfolio) -> Portfolio:
    """The data for those whom a file is for: everybody, unless the administration is asked for."""
    return portfolio if asked.administration else for_everyone(portfolio)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"»{text}« ist kein Datum. Bitte als JJJJ-MM-TT angeben, z. B. 2026-12-31."
        ) from None


def _scenario(text: str) -> ExtensionRule:
    named = {word(rule): rule for rule in ExtensionRule}
    if text not in named:
        raise argparse.ArgumentTypeError(f"»{text}« ist kein Szenario. Bitte {', '.join(named)} angeben.")
    return named[text]


def _url(asked: argparse.Namespace) -> str:
    return database_url({"STEERING_DATABASE_URL": asked.database} if asked.database else os.environ)


def _dataset() -> str:
    return os.environ.get("STEERING_DATASET", "coburg")


def _portfolio(asked: argparse.Namespace) -> Portfolio:
    engine = schema.prepare(_url(asked), _dataset())
    try:
        return reading.portfolio(engine)
    finally:
        engine.dispose()


def _init(asked: argparse.Namespace) -> int:
    schema.prepare(_url(asked), asked.dataset or _dataset()).dispose()
    sys.stdout.write("Die Datenbank ist bereit.\n")
    return 0


def _calendar(asked: argparse.Namespace) -> int:
    wanted = dates.WantedDates(internal=asked.administration)
    today, now = asked.today or clock.today(), clock.now()
    engine = schema.prepare(_url(asked), _dataset())
    try:
        portfolio = reading.portfolio(engine)
        found = publishing.publish(engine, dates.dated(portfolio, today), wanted, today=today, now=now)
    finally:
        engine.dispose()
    if not found:
        sys.stdout.write("Es gibt keine Termine ab heute; es wurde keine Datei geschrieben.\n")
        return 0
    _write(asked.out, calendar.ics(found, portfolio.settings, now=now))
    sys.stdout.write(f"{count(len(found), 'Termin', 'Termine')} in »{asked.out}«.\n")
    return 0


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise DatabaseRefused(
            f"»{out}« ließ sich nicht schreiben ({error.strerror}). Bitte den Ordner prüfen."
        ) from error


def _usual_issuer() -> str:
    """The sign-in that this house has set up, as its settings name it; "" for none."""
    return house.usual_issuer(persons.sign_in_section(PROJECT_ROOT), os.environ)


def _import(asked: argparse.Namespace) -> int:
    now = clock.now()
    return imports.run(asked, _url(asked), _dataset(), now)


def _report(asked: argparse.Namespace) -> int:
    return _written(
        asked, lambda portfolio, *found: reports.report(asked.kind, _for(asked, portfolio), *found)
    )


def _export(asked: argparse.Namespace) -> int:
    return _written(
        asked,
        lambda portfolio, boundaries, view: output.made(asked.kind, portfolio, boundaries, view, LINKS),
    )


def _written(asked: argparse.Namespace, make: Callable[[Portfolio, pd.DataFrame, View], bytes]) -> int:
    """Write a file that rests on the data as one looks at them."""

    def from_database(engine: Engine) -> bytes:
        portfolio, boundaries = reading.portfolio(engine), reading.boundaries(engine)
        return make(portfolio, boundaries, _view(asked, portfolio))

    return _new_file(asked, from_database)


def _minutes(asked: argparse.Namespace) -> int:
    return _new_file(asked, lambda engine: minutes.written(engine, asked, asked.today or clock.today()))


def _new_file(asked: argparse.Namespace, make: Callable[[Engine], bytes]) -> int:
    """Write a file that is not there yet; somebody may be editing one that is."""
    if asked.out.exists():
        sys.stderr.write(f"»{asked.out}« gibt es schon. Bitte einen anderen Namen angeben.\n")
        return 1
    engine = schema.prepare(_url(asked), _dataset())
    try:
        content = make(engine)
    except minutes.NoRound as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    finally:
        engine.dispose()
    _write(asked.out, content)
    sys.stdout.write(f"Geschrieben: »{asked.out}«.\n")
    return 0


def _findings(asked: argparse.Namespace) -> int:
    if (asked.first is None) != (asked.last is None):
        asked.refuse("--from und --until bitte zusammen angeben.")
    if asked.first and asked.last < asked.first:
        asked.refuse("--until liegt vor --from.")
    portfolio = _for(asked, _portfolio(asked))
    view = _view(asked, portfolio)
    if asked.with_masterplan:
        if not plan.in_force(portfolio):
            sys.stderr.write(
                "Keine Maßnahme ist geplant, beschlossen oder läuft; gezeigt wird der Stand ohne.\n"
            )
        view = plan.with_masterplan(portfolio, view)
    found = finding_lists.rows(portfolio, findings(portfolio, view))
    match asked.format:
        case "json":
            sys.stdout.write(finding_lists.as_json(found))
        case "csv":
            sys.stdout.write(finding_lists.as_csv(found))
        case _:
            sys.stdout.write(finding_lists.as_table(portfolio, found))
    return 0


def _view(asked: argparse.Namespace, portfolio: Portfolio) -> View:
    today = asked.today or clock.today()
    usual = Horizon.as_set(portfolio.settings, today)
    horizon = Horizon(asked.first, asked.last) if asked.first else usual
    return View(asked.as_of or today, today, horizon, Scenario(asked.scenario), asked.zugang)
