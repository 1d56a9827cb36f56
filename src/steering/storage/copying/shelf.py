"""Where the program keeps the copies that it makes by itself, and what it notes of each.

The folder »sicherungen« beside the database: each copy under a name that says whose it is, why it was made
and when (UTC), and beside it a note of what was counted in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from steering.storage.copying import files
from steering.storage.copying.counting import Counted
from steering.storage.copying.pouring import copy_verified
from steering.storage.private_files import hand_over

FOLDER = "sicherungen"
HOURLY, IMPORT, RESTORE, MIGRATION = "stand", "vor-einlesen", "vor-einspielen", "vor-umstellung"
_NOTE = ".json"
_STAMP = "%Y%m%dT%H%M%S"
_NAMED = (
    rf"-(?P<why>{HOURLY}|{IMPORT}|{RESTORE}|{MIGRATION}-\w+)"
    rf"-(?P<moment>\d{{8}}T\d{{6}})Z?(?:-\d+)?\.db(?P<rest>{_NOTE}|{files.PART}(?:-journal)?|{_NOTE}{files.PART})?"
)


@dataclass(frozen=True, order=True)
class KeptCopy:
    """A copy that the program has made: when (UTC, as the history), why, and the file."""

    moment: datetime
    file: Path
    why: str

    @property
    def is_hourly(self) -> bool:
        return self.why == HOURLY


@dataclass(frozen=True)
class CopyNote:
    """What was noted when a copy was made: what was counted, and what tells that no byte has changed."""

    counted: Counted
    digest: str


def put_away(file: Path, why: str, moment: datetime, revision: str = "", *, again: bool = False) -> Path:
    """Copy a database into the folder, with a note. Raises OSError.

    `again`: in the place of one of the same name.
    """
    copy = new_name(file, why, moment, again=again)
    try:
        copy_verified(file, copy, revision, lambda made, counted: _write_note(copy, made, counted))
    except OSError:
        note_of(copy).unlink(missing_ok=True)
        raise
    hand_over(copy, copy.parent)
    return copy


def new_name(file: Path, why: str, moment: datetime, *, again: bool = False) -> Path:
    """A name in the folder, which is there then. Raises OSError."""
    shelf = made_folder(file)
    name = f"{file.stem}-{why}-{moment:{_STAMP}}Z"
    return shelf / f"{name}.db" if again else _free_name(shelf, name)


def folder(file: Path) -> Path:
    """Where the copies of a database are."""
    return file.with_name(FOLDER)


def made_folder(file: Path) -> Path:
    """The same, which is there then. Raises OSError."""
    shelf = folder(file)
    if not shelf.exists():
        shelf.mkdir(mode=0o700, exist_ok=True)
        hand_over(shelf, file)
    return shelf


def found(file: Path) -> list[KeptCopy]:
    """The copies of a database that are there, the latest first. Raises OSError."""
    return sorted((copy for copy, rest in _ours(file) if not rest), reverse=True)


def left_over(file: Path) -> list[tuple[datetime, Path]]:
    """What is of no copy: broken off while it was made, or the note of one that is gone. Raises OSError."""
    return [
        (copy.moment, copy.file)
        for copy, rest in _ours(file)
        if rest
        and (files.PART in rest or not copy.file.with_name(copy.file.name.removesuffix(rest)).exists())
    ]


def last_changed(file: Path) -> datetime:
    """When a database was written to last (UTC, without a zone)."""
    parts = [part for part in (file, file.with_name(file.name + "-wal")) if part.exists()]
    return datetime.fromtimestamp(max(part.stat().st_mtime for part in parts), UTC).replace(tzinfo=None)


def note_of(copy: Path) -> Path:
    """The file with the note of a copy."""
    return copy.with_name(copy.name + _NOTE)


def read_note(copy: Path) -> CopyNote | None:
    """What was noted of a copy; None where nothing was, or where it is not readable."""
    try:
        noted = json.loads(files.read(note_of(copy)))
        return CopyNote(
            {str(name): float(value) for name, value in noted["counted"].items()}, noted["digest"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _free_name(shelf: Path, name: str) -> Path:
    """A name for a database that nothing there has yet."""
    copy, number = shelf / f"{name}.db", 1
    while copy.exists():
        number += 1
        copy = shelf / f"{name}-{number}.db"
    return copy


def _write_note(copy: Path, made: Path, counted: Counted) -> None:
    files.write(note_of(copy), json.dumps(asdict(CopyNote(counted, files.digest(made))), indent=1).encode())


def _ours(file: Path) -> list[tuple[KeptCopy, str]]:
    """What the program has made in the folder, by its name; everything else in it is somebody's."""
    shelf, pattern = folder(file), re.compile(re.escape(file.stem) + _NAMED)
    if not shelf.is_dir():
        return []
    read = [(path, pattern.fullmatch(path.name)) for path in shelf.iterdir() if path.is_file()]
    return [
        (KeptCopy(moment, path, match["why"]), match["rest"] or "")
        for path, match in read
        if match and (moment := _moment(match["moment"]))
    ]


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=None)  # noqa: DTZ007
    except ValueError:
        return None
