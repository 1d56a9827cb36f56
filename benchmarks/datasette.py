"""The other yardstick: datasette-dashboards, with the figures, chart and rows of `plain_page`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.browser_time import as_people_have_it
from benchmarks.plain_page import CHART, FIGURES, NAMES, ROWS
from tests.browser.serving import free_port, wait_for

NAME = "yardstick"
ADDRESS = f"/-/dashboards/{NAME}"
QUIET = 700  # milliseconds without a change: the page is as it stays
# Notes when the page last changed, in milliseconds since it was asked for.
CHANGES = """new MutationObserver(() => { window.changed = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true})"""
DRAWN = f"""() => document.querySelectorAll('canvas, svg.marks').length > 0 &&
    document.querySelectorAll('table tr').length > 50 && performance.now() - window.changed > {QUIET}"""


def dashboard() -> dict[str, Any]:
    """What datasette is told to show."""
    column = iter(("a", "b", "c", "d", "e", "f"))
    figures = {
        f"figure-{letter}": {
            "title": name,
            "db": "steering",
            "query": f"SELECT {letter} FROM (SELECT NULL a, NULL b, NULL c, NULL d, NULL e, NULL f WHERE 0 "  # noqa: S608
            f"UNION ALL {FIGURES})",
            "library": "metric",
            "display": {"field": letter},
        }
        for letter, name in zip(column, NAMES, strict=True)
    }
    encoding = {"x": {"field": "month", "type": "ordinal"}, "y": {"field": "ends", "type": "quantitative"}}
    chart = {"db": "steering", "query": CHART, "library": "vega-lite", "title": "Ends"}
    charts = {
        **figures,
        "chart": {**chart, "display": {"mark": "bar", "encoding": encoding}},
        "rows": {"title": "Rows", "db": "steering", "query": ROWS, "library": "table"},
    }
    filters = {"day": {"name": "Day", "type": "date", "default": "2026-11-22"}}
    shown = {"title": "Yardstick", "filters": filters, "charts": charts}
    return {"plugins": {"datasette-dashboards": {NAME: shown}}}


@contextmanager
def serving(command: str, folder: Path) -> Iterator[str]:
    """The address of a running datasette; `folder` holds the database (steering.db)."""
    port = free_port()
    metadata = folder / "metadata.json"
    metadata.write_text(json.dumps(dashboard()), encoding="utf-8")
    files = [str(folder / "steering.db"), "--metadata", str(metadata)]
    with (folder / "datasette.log").open("wb") as log:
        process = subprocess.Popen([command, "serve", *files, "--port", str(port)], stdout=log, stderr=log)
        try:
            wait_for(f"http://localhost:{port}{ADDRESS}")
            yield f"http://localhost:{port}{ADDRESS}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def steps(browser: Browser, address: str, times: int) -> list[float]:
    """Milliseconds from asking for another day to the quiet page."""
    with as_people_have_it(browser) as window:
        page = window.new_page()
        page.add_init_script(CHANGES)
        return [_opened(page, f"{address}?day=2027-{month % 12 + 1:02}-01") for month in range(times)]


def _opened(page: Page, address: str) -> float:
    page.goto(address)
    page.wait_for_function(DRAWN)
    taken: float = page.evaluate("window.changed")
    return taken
