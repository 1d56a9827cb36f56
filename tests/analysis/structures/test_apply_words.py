"""Antrag bis says that its day is past, wherever it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from steering.analysis.dates.money import decisions
from steering.analysis.structures.apply_words import apply_words
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.deadlines import deadlines
from steering.model import DateKind
from tests.builders import committee, committee_date, funding, portfolio, programme, structure

TODAY = date(2026, 11, 16)
YEARLY = programme(id=3, deadline_day=15, deadline_month=11, deadline_years_before=1)


def told(today: date, **values: Any) -> str:
    money = funding(**{"id": 1, "end": "2027-06-30"} | values)
    data = portfolio(structures=[structure(id=1)], fundings=[money], programmes=[YEARLY])
    return apply_words(deadlines(data, today).iloc[0].to_dict())


@pytest.mark.parametrize(
    ("today", "values", "words"),
    [
        (date(2026, 11, 15), {"programme_id": 3}, "15.11.2026"),
        (date(2026, 11, 16), {"programme_id": 3}, "15.11.2026 (vorbei)"),
        (date(2026, 11, 16), {}, "30.12.2026 (geschätzt)"),
        (date(2026, 12, 31), {}, "30.12.2026 (geschätzt, vorbei)"),
    ],
)
def test_a_day_that_is_past_is_marked_from_the_day_after_it_on(today, values, words):
    assert told(today, **values) == words


@pytest.mark.parametrize("today", [date(2026, 11, 10), date(2026, 11, 16)])
def test_who_has_applied_has_no_day_to_apply_by_any_more(today):
    assert told(today, programme_id=3, extension="applied") == "beantragt"


def test_the_chain_of_sittings_marks_it_too():
    data = portfolio(
        structures=[structure(id=1)],
        fundings=[funding(end="2027-06-30", programme_id=3)],
        programmes=[YEARLY],
        committees=[committee(id=1, short_name="KT")],
        committee_dates=[
            committee_date(id=1, day="2026-12-16", papers_due="2026-12-02"),
            committee_date(id=2, day="2027-03-17", papers_due="2027-03-03"),
        ],
    )
    (chain,) = chain_words(data, deadlines(data, date(2026, 11, 16)))
    assert chain.startswith("Antrag bis 15.11.2026 (vorbei), Entwurf fertig ")


def test_of_an_application_that_is_in_neither_chain_nor_way_nor_acting_names_a_day():
    """The structure's details and the Lagebild told somebody to do what was done."""
    data = portfolio(
        structures=[structure(id=1)],
        fundings=[funding(id=1, end="2027-12-31", programme_id=3, extension="applied")],
        programmes=[programme(id=3, deadline_on="2027-01-31")],
        committees=[committee(id=1, short_name="KT")],
        committee_dates=[
            committee_date(id=1, day="2026-12-16", papers_due="2026-12-02"),
            committee_date(id=2, day="2027-12-15", papers_due="2027-12-01"),
        ],
    )
    due = deadlines(data, TODAY)
    assert due["apply_by"].dt.date.tolist() == [date(2027, 1, 31)]  # as it limits by when to decide
    (chain,) = chain_words(data, due)
    assert "Antrag" not in chain
    assert due["act_by"].tolist() == due["papers_by"].tolist()
    assert DateKind.APPLY_BY not in {each.kind for each in decisions(data, TODAY)}
