"""Dates that people set: agreements and their notice, resubmissions of what was assessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis import days
from steering.analysis.dates.due import Due, Scope, due, examples, of_structures, together
from steering.analysis.portfolio import Portfolio
from steering.model import AgreementKind, DateKind, FindingKind, Progress, Provenance
from steering.model.german import day as in_words
from steering.model.german import listing
from steering.model.vocabulary import word

_MOST_NAMES = 6


def agreements(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """The end of each agreement, and the last day on which it can be terminated for that end."""
    parties, scopes = _parties(portfolio), _agreed_scopes(portfolio)
    for row in portfolio.agreements.dropna(subset=["valid_until"]).to_dict("records"):
        key, end = row["id"], row["valid_until"].date()
        scope, record = scopes.get(key, Scope()), f"agreement-{key}"
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
    """The Wiedervorlage of each assessed finding that is not settled."""
    rows = portfolio.assessments.dropna(subset=["resubmit_on"])
    rows = rows[rows["progress"] != Progress.DONE]
    known = _Known(portfolio)
    for row in rows.to_dict("records"):
        about = known.finding(row["key"], row["seen_municipalities"])
        if about is not None:
            subject, names, scope, example = about
            whose = f"Beteiligt: {listing(names, most=_MOST_NAMES)}." if names else ""
            yield due(
                DateKind.RESUBMIT, f"assessment-{row['id']}", row["resubmit_on"].date(), subject, whose,
                scope=scope, example=example,
            )  # fmt: skip


class _Known:
    """What the key of a finding names: structures, a task, a need."""

    def __init__(self, portfolio: Portfolio) -> None:
        fields = portfolio.fields.set_index("id")["slug"]
        tasks = portfolio.tasks.set_index("id")
        self._names = portfolio.structures.set_index("id")["name"].to_dict()
        self._scopes = of_structures(portfolio)
        self._tasks = dict(zip(tasks.index, tasks["name"], strict=True))
        self._fields = dict(zip(tasks.index, tasks["field_id"].map(fields), strict=True))
        self._needs = set(portfolio.needs["id"])
        self._invented, self._invented_needs = examples(portfolio.structures), examples(portfolio.needs)

    def finding(self, key: str, seen: str) -> tuple[str, list[str], Scope, bool] | None:
        """What it is about, who takes part, whom it concerns, whether it rests on examples.

        None where something that it names is not there.
        """
        kind, task, participants, *rest = key.split("/")
        members = [int(who[1:]) for who in participants.split(",") if who[:1] == "s" and who[1:].isdigit()]
        needs = [int(part[1:]) for part in rest if part[:1] == "n" and part[1:].isdigit()]
        about = int(task[1:]) if task else None
        if not (set(members) <= set(self._names) and set(needs) <= self._needs):
            return None
        if about is not None and about not in self._tasks:
            return None
        scope = together([self._scopes[member] for member in members])
        places = frozenset(seen.split()) or scope.municipalities
        fields = scope.fields if about is None else frozenset([self._fields[about]])
        named = self._tasks[about] if about is not None else listing([self._names[one] for one in members])
        names = [self._names[one] for one in members] if about is not None else []
        subject = f"{word(FindingKind(kind))} – {named}" if named else word(FindingKind(kind))
        example = bool(self._invented & set(members) or self._invented_needs & set(needs))
        return subject, names, Scope(scope.levels, scope.organisations, fields, places), example


def _parties(portfolio: Portfolio) -> dict[int, list[str]]:
    names = portfolio.organisations.set_index("id")["name"]
    rows = portfolio.agreement_organisations
    named = rows["organisation_id"].map(names)
    return {key: list(group) for key, group in named.groupby(rows["agreement_id"])}


def _agreed_scopes(portfolio: Portfolio) -> dict[int, Scope]:
    """Whom each agreement concerns: its parties and the fields of its tasks, wherever that is."""
    organisations = portfolio.organisations.set_index("id")
    levels, slugs = organisations["level"].to_dict(), organisations["slug"].to_dict()
    parties = {
        key: [Scope(frozenset([levels[one]]), frozenset([slugs[one]])) for one in group]
        for key, group in portfolio.agreement_organisations.groupby("agreement_id")["organisation_id"]
    }
    fields = portfolio.tasks.set_index("id")["field_id"].map(portfolio.fields.set_index("id")["slug"])
    rows = portfolio.agreement_tasks
    tasks = {
        key: [Scope(fields=frozenset(group))]
        for key, group in rows["task_id"].map(fields).groupby(rows["agreement_id"])
    }
    everywhere = Scope(municipalities=frozenset(portfolio.municipalities["ags"]))
    return {
        key: together([*parties.get(key, []), *tasks.get(key, []), everywhere])
        for key in portfolio.agreements["id"]
    }
