"""How long the server works on one rerun of a page, and of the same elements without the page's work."""

from __future__ import annotations

import gc
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from benchmarks.replay import HOLD_A_VALUE, Recording, recording
from tests.screens import as_on_the_server

REPEATS = 30
WARM_UP = 3
PATIENCE = 120.0  # seconds for the first run, which fills the database


class Stopwatch(LocalScriptRunner):
    """AppTest's runner, with the time from the request to the last element, and what was sent."""

    last: Stopwatch
    seconds = 0.0

    def _run_script(self, rerun_data: Any) -> None:
        Stopwatch.last = self
        started = time.perf_counter()
        super()._run_script(rerun_data)
        self.seconds = time.perf_counter() - started

    def sent(self) -> Counter[str]:
        """How many elements and containers of each kind the run sent."""
        deltas = [message.delta for message in self.forward_msgs() if message.HasField("delta")]
        return Counter(
            delta.new_element.WhichOneof("type") or "nothing"
            if delta.HasField("new_element")
            else str(delta.add_block.WhichOneof("type") or "block")
            for delta in deltas
        )


@dataclass
class Comparison:
    """Milliseconds of all warm reruns of one page and of its replay, taken in turns."""

    page: str
    elements: int
    real: list[float] = field(default_factory=list)
    static: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.real) / statistics.median(self.static)


def use_the_stopwatch() -> None:
    """Measure as the server works: scripts compiled once, and a plain connection."""
    as_on_the_server(pytest.MonkeyPatch())
    app_test.LocalScriptRunner = Stopwatch  # type: ignore[misc]


def compare(script: Path, pages: dict[str, str], file: str, repeats: int = REPEATS) -> Comparison:
    """Rerun a page and its replay in turns.

    `pages`: the title of each page by its file, both as `app.py` has them, the first page first.
    """
    real = AppTest.from_file(str(script), default_timeout=PATIENCE).run()
    if file != next(iter(pages)):
        real.switch_page(file).run()
    rerun(real, WARM_UP)
    with recording() as noted:
        rerun(real)
    noted.values = values_of_widgets(noted, real)
    expected = Stopwatch.last.sent()
    static = replay(noted, script.parent, pages, file)
    rerun(static, WARM_UP)
    if (drawn := Stopwatch.last.sent()) != expected:
        raise RuntimeError(f"The replay lacks {expected - drawn} and has {drawn - expected} too many.")
    return take_turns(real, static, repeats, Comparison(pages[file], sum(expected.values())))


def take_turns(real: AppTest, static: AppTest, repeats: int, result: Comparison) -> Comparison:
    gc.collect()
    gc.freeze()
    for _ in range(repeats):
        for app, taken in ((real, result.real), (static, result.static)):
            rerun(app)
            taken.append(Stopwatch.last.seconds * 1000)
    return result


def rerun(app: AppTest, times: int = 1) -> None:
    for _ in range(times):
        app.run()
    if app.exception:
        raise RuntimeError(app.exception[0].message)


def replay(noted: Recording, root: Path, pages: dict[str, str], shown: str) -> AppTest:
    """An app with the same pages in its navigation, which draws what was noted and does nothing else."""

    def draw() -> None:
        linked = {
            file: st.Page(root / file, title=title, url_path=title, default=file == shown)
            for file, title in pages.items()
        }
        st.set_page_config(page_title="Replay", layout="wide")
        st.navigation(list(linked.values()), position="top")
        noted.play(linked)

    return AppTest.from_function(static_page, default_timeout=PATIENCE, kwargs={"draw": draw})


def static_page(draw: object) -> None:
    """The script of the replay. AppTest runs this source by itself: it sees no name from outside."""
    assert callable(draw)
    draw()


def values_of_widgets(noted: Recording, app: AppTest) -> dict[str, Any]:
    """What the page's widgets held, by key, so that the replay's hold the same."""
    keys = [call.kwargs.get("key") for call in noted.calls if call.method in HOLD_A_VALUE]
    return {key: app.session_state[key] for key in keys if key is not None and key in app.session_state}
