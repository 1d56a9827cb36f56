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


def test_below_another_address_it_leads_to_the_first_page_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steering.web.browser.signing_in.get_option", {"server.baseUrlPath": "below"}.get)
    scope = {"type": "http", "method": "GET", "path": "/below/auth/login", "headers": []}
    start, _ = asked(PlainTextResponse("Authentication error", 400), scope)
    assert Headers(scope=start)["location"] == "/below/?anmeldung=dienst"


@pytest.mark.parametrize(
    "path",
    ["//evil.example/oauth2callback", "/\\evil.example/auth/login", "/a\r\nb/auth/login", "/ä/auth/login"],
)
def test_nobody_is_led_where_a_path_says(path: str) -> None:
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    start, _ = asked(PlainTextResponse("Authentication error", 400), scope)
    assert (start["status"], Headers(scope=start).get("location")) == (400, None)


def asked(app: Response, scope: Scope) -> list[Message]:
    """What goes out when the app answers from within."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(SignIn(app)(scope, receive, send))
    return sent
