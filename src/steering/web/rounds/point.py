"""One point of a round: why it is there, the chart behind it, its findings, and what comes of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.findings.causes import said
from steering.analysis.rounds import Point, Round, turned
from steering.model import AgendaItem, FindingKind, Subject
from steering.model.german import day
from steering.model.vocabulary import word
from steering.web import current, filters, panels, places
from steering.web.address import POINT
from steering.web.editing import asking, record_forms
from steering.web.editing.widgets import Input
from steering.web.findings import reserving
from steering.web.findings import rows as finding_rows
from steering.web.findings import why as finding_why
from steering.web.findings import words as finding_words
from steering.web.rounds import actions, chart, choice, going_on, result, result_draft
from steering.web.text import bold, plain

WITHHELD = "Dieser Punkt wird nur von der Verwaltung behandelt. Von ihm bleibt hier die Nummer."
GONE = "Dieser Hinweis besteht in der gewählten Ansicht **nicht mehr**."


def show(meeting: Round, point: Point) -> None:
    """The point, to be talked about and written on."""
    if not point.withheld:
        going_on.begin(point)
    with places.sometimes():
        going_on.tell(meeting, point)
        result_draft.tell_of_others(meeting, point)
    head(point)
    if point.withheld:
        st.info(WITHHELD)
        _walk(meeting)
        return
    picture(point)
    _findings(point)
    result.show(point, walk=lambda: _walk(meeting))
    actions.show(point)
    _edit(meeting, point)


def head(point: Point) -> None:
    """What it is about, why it is on the agenda, and what came of it last time."""
    st.header(plain(point.headline), anchor=False)
    if point.headline != point.name and not current.discreet():
        st.caption(plain(point.name))
    if point.occasion:
        st.markdown(plain(point.occasion))
    if point.note:
        st.markdown(plain(point.note))
    if point.internal_note:
        st.markdown(f":material/lock: *nur Verwaltung:* {plain(point.internal_note)}")
    if point.last:
        said = f"»{plain(point.last.text)}« – " if point.last.text else ""
        st.markdown(f"**Zuletzt, {day(point.last.day)}:** {said}{word(point.last.status)}")


def picture(point: Point) -> bool:
    """The chart behind the point, if there is one: whether there is."""
    drawing = chart.behind(point.subject, point.subject_key, filters.view(), panels.theme())
    if drawing:
        chart.show(drawing, plain(point.name), key=f"point-chart-{point.id}")
    return drawing is not None


def in_few_words(point: Point) -> list[str]:
    """For each finding that the point is about: where, when and why; who takes part is in the chart."""
    if point.subject != Subject.FINDING:
        return []
    return [_briefly(row) for _, row in _rows(point).iterrows()] or [GONE]


def _briefly(row: pd.Series) -> str:
    where = finding_words.where(row)
    when = finding_words.period(row["start"], row["end"])
    state = finding_words.settled(row) if row["kind"] == FindingKind.OVERLAP else finding_words.kind(row)
    example = bool(finding_words.on_examples(row.to_frame().T).iloc[0])
    place = bold(where) if where else ""
    parts = [place, when, state, plain(said(row["causes"])), "nach Beispielangaben" if example else ""]
    return " · ".join(filter(None, parts))


def _walk(meeting: Round) -> None:
    before, after = (choice.neighbour(meeting, step) for step in (-1, 1))
    st.button("Voriger Punkt", icon=":material/chevron_left:", disabled=before is None, on_click=_go,
              args=(before,))  # fmt: skip
    st.button("Nächster Punkt", icon=":material/chevron_right:", disabled=after is None, on_click=_go,
              args=(after,))  # fmt: skip


def _go(point_id: int) -> None:
    st.session_state[POINT] = point_id


def _findings(point: Point) -> None:
    if point.subject != Subject.FINDING:
        return
    at, rows = filters.view(), _rows(point)
    if rows.empty:
        st.markdown(GONE)
        return
    tasks = finding_words.task_names()
    for _, row in rows.iterrows():
        task = tasks.get(row["task_id"], "")
        st.markdown(f"**{plain(finding_words.kind(row))}{': ' if task else ''}{plain(task)}** · "
                    f"{finding_words.sentence(row)}")  # fmt: skip
    with st.expander("Warum?"):
        ends = rows.iloc[0]["kind"] == FindingKind.ENDING
        looked_at = at if ends else finding_rows.on_any_day(at)
        finding_why.show(looked_at, point.subject_key, key=f"why-point-{point.id}")


def _rows(point: Point) -> pd.DataFrame:
    """The findings that the point is about, as the view has them."""
    at = filters.view()
    rows = finding_rows.standing(at)
    rows = rows[rows["key"] == point.subject_key]
    if rows.empty:
        rows = finding_rows.ending(at)
        rows = rows[rows["key"] == point.subject_key]
    return rows


def _edit(meeting: Round, point: Point) -> None:
    key, number = f"turn {point.id}", turned.number_of(meeting, point.id)
    with st.expander("Punkt ändern", icon=":material/edit:", expanded=asking.is_asked(key)):
        if point.subject == Subject.FINDING:
            reserving.show(point.subject_key, point.name)
        form = record_forms.show(
            f"point {point.id}", AgendaItem, inputs(" (gewählter Punkt)"), record_id=point.id, what="Punkt",
            save=lambda form: _save(form, key, asks=bool(number)), label="Punkt speichern",
        )  # fmt: skip
        if form and number:
            becomes = reserving.becomes([(number, meeting.day)])
            asking.question(key, becomes, "Ja, nur Verwaltung", lambda: _save(form, key))


def _save(form: record_forms.Form, key: str, *, asks: bool = False) -> None:
    """Store what was changed; first asked for where everybody knows the point and it becomes internal."""
    if asks and "internal" in form.changed and form.drafts["internal"]:
        asking.ask(key)
    else:
        record_forms.save_record(form, what="Punkt")


def inputs(which: str = "") -> tuple[Input, ...]:
    """What can be said about a point.

    `which` is added to the labels, so that no two inputs of the page are called the same.
    """
    return (
        Input("name", f"Thema{which}"),
        Input("note", f"Notiz für alle{which}", "long"),
        Input("internal_note", f"Notiz nur Verwaltung{which}", "long"),
        Input("internal", f"nur für die Verwaltung{which}", "flag"),
    )
