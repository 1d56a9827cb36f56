"""What earlier rounds left for a later one: open points, points for later, Wiedervorlagen, and the own
points of rounds that were called off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.agenda import since
from steering.analysis.agenda.about import about_finding
from steering.analysis.agenda.background import Background
from steering.analysis.agenda.proposal import ProposedPoint
from steering.analysis.rounds.record import STANDING
from steering.model import AgendaGroup, AgendaStatus, MeetingStatus, Progress, Subject
from steering.model.german import day
from steering.model.meetings import same_topic


def open_points(known: Background) -> Iterator[ProposedPoint]:
    left = known.held["status"].isin([AgendaStatus.OPEN, AgendaStatus.LATER])
    # A standing point comes again by itself.
    left &= ~known.held["group"].isin(list(STANDING))
    # What was agreed and is done or void since leaves nothing to ask.
    left &= (known.held["subject"] != Subject.ACTION) | known.held["subject_key"].isin(known.agreed_and_open)
    for row in known.held[left].to_dict("records"):
        words = "für später vorgemerkt" if row["status"] == AgendaStatus.LATER else "offen geblieben"
        occasion = f"In der Runde vom {day(row['day'])} {words}."
        yield _with_notes(_again(row, AgendaGroup.OPEN, row["day"].date(), occasion), row)


def called_off(known: Background) -> Iterator[ProposedPoint]:
    """The points that somebody thought of for a round that was called off, unless they stand elsewhere.

    What the data or an earlier round had brought there is proposed anew by these, and a wish is open again.
    """
    own = known.called_off["group"] == AgendaGroup.OWN
    own &= known.called_off["status"].isin([AgendaStatus.PLANNED, AgendaStatus.LATER])
    others = known.on_agendas
    ahead = others["meeting_id"].map(known.status_of) != MeetingStatus.CLOSED
    for row in known.called_off[own].to_dict("records"):
        elsewhere = others.loc[ahead | (others["day"] >= row["day"]), "name"]
        if any(same_topic(row["name"], name) for name in elsewhere):
            continue
        occasion = f"Stand auf der Tagesordnung der abgesagten Runde vom {day(row['day'])}."
        yield _with_notes(_again(row, AgendaGroup.OPEN, row["day"].date(), occasion), row)


def _with_notes(point: ProposedPoint, row: Mapping[Any, Any]) -> ProposedPoint:
    """What was noted about a point that nobody has talked about yet goes along."""
    return replace(point, note=row["note"], internal_note=row["internal_note"])


def _again(row: Mapping[Any, Any], group: AgendaGroup, by: date, occasion: str) -> ProposedPoint:
    """A point that goes on with an earlier one."""
    return ProposedPoint(
        group, by, row["name"], row["question"], tuple(int(one) for one in row["concerns"].split()), occasion,
        Subject(row["subject"]), row["subject_key"], int(row["id"]), bool(row["internal"]),
    )  # fmt: skip


def resubmitted(known: Background) -> Iterator[ProposedPoint]:
    due = pd.Timestamp(known.day)
    for row in known.held.to_dict("records"):
        if row["id"] not in known.outcomes.index:
            continue
        outcome = known.outcomes.loc[row["id"]]
        if outcome["resubmit_on"] <= due and outcome["progress"] != Progress.DONE:
            occasion = f"Wiedervorlage am {day(outcome['resubmit_on'])} nach der Runde vom {day(row['day'])}."
            yield _again(row, AgendaGroup.RESUBMISSION, outcome["resubmit_on"].date(), occasion)
    rows = known.portfolio.assessments
    rows = rows[(rows["resubmit_on"] <= due) & (rows["progress"] != Progress.DONE)]
    findings = since.by_key(known.now.findings)
    for row in rows.to_dict("records"):
        if row["key"] in findings and not _spoken_of(known, row["key"], row["resubmit_on"]):
            occasion = f"Wiedervorlage der Einschätzung am {day(row['resubmit_on'])}."
            yield about_finding(known, findings[row["key"]], occasion, AgendaGroup.RESUBMISSION,
                                 row["resubmit_on"].date())  # fmt: skip


def _spoken_of(known: Background, key: str, on: pd.Timestamp) -> bool:
    """Whether a round has dealt with that finding since a day."""
    rows = known.held
    rows = rows[(rows["subject"] == Subject.FINDING) & (rows["subject_key"] == key)]
    return bool(((rows["day"] >= on) & (rows["status"] == AgendaStatus.DONE)).any())
