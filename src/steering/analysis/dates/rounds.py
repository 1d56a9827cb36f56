"""Dates of the Koordinierungsrunde: the round itself, what was agreed in it, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from steering.analysis.dates.due import Audience, Due, due
from steering.analysis.dates.subjects import Subjects, of_organisations
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.record import Point, Round, round_of
from steering.analysis.rounds.wording import heading, numbers
from steering.model import ActionStatus, DateKind, MeetingStatus, OutcomeStatus, Progress, Subject
from steering.model.german import day as in_words


def rounds(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """Each round that is not called off, with its agenda as everyone may read it."""
    for held in _all(portfolio):
        if held.status == MeetingStatus.CANCELLED:
            continue
        shown = held.for_everyone()
        named = numbers(shown.points)
        notes = (
            "" if held.begins else "Die Uhrzeit ist noch offen.",
            "Es ist noch nicht eingeladen." if held.status == MeetingStatus.DRAFT else "",
            *(f"{named[point.id]}: {point.headline}{_whose(point)}" for point in shown.points),
        )
        yield due(
            DateKind.ROUND, f"meeting-{held.id}", held.day, held.name, *notes,
            scope=Audience(everyone=True, meetings=frozenset([str(held.id)])),
            begins=held.begins, ends=held.ends, place=held.place,
        )  # fmt: skip


def actions(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """What was agreed and is still to be done."""
    if not portfolio.has("action_item"):
        return
    carriers, scopes = of_organisations(portfolio), _scopes(portfolio)
    who = portfolio.action_items.set_index("id")["organisation_id"].to_dict()
    everywhere = Audience(municipalities=frozenset(portfolio.municipalities["ags"]))
    for held in _all(portfolio):
        for point in (*held.points, *held.struck):
            about = scopes.of(held, point)
            for action in point.actions:
                if action.status != ActionStatus.OPEN:
                    continue
                # A free topic belongs to nobody's filters; who is to do it decides.
                scope = replace(about | everywhere if about.everyone else about, everyone=False)
                carrier = carriers.get(who[action.id], Audience())
                scope = scope | carrier
                by = ", ".join(filter(None, (action.organisation, action.function)))
                yield due(
                    DateKind.AGREED, f"action-{action.id}", action.due, action.name, f"Wer: {by}.",
                    _where(held, point), scope=replace(scope, internal=about.internal or action.internal),
                    up_to=carrier.organisations,
                )  # fmt: skip


def resubmissions(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """The Wiedervorlage of each Ergebnis that is recorded and not settled, until a later round took it up.

    That of a finding stands with its Einschätzung where it came with one, or names the same day.
    """
    if not portfolio.has("outcome"):
        return
    scopes, outcomes = _scopes(portfolio), portfolio.outcomes
    keys = dict(zip(outcomes["agenda_item_id"], outcomes["id"], strict=True))
    assessed = portfolio.assessments.set_index("key")["resubmit_on"].dt.date.to_dict()
    done = outcomes.loc[outcomes["status"] == OutcomeStatus.RECORDED, "agenda_item_id"]
    points = portfolio.agenda_items
    taken_up = set(points.loc[points["id"].isin(done), "previous_id"].dropna())
    for held in _all(portfolio):
        for point in held.points:
            settled = point.progress == Progress.DONE or point.id in taken_up
            if point.resubmit_on is None or point.outcome_status != OutcomeStatus.RECORDED or settled:
                continue
            of_finding = point.subject == Subject.FINDING and point.subject_key in assessed
            if of_finding and (point.assessment or assessed[point.subject_key] == point.resubmit_on):
                continue
            scope = scopes.of(held, point)
            yield due(
                DateKind.RESUBMIT, f"outcome-{keys[point.id]}", point.resubmit_on, point.headline,
                _where(held, point), scope=scope, up_to=scope.organisations,
            )  # fmt: skip


def _whose(point: Point) -> str:
    """Why it is on the agenda, where every round has it or somebody has proposed it."""
    if point.proposed_by:
        return f" (vorgeschlagen von {point.proposed_by})"
    return f" ({heading(point.group, point.subject)})" if point.standing else ""


class _Scopes:
    """Whom the points of rounds concern, with the round they come from."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._subjects = Subjects(portfolio)

    def of(self, held: Round, point: Point) -> Audience:
        scope = self._subjects.scope(point.subject, point.subject_key)
        return replace(scope, meetings=frozenset([str(held.id)]), internal=point.internal)


@once
def _scopes(portfolio: Portfolio) -> _Scopes:
    return _Scopes(portfolio)


def _all(portfolio: Portfolio) -> Iterator[Round]:
    for key in portfolio.meetings["id"]:
        held = round_of(portfolio, int(key))
        if held is not None:
            yield held


def _where(held: Round, point: Point) -> str:
    return f"{held.name} am {in_words(held.day)}: {point.headline}"
