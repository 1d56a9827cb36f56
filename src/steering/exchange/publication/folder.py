"""Files put into a folder that others read meanwhile: nothing old stays, nothing foreign is touched.

Safe when killed at any moment: each file is whole, old or new, and the next run ends as if nothing had been.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

MANIFEST = "verzeichnis-dateien.json"
"""Lists the files of ours that may be in the folder: there before any of them, shorter once they are gone."""
_ABOUT = "Nur diese Dateien ersetzt und entfernt die Veröffentlichung des Angebotsverzeichnisses."
LOCK = ".verzeichnis-schreibt"
"""Held by the run that writes, so that no other makes a list of files from what it is changing; stays."""
LOCK_SECONDS = 10
_UNFINISHED = ".unfertig"
_LAST = "index.html"


class FolderRefused(Exception):
    """Nothing can be published there, or not all of it; the sentence says why and what to do."""


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """Have the folder hold these files (path below it with `/` → content) beside those that are not ours.

    Files that are as they should be are left alone. One run at a time: another waits LOCK_SECONDS for it.
    Raises FolderRefused.
    """
    strange = [path for path in files if not _is_below(path)]
    if strange:
        raise ValueError(f"not a path below a folder: {strange[0]}")
    try:
        _refuse_before_locking(out, files)
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / LOCK, timeout=LOCK_SECONDS):
            _write(out, files)
    except Timeout as trouble:
        raise FolderRefused(
            f"In den Ordner »{out}« wird gerade schon veröffentlicht. Bitte einen Augenblick warten und dann "
            "noch einmal veröffentlichen."
        ) from trouble
    except OSError as trouble:
        where = trouble.filename or out
        raise FolderRefused(
            f"»{where}« kann nicht geschrieben werden ({trouble.strerror or trouble}). Bitte prüfen, ob der "
            "Ordner erreichbar ist, Platz hat und beschrieben werden darf; dann noch einmal veröffentlichen."
        ) from trouble


def places(out: Path, files: Iterable[str]) -> list[Path]:
    """The folder and all that a run makes in it: for whoever asks whose they are."""
    below = {parent for path in files for parent in PurePosixPath(path).parents if parent.parts}
    return [out, out / LOCK, out / MANIFEST, *(out / path for path in sorted({*map(str, below), *files}))]


def _refuse_before_locking(out: Path, files: Iterable[str]) -> None:
    """Refuse what is not ours before there is a lock in it; where there is one, only its holder can tell."""
    try:
        _refuse_foreign(out, files, _ours(out))
    except FolderRefused:
        if not (out / LOCK).exists():
            raise


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    before = _ours(out)
    _refuse_foreign(out, files, before)
    possible = {*before, *files}
    # What a run that was killed was writing.
    for path in (MANIFEST, *possible):
        _unfinished(out / path).unlink(missing_ok=True)
    _list(out, possible)
    # The first page comes last: it leads to no page that is not there yet.
    for path in sorted(files, key=lambda path: (path == _LAST, path)):
        _make_folders(out, PurePosixPath(path))
        _put(out / path, files[path])
    for path in sorted(set(before) - set(files)):
        (out / path).unlink(missing_ok=True)
        _tidy(out, PurePosixPath(path).parent)
    _list(out, files)


def _ours(out: Path) -> list[str]:
    """The paths that the manifest lists; none where there is nothing yet."""
    if not out.exists():
        return []
    if not out.is_dir():
        raise FolderRefused(f"»{out}« ist kein Ordner. Bitte einen Ordner für das Verzeichnis angeben.")
    if not (out / MANIFEST).is_file():
        passing = {out / LOCK, _unfinished(out / MANIFEST)}
        if any(path not in passing for path in out.iterdir()):
            raise FolderRefused(
                f"Der Ordner »{out}« ist nicht leer und enthält kein früher veröffentlichtes Verzeichnis. "
                "Bitte einen leeren oder neuen Ordner angeben."
            )
        return []
    try:
        listed = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["dateien"]
        sound = isinstance(listed, list) and all(map(_is_below, listed))
    except (ValueError, TypeError, KeyError):
        sound = False
    if not sound:
        raise FolderRefused(
            f"»{out / MANIFEST}« ist beschädigt; daher ist nicht sicher, welche Dateien ersetzt werden "
            "dürfen. Bitte in einen leeren Ordner veröffentlichen."
        )
    return list(listed)


def _refuse_foreign(out: Path, files: Iterable[str], ours: Iterable[str]) -> None:
    for path in sorted(set(files) - set(ours)):
        if (out / path).exists():
            raise FolderRefused(
                f"Im Ordner »{out}« liegt schon eine fremde Datei »{path}«, wo das Verzeichnis eine "
                "schreiben muss. Bitte sie umbenennen oder einen anderen Ordner angeben."
            )


def _is_below(path: object) -> bool:
    """Whether a path stays within the folder, on every system, and is none that is used while writing."""
    if not isinstance(path, str) or not path or any(sign in path for sign in '\\:*?"<>|\0'):
        return False
    parts = path.split("/")
    return all(part not in ("", ".", "..") for part in parts) and path not in (MANIFEST, LOCK)


def _list(out: Path, paths: Iterable[str]) -> None:
    said = {"hinweis": _ABOUT, "dateien": sorted(paths)}
    _put(out / MANIFEST, json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n")


def _is(target: Path, content: bytes) -> bool:
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return False


def _put(target: Path, content: bytes) -> None:
    """Have a file hold this; one that does is left as it is."""
    if _is(target, content):
        return
    unfinished = _unfinished(target)
    unfinished.write_bytes(content)
    # The program may run where what it writes is for itself only; this is for a web server of another user.
    unfinished.chmod(0o644)
    unfinished.replace(target)


def _make_folders(out: Path, path: PurePosixPath) -> None:
    """Make the folders in which a file is, for everyone to look into."""
    for folder in reversed(path.parents):
        if not (out / folder).is_dir():
            (out / folder).mkdir()
            (out / folder).chmod(0o755)


def _unfinished(target: Path) -> Path:
    return target.with_name(target.name + _UNFINISHED)


def _tidy(out: Path, folder: PurePosixPath) -> None:
    """Remove folders in which nothing is left."""
    while folder.parts:
        there = out / folder
        if not there.is_dir() or any(there.iterdir()):
            return
        there.rmdir()
        folder = folder.parent
