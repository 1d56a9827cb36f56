"""The day is one and the same for pages and commands: today's in Germany, or the one that is set."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from steering import cli
from steering.model.german import TIME_ZONE
from steering.storage import clock
from steering.web import current
from tests.conftest import sqlite_url


def test_pages_take_the_day_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_TODAY", "2031-05-17")
    assert clock.today() == current.today() == date(2031, 5, 17)


def test_commands_take_the_day_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["findings", "--database", sqlite_url(tmp_path / "steering.db"), "--format", "csv"]

    def told(*more: str) -> str:
        assert cli.main([*asked, *more]) == 0
        return capsys.readouterr().out

    named = told("--today", "2031-05-17")
    assert named != told()
    monkeypatch.setenv("STEERING_TODAY", "2031-05-17")
    assert named == told()


@pytest.mark.parametrize("unset", [None, ""])
def test_without_one_it_is_today_in_germany(unset: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if unset is None:
        monkeypatch.delenv("STEERING_TODAY", raising=False)
    else:
        monkeypatch.setenv("STEERING_TODAY", unset)
    before = datetime.now(TIME_ZONE).date()
    assert before <= clock.today() <= datetime.now(TIME_ZONE).date()


@pytest.mark.parametrize("wrong", ["2026-11-31", "morgen", "22.11.2026"])
def test_what_is_no_day_is_told_with_the_remedy(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_TODAY", wrong)
    with pytest.raises(clock.NotADay, match=f"»{wrong}«.*JJJJ-MM-TT"):
        clock.today()


def test_a_command_is_refused_with_that_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEERING_TODAY", "gestern")
    assert cli.main(["findings"]) == 1
    assert "STEERING_TODAY ist auf »gestern« gesetzt" in capsys.readouterr().err
