"""Meine Aufgaben: what the own unit has to see to, by urgency, each with the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from steering.analysis import dates
from steering.analysis.dates.to_do import ToDo, Urgency, in_order, to_answer, to_do
from steering.model.german import about, count, day
from steering.storage.rights.table import Right
from steering.web import address, current, marks, own_unit
from steering.web.overview import to_do_ways
from steering.web.text import bold, plain

MOST = 5
NOTHING_NOW = "Für {unit} steht **nichts an**"
# The shape says it beside the word, for those to whom a colour says nothing.
_SHAPES = {
    Urgency.OVERDUE: ":material/error:",
    Urgency.NOW: ":material/schedule:",
    Urgency.LATER: ":material/event:",
}


def show() -> None:
    """For somebody with a unit of their own; nothing before a room, whose own it is not."""
    unit = own_unit.unit()
    if unit is None or current.presenting():
        return
    found = current.derived(_found, current.today(), unit, current.may(Right.EDIT_ALL))
    st.header("Meine Aufgaben", anchor=False)
    st.markdown(_sentence(found, own_unit.name(unit)))
    if st.session_state["stichtag"] != current.today() and found:
        st.caption(f"Gezählt ab heute ({day(current.today())}), nicht ab dem Stichtag.")
    pressing = [each for each in found if each.urgency is not Urgency.LATER]
    for each in pressing[:MOST]:
        _row(each)
    rest = [*pressing[MOST:], *(each for each in found if each.urgency is Urgency.LATER)]
    if rest:
        with st.expander(count(len(rest), "weitere Aufgabe", "weitere Aufgaben")):
            for each in rest:
                _row(each)


def _found(today: date, unit: int, prepares: bool) -> tuple[ToDo, ...]:
    # The calendar's button asks for the dates as well.
    found = to_do(current.portfolio(), current.of(dates.dated, today), today, unit)
    return in_order([*found, *to_answer(current.portfolio(), today)]) if prepares else found


def _sentence(found: Sequence[ToDo], unit: str) -> str:
    """How many there are, how many of them are late, and what comes later."""
    each = [[one for one in found if one.urgency is urgency] for urgency in Urgency]
    late, now, later = map(len, each)
    more = f"{count(later, 'weitere kommt', 'weitere kommen')} später"
    if not late + now:
        said = NOTHING_NOW.format(unit=plain(unit))
        if not later:
            return f"{said}, und nichts ist vorgemerkt."
        return f"{said}; {count(later, 'Aufgabe kommt', 'Aufgaben kommen')} später{_made_up(found)}."
    stand = "steht" if late + now == 1 else "stehen"
    said = f"Für {plain(unit)} {stand} {bold(count(late + now, 'Aufgabe', 'Aufgaben'))} an"
    if late:
        which = "sie" if late + now == 1 else f"**{late}** davon"
        said += f", {which} ist **überfällig**" if late == 1 else f", {which} sind **überfällig**"
    return f"{said}{f'; {more}' if later else ''}{_made_up(found)}."


def _made_up(found: Sequence[ToDo]) -> str:
    return marks.share(sum(each.example for each in found), len(found))


def _row(each: ToDo) -> None:
    """How urgent, what by when, and the thing itself, which opens."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"due-{each.key}"):
        st.markdown(f"{_SHAPES[each.urgency]} {_urgency(each)} · {_what(each)}", width="content")
        way = to_do_ways.of(current.portfolio(), each.key)
        name = marks.name(each.subject, each.example)
        if way is None:
            st.markdown(plain(name), width="content")
        elif st.button(
            plain(name), key=f"to do {each.key}", type="tertiary", icon=":material/arrow_forward:",
            help=plain(each.note), on_click=way.open,
        ):  # fmt: skip
            address.go_to(way.page.file)


def _urgency(each: ToDo) -> str:
    if each.urgency is Urgency.OVERDUE:
        return f"**seit {count(each.late, 'Tag', 'Tagen')} {each.urgency}**"
    return f"**{each.urgency}**" if each.urgency is Urgency.NOW else str(each.urgency)


def _what(each: ToDo) -> str:
    hidden = " · nur Verwaltung" if each.internal else ""
    return f"{each.kind} {about(each.day, each.estimated)}{hidden}"
