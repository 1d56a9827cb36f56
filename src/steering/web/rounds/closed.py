"""A closed round as it was closed: its points, their Ergebnisse and charts, and the addenda since."""

from __future__ import annotations

import streamlit as st

from steering.analysis.rounds import Addition, Point, Round, snapshot
from steering.charts import storing
from steering.model import Addendum, AgendaStatus, OutcomeStatus
from steering.model.german import day
from steering.model.vocabulary import word
from steering.storage import reading, rounds
from steering.web import current
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import Input
from steering.web.rounds import actions, chart
from steering.web.rounds import point as round_point
from steering.web.text import bold, plain

FORM = "addendum for"


def show(meeting: Round, point: Point | None) -> None:
    """The chosen point as it was, then the addenda, and a form for another one."""
    st.caption(_rests_on(meeting))
    if point is None:
        st.info("Diese Runde wurde ohne Punkte geschlossen.")
    else:
        _point(meeting, point)
    _additions(meeting, point)


def _rests_on(meeting: Round) -> str:
    plan = "mit" if meeting.masterplan else "ohne"
    scenario = word(meeting.scenario) if meeting.scenario else ""
    return (
        f":material/lock: Geschlossen am {day(meeting.closed_on)} durch {plain(meeting.closed_by)}. Stichtag "
        f"{day(meeting.as_of)}, Szenario {scenario}, {plan} Masterplan, Datenstand {meeting.revision}."
    )


def _point(meeting: Round, point: Point) -> None:
    round_point.head(point)
    if point.withheld:
        st.info(round_point.WITHHELD)
        return
    picture(meeting, point)
    outcome(point)


def picture(meeting: Round, point: Point) -> bool:
    """The chart that was kept for the point, if there is one: whether there is."""
    found = {} if point.withheld else current.derived(_charts, meeting.id, current.discreet())
    if point.id in found:
        chart.show(found[point.id], plain(point.name), key=f"kept-chart-{point.id}")
    return point.id in found


def outcome(point: Point) -> None:
    """What came of the point, and what was agreed; nothing where only its number is left."""
    if point.withheld:
        return
    with st.container(border=True):
        draft = point.text and point.outcome_status == OutcomeStatus.DRAFT
        st.markdown(f"**Ergebnis**{' (noch nicht festgehalten)' if draft else ''}")
        st.markdown(plain(point.text) if point.text else f"*{_without_words(point)}*")
        if point.assessment:
            progress = f" · Stand: {word(point.progress)}" if point.progress else ""
            st.markdown(f"Einschätzung: {bold(word(point.assessment))}{progress}")
        if point.resubmit_on:
            st.markdown(f"Wiedervorlage am {bold(day(point.resubmit_on))}")
        if point.outcome_note:
            st.markdown(f":material/lock: *nur Verwaltung:* {plain(point.outcome_note)}")
        for action in point.actions:
            st.markdown(f"- {actions.line(action)}")


def _without_words(point: Point) -> str:
    return word(AgendaStatus.DONE) if point.recorded else f"{word(point.status)}, ohne Ergebnis"


def _charts(meeting_id: int, discreetly: bool) -> dict[int, storing.Drawing]:
    text = reading.snapshot(current.engine(), meeting_id)
    charts = snapshot.charts_in(text, discreetly=discreetly) if text else {}
    return {key: storing.from_plain(chart) for key, chart in charts.items()}


def _additions(meeting: Round, point: Point | None) -> None:
    names = {each.id: each.headline for each in meeting.points}
    if meeting.additions:
        st.markdown("**Nachträge**")
    for one in meeting.additions:
        st.markdown(f"- {_addition(one, names)}")
    with st.expander("Nachtrag hinzufügen", icon=":material/post_add:"):
        record_forms.show(
            f"{FORM} {meeting.id}", Addendum, _inputs(point), what="Nachtrag",
            save=lambda form: _add(form, meeting, point), label="Nachtrag speichern",
        )  # fmt: skip


def _addition(one: Addition, names: dict[int, str]) -> str:
    about = f" zu »{plain(names[one.point])}«" if one.point in names else ""
    only = " · nur Verwaltung" if one.internal else ""
    return f"{day(one.added_on)}, {plain(one.actor)}{about}{only}: {plain(one.text)}"


def _inputs(point: Point | None) -> tuple[Input, ...]:
    about = (Input("agenda_item_id", "nur zum gewählten Punkt", "flag"),) if point else ()
    internal = Input("internal", "Nachtrag nur für die Verwaltung", "flag")
    return (Input("text", "Nachtrag", "long"), *about, internal)


def _add(form: record_forms.Form, meeting: Round, point: Point | None) -> None:
    values = form.values()
    receipt = attempts.attempt(
        lambda: rounds.add(
            current.engine(form.origin), meeting.id, values["text"], actor=attempts.actor(),
            now=current.now(), on=current.today(),
            agenda_item_id=point.id if point and values.get("agenda_item_id") else None,
            internal=bool(values.get("internal")),
        ),
        "Nachtrag", quietly=True
    )  # fmt: skip
    if receipt:
        # An addendum stays, so no way back is offered.
        attempts.hide()
        record_forms.close(form)
