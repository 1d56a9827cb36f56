"""Standardpunkte: the points that every new round gets, in their order."""

from __future__ import annotations

from typing import Any

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import StandingPoint
from steering.model.german import count
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import Input
from steering.web.rounds import striking
from steering.web.text import plain

EDITED = "standing_edited"
# What rounds everywhere begin and end with; whether the last words are said at the end.
USUAL = (
    ("Begrüßung und Protokoll der letzten Runde", False),
    ("Offene Vereinbarungen", False),
    ("Verschiedenes", True),
)
NOTHING = "Noch gibt es keine Standardpunkte. Jede neue Runde beginnt mit einer leeren Tagesordnung."


def points() -> list[dict[str, Any]]:
    """The standing points, as a round has them: those at its end last."""
    return current.of(_points)


def many() -> str:
    """How many there are, in words."""
    return count(len(points()), "Standardpunkt", "Standardpunkte")


def show() -> None:
    """The list with what can be done to each, and the form."""
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        st.markdown(
            "Jede neue Runde bekommt diese Punkte, die ersten vor allen anderen, die letzten danach. Runden, "
            "die schon angelegt sind, bleiben, wie sie sind."
        )
        found = points()
        if not found:
            st.info(NOTHING)
            st.button("Die üblichen drei anlegen", icon=":material/playlist_add:", on_click=_begin,
                      help=", ".join(name for name, _ in USUAL))  # fmt: skip
        for place, point in enumerate(found):
            _row(found, place, point)
    with right:
        _form(found)


def _row(found: list[dict[str, Any]], place: int, point: dict[str, Any]) -> None:
    before, after = ([one["at_end"] for one in found[max(at, 0) : at + 1]] for at in (place - 1, place + 1))
    at = "am Schluss" if point["at_end"] else "am Anfang"
    note = f"  \n{plain(point['note'])}" if point["note"] else ""
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(point['name'])}** · {at}{note}")
        _buttons(found, place, movable=(before == [point["at_end"]], after == [point["at_end"]]))


def _buttons(found: list[dict[str, Any]], place: int, *, movable: tuple[bool, bool]) -> None:
    """What can be done to one; `movable`: up and down."""
    point = found[place]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        name = plain(point["name"])
        st.button("Nach oben", icon=":material/arrow_upward:", key=f"standing up {point['id']}",
                  disabled=not movable[0], on_click=_swap,
                  args=(found, place, place - 1), type="tertiary", help=f"»{name}« nach oben")  # fmt: skip
        st.button("Nach unten", icon=":material/arrow_downward:", key=f"standing down {point['id']}",
                  disabled=not movable[1], on_click=_swap, args=(found, place, place + 1),
                  type="tertiary", help=f"»{name}« nach unten")  # fmt: skip
        st.button("Ändern", key=f"standing edit {point['id']}", type="tertiary", on_click=_edit,
                  args=(point["id"],))  # fmt: skip
        st.button("Entfernen", key=f"standing strike {point['id']}", type="tertiary", on_click=_strike,
                  args=(point,))  # fmt: skip


def _form(found: list[dict[str, Any]]) -> None:
    edited = record_forms.edited(EDITED, {point["id"] for point in found}, StandingPoint)
    if edited is record_forms.GONE:
        return
    st.markdown("**Standardpunkt ändern**" if edited else "**Standardpunkt hinzufügen**")
    last = max((point["position"] for point in found), default=0)
    fixed = {} if edited else {"position": last + 1}
    record_forms.show(
        f"standing {edited or 'new'}", StandingPoint, _inputs(), record_id=edited, what="Standardpunkt",
        save=lambda form: _save(form, fixed), label="Standardpunkt speichern",
        gone="Dieser Standardpunkt wurde inzwischen entfernt.",
    )  # fmt: skip


def _save(form: record_forms.Form, fixed: dict[str, Any]) -> None:
    if record_forms.save_record(form, fixed=fixed, what="Standardpunkt"):
        st.session_state.pop(EDITED, None)


def _edit(key: int) -> None:
    st.session_state[EDITED] = key


def _begin() -> None:
    current.refresh()
    # Of two presses in a row the second comes when they are there.
    if points():
        return
    edits = [
        Edit(StandingPoint, {"name": name, "at_end": at_end, "position": place})
        for place, (name, at_end) in enumerate(USUAL, start=1)
    ]
    attempts.edit(edits, "Standardpunkte")


def _swap(found: list[dict[str, Any]], one: int, other: int) -> None:
    order = list(found)
    order[one], order[other] = order[other], order[one]
    edits = [
        Edit(StandingPoint, {"position": place}, id=point["id"], version=point["version"])
        for place, point in enumerate(order, start=1)
    ]
    attempts.edit(edits, "Reihenfolge der Standardpunkte")


def _strike(point: dict[str, Any]) -> None:
    striking.strike(StandingPoint, point["id"], f"Standardpunkt »{point['name']}«")


def _inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Titel des Standardpunkts"),
        Input("note", "Notiz dazu", "long"),
        Input("at_end", "steht am Schluss der Tagesordnung", "flag"),
    )


def _points(portfolio: Portfolio) -> list[dict[str, Any]]:
    rows = portfolio.standing_points.sort_values(["at_end", "position", "id"])
    return rows.to_dict("records")  # type: ignore[return-value]
