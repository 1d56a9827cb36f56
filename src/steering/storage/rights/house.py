"""How this house signs in: what its settings say, read by pages and command line alike.

`[auth]` in `.streamlit/secrets.toml` names an OpenID Connect service; else a proxy that signs in may name the
person in a header. Without either nobody signs in.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from steering.storage.problems import StorageError

HEADER_SETTING, PROXIES_SETTING = "STEERING_SIGN_IN_HEADER", "STEERING_SIGN_IN_PROXIES"
HOURS_SETTING = "STEERING_SESSION_HOURS"
# As who names persons that a proxy has signed in.
PROXY = "proxy"
_USUAL_HOURS, _MOST_HOURS = 12.0, 720.0
_METADATA = "/.well-known/openid-configuration"
# What HTTP lets be the name of a header.
_HEADER = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")
_OF_A_SERVICE = ("client_id", "client_secret", "server_metadata_url")


class HouseRefused(StorageError):
    """A setting of the sign-in with which the program does not start: which, and what to do."""


@dataclass(frozen=True)
class House:
    """How this house signs in. `services`: the OpenID Connect services, "" the one without a name; `header`:
    the one in which a proxy at one of the addresses `proxies` names the person; `limit`: how long a sign-in
    counts."""

    services: tuple[str, ...] = ()
    header: str = ""
    proxies: frozenset[str] = frozenset()
    limit: timedelta = timedelta(hours=_USUAL_HOURS)

    @property
    def signs_in(self) -> bool:
        """Whether somebody has to sign in here."""
        return bool(self.services or self.header)


def read(auth: Mapping[str, Any], environment: Mapping[str, str]) -> House:
    """What the settings say; `auth`: the section of that name. Raises HouseRefused."""
    services = tuple(services_of(auth))
    if auth and not services:
        raise HouseRefused(
            "In .streamlit/secrets.toml nennt der Abschnitt [auth] keinen Anmeldedienst. Bitte "
            f"{', '.join(_OF_A_SERVICE)}, redirect_uri und cookie_secret angeben."
        )
    header = environment.get(HEADER_SETTING, "").strip().lower()
    if header and not _HEADER.fullmatch(header):
        raise HouseRefused(
            f"{HEADER_SETTING}: »{environment[HEADER_SETTING].strip()}« kann keine Kopfzeile heißen. Bitte "
            "nur den Namen angeben, wie X-Remote-User, ohne Leerzeichen und Doppelpunkt."
        )
    proxies = _addresses(environment.get(PROXIES_SETTING, ""))
    if bool(header) != bool(proxies):
        raise HouseRefused(
            f"{HEADER_SETTING} und {PROXIES_SETTING} gehören zusammen: die Kopfzeile, in der der Proxy die "
            "angemeldete Person nennt, und die Adressen, von denen sie gilt."
        )
    if services and header:
        raise HouseRefused(
            f"Es sind zwei Wege der Anmeldung eingerichtet: [auth] und {HEADER_SETTING}. "
            "Bitte einen entfernen."
        )
    return House(services, header, proxies, _limit(environment.get(HOURS_SETTING, "")))


def services_of(auth: Mapping[str, Any]) -> dict[str, str]:
    """The address of each service's description by its name, "" for the one without."""
    sections = {"": auth} | {name: part for name, part in auth.items() if isinstance(part, Mapping)}
    return {
        name: str(part["server_metadata_url"])
        for name, part in sections.items()
        if all(part.get(field) for field in _OF_A_SERVICE)
    }


def usual_issuer(auth: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    """As who the sign-in of this house names persons, where there is one way only; else ""."""
    services = list(services_of(auth).values())
    if len(services) == 1:
        return issuer(services[0])
    return PROXY if not services and environment.get(HEADER_SETTING) else ""


def issuer(text: str) -> str:
    """An issuer as persons are kept by it, with or without a slash at its end, and where somebody has taken
    the address of its description for it."""
    return text.strip().rstrip("/").removesuffix(_METADATA).rstrip("/")


def _addresses(text: str) -> frozenset[str]:
    try:
        return frozenset(str(ipaddress.ip_address(part.strip())) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise HouseRefused(
            f"{PROXIES_SETTING}: »{text}« sind keine Adressen. Bitte wie 127.0.0.1 angeben, mit Kommas "
            "dazwischen."
        ) from error


def _limit(text: str) -> timedelta:
    try:
        hours = float(text.replace(",", ".")) if text.strip() else _USUAL_HOURS
    except ValueError:
        hours = 0.0
    if not 0 < hours <= _MOST_HOURS:
        raise HouseRefused(f"{HOURS_SETTING}: »{text}« ist keine Zahl von Stunden. Üblich sind 12.")
    return timedelta(hours=hours)
