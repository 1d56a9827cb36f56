"""Files that a command writes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from steering.cli import options
from steering.storage.copying.files import PART
from steering.storage.problems import DatabaseRefused


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
    """Write a file as a whole, or refuse in words: what is there before stays until then."""
    partial = out.with_name(out.name + PART)
    try:
        partial.write_bytes(content)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise DatabaseRefused(
            f"»{out}« ließ sich nicht schreiben ({error.strerror}). Bitte den Ordner prüfen."
        ) from error
