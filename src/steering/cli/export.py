"""`steering export`: everything as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from steering.cli import files, options
from steering.exchange import output
from steering.storage import reading
from steering.storage.tables import LINKS


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("export", parents=[shared], help="alles als Datei ausgeben")
    parser.add_argument("kind", choices=output.KINDS, metavar="|".join(output.KINDS))
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--as-of", type=options.day, metavar="DATE", help="Stichtag der Karte, sonst heute")
    parser.add_argument("--today", type=options.day, metavar="DATE", help="der Tag der Ausgabe, sonst heute")
    options.add_scenario(parser)
    options.add_variant(parser)
    parser.set_defaults(run=_export, first=None, last=None)


def _export(asked: argparse.Namespace) -> int:
    def made(engine: Engine) -> bytes:
        portfolio, boundaries = reading.portfolio(engine), reading.boundaries(engine)
        return output.made(asked.kind, portfolio, boundaries, options.view(asked, portfolio), LINKS)

    return files.new_file(asked, made)
