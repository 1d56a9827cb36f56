"""How fundings, own validity and own means make the life of a structure, one sentence each."""

import pandas as pd
import pytest

from steering.analysis.lives import lifecycle
from tests.builders import Values, each_row, funding, portfolio, structure, view


def life(post: Values, fundings: list[Values], **look: str) -> list[tuple]:
    """Start, end, state, support, FTE and places of each stretch."""
    found = lifecycle.lives(portfolio(structures=[post], fundings=fundings), view(**look))
    return [
        (
            *(None if pd.isna(day) else str(day.date()) for day in (row.start, row.end)),
            row.state,
            row.support,
            *(None if pd.isna(figure) else figure for figure in (row.fte, row.places)),
        )
        for row in each_row(found)
    ]


def spells(post: Values, fundings: list[Values], **look: str) -> list[tuple]:
    """The same without FTE and places."""
    return [row[:4] for row in life(post, fundings, **look)]


FIRST = funding(id=1, start="2024-01-01", end="2025-12-31")
SECOND = funding(id=2, start="2026-01-01", end="2027-12-31")


def test_an_open_structure_without_fundings_runs_on_its_own_validity_without_end():
    assert life(structure(id=1, fte=1.5, places=8), []) == [(None, None, "running", "own_validity", 1.5, 8)]


def test_two_phases_that_follow_each_other_are_one_stretch():
    assert spells(structure(id=1), [FIRST, SECOND]) == [("2024-01-01", "2027-12-31", "running", "funded")]


def test_a_hole_between_two_phases_is_a_hole():
    later = funding(id=2, start="2026-02-01", end="2027-12-31")
    assert spells(structure(id=1, on_loss="continues"), [FIRST, later])[:2] == [
        ("2024-01-01", "2025-12-31", "running", "funded"),
        ("2026-02-01", "2027-12-31", "running", "funded"),
    ]


def test_a_structure_that_lives_on_funding_does_not_run_before_it():
    assert spells(structure(id=1, valid_from="2020-01-01"), [SECOND])[0][0] == "2026-01-01"


def test_co_financing_never_carries():
    extra = funding(id=9, part="co_financing", start="2020-01-01", end="2030-12-31")
    assert spells(structure(id=1), [FIRST, extra]) == [("2024-01-01", "2025-12-31", "running", "funded")]
    assert spells(structure(id=1, valid_until="2026-12-31"), [extra]) == [
        (None, "2026-12-31", "running", "own_validity")
    ]


def test_the_own_validity_limits_what_fundings_carry_on_both_sides():
    post = structure(id=1, valid_from="2024-07-01", valid_until="2025-06-30")
    assert spells(post, [FIRST]) == [("2024-07-01", "2025-06-30", "running", "funded")]


@pytest.mark.parametrize("end_kind", ["unknown", "annual"])
def test_an_unknown_or_unconfirmed_own_end_does_not_limit_fundings(end_kind):
    post = structure(id=1, end_kind=end_kind, valid_from="2024-07-01")
    assert spells(post, [FIRST]) == [("2024-07-01", "2025-12-31", "running", "funded")]


def test_after_the_end_of_a_yearly_own_validity_a_funded_structure_is_unknown():
    post = structure(id=1, end_kind="annual", valid_until="2024-12-31")
    assert spells(post, [FIRST]) == [
        ("2024-01-01", "2024-12-31", "running", "funded"),
        ("2025-01-01", "2025-12-31", "unknown", ""),
    ]


def test_a_day_on_which_no_funding_is_active_and_one_is_unknown_is_unknown():
    doubtful = funding(id=3, end_kind="unknown", start="2025-01-01", confirmed_on="2025-03-31")
    assert life(structure(id=1, fte=1.0, places=5), [FIRST, doubtful]) == [
        ("2024-01-01", "2025-12-31", "running", "funded", 1.0, 5),
        ("2026-01-01", None, "unknown", "", None, None),
    ]


def test_on_own_means_it_goes_on_with_the_fte_afterwards_and_its_own_places():
    post = structure(id=1, fte=1.0, places=5, on_loss="continues", fte_after=0.5)
    assert life(post, [FIRST]) == [
        ("2024-01-01", "2025-12-31", "running", "funded", 1.0, 5),
        ("2026-01-01", None, "running", "own_means", 0.5, 5),
    ]


@pytest.mark.parametrize("on_loss", ["ends", "unclear"])
def test_it_stops_with_the_last_funding_unless_it_is_carried_on(on_loss):
    post = structure(id=1, on_loss=on_loss, fte_after=0.5)
    assert spells(post, [FIRST]) == [("2024-01-01", "2025-12-31", "running", "funded")]


def test_own_means_never_begin_where_a_funding_may_still_be_active():
    doubtful = funding(id=3, end_kind="unknown", start="2025-01-01")
    found = spells(structure(id=1, on_loss="continues"), [FIRST, doubtful])
    assert found[-1] == ("2026-01-01", None, "unknown", "")


def test_own_means_end_with_the_own_validity():
    post = structure(id=1, on_loss="continues", valid_until="2026-06-30")
    assert spells(post, [FIRST])[-1] == ("2026-01-01", "2026-06-30", "running", "own_means")


def test_a_structure_whose_only_funding_has_no_day_does_not_run():
    nothing = funding(id=3, start="2025-01-01", end="2024-12-31")
    assert spells(structure(id=1, on_loss="continues"), [nothing]) == []


def test_effective_fte_are_the_exact_sum_over_the_active_fundings():
    paid = [
        funding(id=1, start="2024-01-01", end="2025-12-31", fte=0.1),
        funding(id=2, start="2025-01-01", end="2025-12-31", fte=0.2, places=None),
        funding(id=3, part="co_financing", start="2024-01-01", end="2025-12-31", fte=9.0),
    ]
    assert life(structure(id=1, fte=5.0, places=7), paid) == [
        ("2024-01-01", "2024-12-31", "running", "funded", 0.1, 7),
        ("2025-01-01", "2025-12-31", "running", "funded", 0.3, 7),
    ]


def test_effective_figures_are_unknown_where_only_some_fundings_carry_one():
    paid = [
        funding(id=1, start="2024-01-01", end="2025-12-31", fte=0.5, places=3),
        funding(id=2, start="2025-01-01", end="2025-12-31"),
    ]
    assert life(structure(id=1, fte=5.0, places=7), paid)[-1] == (
        "2025-01-01",
        "2025-12-31",
        "running",
        "funded",
        None,
        None,
    )


def test_co_financing_follows_the_effective_span_of_the_funding_it_accompanies():
    paid = [
        funding(id=1, start="2025-01-01", end="2026-12-31", extension="applied"),
        funding(id=2, part="co_financing", accompanies_id=1, start="2020-01-01", end="2021-12-31"),
    ]
    found = lifecycle.funding_spans(
        portfolio(structures=[structure(id=1)], fundings=paid), view(rule="expected")
    )
    assert found["start"].to_list() == [pd.Timestamp("2025-01-01")] * 2
    assert found["end"].isna().all()


def test_a_day_knows_until_when_it_goes_on_whatever_the_means():
    post = structure(id=1, on_loss="continues", valid_until="2028-12-31", fte_after=0.5)
    row = lifecycle.on_day(portfolio(structures=[post], fundings=[FIRST, SECOND]), view("2025-06-30")).iloc[0]
    assert (row["state"], row["support"]) == ("running", "funded")
    assert (str(row["until"].date()), row["after"]) == ("2028-12-31", "not_running")


def test_a_change_of_means_is_no_ending():
    post = structure(id=1, on_loss="continues", fte_after=0.5)
    look = view()
    known = portfolio(structures=[post], fundings=[FIRST])
    assert lifecycle.endings(known, look, look.horizon.first, look.horizon.last).empty


def test_stepping_stops_on_the_first_running_day_and_on_the_first_day_without():
    found = lifecycle.turning_points(portfolio(structures=[structure(id=1)], fundings=[SECOND]), view())
    assert [tuple(row) for row in found.astype({"day": str}).to_numpy()] == [
        ("2026-01-01", 1, 0),
        ("2028-01-01", 0, 1),
    ]


def test_clipping_comes_last_and_closes_open_sides():
    look = view(first="2026-01-01", last="2026-12-31")
    known = portfolio(structures=[structure(id=1), structure(id=2, valid_until="2025-12-31")])
    found = lifecycle.clip(lifecycle.lives(known, look), look.horizon)
    assert found[["structure_id", "start", "end"]].astype(str).to_numpy().tolist() == [
        ["1", "2026-01-01", "2026-12-31"]
    ]
