"""`steering findings`: all findings of the planning horizon."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from steering.analysis.findings import findings
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.cli import options
from steering.exchange import finding_lists
from steering.storage import reading


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("findings", parents=[shared], help="alle Hinweise des Planungshorizonts")
    parser.add_argument(
        "--as-of", type=options.day, metavar="DATE", help="Stichtag für »läuft aus«, sonst heute"
    )
    parser.add_argument(
        "--today", type=options.day, metavar="DATE", help="der Tag, an dem gelesen wird, sonst heute"
    )
    parser.add_argument("--from", dest="first", type=options.day, metavar="DATE", help="Beginn des Horizonts")
    parser.add_argument("--until", dest="last", type=options.day, metavar="DATE", help="Ende des Horizonts")
    options.add_scenario(parser)
    options.add_variant(parser)
    parser.add_argument("--with-masterplan", action="store_true", help="mit den Wirkungen der Maßnahmen")
    options.add_administration(parser)
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.set_defaults(run=_findings, refuse=parser.error)


def _findings(asked: argparse.Namespace) -> int:
    if (asked.first is None) != (asked.last is None):
        asked.refuse("--from und --until bitte zusammen angeben.")
    if asked.first and asked.last < asked.first:
        asked.refuse("--until liegt vor --from.")
    portfolio = options.for_whom(asked, _portfolio(asked))
    view = options.view(asked, portfolio)
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


def _portfolio(asked: argparse.Namespace) -> Portfolio:
    engine = options.opened(asked)
    try:
        return reading.portfolio(engine)
    finally:
        engine.dispose()
