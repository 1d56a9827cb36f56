"""What the timeline draws: one sentence per look, and the counted days against the lives."""

import pandas as pd
import pytest
from hypothesis import given, settings

from steering.analysis.lives.bars import bars
from steering.analysis.lives.lifecycle import lives
from steering.analysis.view import Horizon, Scenario, View
from tests.analysis.strategies import DAYS, FIRST, LAST, RULES, SEARCH, day_by_day, inventories
from tests.builders import Values, each_row, funding, portfolio, structure, view


def drawn(structures: list[Values], fundings: list[Values], today: str = "2026-06-30", rule: str = "secured"):
    found = bars(portfolio(structures=structures, fundings=fundings), view(today, rule=rule))
    return [
        (
            None if pd.isna(row.funding_id) else row.funding_id,
            None if pd.isna(row.start) else str(row.start.date()),
            None if pd.isna(row.end) else str(row.end.date()),
            row.certainty,
            row.counted,
        )
        for row in each_row(found)
    ]


ENDS_2026 = {"id": 7, "start": "2024-01-01", "end": "2026-12-31"}
SECURED = (7, "2024-01-01", "2026-12-31", "secured", True)


def test_a_permanent_task_with_a_grant_year_by_year_says_so():
    yearly = funding(id=7, part="co_financing", programme_id=1)
    assert drawn([structure(id=1)], [yearly]) == [(None, None, None, "standing", True)]
    own = funding(id=7, part="co_financing", programme_id=1, payer="own")
    assert drawn([structure(id=1)], [own]) == [(None, None, None, "permanent", True)]


def test_a_permanent_task_is_one_open_bar_with_and_without_funding():
    assert drawn([structure(id=1)], []) == [(None, None, None, "permanent", True)]
    assert drawn([structure(id=1)], [funding(id=7)]) == [(7, None, None, "permanent", True)]


@pytest.mark.parametrize(
    ("extension", "until", "counted_in"),
    [
        ("applied", "2028-12-31", {"expected", "optimistic"}),
        ("expected", None, {"expected", "optimistic"}),
        ("unclear", None, {"optimistic"}),
        ("not_yet_possible", None, {"optimistic"}),
    ],
)
@pytest.mark.parametrize("rule", ["secured", "expected", "optimistic"])
def test_a_possible_extension_follows_the_fixed_end_and_counts_by_scenario(
    extension, until, counted_in, rule
):
    paid = funding(**ENDS_2026, extension=extension, expected_until=until)
    found = drawn([structure(id=1)], [paid], rule=rule)
    assert found == [SECURED, (7, "2027-01-01", until, extension, rule in counted_in)]


@pytest.mark.parametrize("rule", ["secured", "expected", "optimistic"])
def test_a_past_end_is_never_followed_by_an_extension(rule):
    found = drawn([structure(id=1)], [funding(**ENDS_2026, extension="applied")], "2027-01-01", rule)
    assert found == [SECURED]


def test_an_extension_that_is_ruled_out_is_a_mark_on_the_last_day():
    found = drawn([structure(id=1)], [funding(**ENDS_2026, extension="ruled_out")])
    assert found == [SECURED, (7, "2026-12-31", "2026-12-31", "ruled_out", True)]


def test_no_extension_is_drawn_where_none_is_needed():
    assert drawn([structure(id=1)], [funding(**ENDS_2026, extension="not_needed")]) == [SECURED]


def test_only_the_last_funding_shows_what_may_follow_unless_the_scenario_counts_it():
    paid = [
        funding(**ENDS_2026, extension="applied"),
        funding(id=8, start="2027-01-01", end="2028-12-31", extension="not_needed"),
    ]
    later = (8, "2027-01-01", "2028-12-31", "secured", True)
    assert drawn([structure(id=1)], paid) == [SECURED, later]
    assert drawn([structure(id=1)], paid, rule="expected") == [
        SECURED,
        (7, "2027-01-01", None, "applied", True),
        later,
    ]


def test_a_yearly_grant_runs_on_where_the_scenario_says_so_and_else_its_extension_is_shown():
    paid = funding(id=7, start="2024-01-01", end_kind="annual", end="2026-12-31", extension="expected")
    assert drawn([structure(id=1)], [paid]) == [
        (7, "2024-01-01", "2026-12-31", "annual", True),
        (7, "2027-01-01", None, "expected", False),
    ]
    assert drawn([structure(id=1)], [paid], rule="expected") == [(7, "2024-01-01", None, "annual", True)]


def test_after_a_yearly_grant_of_the_past_nobody_knows():
    paid = funding(id=7, start="2024-01-01", end_kind="annual", end="2025-12-31", extension="expected")
    assert drawn([structure(id=1)], [paid], rule="expected") == [
        (7, "2024-01-01", "2025-12-31", "annual", True),
        (7, "2026-01-01", None, "unknown", False),
    ]


@pytest.mark.parametrize(
    ("rule", "beyond"),
    [
        ("secured", [(7, "2026-03-02", None, "unknown", False)]),
        (
            "expected",
            [(7, "2026-03-02", "2027-03-01", "unknown", True), (7, "2027-03-02", None, "unknown", False)],
        ),
        ("optimistic", [(7, "2026-03-02", None, "unknown", True)]),
    ],
)
def test_an_unknown_end_is_secured_up_to_its_confirmation_and_unknown_beyond(rule, beyond):
    paid = funding(id=7, start="2024-01-01", end_kind="unknown", confirmed_on="2026-03-01")
    expected = [(7, "2024-01-01", "2026-03-01", "secured", True), *beyond]
    assert drawn([structure(id=1)], [paid], rule=rule) == expected


def test_own_means_follow_the_last_carried_day():
    found = drawn([structure(id=1, on_loss="continues")], [funding(**ENDS_2026, extension="not_needed")])
    assert found == [(None, "2027-01-01", None, "own_means", True), SECURED]


def test_fundings_are_cut_to_the_own_validity_and_doubtful_where_that_is():
    post = structure(id=1, valid_from="2025-01-01", end_kind="annual", valid_until="2026-06-30")
    assert drawn([post], [funding(**ENDS_2026, extension="not_needed")]) == [
        (7, "2025-01-01", "2026-06-30", "secured", True),
        (7, "2026-07-01", "2026-12-31", "unknown", False),
    ]


@settings(max_examples=60, deadline=None)
@given(inventories(), DAYS, RULES)
def test_the_counted_days_are_the_days_on_which_a_structure_runs(inventory, today, rule):
    listed, paid = inventory
    known = portfolio(structures=listed, fundings=paid)
    looked = View(FIRST, today, Horizon(FIRST, LAST), Scenario(rule))
    found, told = bars(known, looked), lives(known, looked)
    for one in listed:
        mine, life = (frame[frame["structure_id"] == one["id"]] for frame in (found, told))
        counted = day_by_day(mine[mine["counted"]], SEARCH)
        running = day_by_day(life[life["state"] == "running"], SEARCH)
        assert [day for day in counted if counted[day]] == [day for day in running if running[day]]
