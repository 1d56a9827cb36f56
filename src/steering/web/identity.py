"""Who asks: as the house's sign-in says, or by where the browser is where nobody signs in."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config

from steering.storage.rights import house, sign_in_file
from steering.storage.rights.acting import AT_THE_MACHINE, AtTheMachine, Onlooker, SignedIn, SignedOut, Who
from steering.storage.rights.house import House

# Behind any of these somebody else stands than who is connected; so does behind all that begin with the last.
FORWARDED = frozenset(
    {
        "forwarded",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "true-client-ip",
        "cf-connecting-ip",
    }
)
ALL_FORWARDED = "x-forwarded"
_SOCKET_FILE = "unix:"
# The header in which the gatekeeper hands on whom a trusted proxy has named, and what proves that it did.
VOUCHED, PROOF = "steering-signed-in", secrets.token_hex(16)
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
# Clocks of two machines differ by so much at most.
_AHEAD = timedelta(minutes=5)
_HELD: list[tuple[House, AtTheMachine]] = []


def settings() -> House:
    """How this house signs in. Raises HouseRefused."""
    return _HELD[-1][0] if _HELD else house.read(sign_in_file.section(_files()), os.environ)


@contextmanager
def held(*, shared: bool) -> Iterator[None]:
    """Have what the settings say now count while the server runs: what is typed into the file meanwhile,
    or left half typed, switches no sign-in off. Raises HouseRefused.

    `shared`: others than this machine reach the server.
    """
    _HELD.append((settings(), AtTheMachine(shared)))
    try:
        yield
    finally:
        _HELD.pop()


def unreadable() -> str:
    """Why what the house has written down of its sign-in cannot be read; "" where it can."""
    try:
        sign_in_file.section(_files())
    except house.HouseRefused as refusal:
        # Streamlit reads these files before anybody of ours is asked, and goes down with some of them.
        config.set_option("secrets.files", [])
        return str(refusal)
    return ""


def _files() -> list[Path]:
    return [Path(file) for file in config.get_option("secrets.files")]


def who(now: datetime) -> Who:
    """Who asks at this moment (UTC)."""
    found = settings()
    if found.header:
        name = _vouched_for()
        return SignedIn(house.PROXY, name, name=name) if name else SignedOut()
    if found.services:
        return _of_service(now, found.limit)
    if from_elsewhere():
        return Onlooker()
    return _HELD[-1][1] if _HELD else AT_THE_MACHINE


def from_elsewhere() -> bool:
    """Whether the browser is on another machine, as far as anybody can see: what was forwarded counts so."""
    headers = st.context.headers
    if any(name.lower() in FORWARDED or name.lower().startswith(ALL_FORWARDED) for name in headers):
        return True
    # No browser connects to a file: a proxy does, and names no address.
    if str(config.get_option("server.address") or "").startswith(_SOCKET_FILE):
        return True
    host = str(headers.get("host", "")).rsplit(":", 1)
    name = ":".join(host) if host[-1].endswith("]") else host[0]
    # Streamlit names no address for this machine.
    address = st.context.ip_address
    outside = address is not None and not is_loopback(address)
    return outside or (name != "" and name.lower() not in OWN_NAMES)


def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine alone."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (inner or found).is_loopback


def _vouched_for() -> str:
    """Whom a trusted proxy has named; "" for nobody."""
    proof, _, name = str(st.context.headers.get(VOUCHED, "")).partition(":")
    return name.strip() if secrets.compare_digest(proof.encode(), PROOF.encode()) else ""


def still_counts(asks: Who, now: datetime) -> bool:
    """Whether a sign-in that was found counts on at this moment (UTC)."""
    return not isinstance(asks, SignedIn) or asks.since is None or now - asks.since <= settings().limit


def _of_service(now: datetime, limit: timedelta) -> Who:
    """Whom the OpenID Connect service has named, as long as that counts.

    The service's own end (`exp`) says until when its answer could be taken in, often five minutes; how long
    somebody stays signed in afterwards is for the house to say.
    """
    claims: dict[str, Any] = dict(st.user.to_dict()) if st.user.get("is_logged_in") else {}
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        return SignedOut()
    since = _moment(claims.get("iat"))
    if since is None or since > now + _AHEAD or now - since > limit:
        return SignedOut(ended=True)
    name = next((str(claims[key]) for key in ("name", "preferred_username", "email") if claims.get(key)), "")
    mailbox = claims.get("email")
    return SignedIn(house.issuer(issuer), subject, since, name, mailbox if isinstance(mailbox, str) else "")


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
