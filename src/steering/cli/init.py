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
    schema.prepare(options.address(asked), asked.dataset or options.dataset()).dispose()
    sys.stdout.write("Die Datenbank ist bereit.\n")
    return 0
