"""The Portfolio: all records of one revision as frozen pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from steering.analysis import reads
from steering.analysis.frames import Frames
from steering.model import Provenance, Record


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Everything that is not archived, as of one revision of one dataset.

    One frame per record type. Columns are the record's fields, in the model's names; enumerations
    are their stored values (str); days are datetime64[s] at midnight, NaT where empty; optional
    whole numbers are Int64, optional decimals float64 with NaN. Each accessor hands out a shallow
    copy: writing to it leaves the Portfolio as it is.

    `keys_withheld`: of the findings that nobody who asks this Portfolio may be told of, `discreet`: whether
    it is what everyone may see, see `discretion`. Whoever needs the keys asks for `withheld`.
    """

    dataset_id: str
    number: int
    frames: Mapping[str, pd.DataFrame] = field(repr=False)
    keys_withheld: frozenset[str] = frozenset()
    discreet: bool = False
    # Held for `reads.only_values`, which looks for what reads frames.
    reads_frames = True

    def __post_init__(self) -> None:
        if not isinstance(self.frames, Frames):
            object.__setattr__(self, "frames", Frames(self.frames))

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is handed to another process."""
        return Portfolio, (self.dataset_id, self.number, dict(self.frames), self.keys_withheld, self.discreet)

    @property
    def revision(self) -> int:
        """Which revision this is; what asks this is another with each one."""
        reads.note_moment()
        return self.number

    @property
    def withheld(self) -> frozenset[str]:
        """Which findings nobody who asks may be told of; what asks this rests on who marked them."""
        self.frames["internal_finding"]
        return self.keys_withheld

    def frame(self, table: str) -> pd.DataFrame:
        """The frame of a table, by its name in the database."""
        return self.frames[table].copy(deep=False)

    def has(self, table: str) -> bool:
        """Whether there is any record of a table."""
        return not self.frames[table].empty

    def names(self, table: str) -> pd.Series:
        """What the records of a table are called: id → name."""
        return self.frames[table].set_index("id")["name"]

    def short_names(self, table: str) -> pd.Series:
        """The same in short where there is a short name: id → short name, else name."""
        rows = self.frames[table].set_index("id")
        return rows["short_name"].where(rows["short_name"] != "", rows["name"])

    @property
    def structures(self) -> pd.DataFrame:
        return self.frame("structure")

    @property
    def organisations(self) -> pd.DataFrame:
        return self.frame("organisation")

    @property
    def municipalities(self) -> pd.DataFrame:
        return self.frame("municipality")

    @property
    def areas(self) -> pd.DataFrame:
        return self.frame("area")

    @property
    def area_municipalities(self) -> pd.DataFrame:
        return self.frame("area_municipality")

    @property
    def fields(self) -> pd.DataFrame:
        return self.frame("field")

    @property
    def tasks(self) -> pd.DataFrame:
        return self.frame("task")

    @property
    def target_groups(self) -> pd.DataFrame:
        return self.frame("target_group")

    @property
    def programmes(self) -> pd.DataFrame:
        return self.frame("programme")

    @property
    def programme_fields(self) -> pd.DataFrame:
        return self.frame("programme_field")

    @property
    def programme_tasks(self) -> pd.DataFrame:
        return self.frame("programme_task")

    @property
    def personnel_costs(self) -> pd.DataFrame:
        return self.frame("personnel_cost")

    @property
    def fundings(self) -> pd.DataFrame:
        return self.frame("funding")

    @property
    def closed_years(self) -> pd.DataFrame:
        return self.frame("closed_year")

    @property
    def responsibilities(self) -> pd.DataFrame:
        return self.frame("responsibility")

    @property
    def responsibility_groups(self) -> pd.DataFrame:
        return self.frame("responsibility_group")

    @property
    def agreements(self) -> pd.DataFrame:
        return self.frame("agreement")

    @property
    def agreement_organisations(self) -> pd.DataFrame:
        return self.frame("agreement_organisation")

    @property
    def agreement_tasks(self) -> pd.DataFrame:
        return self.frame("agreement_task")

    @property
    def needs(self) -> pd.DataFrame:
        return self.frame("need")

    @property
    def need_groups(self) -> pd.DataFrame:
        return self.frame("need_group")

    @property
    def assessments(self) -> pd.DataFrame:
        return self.frame("assessment")

    @property
    def committees(self) -> pd.DataFrame:
        return self.frame("committee")

    @property
    def committee_dates(self) -> pd.DataFrame:
        return self.frame("committee_date")

    @property
    def meetings(self) -> pd.DataFrame:
        return self.frame("meeting")

    @property
    def participants(self) -> pd.DataFrame:
        return self.frame("participant")

    @property
    def agenda_items(self) -> pd.DataFrame:
        return self.frame("agenda_item")

    @property
    def outcomes(self) -> pd.DataFrame:
        return self.frame("outcome")

    @property
    def action_items(self) -> pd.DataFrame:
        return self.frame("action_item")

    @property
    def addenda(self) -> pd.DataFrame:
        return self.frame("addendum")

    @property
    def internal_findings(self) -> pd.DataFrame:
        return self.frame("internal_finding")

    @property
    def standing_points(self) -> pd.DataFrame:
        return self.frame("standing_point")

    @property
    def wishes(self) -> pd.DataFrame:
        return self.frame("wish")

    @property
    def measures(self) -> pd.DataFrame:
        return self.frame("measure")

    @property
    def measure_tasks(self) -> pd.DataFrame:
        return self.frame("measure_task")

    @property
    def measure_partners(self) -> pd.DataFrame:
        return self.frame("measure_partner")

    @property
    def measure_needs(self) -> pd.DataFrame:
        return self.frame("measure_need")

    @property
    def measure_potentials(self) -> pd.DataFrame:
        return self.frame("measure_potential")

    @property
    def potentials(self) -> pd.DataFrame:
        return self.frame("potential")

    @property
    def potential_needs(self) -> pd.DataFrame:
        return self.frame("potential_need")

    @property
    def measure_costs(self) -> pd.DataFrame:
        return self.frame("measure_cost")

    @property
    def milestones(self) -> pd.DataFrame:
        return self.frame("milestone")

    @property
    def indicators(self) -> pd.DataFrame:
        return self.frame("indicator")

    @property
    def observations(self) -> pd.DataFrame:
        return self.frame("observation")

    @property
    def forecasts(self) -> pd.DataFrame:
        return self.frame("forecast")

    @property
    def housing(self) -> pd.DataFrame:
        return self.frame("housing")

    @property
    def forecast_rules(self) -> pd.DataFrame:
        return self.frame("forecast_rule")

    @property
    def periods(self) -> pd.DataFrame:
        return self.frame("period")

    @property
    def confirmation_rounds(self) -> pd.DataFrame:
        return self.frame("confirmation_round")

    @property
    def confirmation_requests(self) -> pd.DataFrame:
        return self.frame("confirmation_request")

    @property
    def confirmation_items(self) -> pd.DataFrame:
        return self.frame("confirmation_item")

    @property
    def survey_rounds(self) -> pd.DataFrame:
        return self.frame("survey_round")

    @property
    def survey_requests(self) -> pd.DataFrame:
        return self.frame("survey_request")

    @property
    def survey_request_tasks(self) -> pd.DataFrame:
        return self.frame("survey_request_task")

    @property
    def survey_answers(self) -> pd.DataFrame:
        return self.frame("survey_answer")

    @property
    def survey_answer_groups(self) -> pd.DataFrame:
        return self.frame("survey_answer_group")

    @property
    def submissions(self) -> pd.DataFrame:
        return self.frame("submission")

    @property
    def consultations(self) -> pd.DataFrame:
        return self.frame("consultation")

    @property
    def settings(self) -> pd.Series:
        """The one row of settings."""
        return self.frames["settings"].iloc[0]

    def without_examples(self) -> Portfolio:
        """The same without example records and without what hangs on them."""
        return self.keeping(
            {
                table: frame["provenance"] != Provenance.EXAMPLE
                for table, frame in self.frames.items()
                if "provenance" in frame
            }
        )

    def keeping(self, masks: Mapping[str, pd.Series]) -> Portfolio:
        """The same reduced to the rows the masks name, and without what points to a dropped one.

        Rows go with what they belong to; an optional reference is emptied.
        """
        frames = dict(self.frames)
        for table, mask in masks.items():
            if not mask.all():
                frames[table] = frames[table][mask]
        for reference in REFERENCES:
            if reference.child in frames and reference.parent in frames:
                rows, column = frames[reference.child], reference.column
                known = rows[column].isna() | rows[column].isin(frames[reference.parent]["id"])
                if known.all():
                    continue
                emptied = rows.assign(**{column: rows[column].where(known)})
                frames[reference.child] = rows[known] if reference.goes_along else emptied
        return self.with_frames({table: _numbered(frame) for table, frame in frames.items()})

    def with_frames(self, frames: Mapping[str, pd.DataFrame]) -> Portfolio:
        """The same revision with other frames."""
        return replace(self, frames=frames)

    def replacing(self, frames: Mapping[str, pd.DataFrame]) -> Portfolio:
        """The same revision with some other frames; the others are read from this one when they are asked."""
        return replace(self, frames=Frames(frames, below=self.frames))

    def sharing(self, others: Iterable[Portfolio]) -> Portfolio:
        """The same with a frame of the others' wherever it says the same: what is made of that holds."""
        frames = dict(self.frames)
        for table, frame in frames.items():
            there = (other.frames[table] for other in others if table in other.frames)
            frames[table] = next((each for each in there if alike(frame, each)), frame)
        return self.with_frames(frames)


def alike(frame: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two frames are one, or cannot be told apart by what stands in them."""
    return frame is other or (isinstance(frame.index, type(other.index)) and bool(frame.equals(other)))


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows numbered from 0; the very same frame where they are."""
    index = frame.index
    if isinstance(index, pd.RangeIndex) and (index.start, index.step) == (0, 1):
        return frame
    return frame.reset_index(drop=True)


# An optional reference whose loss takes the record along all the same: what is left would say something else.
_TAKES_ALONG = {
    ("funding", "programme_id"),
    ("funding", "accompanies_id"),
    ("indicator", "target_group_id"),
    ("closed_year", "funding_id"),
    ("survey_request", "organisation_id"),
    ("public_text", "offer_id"),
    ("public_text", "potential_id"),
}
# Who was there, who had agreed to something or proposed it, stays told although the organisation is not kept
# any more.
_STAYS = {("participant", "organisation_id"), ("action_item", "organisation_id"), ("wish", "organisation_id")}


@dataclass(frozen=True)
class Reference:
    """A column that points to the ids of another table.

    `goes_along`: without its target, the row goes too; else it stays without this reference.
    """

    child: str
    column: str
    parent: str
    goes_along: bool


def _references() -> tuple[Reference, ...]:
    """Read off the foreign keys of the model, parents before children, so that one pass settles a cascade."""
    found = (
        (table.name, column.name, key.column.table.name, column.nullable)
        for table in Record.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.name == "id"
    )
    return tuple(
        Reference(child, column, parent, not optional or (child, column) in _TAKES_ALONG)
        for child, column, parent, optional in found
        if (child, column) not in _STAYS
    )


REFERENCES = _references()
