"""A potential that the program proposes, and which of those found are still to be decided about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from steering.analysis.portfolio import Portfolio
from steering.model import PotentialKind, PotentialState, Provenance
from steering.model.base import NAME_LENGTH, TEXT_LENGTH


class ProposalKind(StrEnum):
    """By which rule a potential was found; the value is the first part of its key."""

    APPLY_TOGETHER = "together"
    FREE_NEXT_DOOR = "free"
    PAYS = "pays"
    SERVED_AROUND = "around"
    SHARE = "share"


@dataclass(frozen=True)
class ProposedPotential:
    """What a rule has found. `key`: the same as long as it is about the same; `facts`: what it rests on.

    `reckoning`: how it was found, in sentences; `options`: what there is to choose from, the best first;
    `against`: what speaks against it or is not known; `idea`: what could be made of it. `municipalities`:
    AGS, none where it has no place. `example`: it rests on examples. `before`: why it was put aside, where
    it was and the facts have changed since.
    """

    rule: ProposalKind
    key: str
    facts: str
    name: str
    reckoning: str
    against: str
    idea: str
    field_id: int | None
    municipalities: frozenset[str] = frozenset()
    example: bool = False
    options: tuple[str, ...] = ()
    before: str = ""

    @property
    def told(self) -> str:
        """The reckoning with what there is to choose from, as one text."""
        return "\n".join([self.reckoning, *(f"– {each}" for each in self.options)])

    def values(self, state: PotentialState, reason: str = "") -> dict[str, Any]:
        """As the fields of a new Potential, without its area."""
        return {
            "name": self.name[:NAME_LENGTH],
            "kind": PotentialKind.OTHER,
            "state": state,
            "field_id": self.field_id,
            "evidence": ("\n" if self.options else " ").join([self.told, self.against])[:TEXT_LENGTH],
            "idea": self.idea,
            "reason": reason,
            "proposal": self.key,
            "proposal_facts": self.facts[:TEXT_LENGTH],
            "provenance": Provenance.EXAMPLE if self.example else Provenance.DERIVED,
            "provenance_note": "Vom Programm vorgeschlagen",
        }


def undecided(portfolio: Portfolio, found: Iterable[ProposedPotential]) -> list[ProposedPotential]:
    """Those that nobody has taken over or put aside; put aside ones come back when their facts change."""
    rows = portfolio.potentials.sort_values("id")
    decided = {row["proposal"]: row for row in rows[rows["proposal"] != ""].to_dict("records")}
    left = []
    for one in found:
        row = decided.get(one.key)
        if row is None:
            left.append(one)
        elif row["state"] == PotentialState.NOT_PURSUED and row["proposal_facts"] != one.facts[:TEXT_LENGTH]:
            left.append(replace(one, before=row["reason"] or "ohne Begründung"))
    return left
