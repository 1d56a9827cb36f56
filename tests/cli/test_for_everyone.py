"""What the command line writes without being asked for what is internal, everybody may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from steering import cli
from steering.storage import schema
from tests.conftest import sqlite_url
from tests.pages.test_files_by_role import unpacked
from tests.planted import SECRET, Planted

ON = ["--today", "2026-11-22"]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Planted]:
    url = sqlite_url(tmp_path_factory.mktemp("planted") / "steering.db")
    engine = schema.prepare(url, "coburg")
    found = Planted(engine)
    engine.dispose()
    return url, found


COMMANDS = {
    "calendar": (["calendar", "OUT", *ON], ["--administration"]),
    "report sitzungsvorlage": (["report", "sitzungsvorlage", "OUT", "--as-of", "2026-11-22"], None),
    "report masterplan": (["report", "masterplan", "OUT", "--as-of", "2026-11-22"], None),
    "minutes": (["minutes", "1", "OUT", *ON], ["--administration"]),
    "invitation": (["minutes", "2", "OUT", "--invitation", *ON], ["--administration"]),
    "findings table": (["findings", *ON], ["--administration"]),
    "findings json": (["findings", "--format", "json", *ON], ["--administration"]),
    "findings csv": (["findings", "--format", "csv", *ON], ["--administration"]),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_secret_is_written_unless_it_is_asked_for(
    name: str, planted: tuple[str, Planted], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, _found = planted
    command, internally = COMMANDS[name]

    def written(more: list[str], file: Path) -> bytes:
        asked = [str(file) if word == "OUT" else word for word in command]
        assert cli.main([*asked, *more, "--database", url]) == 0
        told = capsys.readouterr().out.encode()
        return unpacked(file.read_bytes()) if file.exists() else told

    assert SECRET.encode() not in written([], tmp_path / "everyone")
    if internally is not None:
        assert SECRET.encode() in written(internally, tmp_path / "internal"), "else it would prove nothing"


def test_a_finding_that_is_internal_is_on_no_list_for_everyone(
    planted: tuple[str, Planted], capsys: pytest.CaptureFixture[str]
) -> None:
    url, found = planted
    lists = []
    for more in ([], ["--administration"]):
        assert cli.main(["findings", "--format", "json", *ON, *more, "--database", url]) == 0
        lists.append(capsys.readouterr().out)
    assert [[key in told for key in found.keys] for told in lists] == [[False] * 3, [True] * 3]
