"""Which round and which point are looked at; both stand in the address, so that a reload lands there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Point, Round, as_kept, round_of
from steering.model import MeetingStatus
from steering.model.german import day
from steering.model.meetings import LAST_PLACES
from steering.model.vocabulary import word
from steering.storage import reading
from steering.web import current
from steering.web.address import POINT, ROUND, ROUND_PART
from steering.web.editing.widgets import NOTHING_CHOSEN

_PICK = "meeting_pick"
LOST_ROUND = "Die Runde aus dem Link gibt es hier nicht oder nicht mehr. Gezeigt wird eine andere."

LOST_POINT = (
    "Den Punkt, der hier offen war, gibt es in dieser Runde nicht oder nicht mehr. Gezeigt wird der erste."
)


def names() -> dict[int, str]:
    """Each round by its id: day, name and how far it has come; the latest first."""
    return current.of(_names)


def chosen() -> Round | None:
    """The round that is looked at, without what is internal while others look; None where there is none."""
    key = _settle(current.of(_default, current.today()))
    if key is None:
        return None
    found = current.derived(whole, key)
    return found.for_everyone() if found and current.discreet() else found


def whole(meeting_id: int) -> Round | None:
    """A round with all that belongs to it; a closed one as it was closed, with its addenda."""
    live = current.of(round_of, meeting_id)
    closed = live is not None and live.closed
    text = reading.snapshot(current.engine(), meeting_id) if closed else None
    return as_kept(current.portfolio(), meeting_id, text)


def everything(meeting_id: int) -> Round | None:
    """A round as the database has it now, with all that is hidden from this screen."""
    return round_of(reading.portfolio(current.engine()), meeting_id)


def last_place(meeting_id: int) -> int:
    """The highest place that a point of the round has, hidden and struck ones too; 0 where it has none.

    What the round ends with comes after all that is added.
    """
    rows = reading.portfolio(current.engine()).agenda_items
    rows = rows[(rows["meeting_id"] == meeting_id) & (rows["position"] < LAST_PLACES)]
    return int(max(rows["position"], default=0))


def with_struck(meeting: Round) -> Round:
    """The round with the point that is looked at even where that was struck: who writes on it goes on."""
    wanted = st.session_state.get(POINT)
    if meeting.closed or wanted is None or wanted in {each.id for each in meeting.points}:
        return meeting
    found = current.of(round_of, meeting.id, wanted) or meeting
    return found.for_everyone() if current.discreet() else found


def point(meeting: Round) -> Point | None:
    """The point that is looked at, the first where none is chosen."""
    wanted = st.session_state.get(POINT)
    found = next((each for each in meeting.points if each.id == wanted), None)
    # While others look, nothing tells that there is one for the administration only.
    if found is None and wanted is not None and meeting.points and not current.discreet():
        st.info(LOST_POINT)
    found = found or next(iter(meeting.points), None)
    st.session_state[POINT] = found.id if found else None
    return found


def choose(meeting_id: int | None, point_id: int | None = None) -> None:
    """Look at a round, and at one of its points; of another round at the part that it opens with."""
    if meeting_id != st.session_state.get(ROUND):
        st.session_state.pop(ROUND_PART, None)
    st.session_state[ROUND], st.session_state[POINT] = meeting_id, point_id


def box(where: DeltaGenerator, meeting: Round) -> None:
    """A box to look at another round."""
    every = names()
    st.session_state[_PICK] = meeting.id
    where.selectbox(
        "Runde",
        list(every),
        key=_PICK,
        format_func=lambda key: every.get(key, ""),
        on_change=_picked,
        placeholder=NOTHING_CHOSEN,
    )


def _picked() -> None:
    # A browser that has not seen the new words of a round yet hands over the old ones: nobody has picked.
    if st.session_state[_PICK] in names():
        choose(st.session_state[_PICK])


def neighbour(meeting: Round, step: int) -> int | None:
    """The id of the point so many places further on; None where there is none."""
    keys = [each.id for each in meeting.points]
    here = keys.index(st.session_state[POINT]) if st.session_state.get(POINT) in keys else 0
    return keys[here + step] if 0 <= here + step < len(keys) else None


def _settle(default: int | None) -> int | None:
    wanted = st.session_state.get(ROUND)
    if wanted is not None and wanted not in names():
        st.info(LOST_ROUND)
        wanted = None
    st.session_state[ROUND] = wanted or default
    return st.session_state[ROUND]


def _names(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.meetings.sort_values(["day", "id"], ascending=False)
    # A box tells its choices by their words: two rounds of a day must not be called the same.
    of_day = rows.groupby("day")["id"]
    rows = rows.assign(place=of_day.rank().astype(int), alone=of_day.transform("size") == 1)
    return {int(row["id"]): _name({str(name): value for name, value in row.items()})
            for row in rows.to_dict("records")}  # fmt: skip


def _name(row: dict[str, Any]) -> str:
    place = "" if row["alone"] else f", {row['place']}. Runde des Tages"
    return f"{day(row['day'])}{place} · {row['name']} · {word(MeetingStatus(row['status']))}"


def upcoming(portfolio: Portfolio, today: date) -> int | None:
    """The id of the round that is running, else of the next one; None where none lies ahead or is open."""
    rows = portfolio.meetings.sort_values(["day", "id"])
    running = rows[rows["status"] == MeetingStatus.RUNNING]
    ahead = rows[rows["status"].isin([MeetingStatus.DRAFT, MeetingStatus.INVITED])]
    coming = ahead[ahead["day"] >= pd.Timestamp(today)]
    for some, place in ((running, 0), (coming, 0), (ahead, -1)):
        if len(some):
            return int(some["id"].iloc[place])
    return None


def _default(portfolio: Portfolio, today: date) -> int | None:
    """What lies ahead, else the latest."""
    found = upcoming(portfolio, today)
    return next(iter(_names(portfolio)), None) if found is None else found
