"""Requests that reach Streamlit, and those that do not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import get_cookie_secret

from steering.storage.rights.acting import SignedIn, SignedOut
from steering.storage.rights.house import HouseRefused
from steering.web import identity
from steering.web.browser import gatekeeping, server
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


class _Connection:
    """What Uvicorn knows of a connection: whose it is, whatever a header says of others behind it."""

    def __init__(self, address: str) -> None:
        self.transport = self
        self.address = address

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        return (self.address, 40_000) if name == "peername" else None

    async def receive(self) -> Message:
        return {"type": "http.request"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("address", "headers", "vouched"),
    [
        ("127.0.0.1", [("X-Remote-User", "eva")], "eva"),
        ("::ffff:127.0.0.1", [("x-remote-user", "eva")], "eva"),
        ("127.0.0.1", [("x-remote-user", "eva"), ("x-forwarded-for", "10.0.0.9")], "eva"),
        ("127.0.0.1", [], None),
        ("127.0.0.1", [("x-remote-user", "eva"), ("x-remote-user", "admin")], None),
        ("10.0.0.9", [("x-remote-user", "eva")], None),
        ("10.0.0.9", [("x-remote-user", "eva"), ("x-forwarded-for", "127.0.0.1")], None),
        ("127.0.0.1", [("steering-signed-in", "0:eva")], None),
        ("10.0.0.9", [("steering-signed-in", "0:eva")], None),
    ],
)
def test_whom_a_header_names_counts_from_the_houses_proxy_alone(
    kind: str, address: str, headers: list[tuple[str, str]], vouched: str | None, monkeypatch: Any
) -> None:
    monkeypatch.setenv("STEERING_SIGN_IN_HEADER", "X-Remote-User")
    monkeypatch.setenv("STEERING_SIGN_IN_PROXIES", "127.0.0.1")
    streamlit = Streamlit()
    scope: Scope = {
        "type": kind, "method": "GET", "path": "/", "server": ("127.0.0.1", 8501),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (*OWN, *headers)],
    }  # fmt: skip

    async def send(_message: Message) -> None: ...

    asyncio.run(Gatekeeper(streamlit)(scope, _Connection(address).receive, send))
    seen = dict(streamlit.seen[0]["headers"])
    assert b"x-remote-user" not in seen
    said = seen.get(identity.VOUCHED.encode())
    assert said == (f"{identity.PROOF}:{vouched}".encode() if vouched else None)
    context: Any = type("Context", (), {"headers": {identity.VOUCHED: (said or b"0:eva").decode()}})()
    monkeypatch.setattr(identity.st, "context", context)
    found = identity.who(datetime(2026, 11, 22))  # noqa: DTZ001
    assert isinstance(found, SignedIn if vouched else SignedOut)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"STEERING_SIGN_IN_HEADER": "X-Remote-User"}, "gehören zusammen"),
        ({"STEERING_SIGN_IN_PROXIES": "127.0.0.1"}, "gehören zusammen"),
        ({"STEERING_SIGN_IN_HEADER": "X", "STEERING_SIGN_IN_PROXIES": "proxy"}, "keine Adressen"),
        ({"STEERING_SIGN_IN_HEADER": "X Remote:User", "STEERING_SIGN_IN_PROXIES": "127.0.0.1"},
         "»X Remote:User« kann keine Kopfzeile heißen"),
        ({"STEERING_SESSION_HOURS": "lange"}, "keine Zahl von Stunden"),
        ({"STEERING_SESSION_HOURS": "0"}, "keine Zahl von Stunden"),
    ],
)  # fmt: skip
def test_half_a_sign_in_does_not_start(settings: dict[str, str], said: str, monkeypatch: Any) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    (answer,) = run(Gatekeeper(Streamlit()), {"type": "lifespan"})
    assert answer["type"] == "lifespan.startup.failed"
    assert said in answer["message"]


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The file in which this house writes down its sign-in."""
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    yield tmp_path / "secrets.toml"
    config.set_option("secrets.files", before)


@pytest.mark.parametrize("broken", ["[auth", None])
def test_a_sign_in_that_cannot_be_read_does_not_start(broken: str | None, secrets: Path) -> None:
    """Else it would be none, and everybody let in; None stands for a folder."""
    if broken is None:
        secrets.mkdir()
    else:
        secrets.write_text(broken)
    gatekeeper = next(each for each in server.middleware([]) if each.cls is Gatekeeper)
    # As Streamlit does when it puts itself together.
    get_cookie_secret()
    (answer,) = run(Gatekeeper(Streamlit(), str(gatekeeper.kwargs["unreadable"])), {"type": "lifespan"})
    assert answer["type"] == "lifespan.startup.failed"
    assert f"»{secrets}«" in answer["message"]


@pytest.mark.parametrize("later", ["[auth", "", None])
def test_what_becomes_of_the_file_meanwhile_switches_no_sign_in_off(later: str | None, secrets: Path) -> None:
    """None: it is deleted."""
    fields = dict.fromkeys(("client_id", "client_secret", "server_metadata_url"), "x")
    secrets.write_text("[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items()))
    with identity.held(shared=False):
        secrets.unlink()
        if later is not None:
            secrets.write_text(later)
        assert identity.settings().signs_in
    if later == "[auth":
        with pytest.raises(HouseRefused):
            identity.settings()
    else:
        assert not identity.settings().signs_in


def test_the_way_to_sign_in_is_open_where_it_is_set_up() -> None:
    for path in ("/auth/login", "/auth/logout", "/oauth2callback"):
        assert gatekeeping.is_closed(path)
        assert not gatekeeping.is_closed(path, signs_in=True)
    assert gatekeeping.is_closed("/component/x", signs_in=True)
