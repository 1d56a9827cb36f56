"""Files that a command writes are there as a whole or not at all."""

import errno
import os
import threading
from pathlib import Path

import pytest

from steering.cli import files
from steering.storage.problems import DatabaseRefused


def test_a_disk_that_is_full_leaves_no_half_file_and_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = tmp_path / "before.csv"
    before.write_bytes(b"before")
    # Until then nothing of what was written has to be on the disk.
    monkeypatch.setattr(os, "fsync", full)
    for out in (tmp_path / "new.csv", before):
        with pytest.raises(DatabaseRefused, match="ließ sich nicht schreiben"):
            files.write(out, b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["before.csv"]
    assert before.read_bytes() == b"before"


def test_a_file_is_written_as_a_whole(tmp_path: Path) -> None:
    files.write(tmp_path / "new.csv", b"content")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"content"]


@pytest.mark.skipif(os.name != "posix", reason="Modes and links are the system's")
def test_others_may_read_it_and_where_a_link_leads_is_written(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.ics", tmp_path / "link.ics"
    kept.write_bytes(b"before")
    link.symlink_to(kept)
    files.write(link, b"content")
    assert link.is_symlink()
    assert kept.read_bytes() == b"content"
    assert kept.stat().st_mode & 0o444 == 0o444 & ~_umask()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="There are no named pipes")
def test_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    files.write(pipe, b"content")
    reader.join(10)
    assert read == [b"content"]
    assert pipe.is_fifo()


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
