"""Rounds that are not there yet: one, a series of them, and the standing points that each begins with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import Meeting
from steering.model.german import count
from steering.storage import planned_rounds
from steering.web import current, panels
from steering.web.editing import asking, attempts, record_forms
from steering.web.rounds import arranging, choice, series, standing
from steering.web.text import bold

NEW_FORM = "meeting new"
TAKE_OVER, WITH_STANDING = "meeting_take_over_guests", "meeting_with_standing"
KIND = "meeting_new_kind"
ONE, SERIES, STANDING = "Eine Runde", "Eine Reihe von Runden", "Standardpunkte"


def open_new() -> None:
    """Open the form of a new round, filled in with what the last one had."""
    last = current.of(_last)
    start = {name: last[name] for name in ("name", "begins", "ends", "place")} if last else {}
    record_forms.opened(
        NEW_FORM, Meeting, arranging.inputs(new=True), start={"name": "Koordinierungsrunde", **start}
    )
    st.session_state[KIND] = ONE


def is_new() -> bool:
    """Whether that form is open."""
    return NEW_FORM in st.session_state.get("forms", {})


def show() -> None:
    """What is to be begun, and its form."""
    form = record_forms.opened(NEW_FORM, Meeting, arranging.inputs(new=True))
    st.session_state.setdefault(KIND, ONE)
    with st.container(horizontal=True, vertical_alignment="center"):
        panels.switch("Was anlegen?", (ONE, SERIES, STANDING), key=KIND)
        if st.session_state[KIND] != ONE:
            st.button("Zurück zur Runde", icon=":material/arrow_back:", type="tertiary",
                      on_click=_close, args=(form,))  # fmt: skip
    match st.session_state[KIND]:
        case "Eine Reihe von Runden":
            last = current.of(_last)
            series.show(last or {}, _what_goes_along, _guests_wanted, lambda: _close(form))
        case "Standardpunkte":
            standing.show()
        case _:
            _one(form)


def _close(form: record_forms.Form | None) -> None:
    if form:
        record_forms.close(form)


def _one(form: record_forms.Form | None) -> None:
    with st.container(border=True, width=760):
        st.header("Neue Runde", anchor=False)
        _what_goes_along()
        if form:
            record_forms.draw(form, _make, label="Runde anlegen")
            _second_question(form)


def _second_question(form: record_forms.Form) -> None:
    """Whether a second round is meant where there is one on that day: one in the morning, or a slip."""
    on = str(form.drafts["day"])
    said = f"Am {bold(on)} gibt es schon eine Runde. Soll eine zweite angelegt werden?"
    asking.question(_second(form), said, "Ja, eine zweite anlegen", partial(_make, form, sure=True))


def _second(form: record_forms.Form) -> str:
    return f"second round {form.generation} {form.drafts['day']}"


def _what_goes_along() -> None:
    """Whether those who took part last take part again, and the standing points."""
    last = current.of(_last)
    if last and last["guests"]:
        many = count(last["guests"], "Teilnahme", "Teilnahmen")
        st.checkbox(
            f"{many} der letzten Runde übernehmen", value=True, key=TAKE_OVER, persist_state="session"
        )
    if standing.points():
        names = ", ".join(point["name"] for point in standing.points())
        st.checkbox(f"{standing.many()} aufnehmen", value=True, key=WITH_STANDING, persist_state="session",
                    help=names)  # fmt: skip
    else:
        st.caption(f"{standing.NOTHING} Anlegen lassen sie sich oben unter »{STANDING}«.")


def _guests_wanted() -> tuple[list[dict[str, Any]], bool]:
    """Who takes part, and whether the standing points are wanted."""
    last = current.of(_last)
    guests = current.of(_guests, last["id"]) if last and st.session_state.get(TAKE_OVER) else []
    return guests, bool(st.session_state.get(WITH_STANDING))


def _make(form: record_forms.Form, *, sure: bool = False) -> None:
    """Make the round; where there is one on that day already, ask first unless they are `sure`."""
    values = form.values()
    if form.problems:
        return
    current.refresh()
    if not sure and values["day"] in current.of(series.occupied):
        asking.ask(_second(form))
        return
    guests, standing_too = _guests_wanted()
    receipt = record_forms.store(
        form,
        lambda: planned_rounds.plan(
            current.engine(form.origin), [values], guests, actor=attempts.actor(), now=current.now(),
            standing=standing_too, once_a_day=not sure,
        ),
        what="Neue Runde",
    )  # fmt: skip
    if receipt:
        choice.choose(int(receipt.ids[0]))


def _last(portfolio: Portfolio) -> Mapping[str, Any] | None:
    """The latest round, and how many took part in it."""
    rows = portfolio.meetings.sort_values(["day", "id"])
    if rows.empty:
        return None
    found = {str(name): value for name, value in rows.iloc[-1].items()}
    return found | {"guests": int((portfolio.participants["meeting_id"] == found["id"]).sum())}


def _guests(portfolio: Portfolio, meeting_id: int) -> list[dict[str, Any]]:
    rows = portfolio.participants
    rows = rows[rows["meeting_id"] == meeting_id].drop_duplicates(["organisation_id", "function"])
    return rows[["organisation_id", "function", "mailbox"]].to_dict("records")  # type: ignore[return-value]
