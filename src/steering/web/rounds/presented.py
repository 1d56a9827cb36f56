"""A round as the room sees it: one point at a time, its chart and findings above, what comes of it below.

The parts are those of the page; here they are put together for a projector and for the keyboard.
"""

from __future__ import annotations

import streamlit as st

from steering.analysis.rounds import Point, Round, wording
from steering.model import AgendaStatus
from steering.model.german import day
from steering.model.vocabulary import word
from steering.storage.rights.table import Right
from steering.web import current, pages, panels, places
from steering.web.address import POINT
from steering.web.browser import keys_script
from steering.web.editing import saved
from steering.web.rounds import actions, choice, closed, going_on, result, result_draft
from steering.web.rounds import point as round_point
from steering.web.text import plain

WALK = "Bild↓ weiter · Bild↑ zurück · D zum Bild"
WRITE = " · E zum Ergebnis · Strg+S festhalten · Esc Eingabe verlassen"
NO_POINT = "Auf der Tagesordnung dieser Runde steht kein Punkt, der hier gezeigt werden kann."


def show() -> None:
    """The point that is looked at, or why there is none."""
    meeting = choice.chosen()
    if meeting is None:
        panels.answer(pages.ROUNDS, "Es ist noch **keine Runde** angelegt, die sich zeigen lässt.")
        return
    with places.sometimes():
        meeting = choice.with_struck(meeting) if current.may(Right.EDIT_ALL) else meeting
        point = choice.point(meeting)
    if point is None:
        panels.answer(pages.ROUNDS, NO_POINT)
        return
    kept = meeting.closed and not going_on.is_at(point)
    writes = current.may(Right.EDIT_ALL) and not kept and not point.withheld
    with st.container(key="stage-point"):
        _heading(meeting, point)
        with st.container(key="stage-notices"):
            if writes:
                going_on.begin(point)
                going_on.tell(meeting, point)
            result_draft.tell_of_others(meeting, point)
        with st.container(key="stage-above"):
            picture, words = st.columns([1.9, 1], gap="medium")
            with picture, st.container(key="stage-picture"):
                drawn = closed.picture(meeting, point) if kept else round_point.picture(point)
                # Where there is no chart, the words take its place.
                if not drawn:
                    _words(point)
            if drawn:
                with words:
                    _words(point)
        _outcome(point, writes=writes)
    keys_script.run()


def _heading(meeting: Round, point: Point) -> None:
    named = wording.numbers(meeting.points)
    with st.container(key="stage-where", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{plain(meeting.name)} {day(meeting.day)} · {_place(named, point)}")
        _step("Zurück", "stage-before", ":material/chevron_left:", "PageUp", meeting, -1)
        _step("Weiter", "stage-next", ":material/chevron_right:", "PageDown", meeting, 1)
    st.title(plain(point.headline), anchor=False)


def _place(named: dict[int, str], point: Point) -> str:
    """Its number as in the invitation; those for the administration only are counted apart there."""
    if point.status == AgendaStatus.DROPPED:
        return word(point.status)
    apart = named[point.id].startswith("TOP intern")
    alike = sum(name.startswith("TOP intern") == apart for name in named.values())
    return f"{named[point.id]} von {alike}"


def _step(label: str, key: str, icon: str, shortcut: str, meeting: Round, step: int) -> None:
    there = choice.neighbour(meeting, step)
    st.button(
        label, key=key, icon=icon, shortcut=shortcut, disabled=there is None, on_click=_go, args=(there,)
    )


def _go(point_id: int) -> None:
    st.session_state[POINT] = point_id


def _words(point: Point) -> None:
    """Its findings in few words, why it is here, and what came of it last time."""
    if point.withheld:
        st.markdown(round_point.WITHHELD)
        return
    lines = round_point.in_few_words(point) or [plain(point.occasion)]
    for line in (*lines, plain(point.note)):
        if line:
            st.markdown(line)
    if point.internal_note:
        st.markdown(f":material/lock: *nur Verwaltung:* {plain(point.internal_note)}")
    if point.last:
        said = f"»{plain(point.last.text)}« – " if point.last.text else ""
        with st.container(key="stage-last"):
            st.markdown(f"Zuletzt, {day(point.last.day)}: {said}{word(point.last.status)}")


def _outcome(point: Point, *, writes: bool) -> None:
    """Where the Ergebnis is written, and what was agreed beside it; where nobody writes, what it was."""
    if writes:
        result.show(point, beside=lambda: _agreed(point))
    else:
        closed.outcome(point)
    with st.container(key="stage-hint"):
        st.caption(WALK + WRITE if writes else WALK)


def _agreed(point: Point) -> None:
    with st.container(key="stage-agreed"):
        actions.show(point)
    saved.last_saved()
