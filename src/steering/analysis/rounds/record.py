"""A round with all that belongs to it, as one value: for the screen, the minutes and for being kept.

It is read from the Portfolio while a round is open, and from what was kept when it was closed.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from steering.analysis.discretion import NOT_PUBLIC, hidden_points
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.agreed import occasions
from steering.model import (
    ActionStatus,
    AgendaGroup,
    AgendaStatus,
    AssessmentState,
    Attendance,
    ExtensionRule,
    Level,
    MeetingStatus,
    OutcomeStatus,
    Progress,
    Subject,
)

STANDING = (AgendaGroup.OPENING, AgendaGroup.CLOSING)
HOUSE = (Level.COUNTY, Level.STATE_OFFICE)


@dataclass(frozen=True)
class Guest:
    """Somebody who takes part. `outside`: not of the Landratsamt."""

    id: int
    organisation: str
    function: str
    mailbox: str
    attendance: Attendance
    outside: bool


@dataclass(frozen=True)
class Action:
    """Something agreed: who does what by when."""

    id: int
    name: str
    organisation: str
    function: str
    due: date
    status: ActionStatus
    internal: bool
    done_on: date | None


@dataclass(frozen=True)
class Last:
    """What came out of the point that this one goes on with, and on which day."""

    day: date
    text: str
    status: AgendaStatus
    internal: bool


@dataclass(frozen=True)
class Point:
    """A point with its Ergebnis (`text`, "" where there is none) and what was agreed.

    `headline`: how it is to be worded for the room, as a question where it concerns a carrier who is there.
    `outcome_status` is None where nothing has been written yet. `announced`: everybody was told of it under
    its number. `withheld`: it has become internal since, and this is what is left of it for everyone.
    `proposed_by`: the unit whose Themenwunsch it was.
    """

    id: int
    version: int
    name: str
    headline: str
    group: AgendaGroup
    subject: Subject
    subject_key: str
    occasion: str
    note: str
    internal_note: str
    internal: bool
    status: AgendaStatus
    text: str
    outcome_note: str
    outcome_status: OutcomeStatus | None
    assessment: AssessmentState | None
    progress: Progress | None
    resubmit_on: date | None
    last: Last | None
    actions: tuple[Action, ...]
    announced: bool = False
    withheld: bool = False
    proposed_by: str = ""

    @property
    def standing(self) -> bool:
        """Whether every round has it."""
        return self.group in STANDING

    @property
    def turned(self) -> bool:
        """Whether it has become internal after everybody was told of it."""
        return self.internal and self.announced

    @property
    def recorded(self) -> bool:
        """Whether what came of it is recorded, in words or by an Einschätzung or a day alone."""
        return self.outcome_status == OutcomeStatus.RECORDED

    @property
    def drafted(self) -> bool:
        """Whether something of what came of it is written and not recorded."""
        written = (self.text, self.outcome_note, self.assessment, self.progress, self.resubmit_on)
        return self.outcome_status == OutcomeStatus.DRAFT and any(written)

    def for_everyone(self) -> Point:
        """Without what is for the administration only; of one that `turned`, its number is left."""
        if self.internal:
            return self._withheld()
        open_actions = tuple(action for action in self.actions if not action.internal)
        last = None if self.last is None or self.last.internal else self.last
        return replace(self, internal_note="", outcome_note="", last=last, actions=open_actions)

    def _withheld(self) -> Point:
        return Point(
            id=self.id,
            version=self.version,
            name=NOT_PUBLIC,
            headline=NOT_PUBLIC,
            group=AgendaGroup.OWN,
            subject=Subject.FREE,
            subject_key="",
            occasion="",
            note="",
            internal_note="",
            internal=False,
            status=AgendaStatus.PLANNED,
            text="",
            outcome_note="",
            outcome_status=None,
            assessment=None,
            progress=None,
            resubmit_on=None,
            last=None,
            actions=(),
            announced=True,
            withheld=True,
        )


@dataclass(frozen=True)
class Addition:
    """A Nachtrag, to one point or to the whole round (`point` None)."""

    text: str
    actor: str
    added_on: date
    point: int | None
    internal: bool


@dataclass(frozen=True)
class Round:
    """A Koordinierungsrunde. `points` in their order, struck ones left out; `struck`: those of them at which
    something was agreed, which goes on being agreed.

    `as_of`, `scenario`, `masterplan` and `revision`: the view that a closed round rested on.
    """

    id: int
    version: int
    name: str
    day: date
    begins: str
    ends: str
    place: str
    status: MeetingStatus
    note: str
    internal_note: str
    invited_on: date | None
    closed_on: date | None
    closed_by: str
    as_of: date | None
    scenario: ExtensionRule | None
    masterplan: bool
    revision: int | None
    guests: tuple[Guest, ...]
    points: tuple[Point, ...]
    additions: tuple[Addition, ...]
    wishes_until: date | None = None
    struck: tuple[Point, ...] = ()

    @property
    def closed(self) -> bool:
        return self.status == MeetingStatus.CLOSED

    def for_everyone(self) -> Round:
        """Without points, notes, agreed actions and addenda that are for the administration only.

        Of a point that has become internal after everybody was told of it, its number stays.
        """
        shown = {None, *(point.id for point in self.points if not point.internal)}
        return replace(
            self,
            internal_note="",
            points=tuple(
                point.for_everyone() for point in self.points if point.announced or not point.internal
            ),
            additions=tuple(one for one in self.additions if not one.internal and one.point in shown),
            struck=tuple(point.for_everyone() for point in self.struck if not point.internal),
        )

    def to_json(self) -> dict[str, Any]:
        """The round in plain lists and dictionaries, as `read` takes it back."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=date.isoformat))
        return plain


def read(found: Mapping[str, Any]) -> Round:
    """A round from what `Round.to_json` made of it."""
    made: Round = _revived(Round, found)
    return made


def round_of(portfolio: Portfolio, meeting_id: int, with_point: int | None = None) -> Round | None:
    """The round with that id as the data have it; None where there is none.

    `with_point`: a point that is in it even if it was struck.
    """
    rows = portfolio.meetings
    rows = rows[rows["id"] == meeting_id]
    if rows.empty:
        return None
    names = portfolio.short_names("organisation").to_dict()
    guests = _guests(portfolio, meeting_id, names)
    here = _roofs(portfolio, _present(portfolio, meeting_id))
    row = _row(rows, 0)
    own = [field.name for field in fields(Round) if field.name in row]
    points = _points(portfolio, meeting_id, names, here, with_point)
    struck = [point for point in points if point.status == AgendaStatus.DROPPED and point.id != with_point]
    return Round(
        **{name: row[name] for name in own}
        | {
            "status": MeetingStatus(row["status"]),
            "scenario": ExtensionRule(row["scenario"]) if row["scenario"] else None,
        },
        guests=guests,
        points=tuple(point for point in points if point not in struck),
        additions=_additions(portfolio, meeting_id),
        struck=tuple(struck),
    )


def _guests(portfolio: Portfolio, meeting_id: int, names: Mapping[Any, str]) -> tuple[Guest, ...]:
    rows = portfolio.participants
    rows = rows[rows["meeting_id"] == meeting_id]
    levels = dict(zip(portfolio.organisations["id"], portfolio.organisations["level"], strict=True))
    return tuple(
        Guest(
            id=row["id"],
            organisation=names.get(row["organisation_id"], "nicht mehr geführt"),
            function=row["function"],
            mailbox=row["mailbox"],
            attendance=Attendance(row["attendance"]),
            outside=levels.get(row["organisation_id"], Level.WELFARE) not in HOUSE,
        )
        for row in _rows(rows)
    )


def _points(
    portfolio: Portfolio, meeting_id: int, names: Mapping[Any, str], here: set[int], with_point: int | None
) -> tuple[Point, ...]:
    """All points but those struck at which nothing was agreed; `with_point` always, if it is of the round."""
    rows, actions = portfolio.agenda_items, portfolio.action_items
    left = (rows["status"] != AgendaStatus.DROPPED) | rows["id"].isin(actions["agenda_item_id"])
    rows = rows[(rows["meeting_id"] == meeting_id) & (left | (rows["id"] == with_point))]
    outcomes = {row["agenda_item_id"]: row for row in _rows(portfolio.outcomes)}
    hidden = hidden_points(portfolio)
    wished = portfolio.wishes.dropna(subset=["agenda_item_id"])
    whose = dict(zip(wished["agenda_item_id"], wished["organisation_id"], strict=True))
    # The words of a proposal are kept with its point, and how something agreed stands goes on.
    asked = occasions(portfolio, names) if (rows["subject"] == Subject.ACTION).any() else {}
    found = []
    for row in _rows(rows.sort_values(["position", "id"])):
        outcome = outcomes.get(row["id"], {})
        own = actions[actions["agenda_item_id"] == row["id"]]
        asks = row["question"] and _roofs(portfolio, {int(one) for one in row["concerns"].split()}) & here
        found.append(
            Point(
                id=row["id"],
                version=row["version"],
                name=row["name"],
                headline=row["question"] if asks else row["name"],
                group=AgendaGroup(row["group"]),
                subject=Subject(row["subject"]),
                subject_key=row["subject_key"],
                occasion=_occasion(row, asked),
                note=row["note"],
                internal_note=row["internal_note"],
                internal=row["id"] in hidden,
                announced=row["announced"],
                proposed_by=names.get(whose.get(row["id"]), ""),
                status=AgendaStatus(row["status"]),
                text=outcome.get("text", ""),
                outcome_note=outcome.get("internal_note", ""),
                outcome_status=OutcomeStatus(outcome["status"]) if outcome else None,
                assessment=AssessmentState(outcome["assessment"]) if outcome.get("assessment") else None,
                progress=Progress(outcome["progress"]) if outcome.get("progress") else None,
                resubmit_on=outcome.get("resubmit_on"),
                last=_last(portfolio, row["previous_id"], outcomes, hidden),
                actions=tuple(_action(action, names) for action in _rows(own.sort_values(["due", "id"]))),
            )
        )
    return tuple(found)


def _occasion(row: Mapping[str, Any], asked: Mapping[str, str]) -> str:
    stored: str = row["occasion"]
    return asked.get(row["subject_key"], stored) if row["subject"] == Subject.ACTION else stored


def _action(row: Mapping[str, Any], names: Mapping[Any, str]) -> Action:
    return Action(
        id=row["id"],
        name=row["name"],
        organisation=names.get(row["organisation_id"], "nicht mehr geführt"),
        function=row["function"],
        due=row["due"],
        status=ActionStatus(row["status"]),
        internal=row["internal"],
        done_on=row["done_on"],
    )


def _last(
    portfolio: Portfolio, previous: int | None, outcomes: Mapping[int, Any], hidden: set[int]
) -> Last | None:
    if previous is None:
        return None
    rows = portfolio.agenda_items
    # Of a point that stood with a round that was called off nothing came.
    took_place = portfolio.meetings[portfolio.meetings["status"] != MeetingStatus.CANCELLED]
    rows = rows[rows["id"] == previous].merge(
        took_place[["id", "day"]].rename(columns={"id": "meeting_id"}), on="meeting_id"
    )
    if rows.empty:
        return None
    row = _row(rows, 0)
    text = outcomes.get(row["id"], {}).get("text", "")
    return Last(row["day"], text, AgendaStatus(row["status"]), row["id"] in hidden)


def _additions(portfolio: Portfolio, meeting_id: int) -> tuple[Addition, ...]:
    rows = portfolio.addenda
    return tuple(
        Addition(row["text"], row["actor"], row["added_on"], row["agenda_item_id"], row["internal"])
        for row in _rows(rows[rows["meeting_id"] == meeting_id])
    )


def _present(portfolio: Portfolio, meeting_id: int) -> set[int]:
    """The organisations from outside that take part, unless excused."""
    rows = portfolio.participants.merge(
        portfolio.organisations[["id", "level"]].rename(columns={"id": "organisation_id"}),
        on="organisation_id",
    )
    rows = rows[(rows["meeting_id"] == meeting_id) & (rows["attendance"] != Attendance.EXCUSED)]
    return set(rows.loc[~rows["level"].isin(HOUSE), "organisation_id"])


def _roofs(portfolio: Portfolio, organisations: set[int]) -> set[int]:
    """The roofs that organisations stand under."""
    above = portfolio.organisations.set_index("id")["parent_id"].dropna().astype("int64").to_dict()
    found = set()
    for one in organisations:
        passed = {one}
        while (up := above.get(one)) is not None and up not in passed:
            passed.add(up)
            one = up
        found.add(one)
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [_row(frame, place) for place in range(len(frame))]


def _row(frame: pd.DataFrame, place: int) -> dict[str, Any]:
    """One row in plain values, None where there is nothing."""
    return {str(name): _plain(value) for name, value in frame.iloc[place].items()}


def _plain(value: Any) -> Any:
    if value is pd.NA or value is pd.NaT or value is None or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _revived(kind: Any, value: Any) -> Any:
    """A value of that type from what JSON kept of it."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (one for one in typing.get_args(kind) if one is not type(None))
    if typing.get_origin(kind) is tuple:
        return tuple(_revived(typing.get_args(kind)[0], one) for one in value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if hasattr(kind, "__dataclass_fields__"):
        hints = typing.get_type_hints(kind)
        # What an older program kept lacks what has been added since: nothing was said of it then.
        return kind(
            **{
                name: _revived(hint, value[name]) if name in value else _unsaid(hint)
                for name, hint in hints.items()
            }
        )
    return value


def _unsaid(kind: Any) -> Any:
    """What a field of that type holds where nothing was said; None for a closed list."""
    if typing.get_origin(kind) is tuple:
        return ()
    return {str: "", bool: False}.get(kind)
