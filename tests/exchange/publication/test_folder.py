"""A folder of published files: always whole, nothing old in it, nothing foreign touched."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from steering.exchange.publication import folder as public_folder
from steering.exchange.publication.folder import LOCK, MANIFEST, FolderRefused, write

OLD = {"index.html": b"old", "angebote/1.html": b"one", "angebote/2.html": b"two", "alt/alt.html": b"gone"}
NEW = {"index.html": b"new", "angebote/1.html": b"one", "angebote/3.html": b"three", "neu/neu.html": b"come"}
FOREIGN = {"robots.txt": b"mine", "alt/eigenes.txt": b"mine"}
OPERATIONS = ("write_bytes", "replace", "unlink", "rmdir", "mkdir")


class Killed(BaseException):
    """As if the process had gone away."""


def content(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def published(folder):
    return {path: each for path, each in content(folder).items() if path not in (MANIFEST, LOCK)}


def fill(folder, files):
    for path, each in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(each)


def test_files_come_change_and_go_and_empty_folders_with_them(tmp_path):
    out = tmp_path / "weit" / "unten"
    write(out, OLD)
    assert published(out) == OLD
    fill(out, FOREIGN)
    write(out, NEW)
    assert published(out) == NEW | FOREIGN
    (out / "alt" / "eigenes.txt").unlink()
    (out / "alt").rmdir()
    write(out, {})
    assert published(out) == {"robots.txt": b"mine"}
    assert [path for path in out.iterdir() if path.is_dir()] == []


def test_what_is_as_it_should_be_is_not_written_again(tmp_path):
    write(tmp_path, OLD)
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*.html")}
    write(tmp_path, OLD | {"index.html": b"new"})
    changed = [path.name for path in before if path.stat().st_ino != before[path]]
    assert changed == ["index.html"]


def test_a_file_of_ours_that_somebody_changed_is_mended(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "index.html").write_bytes(b"bad")
    write(tmp_path, OLD)
    assert published(tmp_path) == OLD


def test_a_run_that_was_killed_anywhere_is_ended_by_the_next_one(tmp_path, monkeypatch):
    aim = tmp_path / "aim"
    write(aim, NEW)
    steps = 0
    while True:
        out = tmp_path / str(steps)
        write(out, OLD)
        fill(out, FOREIGN)
        if ended := _killed_at(steps, out, monkeypatch):
            break
        torn = {path for path, each in published(out).items() if path in OLD | NEW
                and each not in (OLD.get(path), NEW.get(path))}  # fmt: skip
        assert torn == set()
        write(out, NEW)
        assert content(out) == content(aim) | FOREIGN, steps
        steps += 1
    assert ended
    assert steps > len(NEW)


def test_a_first_run_that_was_killed_is_ended_by_the_next_one(tmp_path, monkeypatch):
    steps = 0
    while not _killed_at(steps, out := tmp_path / str(steps), monkeypatch):
        write(out, NEW)
        assert published(out) == NEW, steps
        steps += 1
    assert steps > len(NEW)


def _killed_at(step, out, monkeypatch):
    """Whether writing the new files ends before so many operations; the last write is half done."""
    left = [step]

    def dying(name, real):
        def operation(path, *arguments, **named):
            if left[0] == 0:
                if name == "write_bytes":
                    real(path, arguments[0][:1])
                raise Killed
            left[0] -= 1
            return real(path, *arguments, **named)

        return operation

    with monkeypatch.context() as patched:
        for name in OPERATIONS:
            patched.setattr(Path, name, dying(name, getattr(Path, name)))
        try:
            write(out, NEW)
        except Killed:
            return False
    return True


def test_a_folder_that_holds_something_else_is_refused_and_left_as_it_is(tmp_path):
    fill(tmp_path, {"brief.txt": b"mine"})
    with pytest.raises(
        FolderRefused, match="nicht leer und enthält kein früher veröffentlichtes Verzeichnis"
    ):
        write(tmp_path, NEW)
    assert content(tmp_path) == {"brief.txt": b"mine"}


def test_a_foreign_file_where_one_of_ours_would_be_is_refused(tmp_path):
    write(tmp_path, OLD)
    fill(tmp_path, {"neu/neu.html": b"mine"})
    before = content(tmp_path)
    with pytest.raises(FolderRefused, match=r"fremde Datei »neu/neu\.html«"):
        write(tmp_path, NEW)
    assert content(tmp_path) == before


@pytest.mark.parametrize(
    "said", [b"", b"[]", b'{"dateien": "abc"}', b'{"dateien": ["../fremd.txt"]}', b"\xff"]
)
def test_a_list_that_cannot_be_trusted_is_refused(tmp_path, said):
    out = tmp_path / "out"
    fill(tmp_path, {"fremd.txt": b"mine", f"out/{MANIFEST}": said})
    with pytest.raises(FolderRefused, match="beschädigt"):
        write(out, {})
    assert (tmp_path / "fremd.txt").exists()


def test_what_the_system_refuses_is_told_in_a_sentence(tmp_path):
    fill(tmp_path, {"datei": b""})
    with pytest.raises(FolderRefused, match="kein Ordner"):
        write(tmp_path / "datei", NEW)
    with pytest.raises(FolderRefused, match="kann nicht geschrieben werden"):
        write(tmp_path / "datei" / "darunter", NEW)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_whatever_else_the_program_writes_is_its_own_this_is_for_everyone_to_read(tmp_path):
    before = os.umask(0o077)
    try:
        write(tmp_path, OLD)
    finally:
        os.umask(before)
    modes = {path: (tmp_path / path).stat().st_mode & 0o777 for path in (*OLD, "angebote", "alt")}
    assert modes == dict.fromkeys(OLD, 0o644) | {"angebote": 0o755, "alt": 0o755}


class Paused(dict[str, bytes]):
    """Files of a run that has begun to write and stops until it may go on."""

    def __init__(self, files):
        super().__init__(files)
        self.begun, self.may_go_on = Event(), Event()

    def __getitem__(self, path):
        self.begun.set()
        assert self.may_go_on.wait(10)
        return super().__getitem__(path)


@pytest.mark.parametrize("patience", [0.05, 10])
def test_of_two_runs_at_once_the_second_waits_or_is_refused_and_nothing_is_left_over(
    tmp_path, monkeypatch, patience
):
    monkeypatch.setattr(public_folder, "LOCK_SECONDS", patience)
    first = Paused(OLD)
    with ThreadPoolExecutor() as runs:
        one = runs.submit(write, tmp_path, first)
        assert first.begun.wait(10)
        other = runs.submit(write, tmp_path, NEW)
        if patience < 1:
            with pytest.raises(FolderRefused, match="wird gerade schon veröffentlicht"):
                other.result()
        first.may_go_on.set()
        one.result()
        if patience > 1:
            other.result()
    write(tmp_path, NEW)
    assert published(tmp_path) == NEW


def test_a_folder_that_is_refused_has_no_lock_in_it_and_a_lock_alone_is_nothing(tmp_path):
    foreign, begun = tmp_path / "fremd", tmp_path / "begonnen"
    fill(foreign, {"brief.txt": b"mine"})
    fill(begun, {LOCK: b""})
    with pytest.raises(FolderRefused):
        write(foreign, NEW)
    assert [path.name for path in foreign.iterdir()] == ["brief.txt"]
    write(begun, NEW)
    assert published(begun) == NEW
    assert LOCK not in (begun / MANIFEST).read_text()


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "", "a\\b", "c:x", MANIFEST, LOCK])
def test_no_file_leaves_the_folder(tmp_path, path):
    with pytest.raises(ValueError, match="path below"):
        write(tmp_path, {path: b""})
    assert content(tmp_path) == {}
