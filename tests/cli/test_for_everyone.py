"""What the command line writes without being asked for what is internal, everybody may read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from steering import cli
from steering.analysis.portfolio import Portfolio
from steering.cli import reports
from steering.storage import schema
from tests.conftest import sqlite_url
from tests.pages.test_files_by_role import unpacked
from tests.planted import KINDS, SECRET, Planted

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
    "minutes": (["minutes", "1", "OUT", *ON], ["--administration"]),
    "invitation": (["minutes", "2", "OUT", "--invitation", *ON], ["--administration"]),
    "findings table": (["findings", *ON], None),
    "findings json": (["findings", "--format", "json", *ON], None),
    "findings csv": (["findings", "--format", "csv", *ON], None),
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


@pytest.mark.parametrize("more", [[], ["--administration"]], ids=str)
def test_a_paper_rests_on_the_data_for_those_whom_it_is_for(
    more: list[str], planted: tuple[str, Planted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, found = planted
    rested_on: list[Portfolio] = []

    def report(_kind: str, portfolio: Portfolio, *_: object) -> bytes:
        rested_on.append(portfolio)
        return b""

    monkeypatch.setattr(reports, "report", report)
    assert cli.main(["report", "masterplan", str(tmp_path / "out"), *more, "--database", url]) == 0
    assert [each.withheld for each in rested_on] == [frozenset() if more else frozenset(found.keys)]


def test_findings_that_are_internal_are_on_no_list_for_everyone(
    planted: tuple[str, Planted], capsys: pytest.CaptureFixture[str]
) -> None:
    url, _found = planted
    lists = []
    for more in ([], ["--administration"]):
        assert cli.main(["findings", "--format", "json", *ON, *more, "--database", url]) == 0
        lists.append({json.dumps(row, sort_keys=True) for row in json.loads(capsys.readouterr().out)})
    everyone, administration = lists
    assert len(administration) - len(everyone) >= len(KINDS)
