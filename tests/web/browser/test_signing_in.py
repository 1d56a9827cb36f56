"""Which answers to a sign-in lead to our entrance, and which go on as they are."""

from __future__ import annotations

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Message, Scope

from steering.web.browser.signing_in import SENTENCES, SignIn

SIGNED = "_streamlit_user=signed; Path=/; HttpOnly"
CLEARED = '_streamlit_user=""; Max-Age=0; Path=/'


def cookie(text: str) -> Response:
    answer = RedirectResponse("/", 302)
    answer.headers["set-cookie"] = text
    return answer


@pytest.mark.parametrize(
    ("path", "answer", "leads_to"),
    [
        ("/auth/login", PlainTextResponse("Authentication error", 400), "/?anmeldung=dienst"),
        ("/below/auth/login", PlainTextResponse("Authentication error", 400), "/below/?anmeldung=dienst"),
        ("/auth/login", RedirectResponse("https://sso.example/", 302), "https://sso.example/"),
        ("/oauth2callback", RedirectResponse("/", 302), "/?anmeldung=abgebrochen"),
        ("/oauth2callback", cookie(CLEARED), "/?anmeldung=abgebrochen"),
        ("/oauth2callback", cookie(SIGNED), "/"),
        ("/strukturen", PlainTextResponse("away", 503), None),
    ],
)
def test_who_was_not_signed_in_is_led_to_where_the_reason_stands(
    path: str, answer: Response, leads_to: str | None
) -> None:
    start, body = asked(answer, {"type": "http", "method": "GET", "path": path, "headers": []})
    assert Headers(scope=start).get("location") == leads_to
    if leads_to and "?" in leads_to:
        assert (start["status"], body["body"]) == (302, b"")
        assert leads_to.rpartition("=")[2] in SENTENCES
    elif leads_to is None:
        assert (start["status"], body["body"]) == (503, b"away")


def asked(app: Response, scope: Scope) -> list[Message]:
    """What goes out when the app answers from within."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(SignIn(app)(scope, receive, send))
    return sent
