"""Which proposals are still to be decided about, and what a potential made of one keeps."""

from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential, undecided
from steering.model import PotentialState, Provenance
from tests.builders import portfolio, potential

SHARING = ProposedPotential(
    rule=ProposalKind.SHARE, key="share/t1/o1,o2", facts="s1 a;s2 a", name="Café: A und B",
    reckoning="Zwei Träger.", against="Kann gewollt sein.", idea="Fragen.", field_id=1,
)  # fmt: skip


def left(**values):
    known = portfolio(potentials=[potential(proposal=SHARING.key, **values)])
    return undecided(known, [SHARING])


def test_what_nobody_has_decided_about_is_proposed():
    assert undecided(portfolio(), [SHARING]) == [SHARING]
    assert undecided(portfolio(potentials=[potential()]), [SHARING]) == [SHARING]


def test_what_was_taken_over_is_not_proposed_again_whatever_becomes_of_it():
    assert left(proposal_facts=SHARING.facts) == []
    assert left(proposal_facts="s1 a", state=PotentialState.USED) == []


def test_what_was_put_aside_comes_back_only_when_its_facts_change_with_the_reason_of_then():
    aside = {"state": PotentialState.NOT_PURSUED, "reason": "Will keiner."}
    assert left(proposal_facts=SHARING.facts, **aside) == []
    (again,) = left(proposal_facts="s1 a", **aside)
    assert again.before == "Will keiner."


def test_a_potential_keeps_the_reckoning_as_evidence_and_says_where_it_is_from():
    values = SHARING.values(PotentialState.RECOGNISED)
    assert values["evidence"] == "Zwei Träger. Kann gewollt sein."
    assert (values["proposal"], values["proposal_facts"]) == (SHARING.key, SHARING.facts)
    assert values["provenance"] == Provenance.DERIVED
    assert "public" not in values
