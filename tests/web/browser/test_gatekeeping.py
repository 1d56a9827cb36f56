"""Requests that reach Streamlit, and those that do not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from steering.web.browser import gatekeeping
from steering.web.browser.gatekeeping import Gatekeeper

OWN = [("host", "localhost:8501")]
FOREIGN = "http://evil.example"


class Streamlit:
    """Stands in for it: notes what gets through."""

    def __init__(self) -> None:
        self.seen: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"ok"})


def ask(headers: list[tuple[str, str]], **said: Any) -> tuple[int, Streamlit]:
    """The status of one request, and what Streamlit saw of it; a websocket that is let in has status 101."""
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "server": ("127.0.0.1", 8501),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        **said,
    }
    streamlit = Streamlit()
    sent = run(Gatekeeper(streamlit), scope)
    if scope["type"] == "websocket":
        assert [message["type"] for message in sent] in ([], ["websocket.close"])
        return (403 if sent else 101), streamlit
    return sent[0]["status"], streamlit


def run(gatekeeper: Gatekeeper, scope: Scope) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{scope['type']}.startup"}

    asyncio.run(gatekeeper(scope, receive, send))
    return sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OWN, 200),
        ([("host", "127.0.0.1:8501")], 200),
        ([("host", "[::1]:8501")], 200),
        ([*OWN, ("origin", "http://localhost:8501")], 200),
        ([("host", "LOCALHOST:8501"), ("origin", "http://localhost:8501")], 200),
        ([], 421),
        ([("host", "")], 421),
        ([("host", "evil.example")], 421),
        ([("host", "evil.example:8501"), ("origin", "http://evil.example:8501")], 421),
        ([("host", "localhost:8501."), ("origin", "http://localhost:8501")], 421),
        ([*OWN, *OWN], 421),
        ([*OWN, ("host", "evil.example")], 421),
        ([("host", "evil.example"), ("x-forwarded-host", "localhost:8501")], 421),
        ([*OWN, ("x-forwarded-host", "evil.example")], 200),
        ([*OWN, ("origin", FOREIGN)], 403),
        ([*OWN, ("origin", "null")], 403),
        ([*OWN, ("origin", "")], 403),
        ([*OWN, ("origin", "http://localhost:8502")], 403),
        ([*OWN, ("origin", "http://localhost")], 403),
        ([*OWN, ("origin", "http://127.0.0.1:8501")], 403),
        ([*OWN, ("origin", "http://localhost:8501.evil.example")], 403),
        ([*OWN, ("origin", "http://localhost:8501@evil.example")], 403),
        ([*OWN, ("origin", "http://localhost:8501/")], 403),
        ([*OWN, ("origin", "file://localhost:8501")], 403),
        ([*OWN, ("origin", "http://localhost:8501"), ("origin", FOREIGN)], 403),
        ([*OWN, ("origin", f"http://localhost:8501, {FOREIGN}")], 403),
    ],
)
def test_only_own_names_and_own_pages_get_through(
    kind: str, headers: list[tuple[str, str]], status: int
) -> None:
    expected = status if kind == "http" else (101 if status == 200 else 403)
    found, streamlit = ask(headers, type=kind)
    assert found == expected
    assert bool(streamlit.seen) == (status == 200)


def test_streamlit_sees_a_host_spelled_like_the_origin() -> None:
    """Where both differ in a letter it asks a host outside which names are its own."""
    _, streamlit = ask([("host", "LOCALHOST:8501"), ("origin", "http://localhost:8501")], type="websocket")
    assert (b"host", b"localhost:8501") in streamlit.seen[0]["headers"]


def test_a_name_from_the_setting_is_let_in_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_ALLOWED_HOSTS", "steuerung.example")
    for host in ("steuerung.example", "steuerung.example:443"):
        status, streamlit = ask([("host", host), ("origin", "https://steuerung.example")], type="websocket")
        assert status == 101
        assert (b"host", b"steuerung.example") in streamlit.seen[0]["headers"]
    assert ask([("host", "steuerung.example:443"), ("origin", "http://steuerung.example")])[0] == 403
    assert ask([("host", "steuerung.example"), ("origin", "https://steuerung.example:8443")])[0] == 403


@pytest.mark.parametrize("path", ["http://evil.example/", "*", "evil.example:443", ""])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    assert ask(OWN, path=path)[0] == 400


@pytest.mark.parametrize(
    ("path", "closed"),
    [
        ("/", False), ("/karte", False), ("/_stcore/health", False), ("/_stcore/host-config", False),
        ("/_stcore/stream", False), ("/_stcore/upload_file/a/b", False), ("/media/x.png", False),
        ("/static/js/index.js", False), ("/karte/_stcore/health", False),
        ("/_stcore/metrics", True), ("/_stcore/metrics/", True), ("//_stcore/metrics", True),
        ("/x/_stcore/metrics", True), ("/_stcore", True), ("/_stcore/", True), ("/_stcore//health", True),
        ("/_stcore/script-health-check", True), ("/_stcore/agent/openapi.json", True), ("/_stcore/new", True),
        ("/_stcore/bidi-components/x", True), ("/component/x/index.html", True), ("/auth/login", True),
        ("/oauth2callback", True), ("/x/auth/logout", True),
    ],
)  # fmt: skip
def test_addresses_that_nothing_of_ours_uses_are_closed(path: str, closed: bool) -> None:
    assert gatekeeping.is_closed(path) == closed
    assert ask(OWN, path=path)[0] == (404 if closed else 200)


@pytest.mark.parametrize(("local", "status"), [("127.0.0.1", 200), ("::1", 200), ("::ffff:127.0.0.1", 200),
                                               ("192.168.1.4", 403), ("::ffff:10.0.0.1", 403)])  # fmt: skip
def test_a_connection_from_the_network_is_refused_until_it_is_allowed(
    local: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program than Streamlit's may listen elsewhere than configured."""
    assert ask(OWN, server=(local, 8501))[0] == status
    monkeypatch.setenv("STEERING_ALLOW_NETWORK", "1")
    assert ask(OWN, server=(local, 8501))[0] == 200


def test_with_a_setting_that_is_wrong_it_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_ALLOWED_HOSTS", "http://steuerung")
    streamlit = Streamlit()
    (message,) = run(Gatekeeper(streamlit), {"type": "lifespan"})
    assert message["type"] == "lifespan.startup.failed"
    assert "STEERING_ALLOWED_HOSTS" in message["message"]
    assert ask(OWN)[0] == 503, "nor answer, where a program skips the start"
    assert streamlit.seen == []


def test_with_settings_that_are_right_streamlit_is_started() -> None:
    streamlit = Streamlit()
    run(Gatekeeper(streamlit), {"type": "lifespan"})
    assert [scope["type"] for scope in streamlit.seen] == ["lifespan"]
