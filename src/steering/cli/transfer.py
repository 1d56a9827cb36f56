"""`steering copy`: the whole database into another one, from SQLite to PostgreSQL or back."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from steering.model.german import count
from steering.storage import transfer
from steering.storage.engine import database_url


def add(commands: Any, _shared: argparse.ArgumentParser) -> None:
    """Add the command, which names two databases of its own."""
    copy = commands.add_parser("copy", help="alles in eine andere, leere Datenbank kopieren")
    copy.add_argument("source", metavar="SOURCE", help="Adresse der Datenbank, aus der kopiert wird")
    copy.add_argument("target", metavar="TARGET", help="Adresse der leeren Datenbank, in die kopiert wird")
    copy.set_defaults(run=lambda asked: _copy(_address(asked.source), _address(asked.target)))


def _address(said: str) -> str:
    return database_url({"STEERING_DATABASE_URL": said})


def _copy(source: str, target: str) -> int:
    done = transfer.copy(source, target)
    sys.stdout.write(
        f"Kopiert und verglichen: {count(done.rows, 'Zeile', 'Zeilen')} in "
        f"{count(done.tables, 'Tabelle', 'Tabellen')}. Die Quelle ist unverändert.\n"
    )
    return 0
