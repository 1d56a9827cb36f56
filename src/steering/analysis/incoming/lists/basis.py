"""What amounts under a heading are for: a year, all of it, or a time or thing that is not kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from steering.analysis.incoming.names import plain_name
from steering.model import AmountBasis

_SLASH = re.compile(r"\s*/\s*(?=[a-zäöü])", re.I)
_EACH = r"(?:(?:je|pro|per|jedes|p) )+"
_YEAR = r"(?!\w*(?:halb|viertel)jahr)\w*jahr"
_YEARLY = re.compile(
    rf"\b(?:{_EACH}(?:[a-z]+ )?{_YEAR}|{_EACH}(?:a|h?hj|j|anno|annum|year)|pa|jaehrl(?:ich\w*)?|"
    r"im jahr(?! (?:19|20)\d\d)|annual(?:ly)?|yearly)\b"
)
_OF_A_YEAR = re.compile(r"\bjahres(?!ue)[a-z]+\b")
_IN_TOTAL = re.compile(
    r"\b(gesamt\w*|insgesamt|summe|foerdersumme\w*|total|bewilligt\w*|bewilligungssumme)\b"
)
_SOME_YEAR = re.compile(r"\b(?:\w*jahr|h?hj|ansatz)\b")
_YEAR_NUMBER = re.compile(r"\b(?:19|20)\d\d\b")
_OF_AMOUNTS = re.compile(
    r"\b(betraeg\w*|betrag|angaben|zuwendung\w*|zuschuess\w*|zuschuss|foerder\w+|mittel|summen)\b"
)
_LONGEST = 160
_OTHERS = tuple(
    (words, re.compile(rf"\b(?:{_EACH}(?:{things})|im (?:{things})|{more})\b"))
    for words, things, more in (
        ("je Monat", "monat|mon|mt|m|month", r"monatl\w*|mtl|monats\w+|monthly"),
        ("je Quartal", r"quartal|vierteljahr|quarter", r"quartals\w+|vierteljaehrl\w*|quarterly"),
        ("je Halbjahr", "halbjahr|semester", r"halbjaehrl\w*|halbjahres\w+"),
        ("je Woche", "woche|wo|week", r"woechentl\w*|weekly"),
        ("je Tag", "tag|day", r"taegl\w*|tages(satz|pauschale)|daily"),
        ("je Stunde", "stunde|std|h|ue|unterrichtseinheit|hour", r"stundensatz|hourly"),
        ("je Platz", "platz|place", "platzpauschale"),
        (
            "je Person",
            r"person|kopf|tn|teilnehm\w*|ew|einwohner\w*|kind|schueler\w*|mitglied|beneficiary",
            "kopfpauschale",
        ),
        ("je Fall", "fall|fallzahl|beratungsfall|case", "fallpauschale"),
    )
)


@lru_cache(maxsize=5_000)
def basis(heading: str) -> AmountBasis:
    """What the words of a heading say; not known where they do not, or where they speak of a single year."""
    said = _spoken(heading)
    if _YEARLY.search(said) or _OF_A_YEAR.search(said):
        return AmountBasis.PER_YEAR
    if _SOME_YEAR.search(said) or len(set(_YEAR_NUMBER.findall(said))) == 1:
        return AmountBasis.UNKNOWN
    return AmountBasis.TOTAL if _IN_TOTAL.search(said) else AmountBasis.UNKNOWN


def for_something_else(heading: str) -> str:
    """For what else its amounts are, such as »je Monat«; "" where they are for a year or for all of it."""
    said = _spoken(heading)
    return next((words for words, pattern in _OTHERS if pattern.search(said)), "")


def leaves_open(beside: Iterable[str]) -> bool:
    """Whether a text beside a table says of amounts that they are for a year, or for something else.

    It may be about some of them: what the headings say is no longer certain then.
    """
    return any(
        len(said) <= _LONGEST
        and _OF_AMOUNTS.search(_spoken(said))
        and (basis(said) == AmountBasis.PER_YEAR or for_something_else(said))
        for said in beside
    )


def without_year(heading: str) -> str:
    """A heading in its plain form without the words that say »je Jahr«."""
    said = _spoken(heading)
    return _YEARLY.sub(" ", said) if _YEARLY.search(said) else plain_name(heading)


def _spoken(heading: str) -> str:
    """The plain form with a slash said as in »Euro/Jahr«."""
    return plain_name(_SLASH.sub(" je ", heading))
