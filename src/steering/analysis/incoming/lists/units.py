"""In what a column counts, as its heading says: thousands of euros, hours a week, percent of a post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from steering.analysis.incoming.lists.basis import for_something_else
from steering.analysis.incoming.lists.meanings import Meaning

FULL_WEEK = 39
"""Hours of a full post a week in the collective agreement of the municipalities (TVöD)."""

_SCALES = (
    (
        re.compile(
            r"\b(t[-. ]*(€|euro?)|keur|k€|tsd|tausend|1[. ]?000 ?(€|euro?\b)|in 1[. ]?000\b|thousand)", re.I
        ),
        1_000,
        "in Tausend Euro",
    ),
    (re.compile(r"\b(mio|mill|millionen|meur|million)\b|\bm€", re.I), 1_000_000, "in Millionen Euro"),
)
_FOREIGN = re.compile(
    r"\b(dm|dem|deutsche mark|chf|sfr|franken|usd|us ?dollar|gbp|pfund|pln|zloty|czk|kronen|sek|dkk|"
    r"cent|ct)\b|[$£]",
    re.I,
)
_A_WEEK = re.compile(
    r"wochenstunden|wochen-?std|\bwo?\.?-? ?std|wochenarbeitszeit|\bwaz\b|"
    r"wöchentlich\w* (stunden|arbeitszeit)|(stunden|std\.?) wöchentlich|"
    r"(stunden|std\.?|h|hours) ?(/|je|pro|per|in der|a|die) ?(w\b|wo\b|wo\.|wöch|woche|week)",
    re.I,
)
_HOURS = re.compile(r"\b(stunden|std|hours|ue|unterrichtseinheiten)\b", re.I)
_PERCENT = re.compile(r"%|\bprozent\b|\bpercent\b|\bv\. ?h\.", re.I)


_ALONE = re.compile(
    r"\W*((angaben? )?(in )?((t|m)?[-. ]*(€|eur|euro)|keur|k€|(tsd|tausend|mio|mill)\.?( ?(€|eur|euro))?|"
    r"%|prozent|vz[äe]|std\.?( ?(/|pro|je) ?(wo\.?|woche))?|tt\.mm\.jjjj|datum|anzahl)"
    r"( ?(/|pro|je|p\.?) ?(jahr|a\.?|monat))?)\W*",
    re.I,
)
_OF_ALL = re.compile(
    r"(?:\bin\s+|[(\[,:–-]\s*|^\W*)"
    r"((?:(?:t[-. ]*|k|(?:tsd|tausend|mio|mill|millionen)\.? ?|1[. ]?000 ?)(?:€|euro?))(?!\w|\s*\d))",
    re.I,
)
_LONGEST = 160
_EXTENT = re.compile(r"umfang|anteil", re.I)


@dataclass(frozen=True)
class Unit:
    """What one of a column is in euros or posts; `words` says it, `problem` why it cannot be read."""

    times: float = 1
    words: str = ""
    problem: str = ""


AS_IT_STANDS = Unit()


def unit(meaning: Meaning, heading: str) -> Unit:
    """What a column of figures counts in, from its heading."""
    if meaning == Meaning.AMOUNT:
        return _of_money(heading)
    return _of_posts(heading) if meaning == Meaning.FTE else AS_IT_STANDS


def of_all(texts: Iterable[str]) -> Unit:
    """What a text beside a table says that all its amounts count in, such as »Beträge in T€«."""
    for said in texts:
        if len(said) <= _LONGEST and (match := _OF_ALL.search(said)):
            found = _of_money(match[1])
            return replace(found, words=f"{found.words}, wie »{said[:60]}« sagt")
    return AS_IT_STANDS


def without_scale(heading: str) -> str:
    """A heading without the words that say in how many euros its amounts count."""
    for pattern, _, _ in _SCALES:
        heading = pattern.sub(" ", heading)
    return heading


def is_unit(said: str) -> bool:
    """Whether a text names no more than a unit, as in a row below the headings."""
    return bool(_ALONE.fullmatch(said))


def is_extent(heading: str) -> bool:
    """Whether it speaks of how much of a post there is, which people write in hours or percent as well."""
    return bool(_EXTENT.search(heading))


def _of_money(heading: str) -> Unit:
    if found := _FOREIGN.search(heading):
        return Unit(problem=f"nennt Beträge in »{found[0]}«; umgerechnet wird nicht")
    if words := for_something_else(heading):
        return Unit(problem=f"nennt Beträge {words}; geführt werden Beträge im Jahr oder insgesamt")
    for pattern, times, words in _SCALES:
        if pattern.search(heading):
            return Unit(times, words)
    return AS_IT_STANDS


def _of_posts(heading: str) -> Unit:
    if _A_WEEK.search(heading):
        return Unit(1 / FULL_WEEK, f"in Wochenstunden; {FULL_WEEK} Stunden sind eine Stelle")
    if _HOURS.search(heading):
        return Unit(problem="nennt Stunden, aber nicht je Woche")
    if _PERCENT.search(heading):
        return Unit(1 / 100, "in Prozent einer Stelle")
    return AS_IT_STANDS
