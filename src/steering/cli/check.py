"""`steering check`: whether the data are sound."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from steering.cli import options
from steering.storage import checking, schema


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    check = commands.add_parser("check", parents=[shared], help="die Datenbank prüfen")
    check.set_defaults(run=lambda asked: _check(options.address(asked)))


def _check(url: str) -> int:
    problems = checking.problems(url)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if not problems:
        sys.stdout.write(f"In Ordnung: {schema.called(url)}.\n")
    return 1 if problems else 0
