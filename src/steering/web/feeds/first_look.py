"""What people look at first: worked out before they come, and again when a new day begins."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial

from steering import web
from steering.web import current, pages
from steering.web.feeds.page_tables import TABLES
from steering.web.feeds.saved_view_feed import table
from steering.web.map import ground
from steering.web.overview import decision


def pieces() -> Iterator[Callable[[], object]]:
    """One piece of work after another, each to be done at leisure: what the pages are made of, the ground of
    the maps, and the table of each page as it opens for whoever may see all of it."""
    for module in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        yield partial(importlib.import_module, module.name)
    yield partial(_as_they_are_now, ground.of_stored)
    for path in TABLES:
        yield partial(_as_they_are_now, partial(_of_page, path))


def _of_page(path: str) -> None:
    table(path, "")
    if path == pages.OVERVIEW.path:
        decision.prepare()


def _as_they_are_now(make: Callable[[], object]) -> None:
    with current.as_of(current.whole_now(current.database())):
        make()
