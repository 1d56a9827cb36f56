"""By when to act: the rule's examples, and all the rest against the oracle."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.structures.deadlines import deadlines
from tests.analysis.strategies import DAYS, inventories
from tests.builders import Values, committee, committee_date, funding, portfolio, programme, structure
from tests.oracles import deadlines as oracle

TODAY = date(2025, 11, 3)


def only(fundings: list[Values], **others: Any) -> pd.Series:
    found = deadlines(portfolio(structures=[structure(id=1)], fundings=fundings, **others), TODAY)
    assert len(found) == 1
    return found.iloc[0]


def none(*fundings: Values) -> bool:
    return deadlines(portfolio(structures=[structure(id=1)], fundings=fundings), TODAY).empty


def day(value: pd.Timestamp) -> str:
    return f"{value:%d.%m.%Y}"


def test_without_a_rule_the_application_is_due_six_months_before_the_end_and_says_that_it_is_estimated():
    row = only([funding(end="2026-12-31")])
    assert (day(row["apply_by"]), row["apply_estimated"]) == ("30.06.2026", True)


def test_without_a_sitting_the_decision_is_due_eight_months_before_the_end_clamped_once():
    row = only([funding(end="2026-12-31")])
    assert (day(row["decide_by"]), row["decide_estimated"]) == ("30.04.2026", True)
    assert pd.isna(row["committee_id"])


def test_eight_months_before_the_end_of_october_is_the_last_day_of_february():
    assert day(only([funding(end="2027-10-31")])["decide_by"]) == "28.02.2027"
    assert day(only([funding(end="2028-10-31")])["decide_by"]) == "29.02.2028"


@pytest.mark.parametrize(
    ("end", "apply_by"),
    [("2026-12-31", "15.11.2026"), ("2026-12-30", "15.11.2025"), ("2027-06-30", "15.11.2026")],
)
def test_the_fifteenth_of_november_of_the_year_before_is_the_year_before_the_day_after_the_end(end, apply_by):
    rule = programme(id=3, deadline_day=15, deadline_month=11, deadline_years_before=1)
    row = only([funding(end=end, programme_id=3)], programmes=[rule])
    assert (day(row["apply_by"]), row["apply_estimated"]) == (apply_by, False)


def test_a_date_of_the_programme_beats_its_yearly_day():
    rule = programme(id=3, deadline_on="2026-03-31", deadline_day=15, deadline_month=11)
    assert (
        day(only([funding(end="2026-12-31", programme_id=3)], programmes=[rule])["apply_by"]) == "31.03.2026"
    )


def test_a_day_that_the_month_lacks_is_its_last():
    rule = programme(id=3, deadline_day=31, deadline_month=11, deadline_years_before=1)
    assert (
        day(only([funding(end="2026-12-31", programme_id=3)], programmes=[rule])["apply_by"]) == "30.11.2026"
    )


def test_not_yet_possible_gives_no_day_to_apply_and_still_one_to_decide():
    row = only([funding(end="2026-12-31", extension="not_yet_possible")])
    assert pd.isna(row["apply_by"])
    assert not row["apply_estimated"]
    assert day(row["decide_by"]) == "30.04.2026"


PREPARING = committee_date(id=1, committee_id=1, day="2026-05-12", papers_due="2026-04-21")
SITTINGS = [
    PREPARING,
    committee_date(id=2, committee_id=2, day="2026-06-30", papers_due="2026-06-09"),
    committee_date(id=3, committee_id=2, day="2026-10-20", papers_due="2026-09-29"),
    committee_date(id=4, committee_id=2, day="2025-12-17", papers_due="2025-12-03"),
    committee_date(id=5, committee_id=1, day="2025-12-10", papers_due="2025-11-19"),
]
COMMITTEES = [committee(id=1, rank=1), committee(id=2, slug="kt", rank=2)]


def invented(dates: list[Values]) -> list[Values]:
    return [each | {"provenance": "example"} for each in dates]


def decided(dates: list[Values] = SITTINGS, **values: str) -> tuple[int, bool, bool]:
    row = only([funding(**values)], committees=COMMITTEES, committee_dates=dates)
    return row["committee_date_id"], row["decide_estimated"], row["decide_example"]


@pytest.mark.parametrize(("dates", "example"), [(SITTINGS, False), (invented(SITTINGS), True)])
def test_the_last_sitting_before_the_day_to_apply_decides_and_one_on_that_day_is_too_late(dates, example):
    assert decided(dates, end="2026-12-31") == (4, False, example)
    assert decided(dates, end="2027-01-01") == (2, False, example)


def test_where_no_application_is_possible_yet_the_last_sitting_before_the_end_decides():
    assert decided(end="2026-10-20", extension="not_yet_possible") == (2, False, False)
    assert decided(end="2026-10-21", extension="not_yet_possible") == (3, False, False)


def test_where_all_sittings_before_the_application_are_past_the_last_one_up_to_the_end_decides():
    assert decided(SITTINGS[:3], end="2026-06-30") == (2, False, False)


def test_a_sitting_whose_papers_are_no_longer_accepted_does_not_count():
    found = deadlines(
        portfolio(
            structures=[structure(id=1)],
            fundings=[funding(end="2026-06-30", extension="not_yet_possible")],
            committees=COMMITTEES,
            committee_dates=SITTINGS[:2],
        ),
        date(2026, 6, 10),
    ).iloc[0]
    assert found["decide_estimated"]


def test_who_prepares_decides_nothing():
    assert decided(invented(SITTINGS[:1]), end="2026-12-31")[1]


def test_only_the_last_carrying_funding_with_an_end_ahead_has_deadlines():
    row = only(
        [
            funding(id=1, end="2026-12-31"),
            funding(id=2, end="2028-12-31"),
            funding(id=3, end="2030-12-31", part="co_financing"),
        ]
    )
    assert row["funding_id"] == 2


def test_fundings_that_end_on_one_day_each_have_deadlines_and_the_one_to_act_on_first_comes_first():
    late = programme(id=3, deadline_on="2026-10-01")
    early = programme(id=4, deadline_on="2026-02-01")
    found = deadlines(
        portfolio(
            structures=[structure(id=1)],
            programmes=[late, early],
            fundings=[
                funding(id=1, end="2026-12-31", programme_id=3),
                funding(id=2, end="2026-12-31", programme_id=4),
                funding(id=3, end="2026-11-30"),
            ],
        ),
        TODAY,
    )
    assert found["funding_id"].to_list() == [2, 1]
    assert [day(found_day) for found_day in found["apply_by"]] == ["01.02.2026", "01.10.2026"]


def test_where_nothing_more_is_needed_there_is_nothing_to_act_on():
    assert none(funding(end="2026-12-31", extension="not_needed"))
    assert none(funding(id=1, end="2026-06-30"), funding(id=2, end="2026-12-31", extension="not_needed"))


def test_ruled_out_leaves_no_application_and_still_a_decision_about_the_end():
    row = only(
        [funding(end="2026-12-31", extension="ruled_out")], committees=COMMITTEES, committee_dates=SITTINGS
    )
    assert pd.isna(row["apply_by"])
    assert row["committee_date_id"] == 3


def test_an_end_today_still_has_deadlines_and_one_yesterday_has_none():
    assert not none(funding(end="2025-11-03"))
    assert none(funding(end="2025-11-02"))


def test_an_open_carrying_funding_leaves_nothing_to_decide():
    assert none(funding(end="2026-12-31"), funding())


def test_an_unknown_end_has_no_deadline_and_hides_none():
    assert none(funding(end_kind="unknown"))
    assert only([funding(id=1, end="2026-12-31"), funding(id=2, end_kind="unknown")])["funding_id"] == 1


def test_a_yearly_grant_without_end_has_the_end_of_the_year_in_which_it_was_confirmed():
    assert day(only([funding(end_kind="annual", confirmed_on="2026-02-01")])["end"]) == "31.12.2026"
    assert none(funding(end_kind="annual"))


@st.composite
def rules(draw: st.DrawFn, identity: int) -> Values:
    return programme(
        id=identity,
        deadline_on=draw(st.none() | DAYS),
        deadline_day=draw(st.none() | st.integers(1, 31)),
        deadline_month=draw(st.none() | st.integers(1, 12)),
        deadline_years_before=draw(st.integers(0, 2)),
    )


@st.composite
def sittings(draw: st.DrawFn, identity: int) -> Values:
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    provenance = draw(st.sampled_from(["example", "documented"]))
    return committee_date(
        id=identity, committee_id=draw(st.integers(1, 2)), papers_due=first, day=last, provenance=provenance
    )


@settings(max_examples=150, deadline=None)
@given(inventories(), DAYS, st.data())
def test_deadlines_are_what_the_oracle_tells(inventory, today, data):
    listed, paid = inventory
    programmes = [data.draw(rules(identity)) for identity in (1, 2)]
    dated = [data.draw(sittings(identity)) for identity in range(data.draw(st.integers(0, 6)))]
    paid = [one | {"programme_id": data.draw(st.sampled_from([None, 1, 2]))} for one in paid]
    found = deadlines(
        portfolio(
            structures=listed,
            fundings=paid,
            programmes=programmes,
            committees=COMMITTEES,
            committee_dates=dated,
        ),
        today,
    )
    rows = {
        row.pop("funding_id"): {
            name: None if pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value
            for name, value in row.items()
            if name not in ("extension", "draft_by")
        }
        for row in found.to_dict("records")
    }
    assert rows == oracle.deadlines(paid, programmes, COMMITTEES, dated, today)
    assert len(rows) == len(found)
