"""Files that a command writes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from steering.cli import options
from steering.storage.copying import files as copying
from steering.storage.problems import DatabaseRefused

_FOR_ALL = 0o666


def new_file(asked: argparse.Namespace, make: Callable[[Engine], bytes]) -> int:
    """Write a file that is not there yet; somebody may be editing one that is."""
    if asked.out.exists():
        sys.stderr.write(f"»{asked.out}« gibt es schon. Bitte einen anderen Namen angeben.\n")
        return 1
    engine = options.opened(asked)
    try:
        content = make(engine)
    finally:
        engine.dispose()
    write(asked.out, content)
    sys.stdout.write(f"Geschrieben: »{asked.out}«.\n")
    return 0


def write(out: Path, content: bytes) -> None:
    """Write a file as a whole, or refuse in words: what is there before stays until then.

    What is no file, such as a pipe, is written into: another in its place would take it away from the system.
    """
    try:
        if out.exists() and not out.is_file():
            out.write_bytes(content)
        else:
            copying.write(out.resolve(), content, mode=_FOR_ALL)
    except OSError as error:
        raise DatabaseRefused(
            f"»{out}« ließ sich nicht schreiben ({error.strerror}). Bitte den Ordner prüfen."
        ) from error
