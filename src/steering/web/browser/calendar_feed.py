"""The address under which a calendar is subscribed to."""

from __future__ import annotations

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from steering.analysis import dates
from steering.analysis.dates import WantedDates
from steering.analysis.portfolio import Portfolio
from steering.exchange import calendar
from steering.model import SubscriptionKind
from steering.storage import publishing
from steering.storage.rights.acting import acting_as
from steering.storage.subscribing import Fetched
from steering.web import current
from steering.web.browser import fetching
from steering.web.browser.fetching import CALENDAR_ENDING, Content


def answer(request: Request) -> Response:
    """The calendar, that it is the same as before (304), or that there is none (404)."""
    name = str(request.path_params["name"])
    token = name.removesuffix(CALENDAR_ENDING)
    return fetching.answer(request, SubscriptionKind.CALENDAR, token, name, _calendar)


def _calendar(asked: Fetched, name: str) -> Content | None:
    if not name.endswith(CALENDAR_ENDING):
        return None
    assert isinstance(asked.wanted, WantedDates)
    engine, today, now = acting_as(current.database(), asked.owner), current.today(), current.now()
    rows = current.unasked(engine, dates.dated, today)
    settings = current.unasked(engine, _settings)
    found = publishing.handed_out(engine, rows, asked.wanted, today=today, now=now)
    content = calendar.feed(found, settings, name=asked.name)
    return Content(content, f"{calendar.MIME}; charset=utf-8", f"{asked.name}{CALENDAR_ENDING}")


def _settings(portfolio: Portfolio) -> pd.Series:
    return portfolio.settings


ROUTE = Route(f"/{fetching.CALENDARS}/{{name}}", answer, methods=["GET", "HEAD"])
