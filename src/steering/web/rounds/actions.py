"""Vereinbart: who does what by when, agreed at a point, and how it stands over all rounds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.agenda import behind
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Action, Point, Round
from steering.model import ActionItem, ActionStatus, Measure, MeasureStatus, Subject
from steering.model.base import NAME_LENGTH
from steering.model.german import count, day
from steering.model.vocabulary import word
from steering.storage.rights.table import Right
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.widgets import Input
from steering.web.rounds import striking
from steering.web.text import bold, plain


def show(point: Point) -> None:
    """What was agreed at a point, a form for more, and the way to a measure."""
    if point.actions:
        st.markdown("**Vereinbart**")
    for action in point.actions:
        if current.presenting():
            st.markdown(f"- {line(action)}")
            continue
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"- {line(action)}")
        right.button("Entfernen", key=f"strike action {action.id}", type="tertiary", on_click=_strike,
                     args=(action,))  # fmt: skip
    # Before a room the forms lie over the point instead of pushing what is below them out of sight.
    side_by_side = current.presenting()
    behind_it = st.popover if side_by_side else st.expander
    with st.container(horizontal=side_by_side, gap="small"):
        _forms(point, behind_it)


def _forms(point: Point, behind_it: Callable[..., AbstractContextManager[object]]) -> None:
    with behind_it("Etwas vereinbaren", icon=":material/person_add:"):
        record_forms.show(
            f"action new for {point.id}", ActionItem, _inputs(), fixed={"agenda_item_id": point.id},
            what="Vereinbart", label="Vereinbaren",
        )  # fmt: skip
    with behind_it("Als Maßnahme anlegen", icon=":material/account_tree:"):
        start = {"name": point.name[:NAME_LENGTH]}
        record_forms.show(
            f"measure for point {point.id}", Measure, _measure_inputs(), start=start, what="Maßnahme",
            save=lambda form: _make_measure(form, point), label="Maßnahme anlegen",
        )  # fmt: skip


def line(action: Action) -> str:
    """Who does what by when, and how it stands."""
    who = action.organisation + (f", {action.function}" if action.function else "")
    done = f", {day(action.done_on)}" if action.done_on else ""
    only = " · nur Verwaltung" if action.internal else ""
    return (
        f"{bold(who)}: {plain(action.name)} · bis {bold(day(action.due))} · {word(action.status)}{done}{only}"
    )


def _make_measure(form: record_forms.Form, point: Point) -> None:
    found = point.subject == Subject.FINDING
    task = behind.task_of(point.subject_key) if found else None
    fixed = {
        "status": MeasureStatus.IDEA,
        "answers": point.subject_key if found else "",
        "tasks": [task] if task else [],
        "needs": list(behind.needs_of(point.subject_key)) if found else [],
        "field_id": current.of(_field_of, task),
    }
    record_forms.save_record(form, fixed=fixed, what="Maßnahme")


def _field_of(portfolio: Portfolio, task: int | None) -> int | None:
    rows = portfolio.tasks
    found = rows.loc[rows["id"] == task, "field_id"]
    return None if found.empty else int(found.iloc[0])


def _strike(action: Action) -> None:
    striking.strike(ActionItem, action.id, f"»{action.name}«")


def _inputs() -> tuple[Input, ...]:
    return (
        Input("organisation_id", "Wer", "choice", choices.organisations),
        Input("function", "Funktion (wer genau)", placeholder="z. B. Leitung der Beratungsstelle"),
        Input("name", "Was"),
        Input("due", "Bis wann", "day"),
        Input("internal", "Vereinbart nur für die Verwaltung", "flag"),
    )


def _measure_inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Maßnahme"),
        Input("organisation_id", "Verantwortlich", "choice", choices.organisations_or_none),
        Input("start", "Beginn der Maßnahme", "day"),
        Input("end", "Ende der Maßnahme", "day"),
    )


def every(meeting: Round) -> None:
    """All that was agreed in any round and is not done, and what was agreed in this one."""
    today = current.today()
    rows = current.of(_every, current.discreet())
    mine = rows["meeting_id"] == meeting.id
    waiting = rows["status"] == ActionStatus.OPEN
    shown = rows[mine | waiting].sort_values(["due", "id"])
    if shown.empty:
        how = "Bei einem Punkt lässt sich unter »Etwas vereinbaren« eintragen, wer was bis wann macht."
        st.info(f"Es ist nichts vereinbart. {how if current.offers(Right.EDIT_ALL) else ''}".strip())
        return
    late = int((waiting & (rows["due"] < pd.Timestamp(today))).sum())
    st.markdown(
        f"{bold(count(int(waiting.sum()), 'Absprache', 'Absprachen'))} offen"
        + (f", {bold(str(late))} davon überfällig." if late else ".")
    )
    for row in shown.to_dict("records"):
        _row({str(name): value for name, value in row.items()}, today)


def _row(row: dict[str, object], today: date) -> None:
    key = f"action {row['id']}"
    left, right = st.columns([3, 1.6], vertical_alignment="center")
    due = pd.Timestamp(str(row["due"]))
    late = " · **überfällig**" if row["status"] == ActionStatus.OPEN and due < pd.Timestamp(today) else ""
    only = " · nur Verwaltung" if row["internal"] else ""
    left.markdown(
        f"{bold(str(row['who']))}: {plain(str(row['name']))} · bis {bold(day(due))}{late}{only}  \n"
        f"{plain(str(row['point']))} · Runde vom {day(pd.Timestamp(str(row['day'])))}"
    )
    if not current.may_change(int(str(row["organisation_id"]))):
        right.markdown(word(ActionStatus(str(row["status"]))))
        return
    st.session_state[key] = row["status"]
    right.segmented_control(
        f"Stand: {plain(str(row['name']))}", [each.value for each in ActionStatus], key=key, required=True,
        format_func=lambda value: word(ActionStatus(value)), label_visibility="collapsed",
        on_change=_settle, args=(row["id"], row["version"], row["name"]), wrap=True,
    )  # fmt: skip


def _settle(action_id: int, version: int, name: str) -> None:
    status = ActionStatus(st.session_state[f"action {action_id}"])
    values = {"status": status, "done_on": current.today() if status == ActionStatus.DONE else None}
    attempts.edit([Edit(ActionItem, values, id=action_id, version=version)], f"Stand von »{name}«")


def _every(portfolio: Portfolio, discreet: bool) -> pd.DataFrame:
    """Every agreed action with its point and round; without what is internal where others look."""
    points = portfolio.agenda_items[["id", "name", "question", "meeting_id", "internal"]]
    points = points.rename(columns={"id": "agenda_item_id", "name": "point", "internal": "point_internal"})
    days = portfolio.meetings[["id", "day"]].rename(columns={"id": "meeting_id"})
    rows = portfolio.action_items.merge(points, on="agenda_item_id").merge(days, on="meeting_id")
    carriers = portfolio.short_names("organisation")
    rows = rows.assign(who=rows["organisation_id"].map(carriers).astype(object).fillna("nicht mehr geführt"))
    if not discreet:
        return rows
    asked = rows["question"].where(rows["question"] != "", rows["point"])
    return rows.assign(point=asked)[~rows["internal"] & ~rows["point_internal"]].reset_index(drop=True)
