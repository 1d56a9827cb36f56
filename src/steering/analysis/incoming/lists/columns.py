"""Which column of a list means what: proposed from its heading, its HXL tag and its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from steering.analysis.incoming.lists import days, figures
from steering.analysis.incoming.lists.grids import Table, text
from steering.analysis.incoming.lists.headings import HEADINGS
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.names import plain_name

REASON = "Grund der Abweisung"
DAYS = (Meaning.START, Meaning.END)
_SAMPLE = 60
_ENOUGH = 3.0
_BY_A_WORD = 4.0


_BY_HEADING = {word: meaning for meaning, words in HEADINGS.items() for word in words.split("|")}
_TAGS = {
    "#org+name": Meaning.ORGANISATION,
    "#org": Meaning.ORGANISATION,
    "#activity+name": Meaning.NAME,
    "#activity+title": Meaning.NAME,
    "#service+name": Meaning.NAME,
    "#activity": Meaning.NAME,
    "#activity+type": Meaning.TASK,
    "#sector+name": Meaning.TASK,
    "#sector": Meaning.TASK,
    "#org+role": Meaning.ROLE,
    "#adm3+code": Meaning.AGS,
    "#adm3+name": Meaning.MUNICIPALITY,
    "#adm3": Meaning.MUNICIPALITY,
    "#adm2+code": Meaning.AGS,
    "#adm2+name": Meaning.MUNICIPALITY,
    "#adm2": Meaning.MUNICIPALITY,
    "#date+start": Meaning.START,
    "#date+end": Meaning.END,
    "#beneficiary+type": Meaning.TARGET_GROUPS,
    "#value": Meaning.AMOUNT,
    "#capacity": Meaning.PLACES,
    "#description": Meaning.NOTE,
}
# Parts of headings of several rows: what »Förderung – von« ends with counts, and what it begins with.
_PER_YEAR = re.compile(r"\b(jaehrlich\w*|p a|pro jahr|je jahr|im jahr|per year|jahresbetrag|annual)\b")
_IN_TOTAL = re.compile(r"\b(gesamt\w*|insgesamt|summe|foerdersumme\w*|total|bewilligt\w*)\b")


@dataclass(frozen=True)
class Assignment:
    """Which heading means what, and which names of the list are which recorded ones (by their names).

    `orders`: for columns of days, by heading, in which order they write day and month.
    """

    columns: Mapping[str, Meaning]
    names: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, days.Order] = field(default_factory=dict)

    def heading(self, meaning: Meaning) -> str | None:
        """The heading of the column with this meaning."""
        return next((heading for heading, each in self.columns.items() if each == meaning), None)


def header_key(headings: Sequence[str]) -> str:
    """What a header is known again by: its headings in one form, whatever their order.

    A column with reasons of an earlier import does not count.
    """
    plain = sorted(plain_name(heading) for heading in headings if heading != REASON)
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()


def fitted(mapping: Assignment, headings: Sequence[str]) -> Assignment | None:
    """A mapping under the very headings of a table; None where the table lacks one of its columns."""
    own = {plain_name(heading): heading for heading in reversed(headings)}
    exact = {heading: heading for heading in headings}
    found = {said: exact.get(said) or own.get(plain_name(said)) for said in mapping.columns}
    if None in found.values():
        return None
    columns = {str(found[said]): meaning for said, meaning in mapping.columns.items()}
    orders = {str(found[said]): order for said, order in mapping.orders.items() if said in found}
    return replace(mapping, columns=columns, orders=orders)


def with_orders(mapping: Assignment, table: Table) -> Assignment:
    """A mapping that says for each column of days that could be read in two ways in which it is read.

    What the column itself decides counts before what the mapping says.
    """
    orders = {}
    for heading, meaning in mapping.columns.items():
        if meaning not in DAYS:
            continue
        values = table.column(heading)
        if days.open_to_both(values):
            said = mapping.orders.get(heading)
            orders[heading] = days.order_of(values)[0] if said is None or days.decided(values) else said
    return replace(mapping, orders=orders)


def is_heading(said: str) -> bool:
    """Whether a text is a heading that lists use."""
    return _of_heading(said)[1] > _BY_A_WORD


def proposed(
    table: Table, gazetteer: Gazetteer, known: Mapping[Meaning, Callable[[str], bool]]
) -> Assignment:
    """Give each meaning the column that fits it best, as far as one fits well enough.

    `known` recognises recorded names of organisations, programmes and tasks.
    """
    scores = []
    for at, heading in enumerate(table.headings):
        sample = [row[at] for _, row in table.rows[:_SAMPLE] if text(row[at])]
        for meaning, score in _scores(heading, table.tags[at], sample, gazetteer, known).items():
            if score >= _ENOUGH:
                scores.append((score, -at, meaning))
    columns: dict[str, Meaning] = {}
    for _, negative, meaning in sorted(scores, reverse=True):
        heading = table.headings[-negative]
        if heading not in columns and meaning not in columns.values() and heading != REASON:
            columns[heading] = meaning
    return Assignment({heading: columns[heading] for heading in table.headings if heading in columns})


def per_year(heading: str) -> bool | None:
    """Whether amounts under this heading are per year, or in total; None where it does not say."""
    plain = plain_name(heading)
    if _PER_YEAR.search(plain):
        return True
    return False if _IN_TOTAL.search(plain) else None


def _scores(
    heading: str,
    tag: str,
    sample: Sequence[Any],
    gazetteer: Gazetteer,
    known: Mapping[Meaning, Callable[[str], bool]],
) -> dict[Meaning, float]:
    named, weight = _of_heading(heading)
    scores = dict.fromkeys(Meaning, 0.0)
    if tagged := _TAGS.get(re.sub(r"\s+", "", tag).casefold()):
        # The Kreis says where only as long as no column of municipalities does.
        scores[tagged] += 15 if "adm2" in tag else 20
    if named is not None:
        scores[named] += weight
    for meaning, share in _of_content(sample, gazetteer, known).items():
        scores[meaning] += 5 * share if share > 0.5 else 0
    return scores


def _of_heading(said: str) -> tuple[Meaning | None, float]:
    """What a heading means, and how sure that is; of several parts the last counts most."""
    for rank, part in enumerate([said, *reversed(re.split(r" – | / |\n|/", said))]):
        plain = re.sub(
            r"\b(in eur|in euro|eur|euro|in|nr|lfd)\b", " ", plain_name(re.sub(r"\([^()]*\)", " ", part))
        )
        plain = " ".join(plain.split())
        for form in (plain_name(part), plain):
            if form in _BY_HEADING:
                return _BY_HEADING[form], 10 - rank
    words = plain_name(said).split()
    for word in words:
        if len(word) > 3 and word in _BY_HEADING:
            return _BY_HEADING[word], _BY_A_WORD
    return None, 0


def _of_content(
    sample: Sequence[Any], gazetteer: Gazetteer, known: Mapping[Meaning, Callable[[str], bool]]
) -> dict[Meaning, float]:
    """For meanings that content can tell by itself: which share of the cells fits."""
    if not sample:
        return {}
    said = [text(value) for value in sample]

    def share(fits: Callable[[str], bool]) -> float:
        return sum(fits(each) for each in said) / len(said)

    shares = {
        Meaning.AGS: share(lambda each: bool(re.fullmatch(r"\d{7,8}|\d{11,12}", each))
                           and not gazetteer.by_key(each).problem),
        Meaning.MUNICIPALITY: share(lambda each: not each.isdecimal() and _own(gazetteer, each)),
        Meaning.POSTCODE: share(lambda each: bool(re.fullmatch(r"\d{5}", each))
                                and bool(gazetteer.by_postcode(each).municipalities)),
        Meaning.SHARE: share(lambda each: each.endswith("%")),
        Meaning.AMOUNT: share(lambda each: bool(re.search(r"(€|EUR|\d,\d\d)$", each)) and _is_number(each)),
        Meaning.END: 0.7 * share(_is_day),
        Meaning.START: 0.65 * share(_is_day),
    }  # fmt: skip
    return shares | {meaning: share(fits) for meaning, fits in known.items()}


def _own(gazetteer: Gazetteer, said: str) -> bool:
    spot = gazetteer.by_name(said)
    return bool(spot.municipalities) or spot.whole


def _is_day(said: str) -> bool:
    try:
        return not said.isdecimal() and days.read(said, days.Order.DAY_FIRST, last=True).day is not None
    except ValueError:
        return False


def _is_number(said: str) -> bool:
    try:
        return figures.number(said) is not None
    except ValueError:
        return False
