"""Who is let through to Streamlit: requests under our own name, from our own pages, to addresses in use.

Streamlit compares the Origin of a websocket with its own names, and to find those out it asks a host outside
while everybody waits. It also answers under any name: a foreign page whose name is made to point to this
machine would be taken for one of ours. Neither gets that far.
"""

from __future__ import annotations

import os
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from steering.storage import journal
from steering.storage.journal import Happened
from steering.storage.rights.house import House, HouseRefused
from steering.web import identity
from steering.web.browser import network
from steering.web.browser.network import USUAL_PORTS, Access, Authority, SettingRefused

# What Streamlit's page needs of its core; figures about the server, agents and the rest stay closed.
CORE = "_stcore"
OPEN_IN_CORE = frozenset({"health", "host-config", "stream", "upload_file"})
# Components of others: not in use. The way to sign in: where it is set up.
OF_SIGN_IN = frozenset({"auth", "oauth2callback"})
CLOSED = frozenset({"component", *OF_SIGN_IN})

RefusedRequest = tuple[HTTPStatus, str]


class Gatekeeper:
    """Refuses before Streamlit sees it, and does not let the server start where it must not."""

    def __init__(self, app: ASGIApp, unreadable: str = "") -> None:
        """`unreadable`: why the settings of the sign-in could not be read."""
        self.app = app
        self.access = Access()
        self.house = House()
        self.refused_start = unreadable
        if unreadable:
            return
        try:
            self.access = network.read_access(os.environ)
            self.house = identity.settings()
            network.check_start(self.access, network.listening_address())
        except (SettingRefused, HouseRefused) as refusal:
            self.refused_start = str(refusal)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._start(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            self._vouch(scope, receive)
            if scope["type"] == "websocket":
                _spell_host_as_origin(scope)
            await self.app(scope, receive, send)
            return
        journal.event(Happened.REFUSAL, of=scope["type"], status=refusal[0].value)
        if scope["type"] == "websocket":
            # Before it is accepted: the browser is told 403.
            await send({"type": "websocket.close", "code": 1008})
        else:
            status, sentence = refusal
            await PlainTextResponse(sentence, status)(scope, receive, send)

    async def _start(self, scope: Scope, receive: Receive, send: Send) -> None:
        _take_the_name_off(send)
        if self.refused_start:
            await receive()
            await send({"type": "lifespan.startup.failed", "message": self.refused_start})
            return
        await self.app(scope, receive, send)

    def _vouch(self, scope: Scope, receive: Receive) -> None:
        """Hand on whom a proxy of the house has named; from anywhere else the header means nothing."""
        headers = MutableHeaders(scope=scope)
        named = _only(headers, self.house.header) if self.house.header else ""
        for header in (identity.VOUCHED, self.house.header):
            if header in headers:
                del headers[header]
        if named and _peer(receive) in self.house.proxies:
            headers[identity.VOUCHED] = f"{identity.PROOF}:{named}"

    def _refusal(self, scope: Scope) -> RefusedRequest | None:
        """Why a request is not answered; None where it is."""
        if self.refused_start:
            return HTTPStatus.SERVICE_UNAVAILABLE, self.refused_start
        local, port = scope.get("server") or ("", None)
        # With a program of another's that listens elsewhere than configured; a socket file has no port.
        if port is not None and not self.access.from_network and not network.is_this_machine(local):
            return HTTPStatus.FORBIDDEN, "Dieses Programm antwortet nur auf dem Rechner, auf dem es läuft."
        headers = Headers(scope=scope)
        asked = _only(headers, "host")
        host = network.authority(asked) if asked else None
        if host is None or not self.access.answers(host, port):
            return HTTPStatus.MISDIRECTED_REQUEST, (
                "Unter dieser Adresse antwortet das Programm nicht. Bitte die Adresse prüfen; weitere Namen "
                f"kann die Betreuung mit {network.HOSTS_SETTING} zulassen."
            )
        if headers.getlist("origin") and _only(headers, "origin") not in _origins(host):
            return HTTPStatus.FORBIDDEN, "Die Anfrage kommt von einer fremden Seite und wurde abgelehnt."
        path: str = scope["path"]
        if not path.startswith("/"):
            return HTTPStatus.BAD_REQUEST, "Diese Anfrage ist nicht lesbar."
        if is_closed(path, signs_in=bool(self.house.services)):
            return HTTPStatus.NOT_FOUND, "Diese Adresse gibt es hier nicht."
        return None


def is_closed(path: str, *, signs_in: bool = False) -> bool:
    """Whether it is an address of Streamlit's that nothing of ours uses, below whatever path it is served.

    `signs_in`: whether its way to sign in is in use.
    """
    parts = path.strip("/").split("/")
    if CORE in parts:
        rest = parts[parts.index(CORE) + 1 :]
        return not rest or rest[0] not in OPEN_IN_CORE
    return not (CLOSED - OF_SIGN_IN if signs_in else CLOSED).isdisjoint(parts)


def _only(headers: Headers, name: str) -> str:
    """A header that may be said once only; empty where it is missing or said twice."""
    values = headers.getlist(name)
    return values[0] if len(values) == 1 else ""


def _origins(host: Authority) -> set[str]:
    """How a browser names the origin of pages that it got from that host."""
    spelled = {f"{scheme}://{host}" for scheme in USUAL_PORTS}
    return spelled | {f"{scheme}://{host.host}" for scheme, port in USUAL_PORTS.items() if host.port == port}


def _spell_host_as_origin(scope: Scope) -> None:
    """Streamlit compares both letter by letter, and asks outside where they differ."""
    headers = MutableHeaders(scope=scope)
    if origin := headers.get("origin"):
        headers["host"] = origin.partition("://")[2]


def _peer(receive: Receive) -> str:
    """The address that is connected to us, whatever headers say of others behind it; "" where unknown.

    Uvicorn puts the address of a forwarded header in the place of the peer's before anybody of ours sees it.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    found = transport.get_extra_info("peername") if transport is not None else None
    return str(found[0]).removeprefix("::ffff:") if isinstance(found, tuple) else ""


def _take_the_name_off(send: Send) -> None:
    """Uvicorn names itself in every answer, and Streamlit offers no setting against it.

    Of a server that is no Uvicorn nothing is found here, and nothing is changed.
    """
    settings = getattr(getattr(send, "__self__", None), "config", None)
    named: list[tuple[bytes, bytes]] | None = getattr(settings, "encoded_headers", None)
    if named is not None:
        named[:] = [header for header in named if header[0] != b"server"]
