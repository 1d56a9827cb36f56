"""What proposals for a round ask about again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from steering.analysis.dates.due import Due
from steering.analysis.dates.money import decisions, proofs
from steering.analysis.findings import affected
from steering.analysis.findings.kinds import UNSETTLED
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.snapshot import state_in, state_of
from steering.analysis.structures import counted, duties
from steering.analysis.structures.completeness import completeness
from steering.analysis.structures.inventory import inventory
from steering.analysis.view import View
from steering.model import ActionStatus, FindingKind, MeetingStatus, Provenance, Subject
from steering.model.finding_keys import FindingKey
from steering.model.german import day

NEXT_MONTHS = 3


def last_closed(portfolio: Portfolio) -> int | None:
    """The id of the last round that was closed; None where there is none."""
    rows = portfolio.meetings
    rows = rows[rows["status"] == MeetingStatus.CLOSED].sort_values(["day", "id"])
    return None if rows.empty else int(rows["id"].iloc[-1])


def _of_what(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["kind"], row["reason"], row["task_id"]


class Background:
    """What the proposals ask about again and again."""

    def __init__(self, portfolio: Portfolio, view: View, meeting_id: int, before: str | None) -> None:
        self.portfolio, self.view = portfolio, view
        self.before = None if before is None else state_in(before)
        self.now = state_of(portfolio, view)
        meetings = portfolio.meetings.set_index("id")
        self.day_of = {
            int(key): on.date() for key, on in zip(portfolio.meetings["id"], meetings["day"], strict=True)
        }
        self.status_of = meetings["status"].to_dict()
        self.day = self.day_of.get(meeting_id, view.today)
        days = portfolio.meetings[["id", "day"]].rename(columns={"id": "meeting_id"})
        self.points = portfolio.agenda_items.merge(days, on="meeting_id", how="left")
        status = self.points["meeting_id"].map(self.status_of)
        self.held = self.points[status == MeetingStatus.CLOSED].sort_values(["day", "id"])
        # What stood on the agenda of a round that is called off has been talked about nowhere.
        off = (status == MeetingStatus.CANCELLED) & (self.points["meeting_id"] != meeting_id)
        self.called_off, self.on_agendas = self.points[off], self.points[~off]
        standing = self.points[~off & (status != MeetingStatus.CLOSED)]
        self.taken = {
            (Subject(row["subject"]), row["subject_key"] or row["name"])
            for row in standing.to_dict("records")
            if row["subject"] != Subject.FREE or row["subject_key"]
        }
        self.continued = {int(key) for key in self.on_agendas["previous_id"].dropna()}
        actions = portfolio.action_items
        self.agreed_and_open = set(actions.loc[actions["status"] == ActionStatus.OPEN, "id"].astype(str))
        self.outcomes = portfolio.outcomes.set_index("agenda_item_id")
        self.tasks = portfolio.names("task").to_dict()
        self.structures = portfolio.structures.set_index("id")
        fundings = portfolio.fundings
        self.structure_of = dict(zip(fundings["id"], fundings["structure_id"], strict=True))
        self.invented, self.invented_needs = (
            set(rows.loc[rows["provenance"] == Provenance.EXAMPLE, "id"])
            for rows in (portfolio.structures, portfolio.needs)
        )
        self.reserved = set(portfolio.internal_findings["key"])
        self.carriers = portfolio.short_names("organisation").to_dict()
        last = last_closed(portfolio)
        self.last_day = None if last is None else self.day_of[last]

    @cached_property
    def due(self) -> pd.DataFrame:
        """The dates that money sets: day, key, kind, subject, estimated."""
        found = [*decisions(self.portfolio, self.view.today), *proofs(self.portfolio, self.view.today)]
        frame = pd.DataFrame(found, columns=list(Due._fields))
        return frame.assign(day=frame["day"].astype("datetime64[s]"))

    @property
    def until(self) -> date:
        """The day before which the deadlines matter: that of the next round, or in three months."""
        later = [
            on
            for key, on in self.day_of.items()
            if on > self.day and self.status_of[key] in (MeetingStatus.DRAFT, MeetingStatus.INVITED)
        ]
        return min(later) if later else (pd.Timestamp(self.day) + pd.DateOffset(months=NEXT_MONTHS)).date()

    @cached_property
    def incomplete(self) -> pd.DataFrame:
        """The structures that lack something, as `structures.counted.incomplete` has them."""
        rows = inventory(self.portfolio, self.view)
        return counted.incomplete(rows.merge(completeness(self.portfolio, self.view), on="structure_id"))

    @cached_property
    def _alike(self) -> Counter[tuple[Any, ...]]:
        earlier = self.before.findings if self.before else []
        rows = {row["key"]: row for row in [*earlier, *self.now.findings]}
        return Counter(_of_what(row) for row in rows.values())

    def place_of(self, row: Mapping[str, Any]) -> str:
        """Where a finding is, if others are of the same kind about the same task; else ""."""
        if self._alike[_of_what(row)] < 2:
            return ""
        return affected.places(row["municipalities"], affected.inhabited(self.portfolio))

    def names_of(self, structures: Iterable[int]) -> list[str]:
        """The names of those structures that are there."""
        return [str(self.structures["name"][one]) for one in structures if one in self.structures.index]

    def carriers_of(self, structures: Iterable[int]) -> tuple[int, ...]:
        """The organisations that carry these structures, each once."""
        return tuple(dict.fromkeys(int(self._owners[one]) for one in structures if one in self._owners))

    @cached_property
    def _owners(self) -> dict[Any, int]:
        return self.structures["organisation_id"].to_dict()

    def rests_on_examples(self, key: str) -> bool:
        """Whether a structure or need that a finding's key names is an example."""
        found = FindingKey.read(key)
        return found is not None and (
            not self.invented.isdisjoint(found.participants) or found.need in self.invented_needs
        )

    def only_derived(self, key: str) -> bool:
        """Whether a finding about who leads rests on nothing but what was concluded."""
        found = FindingKey.read(key)
        asks = found is not None and (found.kind in UNSETTLED or found.kind == FindingKind.LEAD_ONLY)
        if found is None or found.task is None or not (asks or found.reason):
            return False
        return duties.only_derived(self.portfolio, found.task, found.participants)

    def latest(self, subject: Subject, key: str) -> int | None:
        """The latest point of a closed round about the same; None where there is none."""
        return self._latest.get((subject, key)) if key else None

    @cached_property
    def _latest(self) -> dict[tuple[Subject, str], int]:
        held = self.held.to_dict("records")
        return {(Subject(row["subject"]), row["subject_key"]): int(row["id"]) for row in held}

    @property
    def since_words(self) -> str:
        """Since the last closed round, for the middle of a sentence."""
        return f"seit der Runde vom {day(self.last_day)}" if self.last_day else ""
