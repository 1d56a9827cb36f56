"""Whose money, for how long: programmes and the fundings granted from them; what a post costs."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlalchemy import BigInteger
from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, fte_field, name_field, text_field
from steering.model.enums import (
    AmountBasis,
    Eligibility,
    EndKind,
    FundingPart,
    FundingRegion,
    Payer,
    StructureKind,
)
from steering.model.periods import Ending, Validity, check_end_kind, check_order


class Programme(Record, Kept, Traced, Validity, table=True):
    """A funding programme with the validity of its directive, which never cuts a funding.

    Applications are due on `deadline_on`, or yearly on `deadline_day`.`deadline_month`.,
    `deadline_years_before` years before the year that follows the end.
    `successor`: what is known of a next directive, in words; empty means nothing is documented.
    `rate_cents`: what the directive names per post (VZÄ) and year, for structures of `rate_kind` (empty:
    of any), where `rate_at_most` as the most it grants; `rate_note` says it in the directive's words.
    What it pays for are its Handlungsfelder and tasks (`ProgrammeField`, `ProgrammeTask`; neither: not
    known), `purpose_derived` where these follow from its name or topic only. `county_applies` and the
    others: whether each `Applicant` may apply. `applications_until`: the last day for applications of
    those who get nothing from it yet. `share_percent`: the most it bears of the costs, `own_share_percent`:
    what the applicant bears at least. Each is empty where nobody knows it; the `…_source` say who says so.
    """

    __tablename__ = "programme"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = name_field(unique=True)
    name: str = name_field()
    short_name: str = Field(default="", max_length=60)
    funder: str = Field(default="", max_length=200)
    funder_level: str = Field(default="", max_length=60)
    topic: str = Field(default="", max_length=200)
    end_kind: EndKind = Field(default=EndKind.UNKNOWN, sa_type=choice(EndKind))
    deadline_on: date | None = None
    deadline_day: int | None = Field(default=None, ge=1, le=31)
    deadline_month: int | None = Field(default=None, ge=1, le=12)
    deadline_years_before: int = Field(default=0, ge=0, le=5)
    successor: str = text_field()
    rate_cents: int | None = Field(default=None, ge=0, le=10**13, sa_type=BigInteger)
    rate_kind: StructureKind | None = Field(default=None, sa_type=choice(StructureKind))
    rate_at_most: bool = False
    rate_note: str = text_field()
    purpose_derived: bool = False
    purpose_source: str = text_field()
    county_applies: Eligibility | None = Field(default=None, sa_type=choice(Eligibility, "county_applies"))
    municipality_applies: Eligibility | None = Field(
        default=None, sa_type=choice(Eligibility, "municipality_applies")
    )
    welfare_applies: Eligibility | None = Field(default=None, sa_type=choice(Eligibility, "welfare_applies"))
    association_applies: Eligibility | None = Field(
        default=None, sa_type=choice(Eligibility, "association_applies")
    )
    business_applies: Eligibility | None = Field(
        default=None, sa_type=choice(Eligibility, "business_applies")
    )
    authority_applies: Eligibility | None = Field(
        default=None, sa_type=choice(Eligibility, "authority_applies")
    )
    applications_until: date | None = None
    applicants_source: str = text_field()
    region: FundingRegion | None = Field(default=None, sa_type=choice(FundingRegion))
    region_source: str = text_field()
    share_percent: float | None = Field(default=None, ge=0, le=100)
    own_share_percent: float | None = Field(default=None, ge=0, le=100)
    share_source: str = text_field()
    confidence: str = Field(default="", max_length=200)
    note: str = text_field()

    @model_validator(mode="after")
    def _end_fits_its_kind(self) -> Self:
        check_end_kind(self.end_kind, self.valid_until, "valid_until")
        return self


class ProgrammeField(Record, table=True):
    """A Handlungsfeld that a programme pays for, all of its tasks."""

    __tablename__ = "programme_field"

    programme_id: int = Field(primary_key=True, foreign_key="programme.id")
    field_id: int = Field(primary_key=True, foreign_key="field.id", index=True)


class ProgrammeTask(Record, table=True):
    """A task that a programme pays for."""

    __tablename__ = "programme_task"

    programme_id: int = Field(primary_key=True, foreign_key="programme.id")
    task_id: int = Field(primary_key=True, foreign_key="task.id", index=True)


class PersonnelCost(Record, Kept, Traced, table=True):
    """What a post costs the house in a year: its own rule, by which unrecorded costs are estimated.

    `rate_cents` per VZÄ in `year`, for structures of `structure_kind`; empty: for those of any kind that
    have no rule of their own. The house has one for each kind and year, which beats examples; a budget year
    takes that of its own year, else the nearest one before.
    """

    __tablename__ = "personnel_cost"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    structure_kind: StructureKind | None = Field(default=None, sa_type=choice(StructureKind))
    rate_cents: int = Field(gt=0, le=10**13, sa_type=BigInteger)
    year: int = Field(ge=2000, le=2100)
    note: str = text_field()


class Funding(Record, Kept, Traced, Ending, table=True):
    """Money for a structure over a period, both days inclusive.

    `fte`, `places`: what this funding pays for, where it says so.
    `amount_cents` in euro cents, read by `amount_basis`; empty is unknown, never zero.
    `share_percent`: the funder's share (Förderquote), 0 to 100.
    `accompanies_id`: the carrying funding whose effective period a co-financing follows.
    `approved_from`, `approved_until`: the Bewilligungszeitraum, kept apart from the real period.
    """

    __tablename__ = "funding"

    id: int | None = Field(default=None, primary_key=True)
    structure_id: int = Field(foreign_key="structure.id", index=True)
    programme_id: int | None = Field(default=None, foreign_key="programme.id", index=True)
    name: str = name_field()
    payer: Payer = Field(default=Payer.GRANT, sa_type=choice(Payer))
    payer_name: str = Field(default="", max_length=200)
    part: FundingPart = Field(default=FundingPart.CARRYING, sa_type=choice(FundingPart))
    start: date | None = None
    end: date | None = None
    fte: float | None = fte_field()
    places: int | None = Field(default=None, ge=0, le=1_000_000)
    amount_cents: int | None = Field(default=None, ge=0, le=10**13, sa_type=BigInteger)
    amount_basis: AmountBasis = Field(default=AmountBasis.UNKNOWN, sa_type=choice(AmountBasis))
    amount_note: str = text_field()
    share_percent: float | None = Field(default=None, ge=0, le=100)
    accompanies_id: int | None = Field(default=None, foreign_key="funding.id", index=True)
    notice_date: date | None = None
    notice_reference: str = Field(default="", max_length=200)
    notice_authority: str = Field(default="", max_length=200)
    approved_from: date | None = None
    approved_until: date | None = None
    budget_item: str = Field(default="", max_length=200)
    proof_due: date | None = None
    early_start: bool = False
    note: str = text_field()

    @model_validator(mode="after")
    def _period_makes_sense(self) -> Self:
        check_order(self.start, self.end, "end")
        check_order(self.approved_from, self.approved_until, "approved_until")
        check_end_kind(self.end_kind, self.end, "end")
        return self
