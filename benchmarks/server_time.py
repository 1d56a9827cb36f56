"""How long the server works on one rerun of a page, and of the same elements without the page's work."""

from __future__ import annotations

import gc
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from benchmarks.replay import HOLD_A_VALUE, Recording, recording

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
    """Measure as the server works: with one cache of compiled scripts, and without counting collections.

    Streamlit collects garbage after each run, for both alike; left in, it would hide half of the difference.
    """
    compiled = ScriptCache()
    app_test.LocalScriptRunner = Stopwatch  # type: ignore[misc]
    app_test.ScriptCache = lambda: compiled  # type: ignore[misc, assignment]
    config.set_option("runner.postScriptGC", False)


def compare(script: Path, page: str | None, name: str, repeats: int = REPEATS) -> Comparison:
    """Rerun a page and its replay in turns; `page` is a file beside the script, None for the first page."""
    real = AppTest.from_file(str(script), default_timeout=PATIENCE).run()
    if page is not None:
        real.switch_page(page).run()
    fail_on_errors(real, name)
    for _ in range(WARM_UP):
        real.run()
    with recording() as noted:
        real.run()
    noted.values = values_of_widgets(noted, real)
    expected = Stopwatch.last.sent()
    static = AppTest.from_function(static_page, default_timeout=PATIENCE, kwargs={"play": noted.play})
    for _ in range(WARM_UP):
        static.run()
    fail_on_errors(static, f"replay of {name}")
    if (drawn := Stopwatch.last.sent()) != expected:
        raise RuntimeError(
            f"The replay of {name} differs: {expected - drawn} missing, {drawn - expected} too many"
        )
    gc.collect()
    gc.freeze()
    result = Comparison(name, sum(expected.values()))
    for _ in range(repeats):
        for app, taken in ((real, result.real), (static, result.static)):
            app.run()
            taken.append(Stopwatch.last.seconds * 1000)
    return result


def static_page(play: object) -> None:
    """The script of the replay: configuration and navigation as in app.py, then only elements.

    AppTest runs the source of this function by itself: it sees no name from outside.
    """
    import streamlit as st

    assert callable(play)
    st.set_page_config(page_title="Replay", layout="wide")
    pages = [st.Page(play, title=title, url_path=title, default=title == "a") for title in "abcd"]
    st.navigation(pages, position="top").run()


def values_of_widgets(noted: Recording, app: AppTest) -> dict[str, Any]:
    """What the page's widgets held, by key, so that the replay's hold the same."""
    keys = [call.kwargs.get("key") for call in noted.calls if call.method in HOLD_A_VALUE]
    return {key: app.session_state[key] for key in keys if key is not None and key in app.session_state}


def fail_on_errors(app: AppTest, name: str) -> None:
    if app.exception:
        raise RuntimeError(f"{name}: {app.exception[0].message}")
