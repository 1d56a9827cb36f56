"""After an edit the results of open pages are worked out before anybody asks, and are those they would be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.model import Structure
from steering.storage import reading
from steering.storage.writing import Edit, write
from steering.web import current, results
from steering.web.browser import working_ahead
from steering.web.kept import KeptResults
from tests.pages.conftest import Screen

NOW = datetime(2026, 11, 22, 8, 0)  # noqa: DTZ001
OPEN = ("Lagebild", "Lücken", "Masterplan")


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    for kept in (results._results, results._pieces):
        kept.clear()
    yield
    for kept in (results._results, results._pieces):
        kept.clear()


def rename(engine: Engine, name: str) -> None:
    row = reading.portfolio(engine).structures.iloc[0]
    edit = Edit(Structure, {"name": name}, id=int(row["id"]), version=int(row["version"]))
    write(engine, [edit], actor="Nachbar", now=NOW)


def next_moment() -> None:
    """Somebody else looks at the data as they are after one more edit."""
    *data, at = results.newest()
    results.seen((*data, at + 1))


def edited_elsewhere(shown: Screen, name: str) -> None:
    """Somebody else has saved and seen it; this page has not been asked for again."""
    rename(shown.engine, name)
    next_moment()


def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """What is worked out from now on: how much of the data, and the question."""
    found: list[tuple[Any, Any]] = []
    own = KeptResults._made

    def noted(self: KeptResults, name: tuple[Any, Any], *rest: object) -> object:
        found.append(name)
        return own(self, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(KeptResults, "_made", noted)
    return found


@pytest.mark.parametrize("page", OPEN)
def test_who_comes_after_an_edit_has_hardly_anything_worked_out(
    page: str, screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen(page)
    rename(shown.engine, "Zuerst umbenannt")
    cold = made(monkeypatch)
    shown.app.run()
    without = len(cold)
    edited_elsewhere(shown, "Dann umbenannt")
    working_ahead.catch_up(threading.Event())
    cold.clear()
    shown.app.run()
    assert not shown.app.exception
    assert without > 10
    assert len(cold) <= 2, cold


def test_what_was_worked_out_ahead_is_what_would_be_worked_out_then(screen: Callable[..., Screen]) -> None:
    shown = screen("Lücken")
    edited_elsewhere(shown, "Anders benannt")
    working_ahead.catch_up(threading.Event())
    shown.app.run()
    ahead = shown.texts, [table.value.to_dict() for table in shown.app.dataframe]
    for kept in (results._results, results._pieces):
        kept.clear()
    shown.app.run()
    assert ahead == (shown.texts, [table.value.to_dict() for table in shown.app.dataframe])


def test_nothing_is_done_while_somebody_waits_and_nothing_for_a_moment_that_has_passed(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen("Lagebild")
    edited_elsewhere(shown, "Anders benannt")
    found = made(monkeypatch)
    with working_ahead.somebody_waits():
        thread = threading.Thread(target=working_ahead.catch_up, args=(threading.Event(),))
        thread.start()
        time.sleep(0.3)
        assert not found
        next_moment()
        thread.join(10)
    assert not thread.is_alive()
    assert not found


def test_what_nobody_has_asked_for_lately_is_left(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = screen("Lagebild")
    edited_elsewhere(shown, "Anders benannt")
    monkeypatch.setattr(working_ahead, "LOOK_BACK", 0.0)
    found = made(monkeypatch)
    working_ahead.catch_up(threading.Event())
    assert not found


def test_what_is_worked_out_ahead_does_not_count_as_asked(screen: Callable[..., Screen]) -> None:
    """Else a page that was closed long ago would be followed for ever."""
    shown = screen("Lagebild")
    asked = dict(results._results._asked)
    assert asked
    edited_elsewhere(shown, "Anders benannt")
    working_ahead.catch_up(threading.Event())
    assert {name: results._results._asked[name] for name in asked} == asked


def test_a_failure_is_left_to_whoever_asks(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    screen("Lagebild")

    def fails(*_asked: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(results, "behind", lambda *_asked: [((), fails), ((), fails)])
    with caplog.at_level("INFO"):
        working_ahead.catch_up(threading.Event())
    assert caplog.text.count("could not be worked out ahead") == 2, "one failure does not end the rest"


def test_it_begins_with_the_server_and_ends_with_it(
    screen: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, caught = screen("Lagebild"), threading.Event()
    monkeypatch.setattr(working_ahead, "catch_up", lambda _ended: caught.set())
    end = working_ahead.begin(tuple)
    rename(shown.engine, "Anders benannt")
    shown.app.run()
    assert caught.wait(10)
    end()
    assert "working ahead" not in {thread.name for thread in threading.enumerate()}


def test_data_are_asked_for_by_a_key_without_anybody_asking(screen: Callable[..., Screen]) -> None:
    screen("Lagebild")
    key = (*results.newest(), True, True)
    with current.as_of(key):
        assert current.portfolio() is results.portfolio(*key)
        assert not current.looked_up().withheld
