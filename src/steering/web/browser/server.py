"""What the server adds to Streamlit's own: the page's language, headers against foreign requests, errors.

Streamlit answers every address with the same English index page, and tells the browser nothing about where
scripts, pictures and requests may go. The middleware here does, so that "no request leaves the house" is
kept by the browser and not by our care alone.
"""

import atexit
import base64
import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir
from streamlit.runtime.pages_manager import PagesManager

from steering.storage import journal
from steering.storage.problems import StorageError
from steering.web import identity, opened, pages
from steering.web.browser import (
    backing_up,
    callbacks,
    fetching,
    handing_over,
    keys_script,
    network,
    printing_script,
    reach_script,
    root_script,
    rows_script,
    typing_script,
    working_ahead,
)
from steering.web.browser.gatekeeping import OF_SIGN_IN, Gatekeeper
from steering.web.browser.signing_in import SignIn
from steering.web.browser.upload_limits import UploadLimits

# The parameter of the first page's address that names an address no page has.
LOST = "seite"

# What the browser need not ask anybody about, for no page uses it.
DEVICES = (
    "accelerometer", "bluetooth", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip

ENGLISH_PAGE = b'<html lang="en">'
GERMAN_PAGE = b'<html lang="de">'
HEAD = b"<head>"
ROOT_SCRIPT = root_script.source(page.path for page in pages.ALL)
ROOT = f"<script>{ROOT_SCRIPT}</script>".encode()


def middleware(paths: Iterable[str]) -> list[Middleware]:
    """What `st.App` wraps around Streamlit's own routes, outermost first.

    `paths`: the path of each page, "" for the first one.
    """
    return [
        Middleware(HouseHeaders),  # outside, for refusals have them too
        Middleware(Gatekeeper, unreadable=identity.unreadable()),
        Middleware(UploadLimits),
        Middleware(SignIn),
        Middleware(KnownPages, pages=frozenset(paths)),
        Middleware(OurPage),
    ]


@asynccontextmanager
async def lifespan(first: working_ahead.FirstLook, _app: st.App) -> AsyncIterator[None]:
    """Before the first visitor let callbacks end and tell Streamlit that `app.py` names the pages; after the
    last close the data. In between the sign-in stays what it was at the start.

    Seeing a folder `pages`, it would take its files for the pages until `app.py` has run once, and show the
    first visitor of `/karte` a "Page not found". `first`: see `working_ahead.begin`.
    """
    journal.begin()
    PagesManager.uses_pages_directory = False
    callbacks.carry_out()
    # A second Ctrl-C skips what follows `yield`, but not this.
    atexit.register(opened.let_go)
    with identity.held(shared=network.is_shared()):
        ends = backing_up.begin(), working_ahead.begin(first)
        yield
        for end in ends:
            end()
        opened.let_go()


def on_script_error(error: Exception) -> bool:
    """Show a sentence with a number in place of a traceback; under that number the log says where it was.

    Returns True: Streamlit shows nothing of its own.
    """
    if isinstance(error, StorageError):
        # Nothing went wrong in the program: the database is locked, full, read-only or away just now.
        st.error(f"{error} Was als gespeichert gemeldet wurde, bleibt gespeichert.", icon="⚠️")
        st.button("Seite neu anzeigen", key="try again")
        return True
    number = journal.error(error)
    st.error(
        "Diese Seite konnte nicht vollständig angezeigt werden. Was als gespeichert gemeldet wurde, "
        "bleibt gespeichert. Bitte laden Sie die Seite neu; tritt der Fehler wieder auf, nennen Sie der "
        f"Betreuung die Fehlernummer **{number}**.",
        icon="⚠️",
    )
    return True


def on_server_error(_request: Request, error: Exception) -> PlainTextResponse:
    """The answer where Streamlit itself fails: made outside all middleware, so the headers go along."""
    sentence = (
        "Das Programm konnte diese Anfrage nicht beantworten. Bitte noch einmal versuchen; Fehlernummer "
        f"{journal.error(error)}."
    )
    return PlainTextResponse(sentence, 500, house_headers())


class OurPage:
    """Marks the index page as German, so that screen readers and hyphenation speak the right language, and
    tells it where the root is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not asks_for_a_page(scope):
            await self.app(scope, receive, send)
            return

        waiting: list[Message] = []

        async def send_ours(message: Message) -> None:
            if message["type"] == "http.response.start":
                waiting.append(message)
                return
            if waiting:
                start, body = waiting.pop(), message.get("body", b"")
                ours = body.replace(ENGLISH_PAGE, GERMAN_PAGE, 1).replace(HEAD, HEAD + ROOT, 1)
                headers = MutableHeaders(scope=start)
                if length := headers.get("content-length"):
                    headers["content-length"] = str(int(length) + len(ours) - len(body))
                await send(start)
                message = {**message, "body": ours}
            await send(message)

        # A compressed page could not be rewritten, and its 8 kB are not worth compressing.
        MutableHeaders(scope=scope)["accept-encoding"] = "identity"
        await self.app(scope, receive, send_ours)


class KnownPages:
    """Leads from an address that no page has to the first page, which then says so.

    Streamlit answers such an address with an English dialog, or with nothing below another page's path.
    """

    def __init__(self, app: ASGIApp, pages: frozenset[str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "/").strip("/")
        # Addresses of Streamlit's own routes begin with an underline; files have an ending. What follows the
        # folders of calendars and tables is a secret, which belongs into no other address.
        ours = path.startswith(("_", "auth/", *fetching.FOLDERS))
        own = ours or "." in path or path in self.pages | OF_SIGN_IN
        if scope["type"] != "http" or own or not asks_for_a_page(scope):
            await self.app(scope, receive, send)
            return
        await RedirectResponse(f"/?{LOST}={quote(path[:60], safe='')}")(scope, receive, send)


def asks_for_a_page(scope: Scope) -> bool:
    """Whether a person's browser wants to show the answer."""
    return "text/html" in MutableHeaders(scope=scope).get("accept", "")


class HouseHeaders:
    """Sends the house's headers with every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = house_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def house_headers() -> dict[str, str]:
    """Forbids the browser to ask other hosts, to guess content types, to tell others our addresses, to let
    foreign pages frame, open or embed ours, and to use the devices of the machine."""
    return {
        "Content-Security-Policy": content_security_policy(),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{device}=()" for device in DEVICES),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def content_security_policy() -> str:
    """Everything from this server only, with what Streamlit's own elements cannot do without.

    Styles are written inline by Streamlit's component library; tables, maps and pictures use `data:` and
    `blob:` addresses, which never leave the browser. `'self'` covers the WebSocket too. deck.gl brings
    WebAssembly; nobody needs `'unsafe-eval'`: Vega's expressions are interpreted, deck.gl's are parsed.
    """
    allowed = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *_inline_scripts()]),
        "worker-src": "'self' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def _inline_scripts() -> list[str]:
    """The scripts inside Streamlit's index page and our own, by their hash: no other may run inline."""
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    ours = typing_script, keys_script, handing_over, rows_script, reach_script, printing_script
    own = [ROOT_SCRIPT, *(each.SCRIPT for each in ours)]
    digests = (hashlib.sha256(script.encode()).digest() for script in [*scripts, *own])
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
