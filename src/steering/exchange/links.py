"""The address under which people reach the program, for what they read elsewhere: mails, calendars."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

SETTING = "STEERING_ADDRESS"


class AddressRefused(Exception):
    """The setting is no address of a program; the sentence says what to do."""


def base(environment: Mapping[str, str]) -> str:
    """The address without a slash at its end, "" where none is set. Raises AddressRefused."""
    text = environment.get(SETTING, "").strip().rstrip("/")
    parts = urlsplit(text)
    if not text:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise AddressRefused(
            f"{SETTING}: »{text}« ist keine Adresse, unter der das Programm zu erreichen ist. Bitte eine wie "
            "»https://steuerung.landkreis.example« angeben."
        )
    return text
