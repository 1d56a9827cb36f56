"""Hypothesis strategies for small Portfolios within a few years, boundaries on purpose close together."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import strategies as st

from steering.model import AmountBasis, EndKind, Extension, ExtensionRule, FundingPart, OnLoss, Payer
from tests.builders import Values, funding, records_of, structure
from tests.oracles.lives import days

# All that is drawn happens within the horizon; nothing can change any more at the ends of the search.
FIRST, LAST = date(2025, 11, 15), date(2027, 8, 20)
SEARCH = (date(2025, 1, 1), date(2028, 12, 31))

DAYS = st.one_of(
    st.sampled_from([date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)]),
    st.dates(date(2025, 7, 1), date(2027, 6, 30)),
)
RULES = st.sampled_from(list(ExtensionRule))
FTE = st.none() | st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0])
PLACES = st.none() | st.integers(0, 30)


@st.composite
def endings(draw: st.DrawFn, start: str, end: str) -> Values:
    """The fields that say when a record begins and ends, only as they can be entered."""
    kind = draw(st.sampled_from(list(EndKind)))
    first = draw(st.none() | DAYS)
    last = None
    if kind is EndKind.FIXED or (kind is EndKind.ANNUAL and draw(st.booleans())):
        last = draw(DAYS)
    if first and last and last < first and draw(st.integers(0, 9)):
        first, last = last, first
    return {
        start: first,
        end: last,
        "end_kind": kind,
        "extension": draw(st.sampled_from(list(Extension))),
        "expected_until": draw(st.none() | DAYS),
        "confirmed_on": draw(st.none() | DAYS),
    }


@st.composite
def structures(draw: st.DrawFn, identity: int) -> Values:
    return structure(
        id=identity,
        on_loss=draw(st.sampled_from(list(OnLoss))),
        fte=draw(FTE),
        places=draw(PLACES),
        fte_after=draw(FTE),
        **draw(endings("valid_from", "valid_until")),
    )


@st.composite
def fundings(draw: st.DrawFn, identity: int, structure_id: int, carrying: list[int]) -> Values:
    part = draw(st.sampled_from([FundingPart.CARRYING, FundingPart.CARRYING, FundingPart.CO_FINANCING]))
    follows = part is FundingPart.CO_FINANCING and carrying and draw(st.booleans())
    if part is FundingPart.CARRYING:
        carrying.append(identity)
    return funding(
        id=identity,
        structure_id=structure_id,
        part=part,
        accompanies_id=draw(st.sampled_from(carrying)) if follows else None,
        fte=draw(FTE),
        places=draw(PLACES),
        payer=draw(st.sampled_from(list(Payer))),
        amount_cents=draw(st.none() | st.sampled_from([0, 36_500, 36_600, 1_000_001])),
        amount_basis=draw(st.sampled_from(list(AmountBasis))),
        **draw(endings("start", "end")),
    )


@st.composite
def inventories(draw: st.DrawFn, most: int = 2) -> tuple[list[Values], list[Values]]:
    """A few structures, each with up to three fundings."""
    listed: list[Values] = []
    paid: list[Values] = []
    for identity in range(1, draw(st.integers(1, most)) + 1):
        # Not in the order of the ids, so that nothing relies on it.
        listed.insert(draw(st.integers(0, len(listed))), draw(structures(identity * 7 % 11)))
        carrying: list[int] = []
        for n in range(draw(st.integers(0, 3))):
            paid.append(draw(fundings(identity * 10 + n, identity * 7 % 11, carrying)))
    return listed, paid


def day_by_day(frame: pd.DataFrame, search: tuple[date, date]) -> dict[date, list[Values]]:
    """The rows of a frame with inclusive, possibly open days that hold on each day."""
    found: dict[date, list[Values]] = {day: [] for day in days(*search)}
    for row in records_of(frame):
        first: date = search[0] if pd.isna(row["start"]) else max(search[0], row["start"].date())
        last: date = search[1] if pd.isna(row["end"]) else min(search[1], row["end"].date())
        for day in days(first, last):
            found[day].append(row)
    return found
