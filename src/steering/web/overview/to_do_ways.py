"""Where each of Meine Aufgaben leads: the page, and what is to be open there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from steering.analysis.dates.due import record_of
from steering.analysis.portfolio import Portfolio
from steering.model import AgendaStatus, FindingKind
from steering.model.finding_keys import FindingKey
from steering.storage.rights.table import Right
from steering.web import address, current, pages
from steering.web.editing import quick_edit
from steering.web.gaps import open_tasks
from steering.web.masterplan import page as masterplan
from steering.web.measures import form as measure_form
from steering.web.pages import PageEntry
from steering.web.responsibilities import page as responsibilities


class WayTo(NamedTuple):
    """A page, and what `open` has it show."""

    page: PageEntry
    open: Callable[[], None]


def of(portfolio: Portfolio, key: str) -> WayTo | None:
    """The way to what a key of `to_do` names; None where that cannot be opened any more."""
    record, number = record_of(key)
    way = _WAYS.get(record)
    return way(portfolio, number) if way else None


def _funding(portfolio: Portfolio, key: int) -> WayTo | None:
    structure = _field(portfolio.fundings, key, "structure_id")
    if structure is None:
        return None
    return WayTo(pages.STRUCTURES, partial(quick_edit.choose, int(structure), funding_id=key))


def _milestone(portfolio: Portfolio, key: int) -> WayTo | None:
    measure = _field(portfolio.milestones, key, "measure_id")
    return None if measure is None else WayTo(pages.MASTERPLAN, partial(_open_measure, int(measure)))


def _action(portfolio: Portfolio, key: int) -> WayTo | None:
    """To where it is said how something agreed stands, and to the point unless that was struck."""
    point = _field(portfolio.action_items, key, "agenda_item_id")
    meeting = None if point is None else _field(portfolio.agenda_items, point, "meeting_id")
    if meeting is None:
        return None
    struck = _field(portfolio.agenda_items, point, "status") == AgendaStatus.DROPPED
    there = {address.ROUND: int(meeting), address.POINT: None if struck else int(point)}
    return WayTo(pages.ROUNDS, partial(_open, there | {address.ROUND_PART: pages.AGREED_IN_ROUNDS}))


def _outcome(portfolio: Portfolio, key: int) -> WayTo | None:
    return _point(portfolio, _field(portfolio.outcomes, key, "agenda_item_id"))


def _point(portfolio: Portfolio, point: Any) -> WayTo | None:
    meeting = None if point is None else _field(portfolio.agenda_items, point, "meeting_id")
    if meeting is None:
        return None
    return WayTo(pages.ROUNDS, partial(_open, {address.ROUND: int(meeting), address.POINT: int(point)}))


def _wishes(_portfolio: Portfolio, meeting: int) -> WayTo:
    return WayTo(
        pages.ROUNDS, partial(_open, {address.ROUND: meeting, address.ROUND_PART: pages.WISHES_OF_ROUND})
    )


def _assessment(portfolio: Portfolio, key: int) -> WayTo | None:
    """To where findings of its kind are listed."""
    text = _field(portfolio.assessments, key, "key")
    named = None if text is None else FindingKey.read(str(text))
    if named is None:
        return None
    match named.kind:
        case FindingKind.OVERLAP | FindingKind.NO_LEAD:
            return WayTo(pages.RESPONSIBILITIES, partial(_open, {responsibilities.TASK: named.task}))
        case FindingKind.GAP | FindingKind.LEAD_ONLY | FindingKind.SHORTFALL:
            return WayTo(pages.GAPS, partial(_open, {open_tasks.CHOSEN: str(text)}))
    if named.participants:
        return WayTo(pages.STRUCTURES, partial(quick_edit.choose, named.participants[0]))
    return WayTo(pages.GAPS, partial(_open, {}))


def _section(word: str) -> Callable[[Portfolio, int], WayTo | None]:
    """The way to a part of the page Daten, by its word in the address, for whom that part is open."""

    def way(_portfolio: Portfolio, _key: int) -> WayTo | None:
        if not current.may(Right.EDIT_ALL):
            return None
        return WayTo(pages.DATA, partial(_open, {address.DATA_SECTION: pages.DATA_SECTIONS[word]}))

    return way


def _open(state: dict[str, Any]) -> None:
    st.session_state.update(state)


def _open_measure(key: int) -> None:
    measure_form.choose(key)
    st.session_state[masterplan.SWITCH] = masterplan.ROADMAP


def _field(rows: pd.DataFrame, key: Any, column: str) -> Any:
    found = rows.loc[rows["id"] == key, column]
    return None if found.empty else found.iloc[0]


_WAYS: dict[str, Callable[[Portfolio, int], WayTo | None]] = {
    "funding": _funding,
    "milestone": _milestone,
    "action": _action,
    "outcome": _outcome,
    "assessment": _assessment,
    "wishes": _wishes,
    "request": _section("rueckmeldung"),
    "survey": _section("bedarfserhebung"),
}
