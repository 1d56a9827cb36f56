"""What of a funding lies in a year is what the flows of a funding with recorded days put there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.money.closing import FIELDS, kept_fields, part_in
from steering.analysis.money.flows import flows
from tests.analysis.strategies import DAYS
from tests.builders import funding, portfolio, structure, view

YEARS = range(2024, 2029)


@st.composite
def fundings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A carrying funding and a co-financing that may accompany it, with recorded days."""
    made = []
    for key, part in ((1, "carrying"), (2, "co_financing")):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        made.append(
            funding(
                id=key, part=part, start=first, end=last, payer=draw(st.sampled_from(["grant", "own"])),
                amount_cents=draw(st.none() | st.integers(0, 10**6)),
                amount_basis=draw(st.sampled_from(["total", "per_year"])),
                accompanies_id=1 if key == 2 and draw(st.booleans()) else None,
            )
        )  # fmt: skip
    return made


@settings(max_examples=30, deadline=None)
@given(fundings())
def test_the_part_in_a_year_is_what_flows_in_it(both: list[dict[str, Any]]) -> None:
    rows = flows(portfolio(structures=[structure(id=1)], fundings=both), view())
    by_id = {each["id"]: each for each in both}
    for each in both:
        flow = rows[rows["funding_id"] == each["id"]]
        for year in YEARS:
            part = part_in(year, each, by_id.get(each["accompanies_id"]))
            inside = [one for one in flow.to_dict("records") if _meets(one, year)]
            assert (part is None) == (not inside)
            if part is not None:
                (one,) = inside
                assert part.first == max(one["start"].date(), date(year, 1, 1))
                assert part.last == min(one["end"].date(), date(year, 12, 31))
                assert one["payer"] == part.said[0]
                rate = one["cents_per_day"] + one["cents_per_year"]
                assert pd.isna(rate) if part.rate is None else rate == pytest.approx(float(part.rate[1]))


def _meets(flow: dict[Any, Any], year: int) -> bool:
    return bool(flow["start"].year <= year <= flow["end"].year)


@pytest.mark.parametrize("kind", ["open", "annual", "unknown"])
def test_without_a_recorded_end_it_lies_in_every_year_from_its_start(kind: str) -> None:
    one = funding(start=date(2025, 7, 1), end_kind=kind)
    assert part_in(2024, one) is None
    found = part_in(2025, one)
    assert found is not None
    assert (found.first, found.last) == (date(2025, 7, 1), date(2025, 12, 31))
    assert part_in(2060, one) is not None


@pytest.mark.parametrize("basis", ["total", "per_year", "unknown"])
def test_a_kept_field_is_one_whose_every_change_changes_the_year(basis: str) -> None:
    one = funding(start=date(2024, 1, 1), end=date(2026, 12, 31), amount_cents=100, amount_basis=basis)
    other = {"payer": "own", "payer_name": "x", "programme_id": 9, "part": "co_financing",
             "share_percent": 5.0,
             "fte": 9.0, "places": 9, "amount_cents": 7, "start": one["start"] + timedelta(days=1),
             "amount_basis": "per_year" if basis == "total" else "total",
             "end": one["end"] + timedelta(days=1), "accompanies_id": None}  # fmt: skip
    changing = {name for name in FIELDS if part_in(2025, one) != part_in(2025, {**one, name: other[name]})}
    assert changing == kept_fields(one)
