"""The address under which the table of a saved view is fetched: by a spreadsheet, without signing in."""

from __future__ import annotations

from urllib.parse import parse_qs

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from steering.exchange import tables
from steering.model import SubscriptionKind
from steering.model.german import listing
from steering.storage.subscribing import Fetched, WantedView
from steering.web import address, current, filters, pages, presets, sessions
from steering.web.browser import fetching
from steering.web.browser.fetching import Content, NotNow
from steering.web.feeds.page_tables import TABLES, LookedAt

_MIME = "text/csv; charset=utf-8"


def answer(request: Request) -> Response:
    """The table, that it is the same as before (304), or that there is none (404)."""
    return fetching.answer(
        request, SubscriptionKind.EXPORT, request.path_params["token"], request.path_params["name"], _made
    )


def _made(asked: Fetched, name: str) -> Content | None:
    wanted = asked.wanted
    assert isinstance(wanted, WantedView)
    if name != f"{wanted.view}{fetching.TABLE_ENDING}":
        return None
    with sessions.standing_in(
        asked.owner, **{current.DISCREET: not wanted.internal, current.EXAMPLES_HIDDEN: not wanted.examples}
    ):
        frame = table(wanted.page, wanted.query)
    return Content(tables.as_csv(frame), _MIME, f"{asked.name}{fetching.TABLE_ENDING}")


def table(path: str, query: str) -> pd.DataFrame:
    """The table of a page as an address shows it, for who stands in.

    Raises NotNow where the address names what is not there (any more): without it, it would be another table.
    """
    page = next((each for each in pages.ALL if each.path == path), None)
    if page is None or path not in TABLES:
        raise NotNow("Zu dieser Ansicht gibt es keine Tabelle. Bitte den Abruf widerrufen.")
    sessions.state()["page_now"] = page.title
    missing = address.look(parse_qs(query), filters.known(), current.today())
    preset = sessions.state()[address.preset_key()] or presets.ALL
    if preset not in presets.known(page):
        missing.append(f"»{address.PRESET}«")
    if missing:
        raise NotNow(
            f"Die Ansicht nennt bei {listing(missing)} etwas, das es nicht mehr gibt; ohne das wäre es eine "
            "andere Tabelle. Bitte die Ansicht im Programm öffnen, neu merken und dafür einen Abruf anlegen."
        )
    return TABLES[path](LookedAt(filters.view(), filters.selection(), preset, address.with_ideas()))


ROUTE = Route(f"/{fetching.TABLES}/{{token}}/{{name}}", answer, methods=["GET", "HEAD"])
