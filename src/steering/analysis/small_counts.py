"""Counts of persons so small that somebody could be recognised: how everyone reads them.

Such a count is taken out of the Portfolio that everyone is given (`discretion`). Whatever is shown to them,
sums and differences among it, is made of what is left: of a count that was taken out nothing can be told
but that it is one of two, since with the other one everything would read the same. So no sum needs to be
hidden because of its parts: it is said within its bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from steering.model.german import UNKNOWN, count, number

FEW = 3
"""Counts from one up to, but not including, this are for the administration only."""
WITHHELD = "withheld"
"""The column that says of a row that its count of persons was taken out."""
FEW_WORDS = f"unter {FEW}"


@dataclass(frozen=True)
class BoundedCount:
    """A count as far as it may be known: from `low` to `high`, both inclusive; None without a bound."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def words(self) -> str:
        if self.high is None:
            return f"mindestens {number(self.low, 0)}" if self.low else UNKNOWN
        if self.exact:
            return number(self.low, 0)
        if self.low and self.high < FEW:
            return FEW_WORDS
        return f"{number(self.low, 0)} bis {number(self.high, 0)}"


SMALL = BoundedCount(1, FEW - 1)
"""A count that was taken out."""


def total(figures: Iterable[BoundedCount]) -> BoundedCount:
    """What counts come to together."""
    low, high = 0, 0
    bounded = True
    for figure in figures:
        low += figure.low
        high += figure.high or 0
        bounded = bounded and figure.high is not None
    return BoundedCount(low, high if bounded else None)


def is_small(counted: float) -> bool:
    """Whether a count is one for the administration only; nobody is no such count."""
    return 0 < counted < FEW


_SHARE = re.compile(r"%|‰|prozent|promille|percent|v\.\s?h\.|quote\b|anteil", re.IGNORECASE)
_MONEY = re.compile(r"\s*(tsd\.?|mio\.?|tausend)?\s*(€|t€|euro|teuro|eur|teur|cent)(\W|$)", re.IGNORECASE)
_FILLING = frozenset({"anzahl", "zahl", "der", "die", "an", "von", "tsd", "tausend", "mio"})
_THINGS = re.compile(
    "wohnung|wohnungen|wohneinheit|wohneinheiten|wohngebäude|gebäude|haus|häuser|zimmer|raum|räume|bett|"
    "betten|platz|plätze|kitaplätze|kursplätze|schulplätze|wohnplätze|ausbildungsplätze|vzä|"
    "vollzeitäquivalente|stellen|stunden|wochenstunden|tage|wochen|monate|jahre|meter|km|kilometer|qm|m²|"
    "km²|ha|hektar|quadratmeter|quadratkilometer|kurse|projekte|angebote|einrichtungen|kitas|schulen|"
    "unterkünfte|vereine|gemeinden|orte|standorte"
)


def counts_persons(indicator: Mapping[Any, Any] | pd.Series) -> bool:
    """Whether a Kennzahl counts persons, by its target_group_id and unit.

    With a target group it does. Without one it does in whatever unit is neither a share nor plainly a thing
    (»Kinder«, »Anzahl«, »Fälle«, »belegte Plätze«): a small count that is levelled without need costs little.
    """
    if not pd.isna(indicator["target_group_id"]):
        return True
    unit = str(indicator["unit"])
    if _SHARE.search(unit) or _MONEY.match(unit):
        return False
    words = set(re.findall(r"[\w²]+", unit.casefold())) - _FILLING
    return not words or not all(map(_THINGS.fullmatch, words))


def persons(counted: float) -> str:
    """So many persons in words: few of them as everyone reads it."""
    if is_small(counted):
        return f"{FEW_WORDS} Personen"
    return count(round(counted), "Person", "Personen")


def levelled(rows: pd.DataFrame, column: str, of_persons: pd.Series) -> pd.DataFrame:
    """Rows in which all small counts of persons are the largest of these, for what is reckoned with them.

    A column WITHHELD is added that says which.
    """
    small = of_persons & (rows[column] > 0) & (rows[column] < FEW)
    return rows.assign(**{column: rows[column].mask(small, FEW - 1), WITHHELD: small})


def among(rows: pd.DataFrame) -> pd.Series:
    """Which rows hold a count that was taken out or levelled; none of rows that nothing was done to."""
    if WITHHELD not in rows:
        return pd.Series(False, index=rows.index, dtype=bool)
    return rows[WITHHELD].eq(True).fillna(False).astype(bool)


def taken_out(rows: pd.DataFrame, column: str, note: str, texts: Iterable[str]) -> pd.DataFrame:
    """Rows without the small counts in a column, and without what somebody wrote beside one.

    `note`: the column that says so instead; `texts`: the other ones in which the count may be written, which
    say nothing then. A column WITHHELD is added.
    """
    counts = rows[column]
    small = (counts.ge(1) & counts.lt(FEW)).fillna(False).astype(bool)
    before = rows.get(WITHHELD, False)
    return rows.assign(
        **{
            column: counts.mask(small),
            note: rows[note].mask(small, f"Personen: {FEW_WORDS}"),
            **{text: rows[text].mask(small, "") for text in texts},
            WITHHELD: small | before,
        }
    )
