"""`steering report`: the Sitzungsvorlage about the whole, or the Masterplan, as a Word file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from steering.analysis.paper.draft import compose, draft
from steering.analysis.paper.facts import facts
from steering.analysis.paper.subjects import PaperSubject
from steering.analysis.paper.whole_plan import masterplan
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.charts.paper_pictures import as_vega, drawings
from steering.cli import files, options
from steering.exchange import pictures, word
from steering.model import ExtensionRule
from steering.storage import reading

KINDS = ("sitzungsvorlage", "masterplan")


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("report", parents=[shared], help="ein Dokument für Word schreiben")
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--as-of", type=options.day, metavar="DATE", help="Stichtag, sonst heute")
    options.add_variant(parser)
    options.add_administration(parser)
    parser.set_defaults(run=_report, today=None, first=None, last=None, scenario=ExtensionRule.SECURED)


def _report(asked: argparse.Namespace) -> int:
    pictures.get_ready()

    def made(engine: Engine) -> bytes:
        portfolio, boundaries = reading.portfolio(engine), reading.boundaries(engine)
        view = options.view(asked, portfolio)
        return report(asked.kind, options.for_whom(asked, portfolio), boundaries, view)

    return files.new_file(asked, made)


def report(kind: str, portfolio: Portfolio, boundaries: pd.DataFrame, view: View) -> bytes:
    """The Word file of a kind."""
    found = facts(portfolio, view, PaperSubject(), kind == "masterplan")
    images = pictures.all_as_png(as_vega(drawings(found, boundaries)))
    shown = images.keys()
    whole = kind == "masterplan"
    document = masterplan(found, shown) if whole else compose(found, draft(found), pictures=shown)
    return word.write_numbered(document, images)
