"""A backup tried out: restored beside the data, counted, and compared with what was noted of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from steering.storage.backups import copies, restoring
from steering.storage.copying import files, shelf, thinning
from steering.storage.copying.counting import Counted, count_file, differences
from steering.storage.copying.shelf import KeptCopy
from steering.storage.problems import DatabaseRefused


@dataclass(frozen=True)
class Drill:
    """When a copy was tried out, which one, and what was wrong with it; "" where nothing was."""

    at: datetime
    copy: str
    problem: str = ""


@dataclass(frozen=True)
class Tried:
    """A copy that was found whole, and what is in it."""

    copy: KeptCopy
    counted: Counted


def drill(url: str, now: datetime) -> Tried:
    """Restore the newest copy into a database of its own and compare; nothing is left but that it was done.

    Raises DatabaseRefused with what is wrong.
    """
    copy = thinning.newest(copies.kept(url), now)
    if copy is None:
        raise DatabaseRefused("Es gibt noch keine Sicherung. Bitte mit »steering backup« eine anlegen.")
    try:
        tried = Tried(copy, _tried(copy, now))
    except DatabaseRefused as problem:
        _remember(url, Drill(now, copy.file.name, str(problem)))
        raise
    _remember(url, Drill(now, copy.file.name))
    return tried


def last(url: str) -> Drill | None:
    """When a copy was tried out last; None where that is not known."""
    try:
        said = json.loads(files.read(_record(url)))
        return Drill(datetime.fromisoformat(said["at"]), str(said["copy"]), str(said["problem"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _tried(copy: KeptCopy, now: datetime) -> Counted:
    name = f"»{copy.file.name}«"
    noted = shelf.read_note(copy.file)
    if noted is None:
        raise DatabaseRefused(
            f"Zu {name} ist nicht festgehalten, was darin gezählt wurde. "
            "Bitte mit »steering backup« eine neue Sicherung anlegen."
        )
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = Path(folder) / "probe.db"
        # Its own checks and steps: what is tried is what would be done on a bad day.
        with restoring.opened(copy.file, copy.file.name) as backup:
            restoring.put_in_place(f"sqlite:///{scratch.as_posix()}", backup, now)
            found = count_file(scratch if backup.was_current else copy.file)
    if wrong := differences(noted.counted, found):
        raise DatabaseRefused(
            f"{name} hält nicht, was beim Sichern festgehalten wurde: {restoring.listed(wrong)} "
            "Bitte eine neue Sicherung anlegen und den Datenträger prüfen."
        )
    return found


def _remember(url: str, drill: Drill) -> None:
    said = {"at": drill.at.isoformat(), "copy": drill.copy, "problem": drill.problem}
    try:
        files.write(_record(url), json.dumps(said, indent=1).encode())
    except OSError as error:
        raise DatabaseRefused(
            f"Dass die Sicherung geprüft wurde, ließ sich nicht festhalten ({error.strerror}). "
            "Bitte Schreibrechte und freien Platz prüfen."
        ) from error


def _record(url: str) -> Path:
    file = copies.file_of(url)
    return shelf.folder(file) / f"{file.stem}-probe.json"
