"""Chances that immigration holds for the Landkreis: what they show in, and what is made of them."""

from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, name_field, text_field
from steering.model.enums import PotentialKind, PotentialState


class Potential(Record, Kept, Traced, table=True):
    """A chance (Potenzial) in a Handlungsfeld and an area.

    `evidence`: what it shows in, in words; `indicator_id`: the Kennzahl that shows it. `organisation_id`: who
    looks after it. `reason`: why it is as it is, above all why it is not pursued. The measures that make
    use of it name it (`MeasurePotential`).
    `public`: the public directory says its name, as somebody has decided, and with each `shows_…` one thing
    more.
    `proposal` is the key of the proposal of the program from which it was made, "" where people thought of
    it, and `proposal_facts` what that proposal rested on: as long as these are the same, it is not made
    again.
    """

    __tablename__ = "potential"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    kind: PotentialKind = Field(sa_type=choice(PotentialKind))
    state: PotentialState = Field(default=PotentialState.RECOGNISED, sa_type=choice(PotentialState))
    field_id: int | None = Field(default=None, foreign_key="field.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    description: str = text_field()
    evidence: str = text_field()
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id", index=True)
    idea: str = text_field()
    next_step: str = text_field()
    reason: str = text_field()
    public: bool = False
    shows_kind: bool = False
    shows_field: bool = False
    shows_area: bool = False
    shows_description: bool = False
    shows_evidence: bool = False
    shows_idea: bool = False
    shows_next_step: bool = False
    proposal: str = Field(default="", max_length=400, index=True)
    proposal_facts: str = text_field()
    note: str = text_field()


class PotentialNeed(Record, table=True):
    """A need that a potential could help to meet."""

    __tablename__ = "potential_need"

    potential_id: int = Field(primary_key=True, foreign_key="potential.id")
    need_id: int = Field(primary_key=True, foreign_key="need.id", index=True)
