"""What becomes of a sign-in that did not come about: a page that says so.

Streamlit answers "Authentication error" in English where the service is away, and leads back without a word
where the service has refused, or where its answer was taken in before.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from streamlit.config import get_option
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from steering.storage import journal
from steering.storage.journal import Happened

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The parameter of the first page's address that says how a sign-in ended.
ENDED = "anmeldung"
UNREACHABLE, UNCONFIRMED = "dienst", "abgebrochen"
SENTENCES = {
    UNREACHABLE: (
        "Der Anmeldedienst Ihres Hauses hat nicht geantwortet. Bitte versuchen Sie es in einigen Minuten "
        "noch einmal; hilft das nicht, wenden Sie sich an die Betreuung."
    ),
    UNCONFIRMED: (
        "Die Anmeldung ist nicht zustande gekommen: Der Anmeldedienst hat sie nicht bestätigt. "
        "Bitte melden Sie sich noch einmal an."
    ),
}
_BEGIN, _END = "auth/login", "oauth2callback"
_NAMED, _CLEARED = f"{USER_COOKIE_NAME}=", f'{USER_COOKIE_NAME}=""'


class SignIn:
    """Leads to the first page, with the reason in its address, whoever was not signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Where it leads comes from our own settings, never from the path that somebody asked for.
        first = _first_page()
        step = next((each for each in (_BEGIN, _END) if scope.get("path") == f"{first}{each}"), "")
        if scope["type"] != "http" or not step:
            await self.app(scope, receive, send)
            return
        redirected = False

        async def send_on(message: Message) -> None:
            nonlocal redirected
            if message["type"] == "http.response.start" and (ended := _ended(step, message)):
                redirected = True
                journal.event(Happened.REFUSAL, of="sign-in", status=message["status"])
                message["status"] = HTTPStatus.FOUND.value
                headers = MutableHeaders(scope=message)
                headers["location"] = f"{first}?{ENDED}={ended}"
                headers["content-length"] = "0"
            elif redirected and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app(scope, receive, send_on)


def _first_page() -> str:
    """The path of the first page: "/", or "/below/" where the program stands below another address."""
    below = str(get_option("server.baseUrlPath")).strip("/")
    return f"/{below}/" if below else "/"


def _ended(step: str, start: Message) -> str:
    """How the sign-in ended, by the answer of Streamlit; "" where it goes on, or somebody is in."""
    if step == _BEGIN:
        return UNREACHABLE if start["status"] >= HTTPStatus.BAD_REQUEST else ""
    cookies = MutableHeaders(scope=start).getlist("set-cookie")
    named = any(each.startswith(_NAMED) and not each.startswith(_CLEARED) for each in cookies)
    return "" if named else UNCONFIRMED
