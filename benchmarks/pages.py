"""Speed of the pages, as a table in Markdown.

python -m benchmarks.pages              server, cold start and clicks, with the Coburg data and 500 structures
python -m benchmarks.pages --server     the server's part only

The server's time of a warm rerun is set against a page that draws the same elements and computes nothing,
both in turns within one process. What counts is the ratio, which should stay below 2; milliseconds depend on
the machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import browser_time, server_time
from benchmarks.report import report
from steering.storage import schema
from steering.web.pages import ALL
from tests.browser.serving import PROJECT, serving
from tests.browser.visiting import Visit, chromium, find_chromium, new_user
from tests.scaled import coburg_scaled_to

TODAY = "2026-11-22"
MANY = 500
HALF = 5  # of the clicks on each page
APP = PROJECT / "app.py"
TITLES = {page.file: page.title for page in ALL}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--server", action="store_true", help="leave Chromium out")
    chosen = arguments.parse_args()
    os.environ["STEERING_TODAY"] = TODAY
    with tempfile.TemporaryDirectory() as folder:
        databases = {"Coburg": Path(folder, "coburg"), f"{MANY} structures": Path(folder, "many")}
        for path in databases.values():
            path.mkdir()
        fill(databases[f"{MANY} structures"])
        report("Server time of a warm rerun", server_rows(databases))
        executable = find_chromium()
        if not chosen.server and executable is not None:
            with chromium(executable) as browser:
                report("From the command to the first page", cold_rows(browser, databases))
                report("From a click to the changed page", click_rows(browser, databases))


def fill(folder: Path) -> None:
    schema.prepare(address(folder), "coburg", lambda _: coburg_scaled_to(MANY)).dispose()


def address(folder: Path) -> str:
    return f"sqlite:///{(folder / 'steering.db').as_posix()}"


def server_rows(databases: dict[str, Path]) -> Iterator[tuple[str, ...]]:
    yield "data", "page", "elements", "page, ms", "same elements only, ms", "ratio"
    server_time.use_the_stopwatch()
    for data, folder in databases.items():
        os.environ["STEERING_DATABASE_URL"] = address(folder)
        for file, title in TITLES.items():
            found = server_time.compare(APP, TITLES, file)
            real, static = statistics.median(found.real), statistics.median(found.static)
            yield data, title, str(found.elements), f"{real:.1f}", f"{static:.1f}", f"{found.ratio:.2f}"


def cold_rows(browser: Browser, databases: dict[str, Path]) -> Iterator[tuple[str, ...]]:
    yield "data", "start", "s"
    with tempfile.TemporaryDirectory() as folder:
        new, old = browser_time.cold_starts(browser, Path(folder), {"STEERING_DATASET": "coburg"})
    yield "Coburg", "new database", f"{new:.1f}"
    yield "Coburg", "database there", f"{old:.1f}"
    many = browser_time.start_to_page(browser, databases[f"{MANY} structures"], {})
    yield f"{MANY} structures", "database there", f"{many:.1f}"


def click_rows(browser: Browser, databases: dict[str, Path]) -> Iterator[tuple[str, ...]]:
    yield "data", "page", "Stichtag moved by a step, ms", "page opened from another, ms"
    for data, folder in databases.items():
        with serving(folder) as server, new_user(browser) as window:
            visitor = Visit(window, server.url)
            visitor.go("/")
            for title in TITLES.values():
                opened = [reopen(visitor, title) for _ in range(2 * HALF)]
                stepped = [browser_time.milliseconds_to_change(visitor, way) for way in [on, back] * HALF]
                yield data, title, f"{statistics.median(stepped):.0f}", f"{statistics.median(opened):.0f}"


def on(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_role("button", name="chevron_right").click()


def back(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_role("button", name="Zurück zu heute").click()


def reopen(visitor: Visit, title: str) -> float:
    """Go to another page and come back; the way back is measured."""
    elsewhere = next(other for other in TITLES.values() if other != title)
    browser_time.milliseconds_to_change(visitor, follow(elsewhere))
    return browser_time.milliseconds_to_change(visitor, follow(title))


def follow(title: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_test_id("stTopNavLink").filter(has_text=title).click()


if __name__ == "__main__":
    main()
