"""What people look at first is worked out before they come, and is what they would have been shown."""

from __future__ import annotations

import gc
import inspect
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from steering.storage.problems import NotReadable
from steering.web import current, opened, results
from steering.web.browser import working_ahead
from steering.web.feeds import first_look
from steering.web.map import ground
from tests.pages.conftest import Screen
from tests.pages.test_working_ahead import made, rename

# What takes longest of pages, by the functions that work it out.
LONGEST = {
    "Lagebild": "overview.decision._told",
    "Karte": "map.ground.made",
    "Masterplan": "masterplan.proof.proof",
    "Potenziale": "potentials.proposing.proposals",
    "Koordinierungsrunde": "agenda.agenda.proposals",
}


def forget_all() -> None:
    for kept in (results._results, results._pieces):
        kept.clear()
    ground._ground.cache_clear()


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


@pytest.fixture
def shown(screen: Callable[..., Screen]) -> Screen:
    """A page without much, on data that no other test shares."""
    found = screen("Verlauf")
    rename(found.engine, "Umbenannt")
    return found


def test_what_takes_longest_of_a_page_is_there_and_the_page_says_the_same(
    shown: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = made(monkeypatch)

    def look_at(page: str) -> tuple[set[str], str]:
        """What was worked out to show a page, and what it says."""
        found.clear()
        shown.open(page)
        assert not shown.app.exception
        functions = [asked[0] for _, asked in found]
        return {f"{each.__module__}.{each.__qualname__}" for each in functions}, shown.texts

    said = {}
    for page, longest in LONGEST.items():
        forget_all()
        cold, said[page] = look_at(page)
        assert any(name.endswith(longest) for name in cold)
    forget_all()
    working_ahead.prepare(first_look.pieces, threading.Event())
    for page in LONGEST:
        warm, said_then = look_at(page)
        assert said_then == said[page]
        assert not any(name.endswith(tuple(LONGEST.values())) for name in warm), page


def test_nobody_has_asked_for_it(shown: Screen) -> None:
    asked = dict(results._pieces._asked)
    working_ahead.prepare(first_look.pieces, threading.Event())
    assert results._pieces._results
    assert results._pieces._asked == asked


def test_what_it_has_loaded_is_no_longer_walked_for_garbage(
    shown: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "settle", inspect.unwrap(opened.settle))
    gc.unfreeze()
    working_ahead.prepare(first_look.pieces, threading.Event())
    assert gc.get_freeze_count() > 100_000


def test_it_waits_for_whoever_comes_meanwhile_and_ends_with_the_server() -> None:
    done: list[str] = []
    ended, begun = threading.Event(), threading.Event()

    def pieces() -> Iterator[Callable[[], object]]:
        yield lambda: done.append("first")
        begun.set()
        yield lambda: done.append("second")

    with working_ahead.somebody_waits():
        thread = threading.Thread(target=working_ahead.prepare, args=(pieces, ended))
        thread.start()
        assert not begun.wait(0.3)
        assert done == []
        ended.set()
        thread.join(10)
    assert not thread.is_alive()
    assert done == []


def test_it_waits_until_whoever_was_shown_a_page_has_not_clicked_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working_ahead, "REST", 0.5)
    with working_ahead.somebody_waits():
        pass
    left, done = time.monotonic(), []
    working_ahead.prepare(lambda: [lambda: done.append(time.monotonic())], threading.Event())
    assert done[0] - left >= 0.5


def test_a_piece_that_fails_is_left_out_and_data_that_cannot_be_read_end_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError("no such thing")

    with caplog.at_level("INFO"):
        working_ahead.prepare(lambda: [fails, lambda: done.append("next")], threading.Event())
    assert done == ["next"]
    assert caplog.text.count("could not be worked out ahead") == 1

    def refused(_engine: object) -> None:
        raise NotReadable("Die Datenbank ist gesperrt.")

    monkeypatch.setattr(current, "whole_now", refused)
    working_ahead.prepare(first_look.pieces, threading.Event())
    assert not results._pieces._results


def test_it_is_done_once_after_the_start_and_once_on_each_new_day(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    more = threading.Condition()

    def pieces() -> list[Callable[[], object]]:
        with more:
            done.append(current.today().isoformat())
            more.notify()
        return []

    monkeypatch.setattr(working_ahead, "_LOOK_UP", 0.01)
    monkeypatch.setenv("STEERING_TODAY", "heute")
    end = working_ahead.begin(pieces, start=0.0)
    try:
        time.sleep(0.1)
        assert done == [], "no day: the pages say so, and the thread waits for one"
        monkeypatch.setenv("STEERING_TODAY", "2026-11-22")
        with more:
            assert more.wait_for(lambda: len(done) == 1, timeout=10)
        monkeypatch.setenv("STEERING_TODAY", "2026-11-23")
        with more:
            assert more.wait_for(lambda: len(done) == 2, timeout=10)
    finally:
        end()
    assert done == ["2026-11-22", "2026-11-23"]
