"""The language, the headers and the error sentence that the server adds to Streamlit's own."""

import asyncio
import logging
import re

import pytest
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from steering.storage import journal
from steering.web.browser import server

PAGE = b'<!DOCTYPE html><html lang="en"><body><p>lang</p></body></html>'


async def english_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands in for Streamlit: an English page, compressed for those who accept that."""
    compressed = b"gzip" in dict(scope.get("headers", [])).get(b"accept-encoding", b"")
    body = b"\x1f\x8b..." if compressed else PAGE
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def wrapped(app: ASGIApp) -> ASGIApp:
    for layer in reversed(server.middleware(["", "karte"])):
        app = layer.cls(app, *layer.args, **layer.kwargs)
    return app


def answer(accept: str, kind: str = "http", path: str = "/") -> tuple[dict[str, str], bytes]:
    """Headers and body of one request to the wrapped app."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    request = {
        "type": kind,
        "method": "GET",
        "path": path,
        "server": ("127.0.0.1", 8501),
        "headers": [
            (b"host", b"localhost:8501"),
            (b"accept", accept.encode()),
            (b"accept-encoding", b"gzip, br"),
        ],
    }

    async def answer() -> None:
        await wrapped(english_app)(request, receive, send)

    asyncio.run(answer())
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, sent[1]["body"]


def test_a_page_is_german_and_as_long_as_announced() -> None:
    headers, body = answer("text/html,application/xhtml+xml")
    assert b'<html lang="de">' in body
    assert len(body) == int(headers["content-length"])


@pytest.mark.parametrize("path", ["/quatsch", "/karte/weiter"])
def test_an_address_that_no_page_has_leads_to_the_first_page(path: str) -> None:
    headers, _ = answer("text/html", path=path)
    assert headers["location"] == f"/?seite={path[1:].replace('/', '%2F')}"


@pytest.mark.parametrize("path", ["/", "/karte", "/karte/", "/_stcore/health", "/favicon.png"])
def test_pages_and_streamlits_own_addresses_are_left_alone(path: str) -> None:
    headers, _ = answer("text/html", path=path)
    assert "location" not in headers


def test_what_is_no_page_is_passed_on_as_it_is() -> None:
    _, body = answer("*/*")
    assert body.startswith(b"\x1f\x8b")


@pytest.mark.parametrize("accept", ["text/html", "*/*", "image/png"])
def test_every_answer_forbids_other_hosts_and_guessed_types(accept: str) -> None:
    headers, _ = answer(accept)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/_stcore/metrics"])
def test_every_answer_forbids_to_be_framed_opened_and_embedded(path: str) -> None:
    headers, _ = answer("*/*", path=path)
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_an_answer_about_a_failure_has_the_headers_too() -> None:
    failed = server.on_server_error(Request({"type": "http"}), ZeroDivisionError("inner detail"))
    assert failed.status_code == 500
    assert b"detail" not in failed.body
    assert all(failed.headers[name] == value for name, value in server.house_headers().items())


def test_the_policy_names_no_host_and_no_way_to_run_foreign_scripts() -> None:
    policy = server.content_security_policy()
    assert "http" not in policy
    assert "*" not in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(scripts[1].split())


def test_the_inline_script_of_streamlits_page_is_known_by_its_hash() -> None:
    assert "'sha256-" in server.content_security_policy()


def page_with_an_error() -> None:
    from steering.web.browser.server import on_script_error

    try:
        raise ZeroDivisionError("inner <b>detail</b>")
    except ZeroDivisionError as error:
        on_script_error(error)


def test_an_error_shows_a_sentence_with_a_number_under_which_the_log_says_where(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        page = AppTest.from_function(page_with_an_error).run()
    (shown,) = page.error
    number = re.search(r"\*\*([0-9a-f]{8})\*\*", shown.value)
    assert number is not None
    assert "detail" not in shown.value
    logged = next(record for record in caplog.records if record.name == journal.NAME).getMessage()
    assert number[1] in logged
    assert "ZeroDivisionError" in logged
    assert "page_with_an_error" in logged
    assert "detail" not in logged
