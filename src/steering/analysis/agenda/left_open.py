"""What earlier rounds left for a later one: open points, points for later, Wiedervorlagen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.agenda import since
from steering.analysis.agenda.about import about_finding
from steering.analysis.agenda.background import Background
from steering.analysis.agenda.proposal import ProposedPoint
from steering.analysis.rounds.record import STANDING
from steering.model import AgendaGroup, AgendaStatus, Progress, Subject
from steering.model.german import day


def open_points(known: Background) -> Iterator[ProposedPoint]:
    left = known.held["status"].isin([AgendaStatus.OPEN, AgendaStatus.LATER])
    # A standing point comes again by itself.
    left &= ~known.held["group"].isin(list(STANDING))
    for row in known.held[left].to_dict("records"):
        words = "für später vorgemerkt" if row["status"] == AgendaStatus.LATER else "offen geblieben"
        yield _again(row, AgendaGroup.OPEN, row["day"].date(), f"In der Runde vom {day(row['day'])} {words}.")


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
