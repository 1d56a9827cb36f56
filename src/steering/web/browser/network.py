"""Under which names the server answers, and whether others than this machine may reach it.

The server is meant for the machine it runs on, or for a proxy there; that a network may reach it has to be
said in so many words (`STEERING_ALLOW_NETWORK`). Where nobody signs in, every page says it then too.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit import config

from steering.storage.rights.acting import Onlooker
from steering.web import current, identity

HOSTS_SETTING, NETWORK_SETTING = "STEERING_ALLOWED_HOSTS", "STEERING_ALLOW_NETWORK"
# What a browser leaves out of an address.
USUAL_PORTS = {"http": 80, "https": 443}
_HIGHEST_PORT = 65_535
_AT_THE_MACHINE = "Ändern lässt sich nur an dem Rechner, auf dem es läuft."
_MISSED = "Hier sind Personen eingetragen; ändern lässt sich erst mit einer Anmeldung (docs/rights.md)."
_AUTHORITY = re.compile(
    r"(?P<host>\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9_-]|\.(?!\.)){0,251}[a-z0-9_]|[a-z0-9_])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
)


class SettingRefused(Exception):
    """A setting with which the server does not start: which, and what to do."""


@dataclass(frozen=True)
class Authority:
    """A name and, where it is said, a port: what stands in an address between `//` and the path."""

    host: str
    port: int | None = None

    def __str__(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Access:
    """Who may ask: names besides the own ones, and whether from other machines."""

    names: frozenset[Authority] = frozenset()
    from_network: bool = False

    def answers(self, asked: Authority, own_port: int | None) -> bool:
        """Whether the server goes by that name, on that port; its own port is `own_port`."""
        ports = {asked.port} if asked.port is not None else {*USUAL_PORTS.values()}
        if asked.host in identity.OWN_NAMES and own_port in ports:
            return True
        if asked in self.names:
            return True
        # Named without a port: as a proxy passes it on, which answers on the usual ones.
        usual = asked.port is None or asked.port in USUAL_PORTS.values()
        return usual and Authority(asked.host) in self.names


def authority(text: str) -> Authority | None:
    """What a Host header or the setting names, in the spelling browsers use; None for all else.

    Refused rather than repaired: user names, paths, blanks, dots at the end, zones, empty ports.
    """
    found = _AUTHORITY.fullmatch(text.lower())
    if found is None:
        return None
    host, port = found["host"], int(found["port"]) if found["port"] else None
    if port is not None and port > _HIGHEST_PORT:
        return None
    if host.startswith("["):
        try:
            host = f"[{ipaddress.IPv6Address(host[1:-1])}]"
        except ValueError:
            return None
    return Authority(host, port)


def read_access(environment: Mapping[str, str]) -> Access:
    """What the environment allows; raises SettingRefused."""
    names = set()
    for part in environment.get(HOSTS_SETTING, "").split(","):
        if not part.strip():
            continue
        name = authority(part.strip())
        if name is None:
            raise SettingRefused(
                f"{HOSTS_SETTING}: »{part.strip()}« ist kein Name, unter dem ein Server zu erreichen ist. "
                "Bitte Namen wie »steuerung.landkreis.example« oder »steuerung:8501« angeben, mit Kommas "
                "dazwischen und ohne »http://«."
            )
        names.add(name)
    said = environment.get(NETWORK_SETTING, "").strip()
    if said not in {"", "0", "1"}:
        raise SettingRefused(f"{NETWORK_SETTING}: »{said}« ist weder 1 (erlaubt) noch 0. Bitte berichtigen.")
    return Access(frozenset(names), from_network=said == "1")


def is_this_machine(address: str | None) -> bool:
    """Whether only this machine reaches an address; empty means all addresses, as Streamlit has it."""
    text = (address or "").strip().lower().strip("[]")
    return text == "localhost" or identity.is_loopback(text)


def check_start(access: Access, address: str | None) -> None:
    """Refuse to serve a network that nobody has allowed; raises SettingRefused."""
    if access.from_network or is_this_machine(address):
        return
    where = f"unter der Adresse »{address}«" if address else "unter allen Adressen dieses Rechners"
    raise SettingRefused(
        f"Das Programm startet nicht: Es wäre {where} auch für andere Rechner zu erreichen; wo keine "
        "Anmeldung eingerichtet ist, kann dort jeder lesen. Bitte die Adresse lassen, wie sie geliefert wird "
        f"(localhost). Soll das Netz es trotzdem erreichen, setzen Sie {NETWORK_SETTING}=1."
    )


def listening_address() -> str | None:
    """Where `streamlit run` listens, as configured."""
    address: str | None = config.get_option("server.address")
    return address


def is_shared() -> bool:
    """Whether others than this machine are to reach the server, as far as it is told."""
    access = read_access(os.environ)
    foreign = any(name.host not in identity.OWN_NAMES for name in access.names)
    return access.from_network or foreign or not is_this_machine(listening_address())


def strip() -> None:
    """On every page, where nobody signs in and others than this machine may reach the server, or persons are
    entered for whom that would count."""
    if identity.settings().signs_in:
        return
    passed_over = current.mandate().passed_over
    if isinstance(current.who(), Onlooker):
        st.info(
            "**Nur Lesen:** Sie sehen dieses Programm von einem anderen Rechner aus, und eine Anmeldung ist "
            f"nicht eingerichtet. {_MISSED if passed_over else _AT_THE_MACHINE}",
            icon=":material/visibility:",
        )
    elif is_shared():
        st.warning(
            "**Ohne Anmeldung im Netz:** Dieses Programm ist auch von anderen Rechnern zu erreichen. Wer die "
            "Adresse kennt, kann lesen, was nicht nur für die Verwaltung ist."
            f"{f' {_MISSED}' if passed_over else ''}",
            icon=":material/lock_open:",
        )
    elif passed_over and not current.presenting():
        st.info(
            "**Ohne Anmeldung:** Hier sind Personen eingetragen, aber eine Anmeldung ist nicht eingerichtet. "
            "Wer an diesem Rechner sitzt, darf alles.",
            icon=":material/lock_open:",
        )
