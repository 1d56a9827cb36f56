"""What of the directory somebody has confirmed, and what waits for it.

The directory says what was confirmed and is still so. What is taken back, has ended or is archived goes at
once; what is new or says something else than what was confirmed waits, and until somebody confirms it nothing
is said of it: an old number, or an end that is not true any more, helps nobody. An entry keeps the name with
which it was confirmed.
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
_POINT, _PLACE, _WIDE = {"latitude", "longitude"}, {"street", "town"}, "district_wide"
LOOKED_BACK = 12
"""So many releases tell what is new; the one before them tells what was there already."""


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
    """What may go out today: what was confirmed, as far as it is still so.

    Names of municipalities and Handlungsfelder are official and wait for nobody.
    """
    if confirmed is None:
        return replace(wanted, site=SiteWords(), entries=())
    kept = {each.key: each for each in confirmed.entries}
    entries = [_still_so(each, kept[each.key]) for each in wanted.entries if each.key in kept]
    said, usual = asdict(confirmed.site), asdict(SiteWords())
    # The directory's own texts stay as they were until new ones are confirmed; an emptied one is taken back.
    site = {
        name: usual[name] if value == usual[name] else said[name]
        for name, value in asdict(wanted.site).items()
    }
    return replace(wanted, site=SiteWords(**site), entries=tuple(entries))


def _still_so(wanted: PublicEntry, confirmed: PublicEntry) -> PublicEntry:
    both = {
        name: _common(confirmed.values[name], value)
        for name, value in wanted.values.items()
        if name in confirmed.values
    }
    told = {name: value for name, value in both.items() if not _says_nothing(value)}
    return PublicEntry(wanted.key, {**told, "name": confirmed.name})


def _common(confirmed: Any, wanted: Any) -> Any:
    """What two values both say: of texts and figures all or nothing, of lists and parts what is in both."""
    if isinstance(confirmed, dict) and isinstance(wanted, dict):
        return _common_parts(confirmed, wanted)
    if isinstance(confirmed, list) and isinstance(wanted, list):
        return [each for each in confirmed if each in wanted]
    return confirmed if confirmed == wanted else None


def _common_parts(confirmed: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    if confirmed.get("name") != wanted.get("name"):
        return {}
    parts = {name: _common(value, wanted[name]) for name, value in confirmed.items() if name in wanted}
    told = {name: value for name, value in parts.items() if not _says_nothing(value) and value is not False}
    if not (told.keys() >= _POINT and told.keys() >= _PLACE):
        # Half a point is none, and without its place it is more than is said in words.
        told = {name: value for name, value in told.items() if name not in _POINT}
    if told and _WIDE in confirmed:
        told[_WIDE] = parts.get(_WIDE) is True
    return told


def _says_nothing(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}


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
    if len(releases) > LOOKED_BACK:
        _, before = releases[-LOOKED_BACK - 1]
    for day, directory in releases[-LOOKED_BACK:]:
        changed: dict[str, list[str]] = {}
        for each in differences(directory, before):
            if each.turn is PublicTurn.NEW and not each.field:
                yield PublicNews(day, each.key)
            elif each.field and each.key != SITE and each.turn is not PublicTurn.GONE:
                changed.setdefault(each.key, []).append(each.field)
        yield from (PublicNews(day, key, tuple(fields)) for key, fields in changed.items())
        before = directory


def _of_values(
    key: str, name: str, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[PublicDifference]:
    for field in [*after, *(left for left in before if left not in after)]:
        was, now = before.get(field), after.get(field)
        if was == now or (_says_nothing(was) and _says_nothing(now)):
            continue
        turn = PublicTurn.CHANGED
        if _says_nothing(was):
            turn = PublicTurn.NEW
        elif _says_nothing(now) or _common(was, now) == now:
            # Nothing is said that was not said before.
            turn = PublicTurn.GONE
        yield PublicDifference(
            turn, key, name, field, None if _says_nothing(was) else was, None if _says_nothing(now) else now
        )
