"""The `steering` command. Exit 0: done, 1: refused (why, on stderr), 2: wrong usage."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

from steering.storage.problems import StorageError

_LONGEST_PATH = 200
# The commands in the order of the help, each with the module that adds it: who asks for one waits for what
# that one needs, not for the libraries of all.
_MODULES = {
    "init": "init",
    "check": "check",
    "backup": "backups",
    "drill": "backups",
    "restore": "backups",
    "grant": "persons",
    "persons": "persons",
    "remind": "remind",
    "publish": "publish",
    "copy": "transfer",
    "calendar": "calendar",
    "findings": "findings",
    "import": "imports",
    "report": "reports",
    "minutes": "minutes",
    "export": "export",
}


def main(arguments: Sequence[str] | None = None) -> int:
    log_nowhere()
    said = sys.argv[1:] if arguments is None else arguments
    asked = _parser([said[0]] if said and said[0] in _MODULES else _MODULES).parse_args(said)
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


def _parser(wanted: Iterable[str] = tuple(_MODULES)) -> argparse.ArgumentParser:
    """What understands these commands, and those of the same modules."""
    parser = argparse.ArgumentParser(prog="steering", description="Die Datenbank der Steuerung von Hand.")
    commands = parser.add_subparsers(required=True, metavar="BEFEHL")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--database", metavar="URL", help="Adresse der Datenbank statt STEERING_DATABASE_URL")
    for module in dict.fromkeys(_MODULES[name] for name in wanted):
        import_module(f"steering.cli.{module}").add(commands, shared)
    return parser
