"""The day is one and the same for pages and commands: today's in Germany, or the one that is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from steering import cli
from steering.model.german import TIME_ZONE
from steering.storage import clock
from steering.web import current


@pytest.mark.parametrize("told", [cli._today, current.today])
def test_pages_and_commands_take_the_day_that_is_set(
    told: Callable[[], date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEERING_TODAY", "2031-05-17")
    assert told() == date(2031, 5, 17)


@pytest.mark.parametrize("unset", [{}, {"STEERING_TODAY": ""}])
def test_without_one_it_is_today_in_germany(unset: dict[str, str]) -> None:
    before = datetime.now(TIME_ZONE).date()
    assert before <= clock.today(unset) <= datetime.now(TIME_ZONE).date()


@pytest.mark.parametrize("wrong", ["2026-11-31", "morgen", "22.11.2026"])
def test_what_is_no_day_is_told_with_the_remedy(wrong: str) -> None:
    with pytest.raises(clock.NotADay, match=f"»{wrong}«.*JJJJ-MM-TT"):
        clock.today({"STEERING_TODAY": wrong})


def test_a_command_is_refused_with_that_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEERING_TODAY", "gestern")
    assert cli.main(["findings"]) == 1
    assert "STEERING_TODAY ist auf »gestern« gesetzt" in capsys.readouterr().err
