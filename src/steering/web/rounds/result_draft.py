"""What a session knows of an Ergebnis while it writes on it: the version its text rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Point, Round
from steering.model import Outcome
from steering.model.german import count, listing
from steering.storage import reading, rounds
from steering.storage.problems import Conflict, FieldConflict
from steering.storage.saving import Origin
from steering.web import current
from steering.web.text import plain

# So long a text may still be the one that was typed before somebody else's appeared in the field.
JUST_NOW = timedelta(seconds=15)


@dataclass
class ResultDraft:
    """What a session knows of an Ergebnis: the version, record and data that its inputs rest on.

    `shown`: its inputs have been on the screen in this session. `typed`: by input, what stood in it when it
    was stored and what the record shows since, which lacks blanks at the ends.
    """

    origin: Origin
    version: int
    base: Mapping[str, Any] | None
    replaced: tuple[int, Mapping[str, Any] | None, datetime] | None = None
    problems: dict[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None
    shown: bool = False
    typed: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def stored_text(self, name: str, stored: Any) -> Any:
        """What stands in an input whose content is stored; `stored` is how the record shows it."""
        there, since = self.typed.get(name, (stored, stored))
        return there if since == stored else stored

    def holds(self, name: str) -> bool:
        """Whether what stands in an input waits for a person, who is asked about it or told why."""
        return bool(self.conflict or self.problems.keys() & {name, ""})


def is_held(point_id: int) -> bool:
    """Whether something was typed at a point in this session that is not stored until a person acts."""
    draft = _drafts().get(point_id)
    return draft is not None and bool(draft.conflict or draft.problems)


def told(held: Sequence[Point]) -> str:
    """At which points something was typed that is not stored, and what to do about it."""
    named = [f"»{plain(point.headline if current.discreet() else point.name)}«" for point in held
             if not (current.discreet() and point.internal)]  # fmt: skip
    where = listing(named) or count(len(held), "einem Punkt", "Punkten")
    return (
        f"Bei {where} steht eine Angabe, die nicht gespeichert werden konnte; dort steht am Feld, warum. "
        "Bitte berichtigen oder leeren."
    )


def tell_of_others(meeting: Round, here: Point) -> None:
    """Say that something was left behind at another point that is not stored."""
    if held := [point for point in meeting.points if point != here and is_held(point.id)]:
        st.warning(told(held))


def of(point_id: int) -> ResultDraft:
    """The draft of a point in this session, begun on what is stored now if there was none."""
    drafts = _drafts()
    if point_id not in drafts:
        drafts[point_id] = ResultDraft(current.present(), rounds.NOT_YET, None)
        rebase(drafts[point_id], point_id)
    return drafts[point_id]


def _drafts() -> dict[int, ResultDraft]:
    found: dict[int, ResultDraft] = st.session_state.setdefault("meeting_drafts", {})
    return found


def stored(point_id: int) -> Mapping[str, Any] | None:
    """The record of the point's Ergebnis; None where nothing has been written."""
    key = current.of(_ids).get(point_id)
    return None if key is None else reading.record(current.engine(), Outcome, key)


def _ids(portfolio: Portfolio) -> dict[int, int]:
    rows = portfolio.outcomes
    return dict(zip(rows["agenda_item_id"].astype(int), rows["id"].astype(int), strict=True))


def rebase(draft: ResultDraft, point_id: int) -> Mapping[str, Any] | None:
    """Rest on what is stored now, which is returned."""
    found = stored(point_id)
    draft.conflict, draft.replaced, draft.origin = None, None, current.present()
    draft.version, draft.base = (found["version"], found) if found else (rounds.NOT_YET, None)
    return found


def restored(draft: ResultDraft, point_id: int, mine: Mapping[str, Any]) -> Conflict:
    """What was typed against what a backup has put there: for a person to choose or unite."""
    there = stored(point_id) or {}
    fields = tuple(FieldConflict(name, None, there.get(name), value) for name, value in mine.items())
    version = int(there.get("version", rounds.NOT_YET))
    return Conflict(0, point_id, version, "Eine eingespielte Sicherung", None, fields)


def rests_on(draft: ResultDraft, values: Mapping[str, Any]) -> tuple[int, Mapping[str, Any] | None]:
    """The version that a text was typed on.

    Where somebody else's text has just replaced the one in the field, this browser may not have shown it
    before its user began to type: a text that has nothing of the new one rests on the one before.
    """
    if draft.replaced and "text" in values:
        version, base, at = draft.replaced
        there = str((draft.base or {}).get("text") or "")
        if current.now() - at < JUST_NOW and there and not _grown(there, str(values["text"])):
            return version, base
    return draft.version, draft.base


def _grown(old: str, new: str) -> bool:
    """Whether a text is an edit of another: half of that or more still stands at its ends."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return 2 * (start + end) >= len(old)
