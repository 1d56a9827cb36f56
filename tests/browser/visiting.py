"""Looks at the program through Chromium, as one of its users, and notes what the browser complains about."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    TimeoutError,
    WebSocket,
    expect,
    sync_playwright,
)

from steering.web.pages import PageEntry

# Without these, Chromium looks for updates and accounts on hosts that are none of our business.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"]
PROGRAMS = [
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
]
AT_HOME = {"localhost", "127.0.0.1", "::1"}
# Milliseconds, for whatever a page does. A busy machine takes its time, and who has it does not wait longer.
PATIENCE = 60_000
TRIES = 6

# True once the run that a page waits for has ended and everything it sent is drawn.
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = document.querySelector('[data-testid="stStatusWidget"], [data-testid="stSkeleton"]');
    return app?.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && !busy
        && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]') !== null;
}"""

TURN = """address => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
}"""


def find_chromium() -> str | None:
    """Path of a Chromium, Chrome or Edge on this machine."""
    found = [path for path in map(shutil.which, COMMANDS) if path]
    return next(iter(found + [path for path in PROGRAMS if Path(path).exists()]), None)


@contextmanager
def chromium(executable: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def new_user(browser: Browser, **more: Any) -> BrowserContext:
    """A browser window of an office PC in Coburg, to be closed by `with`. `more`: as for `new_context`.

    One that stays open keeps its session and its three-second watch, and slows down all that come after it.
    """
    usual = {
        "viewport": {"width": 1366, "height": 768},
        "locale": "de-DE",
        "timezone_id": "Europe/Berlin",
        # What moves while a page waits takes a tenth of two cores.
        "reduced_motion": "reduce",
    }
    context = browser.new_context(**(usual | more))
    context.set_default_timeout(PATIENCE)
    return context


class Visit:
    """One user's open page, with what the browser did behind it.

    `foreign` holds every address outside this machine that was asked for, `complaints` what the browser
    wrote to its console as an error, blocked requests among it.
    """

    def __init__(self, context: BrowserContext, server_url: str) -> None:
        self.server_url = server_url
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        context.on("request", self._note_request)
        self.page: Page = context.new_page()
        self.page.on("websocket", self._note_request)
        self.page.on("console", self._note_complaint)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, address: str) -> Page:
        """Open an address such as `/karte?szenario=erwartet` and wait until it is drawn."""
        self.page.goto(self.server_url + address)
        self.settle()
        return self.page

    def navigate(self, page: str) -> None:
        """Go to a page through the navigation at the top, as a user does."""
        left = self._title.inner_text()
        self.page.get_by_test_id("stHeader").get_by_role("link", name=page, exact=True).click()
        self._arrive(page, left)

    def turn_to(self, entry: PageEntry, how: str = "") -> Page:
        """Open another page as the browser's own way back does: the program stays, which saves a load."""
        left = self._title.inner_text()
        self.page.evaluate(TURN, f"/{entry.path}{how}")
        self._arrive(entry.title, left)
        return self.page

    @property
    def _title(self) -> Locator:
        return self.page.locator("h1").first

    def _arrive(self, page: str, left: str) -> None:
        """Wait for another page after one whose title was `left`: on a busy machine that stays for a while.

        A round that is shown to a room has its point's title.
        """
        if left != page:
            expect(self._title).not_to_have_text(left)
        self.settle()

    def open_quick_edit(self) -> Locator:
        """Open the form in the sidebar, and hand out the sidebar."""
        sidebar = self.page.get_by_test_id("stSidebar")
        content = sidebar.get_by_role("button", name="Neue Struktur")
        if not content.is_visible():
            sidebar.get_by_text("Schnell bearbeiten", exact=True).click()
            # It is drawn once it is opened.
            expect(content).to_be_visible()
        return sidebar

    def choose(self, where: Locator, label: str, words: str) -> None:
        """Pick what reads like `words` from the select box named `label`; a new value where it takes one."""
        box = where.get_by_role("combobox", name=label, exact=True)
        # The list is drawn anew while it is filtered, and closed where a run ends meanwhile: opened again.
        offered = self.page.get_by_role("option").filter(has_text=words).first
        for attempt in range(TRIES):
            box.click()
            box.fill(words)
            try:
                offered.click(timeout=PATIENCE / TRIES)
                break
            except TimeoutError:
                if attempt == TRIES - 1:
                    raise
        expect(box).to_have_value(re.compile(re.escape(words)))
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and the page stays as it is for a moment."""
        self.page.wait_for_function(SETTLED)
        while True:
            # A click reaches the server only after a moment; a page that was never busy may still become it.
            self.page.wait_for_timeout(300)
            if self.page.evaluate(SETTLED):
                return
            self.page.wait_for_function(SETTLED)

    def failures(self) -> list[str]:
        """Texts of exceptions on the page, whether Streamlit's own or our sentence with a number."""
        shown = self.page.get_by_test_id("stException").all_inner_texts()
        ours = self.page.get_by_test_id("stAlert").filter(has_text="Fehlernummer").all_inner_texts()
        return shown + ours

    def _note_request(self, request: Request | WebSocket) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in AT_HOME:
            self.foreign.append(request.url)

    def _note_complaint(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def browser_is_required() -> bool:
    """CI asks for this, so that a missing browser is an error there and not a silent skip."""
    return os.environ.get("STEERING_REQUIRE_BROWSER") == "1"
