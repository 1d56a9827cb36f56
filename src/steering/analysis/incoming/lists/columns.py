"""Which column of a list means what: an assignment, how it is known again, and what fits a table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from steering.analysis.incoming.lists import days
from steering.analysis.incoming.lists.basis import basis, leaves_open
from steering.analysis.incoming.lists.evidence import of_column
from steering.analysis.incoming.lists.grids import ListTable
from steering.analysis.incoming.lists.meanings import DAYS, MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.units import unit
from steering.analysis.incoming.lists.wording import wording
from steering.analysis.incoming.names import plain_name
from steering.model import AmountBasis

REASON = "Grund der Abweisung"


@dataclass(frozen=True)
class Assignment:
    """Which heading means what, and which names of the list are which recorded ones (by their names).

    `orders`: for columns of days, by heading, in which order they write day and month. `bases`: for columns
    of amounts, by heading, what these refer to where somebody has said so. `fixed`: what holds for every row
    that does not say it itself, such as the carrier of a whole file.
    """

    columns: Mapping[str, Meaning]
    names: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, days.Order] = field(default_factory=dict)
    bases: Mapping[str, AmountBasis] = field(default_factory=dict)
    fixed: Mapping[Meaning, str] = field(default_factory=dict)

    def heading(self, meaning: Meaning) -> str | None:
        """The heading of the column with this meaning."""
        return next((heading for heading, each in self.columns.items() if each == meaning), None)

    def basis(self, heading: str) -> AmountBasis:
        """What the amounts of a column refer to: as somebody has said, else as its heading says."""
        return self.bases.get(heading) or basis(heading)

    @property
    def meanings(self) -> frozenset[Meaning]:
        """What every row says, in a column or for the whole file."""
        return frozenset([*self.columns.values(), *self.fixed])


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
    bases = {str(found[said]): each for said, each in mapping.bases.items() if said in found}
    return replace(mapping, columns=columns, orders=orders, bases=bases)


def with_orders(mapping: Assignment, table: ListTable) -> Assignment:
    """A mapping that says for each column of days that could be read in two ways in which it is read.

    What the column itself decides counts before what the mapping says.
    """
    columns = {
        heading: table.column(heading) for heading, meaning in mapping.columns.items() if meaning in DAYS
    }
    found = days.orders(columns)
    orders = {}
    for heading, values in columns.items():
        if days.open_to_both(values):
            said = mapping.orders.get(heading)
            orders[heading] = found[heading][0] if said is None or days.decided(values) else said
    return replace(mapping, orders=orders)


def with_bases(mapping: Assignment, table: ListTable) -> Assignment:
    """A mapping that takes no amounts for totals by their heading alone where a text beside doubts it."""
    heading = mapping.heading(Meaning.AMOUNT)
    if heading is None or heading in mapping.bases or mapping.basis(heading) != AmountBasis.TOTAL:
        return mapping
    return replace(mapping, bases={heading: AmountBasis.UNKNOWN}) if leaves_open(table.beside) else mapping


def is_heading(said: str) -> bool:
    """Whether a text is a heading that lists use."""
    return wording(said).known


def unfit(table: ListTable, heading: str, meaning: Meaning) -> str:
    """Why a column cannot have that meaning, whoever says so: one sentence, "" where it can."""
    if problem := unit(meaning, heading).problem:
        return f"Die Spalte »{heading}« {problem}. Sie wird nicht als »{MEANING_WORDS[meaning]}« gelesen."
    found = of_column(table.column(heading))
    if found.holds(meaning):
        return ""
    return (
        f"Die Spalte »{heading}« wird nicht als »{MEANING_WORDS[meaning]}« gelesen: {found.shortly(meaning)}."
    )


def without_unfit(mapping: Assignment, table: ListTable) -> tuple[Assignment, tuple[str, ...]]:
    """A mapping without the columns that cannot mean what it says, and a sentence for each of these."""
    wrong = {
        heading: said
        for heading, meaning in mapping.columns.items()
        if heading in table.headings and (said := unfit(table, heading, meaning))
    }
    kept = {heading: meaning for heading, meaning in mapping.columns.items() if heading not in wrong}
    return replace(mapping, columns=kept), tuple(wrong.values())
