"""What a round is proposed to talk about: what was left open, what has changed, what is due before the next.

Decisions beyond docs/rules.md#findings-and-keys:

- Open points come first, then Wiedervorlagen, deadlines, changes: what has a day to be kept stands before
  what may wait. A subject is proposed once, as the first of open, Wiedervorlage, change and deadline that it
  is; what has been taken or struck is not proposed again.
- Open is a point of a closed round that had no Ergebnis or was kept for later, until it is taken up.
- What was planned for a round that was called off has been talked about nowhere: it is proposed again.
- Changes are those since the last closed round, in the scenario and with the Masterplan it was closed with.
  Before the first round everything that asks for something is new.
- That data are missing is one point for all of it: who adds them is one question, not forty.
- A potential is proposed while it is recognised or examined and no round has talked about it.
- An end with a deadline ahead is proposed with its deadline, not once more as a finding.
- "Before the next round" is until the day of the next one that is planned, else for three months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steering.analysis.agenda.background import Background, last_closed
from steering.analysis.agenda.changed import changed, finding_changes, potentials
from steering.analysis.agenda.coming import deadlines, late
from steering.analysis.agenda.left_open import called_off, open_points, resubmitted
from steering.analysis.agenda.proposal import ProposedPoint
from steering.analysis.agenda.since import Turn
from steering.analysis.findings.kinds import is_missing_data
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import AgendaGroup, Subject

__all__ = ["News", "ProposedPoint", "last_closed", "news", "proposals"]

# In which group a subject is proposed, and in which order the groups stand.
_FIRST_OF = (AgendaGroup.OPEN, AgendaGroup.RESUBMISSION, AgendaGroup.CHANGED, AgendaGroup.DEADLINE)
_GROUPS = (AgendaGroup.OPEN, AgendaGroup.RESUBMISSION, AgendaGroup.DEADLINE, AgendaGroup.CHANGED)


@dataclass(frozen=True)
class News:
    """How many findings are new, changed and closed since the last closed round, and its day."""

    since: date | None
    new: int
    changed: int
    closed: int


def proposals(
    portfolio: Portfolio, view: View, meeting_id: int, before: str | None
) -> tuple[ProposedPoint, ...]:
    """What is proposed for a round and not on its agenda yet, by group and urgency.

    `view`: of the scenario that the last round was closed with; `before`: what was kept of it, None where
    there was none.
    """
    known = Background(portfolio, view, meeting_id, before)
    every = [
        *open_points(known),
        *called_off(known),
        *resubmitted(known),
        *changed(known),
        *potentials(known),
        *late(known),
        *deadlines(known),
    ]
    every.sort(
        key=lambda one: (
            _FIRST_OF.index(one.group),
            one.subject != Subject.ACTION,
            one.by,
            one.name.casefold(),
        )
    )
    found: dict[tuple[Subject, str], ProposedPoint] = {}
    for one in every:
        if one.about not in known.taken and one.previous_id not in known.continued:
            found.setdefault(one.about, one)
    return tuple(sorted(found.values(), key=lambda one: _GROUPS.index(one.group)))


def news(portfolio: Portfolio, view: View, before: str | None) -> News:
    """How much is new since the last closed round; everything where there was none."""
    key = last_closed(portfolio)
    known = Background(portfolio, view, -1, before)
    turns = [
        change.turn
        for change in finding_changes(known)
        if not is_missing_data(change.row["kind"], change.row["reason"])
    ]
    since_day = None if key is None else known.day_of[key]
    return News(since_day, turns.count(Turn.NEW), turns.count(Turn.CHANGED), turns.count(Turn.CLOSED))
