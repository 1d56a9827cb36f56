"""By which mail server of the house mails go out, as the environment says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum

from steering.exchange import links

HOST, PORT, SECURITY = "STEERING_SMTP_HOST", "STEERING_SMTP_PORT", "STEERING_SMTP_SECURITY"
USER, PASSWORD, SENDER = "STEERING_SMTP_USER", "STEERING_SMTP_PASSWORD", "STEERING_MAIL_FROM"


class MailRefused(Exception):
    """A setting with which no mail goes out: which, and what to do."""


class Security(StrEnum):
    """How the way to the mail server is guarded."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_USUAL_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True)
class MailSettings:
    """The mail server and the sender; `address`: where people reach the program, "" where nobody said."""

    sender: str
    host: str = ""
    port: int = 0
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    address: str = ""


def read(environment: Mapping[str, str], *, sends: bool) -> MailSettings:
    """What the environment says; `sends`: whether a server is needed at all. Raises MailRefused."""
    said = {name: environment.get(name, "").strip() for name in (HOST, PORT, SECURITY, USER, SENDER)}
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", said[SENDER]):
        raise MailRefused(
            f"{SENDER} nennt keinen Absender. Bitte eine E-Mail-Adresse angeben, z. B. "
            "steuerung@kreis.example."
        )
    if sends and not said[HOST]:
        raise MailRefused(
            f"{HOST} nennt keinen Mailserver. Bitte angeben oder mit --dry-run ORDNER Dateien "
            "schreiben lassen."
        )
    try:
        security = Security(said[SECURITY].lower() or Security.STARTTLS)
    except ValueError:
        known = ", ".join(Security)
        raise MailRefused(f"{SECURITY}: »{said[SECURITY]}« gibt es nicht. Bitte {known} angeben.") from None
    if said[PORT] and not (said[PORT].isdecimal() and 0 < int(said[PORT]) < 65_536):
        raise MailRefused(f"{PORT}: »{said[PORT]}« ist kein Port. Bitte eine Zahl angeben, z. B. 587.")
    try:
        address = links.base(environment)
        Address(addr_spec=said[SENDER])
    except links.AddressRefused as refusal:
        raise MailRefused(str(refusal)) from None
    except ValueError:
        raise MailRefused(f"{SENDER}: »{said[SENDER]}« ist keine E-Mail-Adresse.") from None
    port = int(said[PORT]) if said[PORT] else _USUAL_PORTS[security]
    return MailSettings(
        said[SENDER], said[HOST], port, security, said[USER], environment.get(PASSWORD, ""), address
    )
