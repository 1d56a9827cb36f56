"""What of a typed address may be a link: pages of the web, mailboxes and telephones. All else stays text."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?[\d\s()/–.-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15


def web(text: str) -> str:
    """The address where it is one of a page of the web, else ""."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        sound = False
    return text if sound and text.isprintable() and " " not in text else ""


def mail(text: str) -> str:
    """The address that opens a mail to a mailbox, else ""."""
    return f"mailto:{quote(text, safe='@+')}" if _MAILBOX.fullmatch(text) else ""


def telephone(text: str) -> str:
    """The address that dials a number, else ""."""
    if not _TELEPHONE.fullmatch(text):
        return ""
    # »+49 (0) 9561«: the zero is dialled at home only.
    dialled = re.sub(r"[^\d+]", "", text.replace("(0)", "") if text.startswith("+") else text)
    return f"tel:{dialled}" if _FEWEST_DIGITS <= len(dialled) <= _MOST_DIGITS else ""
