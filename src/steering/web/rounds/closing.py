"""Closing a round for good, with what it rested on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from steering.analysis.discretion import NOT_PUBLIC
from steering.analysis.rounds import Round, snapshot
from steering.analysis.rounds.turned import turned_points
from steering.analysis.view import View
from steering.charts import storing
from steering.charts.theme import LIGHT
from steering.model import ForecastVariant, MeetingStatus
from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.storage import reading, rounds
from steering.storage.problems import Receipt
from steering.web import address, current, filters, sessions
from steering.web.editing import attempts
from steering.web.rounds import chart, choice, going_on, result_draft
from steering.web.text import bold, plain

SURE = "meeting_close_sure"


def show(meeting: Round) -> None:
    """What is still missing, and the button that closes the round."""
    whole = choice.everything(meeting.id) or meeting
    drafts = [point.name for point in whole.points if point.drafted]
    st.header("Runde abschließen", anchor=False)
    not_yet = rounds.told_not_held(meeting.status, meeting.day, current.today())
    if meeting.status == MeetingStatus.CANCELLED:
        st.info(not_yet)
        return
    st.markdown(
        f"{told_recorded(meeting)}. Punkte ohne Ergebnis bleiben "
        "offen und werden für die nächste Runde wieder vorgeschlagen."
    )
    if turned := turned_points(whole):
        st.markdown(_turned(whole, turned))
    if drafts:
        shown = [f"»{plain(name)}«" for name in drafts] if not current.discreet() else []
        st.warning(
            f"{count(len(drafts), 'Ergebnis ist', 'Ergebnisse sind')} noch Entwurf"
            f"{': ' + listing(shown) if shown else ''}. Bitte festhalten oder leeren; danach lässt sich die "
            "Runde schließen."
        )
    held = [point for point in whole.points if result_draft.is_held(point.id)]
    if held:
        st.warning(result_draft.told(held))
    if not_yet:
        st.warning(not_yet)
    at = _judged_in()
    plan = "mit" if st.session_state[address.MASTERPLAN] else "ohne"
    variant = f", Zugang {bold(word(at.arrivals))}" if address.arrivals() else ""
    st.markdown(
        f"Mit dem Abschluss werden die Zahlen und Bilder behalten, wie sie jetzt sind: Stichtag "
        f"{bold(day(at.as_of))}, Szenario {bold(word(at.scenario.rule))}{variant}, {plan} Masterplan, "
        f"Datenstand {current.revision()[1]}. Danach bleibt die Runde, wie sie ist; "
        "Berichtigungen sind Nachträge."
    )
    st.checkbox("Die Runde ist zu Ende. Das Schließen lässt sich nicht rückgängig machen.", key=SURE)
    st.button("Runde schließen", type="primary", icon=":material/lock:", on_click=_close, args=(meeting.id,),
              disabled=bool(drafts or held or not_yet) or not st.session_state[SURE])  # fmt: skip


def told_recorded(meeting: Round) -> str:
    """How many points on the screen have a recorded Ergebnis: "1 von 6 Punkten ist festgehalten"."""
    done = sum(point.recorded for point in meeting.points)
    told = bold(f"{done} von {count(len(meeting.points), 'Punkt', 'Punkten')}")
    return f"{told} {'ist' if done == 1 else 'sind'} festgehalten"


def _judged_in() -> View:
    """The view that a round is kept in: the one on the screen, without what nobody has decided.

    The next round compares with the middle variant of the forecasts (`proposals`), so that is what is kept.
    """
    return replace(filters.view().without_what_if, arrivals=ForecastVariant.MIDDLE)


def _turned(whole: Round, turned: Mapping[int, str]) -> str:
    """Which points have become internal after everybody was told of them; by name where nobody looks on."""
    names = {point.id: "" if current.discreet() else f" »{plain(point.name)}«" for point in whole.points}
    told = listing([f"{bold(number)}{names[key]}" for key, number in turned.items()])
    one = len(turned) == 1
    return (
        f"{told} {'wurde' if one else 'wurden'} nur von der Verwaltung behandelt. In der Niederschrift für "
        f"alle {'bleibt die Nummer' if one else 'bleiben die Nummern'}, mit dem Vermerk »{NOT_PUBLIC}«."
    )


def _close(meeting_id: int) -> None:
    meeting = choice.everything(meeting_id)
    if meeting is None:
        return
    at = _judged_in()
    rests_on: dict[str, Any] = {
        "as_of": at.as_of,
        "scenario": at.scenario.rule,
        "masterplan": bool(st.session_state[address.MASTERPLAN]),
        "revision": current.revision()[1],
    }
    on, actor = current.today(), attempts.actor()
    with sessions.for_everyone():
        drawings = {
            point.id: storing.as_plain(drawing) | {snapshot.FOR_EVERYONE: True}
            for point in meeting.points
            if (drawing := chart.behind(point.subject, point.subject_key, at, LIGHT))
        }

    def close() -> Receipt:
        state = snapshot.state_of(reading.portfolio(current.engine()), at)
        text = snapshot.as_text(meeting, state, drawings)
        return rounds.close(
            current.engine(), meeting_id, meeting.version, text, actor=actor, now=current.now(), on=on,
            view=rests_on,
        )  # fmt: skip

    receipt = attempts.attempt(close, "Abschluss der Runde", quietly=True)
    if receipt:
        # Closing cannot be taken back, so no way back is offered.
        attempts.hide()
        st.session_state.pop(SURE, None)
        going_on.leave()
