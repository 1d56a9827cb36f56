"""The address under which a calendar is subscribed to: a program fetches it, without signing in.

The secret in the address is all it has. So whose it is, and what that person may, is asked at every request;
every refusal looks alike; and no line of the log says an address.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from urllib.parse import quote

import pandas as pd
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from steering.analysis import dates
from steering.analysis.portfolio import Portfolio
from steering.exchange import calendar
from steering.model import SubscriptionKind
from steering.storage import journal, publishing, subscribing
from steering.storage.journal import Happened
from steering.storage.problems import StorageError
from steering.storage.rights.acting import acting_as
from steering.storage.subscribing import Fetched
from steering.web import current, identity

FOLDER, ENDING = "kalender", ".ics"
# A secret is shorter; what is longer is none, and need not be looked for.
_LONGEST = 100
_GONE = "Unter dieser Adresse gibt es keinen Kalender (mehr)."
_LATER = "Der Kalender lässt sich gerade nicht lesen. Bitte später noch einmal versuchen."
_TRY_AGAIN = {"Retry-After": "600"}
# Nobody between the program and us keeps it, and the program asks each time whether it is still the same.
_KEPT = {"Cache-Control": "private, no-cache"}


def path(token: str) -> str:
    """The path of the address that holds a secret."""
    return f"/{FOLDER}/{token}{ENDING}"


def answer(request: Request) -> Response:
    """The calendar, that it is the same as before (304), or that there is none (404)."""
    name = str(request.path_params["name"])
    token = name.removesuffix(ENDING)
    asked, response = None, None
    if name.endswith(ENDING) and len(token) <= _LONGEST:
        try:
            signs_in = identity.settings().signs_in
            asked = subscribing.asked_for(
                current.database(), SubscriptionKind.CALENDAR, token, signs_in=signs_in
            )
            response = asked and _calendar(asked, request.headers.get("if-none-match", ""))
        except StorageError:
            response = PlainTextResponse(_LATER, 503, _KEPT | _TRY_AGAIN)
    response = response or PlainTextResponse(_GONE, 404, _KEPT)
    key = asked.id if asked else 0
    journal.event(Happened.FETCH, of="calendar", subscription=key, status=response.status_code)
    return response


def _calendar(asked: Fetched, known: str) -> Response:
    engine, today, now = acting_as(current.database(), asked.owner), current.today(), current.now()
    rows = current.unasked(engine, dates.dated, today)
    settings = current.unasked(engine, _settings)
    found = publishing.handed_out(engine, rows, asked.wanted, today=today, now=now)
    content = calendar.feed(found, settings, name=asked.name)
    if asked.fetched_on != today:
        # Bookkeeping: no reason to withhold a calendar that is ready.
        with suppress(StorageError):
            subscribing.note(engine, asked.id, today)
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = _KEPT | {"ETag": tag}
    if tag in {part.strip().removeprefix("W/") for part in known.split(",")}:
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(asked.name, safe='')}{ENDING}"
    return Response(content, headers=headers, media_type=f"{calendar.MIME}; charset=utf-8")


def _settings(portfolio: Portfolio) -> pd.Series:
    return portfolio.settings


ROUTE = Route(f"/{FOLDER}/{{name}}", answer, methods=["GET", "HEAD"])
