"""Dates that people set: agreements and their notice, resubmissions of what was assessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.dates.due import Audience, Due, due
from steering.analysis.dates.subjects import NamedByFindings, of_agreements
from steering.analysis.intervals import days
from steering.analysis.portfolio import Portfolio
from steering.model import AgreementKind, DateKind, OutcomeStatus, Progress, Provenance, Subject
from steering.model.german import day as in_words
from steering.model.german import listing
from steering.model.vocabulary import word

_MOST_NAMES = 6


def agreements(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """The end of each agreement, and the last day on which it can be terminated for that end."""
    parties, scopes = _parties(portfolio), of_agreements(portfolio)
    for row in portfolio.agreements.dropna(subset=["valid_until"]).to_dict("records"):
        key, end = row["id"], row["valid_until"].date()
        scope, record = scopes.get(key, Audience()), f"agreement-{key}"
        between = listing(parties.get(key, []), most=_MOST_NAMES)
        kind = word(AgreementKind(row["kind"]))
        about = f"{kind}{f' zwischen {between}' if ' und ' in between else ''}."
        example = row["provenance"] == Provenance.EXAMPLE
        yield due(DateKind.AGREEMENT_END, record, end, row["name"], about, scope=scope, example=example)
        if pd.notna(row["notice_months"]) and row["notice_months"] > 0:
            until = f"Für das Ende am {in_words(end)}."
            day = notice_by(end, int(row["notice_months"]))
            yield due(
                DateKind.NOTICE_BY, record, day, row["name"], about, until, scope=scope, example=example
            )


def notice_by(end: date, months: int) -> date:
    """The last day from which a period of notice in months is over by the end (§ 188 BGB)."""
    last = np.array([days.number(end)])
    same_day = days.add_months(last, -months)
    # From the last day of a short month on, a longer one is reached whole: 31.03. for an end on 30.06.
    before_next = days.add_months(last + 1, -months) - 1
    found: pd.Timestamp = pd.Timestamp(days.dates(np.maximum(same_day, before_next))[0])
    return found.date()


def resubmissions(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """The Wiedervorlage of each assessed finding that is not settled, until a round took it up without
    another Einschätzung: on that day or later, or with a day of its own.
    """
    rows = portfolio.assessments.dropna(subset=["resubmit_on"])
    rows = rows[rows["progress"] != Progress.DONE]
    if rows.empty:
        return
    known, reserved = NamedByFindings(portfolio), set(portfolio.internal_findings["key"])
    rounds, results = _rounds_of_findings(portfolio), _taken_up(portfolio)
    for row in rows.to_dict("records"):
        key = row["key"]
        later = results[(results["subject_key"] == key) & (results["day"] >= row["decided_on"])]
        moved = later["resubmit_on"].notna() & (later["resubmit_on"] != row["resubmit_on"])
        if (moved | (later["day"] >= row["resubmit_on"])).any():
            continue
        about = known.finding(key, row["seen_municipalities"])
        if about is not None:
            subject, names, scope, example = about
            scope = replace(scope, meetings=rounds.get(key, frozenset()), internal=key in reserved)
            whose = f"Beteiligt: {listing(names, most=_MOST_NAMES)}." if names else ""
            yield due(
                DateKind.RESUBMIT, f"assessment-{row['id']}", row["resubmit_on"].date(), subject, whose,
                scope=scope, example=example, up_to=scope.organisations,
            )  # fmt: skip


def _rounds_of_findings(portfolio: Portfolio) -> dict[str, frozenset[str]]:
    """The rounds that had each finding looked at again, by its key."""
    points = portfolio.agenda_items.rename(columns={"id": "agenda_item_id"})
    points = points[points["subject"] == Subject.FINDING]
    decided = portfolio.outcomes.dropna(subset=["resubmit_on"])
    rows = points.merge(decided["agenda_item_id"], on="agenda_item_id")
    meetings = rows["meeting_id"].astype(str)
    return {key: frozenset(group) for key, group in meetings.groupby(rows["subject_key"])}


def _taken_up(portfolio: Portfolio) -> pd.DataFrame:
    """What rounds recorded about findings without an Einschätzung: subject_key, day, resubmit_on."""
    recorded = portfolio.outcomes
    recorded = recorded[(recorded["status"] == OutcomeStatus.RECORDED) & recorded["assessment"].isna()]
    points = portfolio.agenda_items[portfolio.agenda_items["subject"] == Subject.FINDING]
    points = points.rename(columns={"id": "agenda_item_id"})[["agenda_item_id", "meeting_id", "subject_key"]]
    days = portfolio.meetings[["id", "day"]].rename(columns={"id": "meeting_id"})
    return recorded.merge(points, on="agenda_item_id").merge(days, on="meeting_id")


def _parties(portfolio: Portfolio) -> dict[int, list[str]]:
    names = portfolio.names("organisation")
    rows = portfolio.agreement_organisations
    named = rows["organisation_id"].map(names)
    return {key: list(group) for key, group in named.groupby(rows["agreement_id"])}
