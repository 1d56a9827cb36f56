"""Speed of the pages, as a table in Markdown.

python -m benchmarks.pages                     server, cold start, clicks and the yardsticks, with the Coburg
                                               data and 500 structures
python -m benchmarks.pages --structures 5000   the same with more of them, and what a first opening takes
python -m benchmarks.pages --server            the server's part only
python -m benchmarks.pages --once              each way once, on one page: whether the command works at all
python -m benchmarks.pages --datasette FILE    a datasette with datasette-dashboards, the second yardstick; by
                                               default the one on the path, left out where there is none

The server's time of a warm rerun is set against a page that draws the same elements and computes nothing,
both in turns within one process. What counts is the ratio, which should stay below 2; milliseconds depend on
the machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import browser_time, datasette, server_time
from benchmarks.report import report
from steering.storage import schema
from steering.web.pages import ALL, WITHOUT_VIEW
from tests.browser.serving import PROJECT, serving
from tests.browser.visiting import Visit, chromium, find_chromium
from tests.scaled import coburg_scaled_to

TODAY = "2026-11-22"
HALF = 5  # of the clicks on each page
APP = PROJECT / "app.py"
PLAIN = PROJECT / "benchmarks" / "plain_page.py"
TITLES = {page.file: page.title for page in ALL}
WITHOUT_DAY = {page.title for page in WITHOUT_VIEW}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--server", action="store_true", help="leave Chromium out")
    arguments.add_argument("--once", action="store_true", help="two pages, no repetitions")
    arguments.add_argument("--structures", type=int, default=500, metavar="COUNT")
    arguments.add_argument("--datasette", default=shutil.which("datasette"), metavar="FILE")
    chosen = arguments.parse_args()
    os.environ["STEERING_TODAY"] = TODAY
    many = f"{chosen.structures} structures"
    with tempfile.TemporaryDirectory() as folder:
        databases = {"Coburg": Path(folder, "coburg"), many: Path(folder, "many")}
        for path in databases.values():
            path.mkdir()
        titles, half, repeats = TITLES, HALF, server_time.REPEATS
        if chosen.once:
            titles, half, repeats = {page.file: page.title for page in (ALL[0], WITHOUT_VIEW[0])}, 1, 1
            del databases[many]
        else:
            fill(databases[many], chosen.structures)
        report("Server time of a warm rerun", server_rows(databases, titles, repeats))
        executable = find_chromium()
        if chosen.server or executable is None:
            return
        with chromium(executable) as browser:
            if not chosen.once:
                report("From the command to the first page", cold_rows(browser, databases))
            report("From a click to the changed page", click_rows(browser, databases, titles, half))
            on_the_data = list(databases.values())[-1]
            report(
                "The yardsticks on the same data", yardsticks(browser, on_the_data, half, chosen.datasette)
            )


def fill(folder: Path, structures: int) -> None:
    schema.prepare(address(folder), "coburg", lambda _: coburg_scaled_to(structures)).dispose()


def address(folder: Path) -> str:
    return f"sqlite:///{(folder / 'steering.db').as_posix()}"


def server_rows(
    databases: Mapping[str, Path], titles: Mapping[str, str], repeats: int
) -> Iterator[tuple[str, ...]]:
    yield "data", "page", "elements", "page, ms", "same elements only, ms", "ratio"
    server_time.use_the_stopwatch()
    for data, folder in databases.items():
        os.environ["STEERING_DATABASE_URL"] = address(folder)
        for file, title in titles.items():
            found = server_time.compare(APP, TITLES, file, repeats)
            real, static = statistics.median(found.real), statistics.median(found.static)
            yield data, title, str(found.elements), f"{real:.1f}", f"{static:.1f}", f"{found.ratio:.2f}"


def cold_rows(browser: Browser, databases: Mapping[str, Path]) -> Iterator[tuple[str, ...]]:
    yield "data", "start", "s"
    with tempfile.TemporaryDirectory() as folder:
        new, old = browser_time.cold_starts(browser, Path(folder), {"STEERING_DATASET": "coburg"})
    yield "Coburg", "new database", f"{new:.1f}"
    yield "Coburg", "database there", f"{old:.1f}"
    many, folder_of_many = list(databases.items())[-1]
    yield many, "database there", f"{browser_time.start_to_page(browser, folder_of_many, {}):.1f}"


def click_rows(
    browser: Browser, databases: Mapping[str, Path], titles: Mapping[str, str], half: int
) -> Iterator[tuple[str, ...]]:
    yield "data", "page", "first opening, ms", "Stichtag moved by a step, ms", "page opened from another, ms"
    for data, folder in databases.items():
        with serving(folder) as server, browser_time.as_people_have_it(browser) as window:
            visitor = Visit(window, server.url)
            # It reads what all of them need: for itself, what follows is no first opening.
            visitor.go("/")
            for title in titles.values():
                taken = clicks(visitor, title, half)
                yield data, title, *("–" if each is None else f"{each:.0f}" for each in taken)


def clicks(visitor: Visit, title: str, half: int) -> tuple[float, float | None, float]:
    """Milliseconds of the first opening of a page, then medians of a step and of opening it once more.

    None for a step on a page that has no Stichtag.
    """
    first, *opened = [reopen(visitor, title) for _ in range(1 + 2 * half)]
    if title in WITHOUT_DAY:
        return first, None, statistics.median(opened)
    stepped = [browser_time.milliseconds_to_change(visitor, way) for way in [on, back] * half]
    return first, statistics.median(stepped), statistics.median(opened)


def yardsticks(browser: Browser, folder: Path, half: int, command: str | None) -> Iterator[tuple[str, ...]]:
    yield "page", "a day moved by a step, ms"
    with serving(folder, script=PLAIN) as server, browser_time.as_people_have_it(browser) as window:
        visitor = Visit(window, server.url)
        visitor.go("/")
        stepped = [
            browser_time.milliseconds_to_change(visitor, plain(way)) for way in ["Weiter", "Zurück"] * half
        ]
        yield "plain Streamlit page", f"{statistics.median(stepped):.0f}"
    if command is not None:
        with datasette.serving(command, folder) as at:
            _, *opened = datasette.steps(browser, at, 1 + 2 * half)
            yield "datasette-dashboards", f"{statistics.median(opened):.0f}"


def plain(label: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=label, exact=True).click()


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
    return lambda page: page.get_by_test_id("stHeader").get_by_role("link", name=title, exact=True).click()


if __name__ == "__main__":
    main()
