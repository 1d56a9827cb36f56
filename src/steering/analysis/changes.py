"""The changes a scenario is made of: what somebody assumes, or what a measure brings about.

Every change is a value that can be compared, hashed and listed. What it does is in `scenario.apply`, how
it is said in `change_words`. Days are inclusive. A change that names something that is not there does
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steering.model import AmountBasis, EndKind, Extension, FundingPart, OnLoss, Payer, Role, StructureKind


@dataclass(frozen=True)
class ExtendFunding:
    """A funding is active at least through a day, from its own start, under every extension rule.

    This also revives one that has ended.
    """

    funding_id: int
    until: date


@dataclass(frozen=True)
class EndFunding:
    """A funding is active at most through a day, and never longer than before."""

    funding_id: int
    on: date


@dataclass(frozen=True)
class DropFunding:
    """A funding never existed, and neither did the co-financing that accompanies it."""

    funding_id: int


@dataclass(frozen=True)
class ExtendProgramme:
    """Each structure's last carrying funding from a programme is extended, see `ExtendFunding`."""

    programme_id: int
    until: date


@dataclass(frozen=True)
class EndProgramme:
    """All fundings from a programme end, see `EndFunding`."""

    programme_id: int
    on: date


@dataclass(frozen=True)
class DropProgramme:
    """No funding from a programme ever existed, see `DropFunding`."""

    programme_id: int


@dataclass(frozen=True, kw_only=True)
class NewResponsibility:
    """For what a new structure answers; the fields are those of `Responsibility`."""

    task_id: int
    area_id: int
    role: Role
    delivers: bool = True
    target_group_ids: tuple[int, ...] = ()
    site: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AddResponsibility(NewResponsibility):
    """A structure answers for one more task."""

    structure_id: int


@dataclass(frozen=True)
class EndResponsibility:
    """A responsibility is valid at most through a day."""

    responsibility_id: int
    on: date


@dataclass(frozen=True)
class MoveResponsibility:
    """From a day on, another structure has a responsibility: same task, role, area, groups and site."""

    responsibility_id: int
    structure_id: int
    on: date


@dataclass(frozen=True)
class MergeResponsibilities:
    """From a day on, the structure that has one responsibility has another one, too; equal ones unite."""

    responsibility_id: int
    into_responsibility_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class NewFunding:
    """What pays for a new structure; the fields are those of `Funding`.

    `accompanies`: for a co-financing the position, in the structure's fundings, of the one it follows.
    """

    name: str
    programme_id: int | None = None
    payer: Payer = Payer.GRANT
    part: FundingPart = FundingPart.CARRYING
    start: date | None = None
    end: date | None = None
    end_kind: EndKind = EndKind.FIXED
    extension: Extension = Extension.UNCLEAR
    expected_until: date | None = None
    fte: float | None = None
    places: int | None = None
    amount_cents: int | None = None
    amount_basis: AmountBasis = AmountBasis.UNKNOWN
    accompanies: int | None = None


@dataclass(frozen=True, kw_only=True)
class AddStructure:
    """One more structure, with what pays for it and what it answers for; fields as in `Structure`."""

    name: str
    kind: StructureKind
    organisation_id: int
    department_id: int | None = None
    catchment_id: int | None = None
    fte: float | None = None
    places: int | None = None
    on_loss: OnLoss = OnLoss.UNCLEAR
    fte_after: float | None = None
    seat_ags: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    end_kind: EndKind = EndKind.OPEN
    fundings: tuple[NewFunding, ...] = ()
    responsibilities: tuple[NewResponsibility, ...] = ()


@dataclass(frozen=True)
class SetOnLoss:
    """What becomes of a structure after its last carrying day, and with how many full-time equivalents.

    `until`: the last day on which it goes on by own means; without one there is no such day.
    """

    structure_id: int
    on_loss: OnLoss
    fte_after: float | None = None
    until: date | None = None


# Columns that a Portfolio has more once changes were applied to it. Of its fundings: the days through which
# they are active at least, and at most, under every extension rule. Of its structures: whether they had
# carrying fundings before, and until when they go on by own means at most.
AT_LEAST_UNTIL, AT_MOST_UNTIL, CARRIED = "at_least_until", "at_most_until", "carried"
GOES_ON_UNTIL = "goes_on_until"

ScenarioChange = (
    ExtendFunding
    | EndFunding
    | DropFunding
    | ExtendProgramme
    | EndProgramme
    | DropProgramme
    | AddResponsibility
    | EndResponsibility
    | MoveResponsibility
    | MergeResponsibilities
    | AddStructure
    | SetOnLoss
)
