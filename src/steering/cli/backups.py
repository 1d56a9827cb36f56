"""`steering backup`, `drill` and `restore`: the data put away, tried out, and taken back."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from steering.cli import options
from steering.model.german import ago, count, euro, moment_in_words, number
from steering.storage import clock, schema
from steering.storage.backups import copies, drilling, restoring
from steering.storage.copying.counting import Counted
from steering.storage.problems import DatabaseRefused


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the commands."""
    backup = commands.add_parser("backup", parents=[shared], help="eine Sicherung schreiben")
    backup.add_argument(
        "out", metavar="OUT", type=Path, nargs="?", help="wohin; ohne Angabe die Sicherung dieser Stunde"
    )
    backup.set_defaults(run=_backup)
    drill = commands.add_parser("drill", parents=[shared], help="die neueste Sicherung probeweise einspielen")
    drill.set_defaults(run=lambda asked: _drill(options.address(asked), clock.now()))
    restore = commands.add_parser("restore", parents=[shared], help="eine Sicherung einspielen")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument(
        "--yes", action="store_true", help="ohne Rückfrage, auch wenn sie von einem anderen Landkreis ist"
    )
    restore.set_defaults(run=_restore)


def _backup(asked: argparse.Namespace) -> int:
    url = options.address(asked)
    if asked.out is None:
        return _hourly(url, clock.now())
    copies.backup(url, options.dataset(), asked.out)
    sys.stdout.write(f"Gesichert in »{asked.out}«.\n")
    return 0


def _hourly(url: str, now: datetime) -> int:
    found = copies.hourly(url, now)
    said = "Gesichert in" if found.is_new else "Von dieser Stunde gibt es schon eine Sicherung:"
    sys.stdout.write(f"{said} »{found.file}«.\n")
    return 0


def _drill(url: str, now: datetime) -> int:
    tried = drilling.drill(url, now)
    sys.stdout.write(
        f"Die neueste Sicherung »{tried.copy.file.name}« ist vom {moment_in_words(tried.copy.moment)} "
        f"({ago(tried.copy.moment, now)}) und ließ sich einspielen. {_inside(tried.counted)} "
        "Alles stimmt mit dem überein, was beim Sichern gezählt wurde.\n"
    )
    return 0


def _inside(counted: Counted) -> str:
    rows = sum(value for name, value in counted.items() if "." not in name)
    return (
        f"Darin: {number(rows, 0)} Zeilen, "
        f"{count(int(counted.get('structure', 0)), 'Struktur', 'Strukturen')}, "
        f"{count(int(counted.get('funding', 0)), 'Förderung', 'Förderungen')} über "
        f"{euro(counted.get('funding.amount_cents', 0))} und {number(counted.get('funding.fte', 0))} VZÄ."
    )


def _restore(asked: argparse.Namespace) -> int:
    url, file = options.address(asked), asked.file
    with restoring.opened(file) as backup:
        present = restoring.present_district(url)
        if present and present.is_another(backup.district) and not asked.yes:
            _ask(f"Die Sicherung »{file}« ist von: {backup.district}. Die Datenbank ist von: {present}.")
        kept = restoring.put_in_place(url, backup, clock.now())
    sys.stdout.write(
        f"»{file}« ({backup.district}) ist eingespielt. Die Daten liegen in {schema.called(url)}.\n"
    )
    if kept:
        sys.stdout.write(f"Der Stand davor ({present}) liegt in »{kept}«.\n")
    return 0


def _ask(what: str) -> None:
    """Go on only where somebody says so; a script says it beforehand. Raises DatabaseRefused."""
    if sys.stdin.isatty():
        sys.stderr.write(f"{what}\nTrotzdem einspielen? [j/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() in ("j", "ja"):
            return
        raise DatabaseRefused("Eingespielt wurde nichts.")
    raise DatabaseRefused(f"{what} Eingespielt wurde nichts. Ist das gewollt, bitte --yes angeben.")
