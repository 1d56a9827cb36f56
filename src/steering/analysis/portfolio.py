"""The Portfolio: all records of one revision as frozen pandas frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from steering.model import Provenance


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Everything that is not archived, as of one revision of one dataset.

    One frame per record type. Columns are the record's fields, in the model's names; enumerations
    are their stored values (str); days are datetime64[s] at midnight, NaT where empty; optional
    whole numbers are Int64, optional decimals float64 with NaN. Each accessor hands out a shallow
    copy: writing to it leaves the Portfolio as it is.

    `withheld`: keys of the findings that nobody who asks this Portfolio may be told of, see `discretion`.
    """

    dataset_id: str
    revision: int
    frames: Mapping[str, pd.DataFrame] = field(repr=False)
    withheld: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "frames", MappingProxyType(dict(self.frames)))

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is handed to another process."""
        return Portfolio, (self.dataset_id, self.revision, dict(self.frames), self.withheld)

    def frame(self, table: str) -> pd.DataFrame:
        """The frame of a table, by its name in the database."""
        return self.frames[table].copy(deep=False)

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
    def fundings(self) -> pd.DataFrame:
        return self.frame("funding")

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
        """The same reduced to the rows the masks name, and without rows that point to a dropped one."""
        frames = dict(self.frames)
        for table, mask in masks.items():
            frames[table] = frames[table][mask]
        for child, column, parent in REFERENCES:
            if child in frames and parent in frames:
                rows = frames[child]
                known = rows[column].isna() | rows[column].isin(frames[parent]["id"])
                frames[child] = rows[known]
        return self.with_frames({table: frame.reset_index(drop=True) for table, frame in frames.items()})

    def with_frames(self, frames: Mapping[str, pd.DataFrame]) -> Portfolio:
        """The same revision with other frames."""
        return replace(self, frames=frames)


# Which column points to which table, parents before children, so that one pass settles a cascade.
REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("task", "field_id", "field"),
    ("structure", "organisation_id", "organisation"),
    ("funding", "structure_id", "structure"),
    ("funding", "programme_id", "programme"),
    ("funding", "accompanies_id", "funding"),
    ("responsibility", "structure_id", "structure"),
    ("responsibility", "task_id", "task"),
    ("responsibility", "area_id", "area"),
    ("responsibility_group", "responsibility_id", "responsibility"),
    ("responsibility_group", "target_group_id", "target_group"),
    ("need", "task_id", "task"),
    ("need", "area_id", "area"),
    ("need_group", "need_id", "need"),
    ("need_group", "target_group_id", "target_group"),
    ("area_municipality", "area_id", "area"),
    ("agreement_organisation", "agreement_id", "agreement"),
    ("agreement_organisation", "organisation_id", "organisation"),
    ("agreement_task", "agreement_id", "agreement"),
    ("agreement_task", "task_id", "task"),
    ("committee_date", "committee_id", "committee"),
    ("participant", "meeting_id", "meeting"),
    ("agenda_item", "meeting_id", "meeting"),
    ("outcome", "agenda_item_id", "agenda_item"),
    ("action_item", "agenda_item_id", "agenda_item"),
    ("addendum", "meeting_id", "meeting"),
    ("measure_task", "measure_id", "measure"),
    ("measure_task", "task_id", "task"),
    ("measure_partner", "measure_id", "measure"),
    ("measure_partner", "organisation_id", "organisation"),
    ("measure_need", "measure_id", "measure"),
    ("measure_need", "need_id", "need"),
    ("measure_cost", "measure_id", "measure"),
    ("milestone", "measure_id", "measure"),
    ("indicator", "target_group_id", "target_group"),
    ("observation", "indicator_id", "indicator"),
    ("confirmation_request", "round_id", "confirmation_round"),
    ("confirmation_request", "organisation_id", "organisation"),
    ("confirmation_item", "request_id", "confirmation_request"),
)
