"""What of the directory somebody has confirmed, and what waits for it.

What is taken back, has ended or is archived goes at once. What is new or says something else than what was
confirmed waits: until somebody confirms it, the directory says of it what it said before, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from steering.analysis.publication.content import (
    PublicDirectory,
    PublicEntry,
    PublicNews,
    Published,
    SiteWords,
)

SITE = "verzeichnis"
_MOST_NEWS = 100


class PublicTurn(StrEnum):
    """What happens to a thing with the next release; the value is its German word."""

    NEW = "neu"
    CHANGED = "geändert"
    GONE = "entfällt"


@dataclass(frozen=True)
class PublicDifference:
    """One thing that the next release changes. `key`: of the entry, or SITE; `name`: what it is called.

    `field`: name of the value, "" for an entry as a whole; `before`, `after`: JSON values, None for nothing.
    """

    turn: PublicTurn
    key: str
    name: str
    field: str
    before: Any
    after: Any


def confirmed_part(wanted: PublicDirectory, confirmed: PublicDirectory | None) -> PublicDirectory:
    """What may go out today: of what is wanted, what was confirmed, as it was confirmed."""
    if confirmed is None:
        return replace(wanted, site=SiteWords(), entries=())
    kept = {each.key: each.values for each in confirmed.entries}
    entries = [
        PublicEntry(each.key, {name: kept[each.key][name] for name in each.values if name in kept[each.key]})
        for each in wanted.entries
        if each.key in kept
    ]
    said = asdict(confirmed.site)
    # A text that is emptied is taken back.
    site = SiteWords(**{name: said[name] if value else "" for name, value in asdict(wanted.site).items()})
    return replace(wanted, site=site, entries=tuple(entries))


def differences(wanted: PublicDirectory, confirmed: PublicDirectory | None) -> list[PublicDifference]:
    """All that the next release changes: what the directory says of itself, then entries in their order."""
    before = confirmed or replace(wanted, site=SiteWords(), entries=())
    kept = {each.key: each for each in before.entries}
    found = list(_of_values(SITE, "", asdict(before.site), asdict(wanted.site)))
    for entry in wanted.entries:
        known = kept.pop(entry.key, None)
        if known is None:
            found.append(
                PublicDifference(PublicTurn.NEW, entry.key, entry.name, "", None, dict(entry.values))
            )
        else:
            found += _of_values(entry.key, entry.name, dict(known.values), dict(entry.values))
    found += [
        PublicDifference(PublicTurn.GONE, key, each.name, "", dict(each.values), None)
        for key, each in kept.items()
    ]
    return found


def awaiting(found: Sequence[PublicDifference]) -> list[PublicDifference]:
    """Those that wait for somebody to confirm them; what goes, goes at once."""
    return [each for each in found if each.turn is not PublicTurn.GONE]


def published(wanted: PublicDirectory, releases: Sequence[tuple[date, PublicDirectory]]) -> Published:
    """What goes out today, by all releases so far, the earliest first."""
    directory = confirmed_part(wanted, releases[-1][1] if releases else None)
    there = {each.key for each in directory.entries}
    news = [each for each in reversed(list(_told(releases))) if each.key in there]
    return Published(directory, releases[-1][0] if releases else None, tuple(news[:_MOST_NEWS]))


def _told(releases: Sequence[tuple[date, PublicDirectory]]) -> Iterator[PublicNews]:
    before: PublicDirectory | None = None
    for day, directory in releases:
        changed: dict[str, list[str]] = {}
        for each in differences(directory, before):
            if each.turn is PublicTurn.NEW and not each.field:
                yield PublicNews(day, each.key)
            elif each.field and each.key != SITE:
                changed.setdefault(each.key, []).append(each.field)
        yield from (PublicNews(day, key, tuple(fields)) for key, fields in changed.items())
        before = directory


def _of_values(
    key: str, name: str, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[PublicDifference]:
    for field in [*after, *(left for left in before if left not in after)]:
        was, now = before.get(field) or None, after.get(field) or None
        if was == now:
            continue
        turn = PublicTurn.NEW if was is None else PublicTurn.GONE if now is None else PublicTurn.CHANGED
        yield PublicDifference(turn, key, name, field, was, now)
