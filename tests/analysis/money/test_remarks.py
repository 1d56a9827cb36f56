"""What is said beside sums of money that are counted otherwise than recorded days would have it."""

import pytest

from steering.analysis.money.remarks import remarks
from steering.model import AmountBasis, EndKind, ExtensionRule, FundingPart
from tests import builders as b

AT = b.view("2026-11-22")


def known(*fundings, **own):
    return b.portfolio(
        structures=[b.structure(id=1, name="Zeta", **own)],
        organisations=[b.organisation()],
        fundings=fundings,
    )


ENDING = {"end_kind": EndKind.FIXED, "valid_until": "2027-09-30"}
OPEN = {"end_kind": EndKind.OPEN, "amount_cents": 7_000_000, "amount_basis": AmountBasis.PER_YEAR}


@pytest.mark.parametrize(
    ("funding", "until"),
    [
        (b.funding(**OPEN), "ohne festes Ende"),
        (b.funding(end="2028-12-31"), "bis 31.12.2028"),
        (b.funding(end="2028-12-31", part=FundingPart.CO_FINANCING), "bis 31.12.2028"),
    ],
)
def test_money_that_is_counted_after_its_structure_is_told(funding, until):
    (said,) = remarks(known(funding, **ENDING), AT, {1})
    assert said.startswith("Die Förderung von »Zeta« läuft über das Ende der Struktur am 30.09.2027 hinaus")
    assert f"eingerechnet: {until}. Welches der beiden Enden gilt, ist noch zu klären." in said


@pytest.mark.parametrize(
    ("funding", "own"),
    [
        (b.funding(end="2027-09-30"), ENDING),
        (b.funding(end="2025-12-31"), {"end_kind": EndKind.FIXED, "valid_until": "2024-12-31"}),
        (b.funding(**OPEN), {"end_kind": EndKind.OPEN}),
        (b.funding(**OPEN), {"end_kind": EndKind.UNKNOWN}),
    ],
)
def test_nothing_is_told_where_the_days_agree_or_all_is_over(funding, own):
    assert remarks(known(funding, **own), AT, {1}) == ()


def test_a_scenario_that_goes_on_with_the_structure_has_nothing_to_tell():
    optimistic = b.view("2026-11-22", rule=ExtensionRule.OPTIMISTIC)
    assert remarks(known(b.funding(**OPEN), **ENDING), optimistic, {1}) == ()


def test_of_other_structures_nothing_is_told():
    assert remarks(known(b.funding(**OPEN), **ENDING), AT, {2}) == ()
