"""What is new, as it is told: each thing once a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from steering.analysis.publication.content import PublicNews


def each_once(news: Iterable[PublicNews]) -> Iterator[PublicNews]:
    """By thing and day, in their order: releases of a day tell one thing; what is new has not changed."""
    together: dict[tuple[date, str], list[PublicNews]] = {}
    for each in news:
        together.setdefault((each.day, each.key), []).append(each)
    for (day, key), told in together.items():
        new = not all(each.changed for each in told)
        changed = sorted({name for each in told for name in each.changed})
        yield PublicNews(day, key, () if new else tuple(changed))
