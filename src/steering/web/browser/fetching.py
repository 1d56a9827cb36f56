"""Addresses that programs fetch without signing in: calendars and tables.

The secret in the address is all they have. So whose it is, and what that person may, is asked at every
request; every refusal looks alike; and no line of the log says an address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from steering.model import SubscriptionKind
from steering.storage import journal, subscribing
from steering.storage.journal import Happened
from steering.storage.problems import StorageError
from steering.storage.rights.acting import acting_as
from steering.storage.subscribing import Fetched
from steering.web import current, identity

CALENDARS, CALENDAR_ENDING = "kalender", ".ics"
TABLES, TABLE_ENDING = "export", ".csv"
FOLDERS = (f"{CALENDARS}/", f"{TABLES}/")
# A secret is shorter; what is longer is none, and need not be looked for.
_LONGEST = 100
_GONE = {
    SubscriptionKind.CALENDAR: "Unter dieser Adresse gibt es keinen Kalender (mehr).",
    SubscriptionKind.EXPORT: "Unter dieser Adresse gibt es keine Tabelle (mehr).",
}
_LATER = "Das lässt sich gerade nicht lesen. Bitte später noch einmal versuchen."
_TRY_AGAIN = {"Retry-After": "600"}
# Nobody between the program and us keeps it, no search engine lists it, and the program asks each time
# whether it is still the same.
_HEADERS: Mapping[str, str] = MappingProxyType(
    {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow"}
)


@dataclass(frozen=True)
class Content:
    """What is handed out, its kind, and what a file of it is called."""

    content: bytes
    mime: str
    file: str


class NotNow(Exception):
    """It is theirs, but cannot be made: why, and what to do."""


def calendar_path(token: str) -> str:
    """The path of the address of a calendar."""
    return f"/{CALENDARS}/{token}{CALENDAR_ENDING}"


def table_path(token: str, view: int) -> str:
    """The path of the address of a saved view's table."""
    return f"/{TABLES}/{token}/{view}{TABLE_ENDING}"


def answer(
    request: Request,
    kind: SubscriptionKind,
    token: str,
    name: str,
    make: Callable[[Fetched, str], Content | None],
) -> Response:
    """What `make` makes of the subscription and the address's last part; 304 where the program has it, 404
    where there is none."""
    asked, response = None, None
    if len(token) <= _LONGEST:
        try:
            signs_in = identity.settings().signs_in
            asked = subscribing.asked_for(current.database(), kind, token, signs_in=signs_in)
            made = asked and make(asked, name)
            response = asked and made and _handed_out(asked, made, request.headers.get("if-none-match", ""))
        except NotNow as reason:
            response = PlainTextResponse(str(reason), 409, _HEADERS)
        except StorageError:
            response = PlainTextResponse(_LATER, 503, {**_HEADERS, **_TRY_AGAIN})
    response = response or PlainTextResponse(_GONE[kind], 404, _HEADERS)
    key = asked.id if asked and response.status_code != 404 else 0
    journal.event(Happened.FETCH, of=kind.value, subscription=key, status=response.status_code)
    return response


def _handed_out(asked: Fetched, made: Content, known: str) -> Response:
    if asked.fetched_on != current.today():
        # Bookkeeping: no reason to withhold what is ready.
        with suppress(StorageError):
            subscribing.note(acting_as(current.database(), asked.owner), asked.id, current.today())
    tag = f'"{sha256(made.content).hexdigest()[:32]}"'
    headers = {**_HEADERS, "ETag": tag}
    if tag in {part.strip().removeprefix("W/") for part in known.split(",")}:
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(made.file, safe='')}"
    return Response(made.content, headers=headers, media_type=made.mime)
