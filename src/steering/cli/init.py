"""`steering init`: a database, ready to be used."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from steering.cli import options
from steering.storage import schema


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    init = commands.add_parser("init", parents=[shared], help="die Datenbank anlegen")
    init.add_argument("--dataset", choices=schema.DATASETS, help="womit sie gefüllt wird")
    init.set_defaults(run=_init)


def _init(asked: argparse.Namespace) -> int:
    url = options.address(asked)
    schema.prepare(url, asked.dataset or options.dataset()).dispose()
    sys.stdout.write(f"Bereit: {schema.called(url)}.\n")
    return 0
