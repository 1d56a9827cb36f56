"""What a person waits for: from starting the program to the first page, from a click to the changed page."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import serving
from tests.browser.visiting import Visit, new_user

# Notes in the page when a click arrived and when the page last changed. A page counts as changed when nothing
# moves any more; how long that takes to find out is not counted.
WATCH = """() => {
    window.benchmark = {clicked: 0, changed: 0};
    document.addEventListener('click', () => { benchmark.clicked = performance.now(); }, true);
    new MutationObserver(() => { benchmark.changed = performance.now(); })
        .observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def cold_starts(browser: Browser, folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from the command to the first page: with a new database, then with that one."""
    first, second = (start_to_page(browser, folder, environment) for _ in range(2))
    return first, second


def as_people_have_it(browser: Browser) -> BrowserContext:
    """The window of a user with all that moves on the page, which the tests leave out."""
    return new_user(browser, reduced_motion="no-preference")


def start_to_page(browser: Browser, folder: Path, environment: dict[str, str]) -> float:
    started = time.monotonic()
    with serving(folder, environment=environment) as server, as_people_have_it(browser) as window:
        Visit(window, server.url).go("/")
        return time.monotonic() - started


def milliseconds_to_change(visitor: Visit, click: Callable[[Page], None]) -> float:
    """From the arrival of a click to the last change that it made."""
    visitor.page.evaluate(WATCH)
    click(visitor.page)
    visitor.settle()
    waited: float = visitor.page.evaluate("benchmark.changed - benchmark.clicked")
    return waited
