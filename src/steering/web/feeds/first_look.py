"""What people look at first: worked out before they come, and again when a new day begins."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from steering import web
from steering.analysis import dates
from steering.web import current, filters, opened, pages
from steering.web.feeds.page_tables import TABLES
from steering.web.feeds.saved_view_feed import table
from steering.web.map import ground
from steering.web.overview import decision, open_questions
from steering.web.potentials import proposals as potentials
from steering.web.rounds import proposals as points


def pieces() -> Iterator[Callable[[], object]]:
    """One piece of work after another, each to be done at leisure: what the pages are made of, then what
    takes longest of each page as it opens for whoever may see all of it."""
    for module in pkgutil.walk_packages(web.__path__, f"{web.__name__}."):
        yield partial(importlib.import_module, module.name)
    for path in dict.fromkeys([*TABLES, *LONGEST]):
        yield partial(_of_page, path)
    yield opened.settle


def _of_page(path: str) -> None:
    with current.as_of(current.whole_now(current.database())):
        if path in TABLES:
            table(path, "")
        for make in LONGEST.get(path, ()):
            make()


def _points() -> object:
    return points.news() if current.portfolio().has("meeting") else points.of_the_first()


LONGEST: Mapping[str, tuple[Callable[[], object], ...]] = {
    pages.OVERVIEW.path: (
        decision.prepare,
        open_questions.told,
        lambda: current.of(dates.dated, current.today()),
    ),
    pages.MAP.path: (ground.of_stored,),
    pages.POTENTIALS.path: (lambda: potentials.proposed(filters.selection()),),
    pages.ROUNDS.path: (_points,),
}
"""What takes long of a page and is not in its table, by the page's path."""
