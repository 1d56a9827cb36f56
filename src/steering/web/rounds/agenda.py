"""The agenda of a round: its points in a list, to be put in order, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Container

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Point, Round, wording
from steering.model import AgendaGroup, AgendaItem, AgendaStatus, MeetingStatus
from steering.model.vocabulary import word
from steering.storage import rounds
from steering.storage.writing import Edit
from steering.web import current, places
from steering.web.address import POINT
from steering.web.editing import attempts, record_forms
from steering.web.rounds import choice, closed, going_on, result_draft
from steering.web.rounds import point as round_point
from steering.web.text import plain

LIST = "meeting_points"
MOST_IN_SIGHT, LIST_HEIGHT = 9, 560
NO_POINT = "Noch steht kein Punkt auf der Tagesordnung."
# The proposals have no part while others look.
PROPOSED = "Unter »Vorschläge« stehen die Themen aus den Daten. "
OWN = "Links lässt sich ein eigener anlegen."


def show(meeting: Round) -> None:
    """The list on the left, the chosen point on the right."""
    with places.sometimes():
        meeting = choice.with_struck(meeting)
        chosen = choice.point(meeting)
    left, right = st.columns([1, 2.3], gap="medium")
    with left:
        if chosen:
            _list(meeting, chosen)
        if not meeting.closed:
            _own_point(meeting)
    with right:
        if meeting.closed and not going_on.is_at(chosen):
            closed.show(meeting, chosen)
        elif chosen is None:
            st.info(f"{NO_POINT} {'' if current.discreet() else PROPOSED}{OWN}")
        else:
            round_point.show(meeting, chosen)


def _list(meeting: Round, chosen: Point) -> None:
    # As the invitation numbers them, whoever looks on.
    named = {key: name.removeprefix("TOP ") for key, name in wording.numbers(meeting.points).items()}
    asked = current.discreet()
    words = {
        point.id: f"{named.get(point.id, '–')} · {plain(point.headline if asked else point.name)}"
        for point in meeting.points
    }
    first = current.of(_is_first, meeting.id)
    st.session_state[LIST] = chosen.id
    # A long list moves in itself, so that what belongs to it and the point beside it stay in view.
    with st.container(height=LIST_HEIGHT if len(words) > MOST_IN_SIGHT else "content", border=False):
        st.radio(
            "Tagesordnung", list(words), key=LIST, format_func=lambda key: words.get(key, ""),
            captions=[_state(point, first=first, closed=meeting.closed) for point in meeting.points],
            on_change=_picked, args=(list(words),),
        )  # fmt: skip
    if not meeting.closed:
        _tools(meeting, chosen, list(words).index(chosen.id) + 1)


def _is_first(portfolio: Portfolio, meeting_id: int) -> bool:
    """Whether no other round was closed before it, so that nothing can have changed since."""
    rows = portfolio.meetings.sort_values(["day", "id"])
    held = rows.loc[rows["status"] == MeetingStatus.CLOSED, "id"].tolist()
    return not held or held[0] == meeting_id


def _state(point: Point, *, first: bool, closed: bool) -> str:
    """Why it is there and how far it has come."""
    if point.withheld:
        return wording.INTERNAL
    unheard = first and point.group == AgendaGroup.CHANGED
    parts = ["aus den Daten" if unheard else wording.heading(point.group, point.subject)]
    parts += [f"von {plain(point.proposed_by)}"] if point.proposed_by else []
    if point.recorded or point.drafted:
        parts.append("**festgehalten**" if point.recorded else "Entwurf")
    elif point.status != AgendaStatus.PLANNED:
        parts.append(word(point.status))
    # What a closed round does not take any more, nobody can settle.
    if result_draft.is_held(point.id) and not closed:
        parts.append("**etwas nicht gespeichert**")
    if point.internal:
        parts.append("nur Verwaltung")
    return " · ".join(parts)


def _picked(points: Container[int]) -> None:
    # A browser that has not seen the new numbers yet hands over the old ones: nobody has picked.
    if st.session_state[LIST] in points:
        st.session_state[POINT] = st.session_state[LIST]


def _tools(meeting: Round, chosen: Point, place: int) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button("Nach oben", icon=":material/arrow_upward:", disabled=place == 1, on_click=_move,
                  args=(meeting.id, chosen.id, -1))  # fmt: skip
        st.button("Nach unten", icon=":material/arrow_downward:", disabled=place == len(meeting.points),
                  on_click=_move, args=(meeting.id, chosen.id, 1))  # fmt: skip
        if chosen.status == AgendaStatus.DROPPED:
            return
        if chosen.status == AgendaStatus.LATER:
            st.button("Heute behandeln", on_click=going_on.put, args=(chosen, AgendaStatus.PLANNED))
        else:
            st.button("Für später", on_click=going_on.put, args=(chosen, AgendaStatus.LATER),
                      help="Lässt den Punkt heute aus; die nächste Runde bekommt ihn wieder.")  # fmt: skip
        st.button("Streichen", on_click=going_on.put, args=(chosen, AgendaStatus.DROPPED),
                  help="Nimmt den Punkt von der Tagesordnung. Das lässt sich rückgängig machen.")  # fmt: skip


def _move(meeting_id: int, point_id: int, step: int) -> None:
    # In the whole round: what is hidden from the room keeps its place.
    meeting = choice.everything(meeting_id)
    order = [point.id for point in meeting.points] if meeting else []
    if point_id not in order:
        return
    here = order.index(point_id)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    attempts.attempt(
        lambda: rounds.arrange(
            current.engine(), meeting_id, order, actor=attempts.actor(), now=current.now()
        ),
        "Reihenfolge",
        quietly=True,
    )


def _own_point(meeting: Round) -> None:
    with st.expander("Eigener Punkt", expanded=not meeting.points, icon=":material/add:"):
        record_forms.show(
            f"point new for {meeting.id}", AgendaItem, round_point.inputs(), what="Punkt",
            save=lambda form: _add(form, meeting), label="Punkt anlegen",
        )  # fmt: skip


def _add(form: record_forms.Form, meeting: Round) -> None:
    values = form.values()
    if form.problems:
        return
    place = choice.last_place(meeting.id) + 1
    edit = Edit(AgendaItem, {**values, "meeting_id": meeting.id, "position": place})
    receipt = record_forms.write(form, [edit], what="Punkt")
    if receipt:
        choice.choose(meeting.id, int(receipt.ids[0]))
