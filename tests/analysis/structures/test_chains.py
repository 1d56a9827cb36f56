"""The chain over recorded sittings: it ends on a sitting, and moves with the sittings that it goes
through."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.structures import sittings
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.deadlines import deadlines
from steering.analysis.structures.decide_words import decide_words
from steering.analysis.structures.moving import ChangedSittings, NewSitting, moved, with_sittings
from tests.builders import Values, committee, committee_date, funding, portfolio, structure

TODAY = date(2026, 11, 22)
COMMITTEES = [
    committee(id=1, slug="ksa", name="KSA", rank=1),
    committee(id=2, slug="kt", name="Kreistag", rank=2),
    committee(id=3, slug="jha", name="Jugendhilfeausschuss", rank=0),
]
ENDS = ("2026-12-31", "2027-06-30", "2027-12-31", "2028-12-31")


def world(dates: list[Values], today: date = TODAY):
    return portfolio(
        committees=COMMITTEES,
        committee_dates=dates,
        structures=[structure(id=at) for at in range(1, len(ENDS) + 1)],
        fundings=[
            funding(id=at, structure_id=at, end=end, extension="not_yet_possible")
            for at, end in enumerate(ENDS, start=1)
        ],
    )


def due(dates: list[Values], today: date = TODAY) -> pd.DataFrame:
    return deadlines(world(dates), today).set_index("funding_id")


def sitting(key: int, of: int, day: str, lead: int = 14, **values: str) -> Values:
    papers = date.fromisoformat(day) - timedelta(days=lead)
    return committee_date(id=key, committee_id=of, day=day, papers_due=str(papers), **values)


PLAN = [
    sitting(1, 1, "2026-12-10"),
    sitting(2, 2, "2026-12-17"),
    sitting(3, 1, "2027-12-02"),
    sitting(4, 2, "2027-12-09"),
]


def days(row: Any, *names: str) -> list[str]:
    return [f"{row[name]:%d.%m.%Y}" for name in names]


def test_the_chain_goes_back_from_the_decision_to_the_draft():
    row = due(PLAN).loc[3]
    assert days(row, "decide_by", "papers_by", "draft_by", "act_by") == [
        "09.12.2027", "18.11.2027", "04.11.2027", "18.11.2027",
    ]  # fmt: skip
    assert (row["committee_id"], row["prepare_date_id"]) == (2, 3)


def test_a_year_without_recorded_sittings_is_named_and_has_no_day():
    row = due(PLAN).loc[4]
    assert (row["unread_year"], row["unread_of"], row["decide_estimated"]) == (2028, 2, True)
    assert pd.isna(row["act_by"])
    ksa = due([PLAN[0], PLAN[1], PLAN[3]]).loc[3]
    assert (ksa["unread_year"], ksa["unread_of"]) == (2027, 1)


def test_a_sitting_that_is_recorded_is_named_where_its_papers_are_closed():
    both = [*PLAN[:2], sitting(5, 2, "2026-12-07")]
    late = due(both, date(2026, 12, 5)).loc[1]
    assert (late["missed_date_id"], late["decide_estimated"]) == (2, True)
    known = world(both)
    assert decide_words(known, deadlines(known, date(2026, 12, 5)))[0] == (
        "Kreistag 17.12.2026: Vorlagenschluss vorbei"
    )
    assert decide_words(known, deadlines(known, date(2026, 12, 18)))[0] == "keine Sitzung mehr davor"
    assert due(both, date(2026, 12, 3))["missed_date_id"].isna().all()


def test_an_example_is_on_no_chain_and_counts_nowhere_beside_a_recorded_sitting():
    invented = sitting(9, 2, "2027-12-21", provenance="example")
    assert due([*PLAN, invented]).loc[3, "committee_date_id"] == 4
    alone = due([PLAN[0], PLAN[1], invented]).loc[3]
    assert (alone["committee_date_id"], alone["decide_example"]) == (9, True)
    assert pd.isna(alone["act_by"])
    assert 9 not in set(sittings.counting(world([*PLAN, invented]))["id"])


def test_where_it_is_too_late_to_prepare_the_decision_stands_alone_and_says_so():
    row = due(PLAN, date(2026, 11, 27)).loc[1]
    assert (row["committee_date_id"], row["too_late_to_prepare"]) == (2, True)
    assert days(row, "act_by") == ["03.12.2026"]
    told = chain_words(world(PLAN), deadlines(world(PLAN), date(2026, 11, 27)))
    assert "Vorlagenschluss 03.12.2026, Kreistag 17.12.2026 (beschließend, ohne Vorberatung)" in told
    assert due(PLAN, date(2026, 12, 4)).loc[1, "decide_estimated"]


def test_a_known_day_to_apply_limits_acting_and_an_estimated_one_does_not():
    programmed = portfolio(
        committees=COMMITTEES,
        committee_dates=PLAN,
        structures=[structure(id=1)],
        fundings=[funding(id=1, structure_id=1, end="2027-12-31", programme_id=None)],
    )
    row = deadlines(programmed, TODAY).iloc[0]
    assert row["apply_estimated"]
    assert days(row, "decide_by", "act_by") == ["17.12.2026", "26.11.2026"]


@st.composite
def plans(draw: st.DrawFn) -> list[Values]:
    first = date(2026, 6, 1)
    return [
        sitting(
            key, draw(st.integers(1, 3)), str(first + timedelta(days=draw(st.integers(0, 900)))),
            draw(st.integers(0, 30)),
            provenance=draw(st.sampled_from(["documented", "documented", "example"])),
        )
        for key in range(1, draw(st.integers(2, 10)))
    ]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(plans(), st.integers(0, 300))
def test_no_chain_ends_on_a_day_without_a_recorded_sitting(plan, later):
    today = TODAY + timedelta(days=later)
    real = {one["id"]: one for one in plan if one["provenance"] != "example"}
    for row in due(plan, today).dropna(subset=["act_by"]).to_dict("records"):
        decides = real[row["committee_date_id"]]
        assert (decides["day"], decides["committee_id"]) == (str(row["decide_by"].date()), 2)
        assert row["act_by"].date() >= today
        assert row["draft_by"] <= row["papers_by"] <= row["decide_by"] <= row["end"]
        if pd.notna(row["prepare_date_id"]):
            prepares = real[row["prepare_date_id"]]
            assert prepares["committee_id"] == 1
            assert prepares["day"] <= decides["day"]


@settings(max_examples=20, deadline=None)
@given(plans(), st.data())
def test_moving_a_sitting_moves_exactly_what_goes_through_it_before_or_after(plan, data):
    one = data.draw(st.sampled_from(plan))
    by = data.draw(st.integers(-20, 20))
    day, papers = (date.fromisoformat(one[name]) + timedelta(days=by) for name in ("day", "papers_due"))
    shifted = {"day": str(day), "papers_due": str(papers)}
    # Within its year: else another year becomes one of which sittings are known.
    if shifted["day"][:4] != one["day"][:4]:
        return
    before, after = due(plan), due([each | shifted if each is one else each for each in plan])
    told = ["decide_by", "papers_by", "act_by", "committee_date_id", "prepare_date_id", "too_late_to_prepare"]
    same = (before[told].map(str) == after[told].map(str)).all(axis=1)
    through = pd.Series(False, index=before.index)
    for rows in (before, after):
        for name in ("committee_date_id", "prepare_date_id"):
            through |= (rows[name] == one["id"]).fillna(False).astype(bool)
    moved_ones = set(same.index[~same])
    assert moved_ones <= set(through.index[through])
    if by:
        both = [
            rows[["committee_date_id"]].eq(one["id"]).any(axis=1).fillna(False) for rows in (before, after)
        ]
        assert set(before.index[both[0] & both[1]]) <= moved_ones


def test_the_effect_of_a_calendar_is_counted_once_for_each_funding():
    data = world(PLAN)
    earlier = ChangedSittings(changed={2: (date(2026, 12, 14), date(2026, 11, 30))})
    assert moved(data, TODAY, earlier).words == "2 Fristen früher"
    called_off = ChangedSittings(changed={4: None})
    assert moved(data, TODAY, called_off).words == "2 Fristen ohne eingelesene Sitzung"
    prepares = NewSitting(1, date(2028, 12, 7), date(2028, 11, 23))
    new = ChangedSittings([prepares, NewSitting(2, date(2028, 12, 14), date(2028, 11, 30))])
    assert moved(data, TODAY, new).words == "1 Frist nun nach eingelesenen Sitzungen"
    assert moved(data, TODAY, ChangedSittings()).words == "keine Frist ändert sich"
    assert len(with_sittings(world([]), new).committee_dates) == 2
