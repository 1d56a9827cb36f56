"""Files that a command writes are there as a whole or not at all."""

import errno
from pathlib import Path

import pytest

from steering.cli import files
from steering.storage.problems import DatabaseRefused


def test_a_disk_that_is_full_leaves_no_half_file_and_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        own(path, content[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    before = tmp_path / "before.csv"
    before.write_bytes(b"before")
    monkeypatch.setattr(Path, "write_bytes", full)
    for out in (tmp_path / "new.csv", before):
        with pytest.raises(DatabaseRefused, match="ließ sich nicht schreiben"):
            files.write(out, b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["before.csv"]
    assert before.read_bytes() == b"before"


def test_a_file_is_written_as_a_whole(tmp_path: Path) -> None:
    files.write(tmp_path / "new.csv", b"content")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"content"]
