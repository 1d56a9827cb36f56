"""Maßnahme erfassen oder ändern: the measure, its steps, its costs and its effects, in the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.changes import ScenarioChange
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import stored_changes
from steering.analysis.structures.handed_in import of_subject
from steering.analysis.view import View
from steering.model import (
    About,
    CommitteeResult,
    FindingKind,
    Measure,
    MeasureCost,
    MeasureStatus,
    Milestone,
)
from steering.model.base import NAME_LENGTH
from steering.model.finding_keys import FindingKey
from steering.model.vocabulary import word
from steering.storage.rights.table import Right
from steering.web import address, current, filters, folded, handed_in, pages, panels
from steering.web.editing import choices, folded_form, record_forms, taking_over
from steering.web.editing.widgets import Input, enumeration
from steering.web.findings import rows as finding_rows
from steering.web.findings import words as finding_words
from steering.web.measures import effects, steps

CHOSEN, PART, START, ASKED = "edit_measure", "edit_measure_part", "measure_start", "measure_asked_for"
NEW, NEW_FORM = "Neue Maßnahme", "measure new"
PARTS = {"measure": "Maßnahme", "milestone": steps.MILESTONE, "cost": steps.COST}
ANSWER = "Maßnahme dazu anlegen"


def choose(measure_id: int) -> None:
    """Bring a measure into the form; for clicks on tables."""
    st.session_state.update({CHOSEN: measure_id, PART: "measure"})
    folded.ask_for(ASKED)


def begin(**start: Any) -> None:
    """Open the form of a new measure, filled in with what is known."""
    st.session_state.get("forms", {}).pop(NEW_FORM, None)
    st.session_state.update({CHOSEN: None, PART: "measure", START: start})
    folded.ask_for(ASKED)


def offer(label: str, begin: Callable[..., None], *args: Any) -> None:
    """A button that opens the form of a new measure on the Masterplan page; `begin` fills it in.

    Not while guests look on: the form is closed then.
    """
    if current.discreet() or not current.offers(Right.EDIT):
        return
    if st.button(label, key=f"offer {begin.__name__}", icon=":material/account_tree:", type="tertiary"):
        begin(*args)
        address.go_to(pages.MASTERPLAN.file)


def begin_with(changes: Sequence[ScenarioChange]) -> None:
    """A new measure that keeps a what-if."""
    begin(effects=stored_changes.as_text(changes))


def begin_for_finding(row: pd.Series) -> None:
    """A new measure that answers a finding."""
    task = None if pd.isna(row["task_id"]) else int(row["task_id"])
    need = [] if pd.isna(row["need_id"]) else [int(row["need_id"])]
    name = f"{word(FindingKind(row['kind']))}: {finding_words.task_names().get(task or 0, '')}".strip(": ")
    begin(name=name[:NAME_LENGTH], tasks=[task] if task else [], needs=need, answers=str(row["key"]),
          area_id=current.of(_area_of_need, need[0]) if need else None,
          field_id=current.of(_field_of_task, task))  # fmt: skip


def begin_for_need(need_id: int) -> None:
    """A new measure that answers a need."""
    rows = current.portfolio().needs
    row = rows[rows["id"] == need_id].iloc[0]
    begin(name=str(row["name"]), tasks=[int(row["task_id"])], needs=[need_id], area_id=int(row["area_id"]),
          field_id=current.of(_field_of_task, int(row["task_id"])))  # fmt: skip


def begin_for_potential(potential_id: int) -> None:
    """A new measure that makes use of a potential, and answers the needs that this could help to meet."""
    data = current.portfolio()
    row = data.potentials[data.potentials["id"] == potential_id].iloc[0]
    links = data.potential_needs
    needs = [int(key) for key in links.loc[links["potential_id"] == potential_id, "need_id"]]
    named = ("field_id", "area_id", "organisation_id")
    known = {name: int(row[name]) for name in named if pd.notna(row[name])}
    begin(name=str(row["name"]), note=str(row["idea"]), potentials=[potential_id], needs=needs, **known)


def show() -> None:
    """The form in its place in the sidebar, open once something was chosen."""
    if not current.offers(Right.EDIT):
        return
    with panels.in_sidebar():
        folded_form.show(
            "Maßnahme erfassen oder ändern", _body, key="measure_form", icon=":material/account_tree:",
            wanted=lambda: st.session_state.get(ASKED),
        )  # fmt: skip


def _body() -> None:
    if current.discreet():
        # It names the findings that a measure answers, as they are stored.
        st.caption(f"{panels.closed()} Dann lassen sich Maßnahmen hier wieder bearbeiten.")
        return
    names = choices.measures()
    chosen = record_forms.which(
        "Welche Maßnahme?", names, Measure, Milestone, MeasureCost, key=CHOSEN, new=NEW
    )
    if chosen is record_forms.GONE:
        return
    if chosen is None:
        _new()
        return
    st.session_state.setdefault(PART, "measure")
    st.radio("Was ändern?", list(PARTS), key=PART, format_func=PARTS.get, horizontal=True)
    match st.session_state[PART]:
        case "milestone":
            steps.milestones(chosen, names[chosen])
        case "cost":
            steps.costs(chosen, names[chosen])
        case _:
            _existing(chosen, names[chosen])


def _new() -> None:
    start = st.session_state.get(START, {})
    told = stored_changes.read(start.get("effects", "[]"))
    for effect in told:
        taking_over.say(plan.in_words(current.portfolio(), effect))
    fixed = {"effects": stored_changes.as_text(told)} if told else {}
    record_forms.show(
        NEW_FORM, Measure, _inputs(), start={"status": MeasureStatus.IDEA.value, **start}, what=NEW,
        save=lambda form: _save_new(form, fixed), label="Maßnahme anlegen",
    )  # fmt: skip


def _save_new(form: record_forms.Form, fixed: Mapping[str, Any]) -> None:
    """Store it and stay in it; what it keeps of a what-if is shown as its effect from now on."""
    receipt = record_forms.save_record(form, fixed=fixed, what=NEW)
    if receipt is None:
        return
    st.session_state.pop(START, None)
    st.session_state.update({CHOSEN: int(receipt.ids[0]), PART: "measure"})
    effects.step_aside(tuple(stored_changes.readable(stored_changes.read(str(fixed.get("effects", "[]"))))))


def _existing(measure_id: int, name: str) -> None:
    for paper in current.of(of_subject, About.MEASURE, str(measure_id)):
        st.markdown(handed_in.line(paper))
    form = record_forms.show(
        f"measure {measure_id}", Measure, _inputs(), record_id=measure_id, what=f"Maßnahme »{name}«",
        gone="Diese Maßnahme wurde inzwischen entfernt. Bitte eine andere wählen.",
    )  # fmt: skip
    if form:
        effects.show(measure_id, form, name)
        record_forms.archive_button(form, "Maßnahme archivieren", f"Maßnahme »{name}«", takes="sie")


def _inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Maßnahme", placeholder="z. B. Nachfolge der BIR III sichern"),
        Input("status", "Status", "choice", enumeration(MeasureStatus)),
        Input("field_id", "Handlungsfeld", "choice", choices.fields_or_none),
        Input("organisation_id", "Verantwortlich", "choice", choices.organisations_or_none),
        Input("start", "Beginn der Maßnahme", "day"),
        Input("end", "Ende der Maßnahme", "day"),
        Input("tasks", "Aufgaben", "many", choices.tasks, placeholder="keine"),
        Input("needs", "Antwortet auf Bedarfe", "many", choices.needs, placeholder="keine"),
        Input("potentials", "Nutzt Potenziale", "many", choices.potentials, placeholder="keine"),
        Input("answers", "Antwortet auf Hinweise", "lines", _findings,
              placeholder="keine"),
        Input("partners", "Partner", "many", choices.organisations, placeholder="keine", more=True),
        Input("area_id", "Gebiet der Maßnahme", "choice", choices.areas_or_none, more=True),
        Input("committee_id", "Gremium", "choice", choices.committees_or_none, more=True),
        Input("decided_on", "Beschluss vom", "day", more=True),
        Input("paper_number", "Vorlage-Nr.", more=True),
        Input("result", "Ergebnis im Gremium", "choice", _results, more=True),
        Input("budget_item", "Haushaltsstelle der Maßnahme", more=True),
        Input("note", "Anmerkung zur Maßnahme", "long", more=True),
    )  # fmt: skip


def _results() -> dict[Any, str]:
    return {None: "–", **{each.value: word(each) for each in CommitteeResult}}


def _findings() -> dict[str, str]:
    """Key → words of the findings without any plan, and of those that a measure, or this form, names."""
    standing = current.derived(_standing, finding_rows.on_any_day(filters.view().without_changes))
    named = {key for text in current.portfolio().measures["answers"] for key in text.splitlines()}
    started = st.session_state.get(START, {}).get("answers", "").splitlines()
    return standing | {key: _gone(key) for key in sorted({*named, *started} - standing.keys())}


def _standing(at: View) -> dict[str, str]:
    rows = finding_rows.of_tasks(at).drop_duplicates("key")
    rows = rows[rows["kind"] != FindingKind.UNKNOWN]
    tasks = finding_words.task_names()
    return {
        row["key"]: f"{word(FindingKind(row['kind']))}: "
        f"{tasks.get(row['task_id'], '') or ', '.join(row['participant_names'])}"
        for row in rows.to_dict("records")
    }


def _gone(key: str) -> str:
    """A finding that only a scenario has, or that the data have moved on from."""
    found = FindingKey.read(key)
    name = finding_words.task_names().get(found.task, "") if found and found.task else ""
    words = filter(None, (word(found.kind) if found else key, name))
    return f"{': '.join(words)} (im gesicherten Stand nicht vorhanden)"


def _field_of_task(portfolio: Portfolio, task_id: int | None) -> int | None:
    rows = portfolio.tasks
    found = rows.loc[rows["id"] == task_id, "field_id"]
    return None if found.empty else int(found.iloc[0])


def _area_of_need(portfolio: Portfolio, need_id: int) -> int | None:
    rows = portfolio.needs
    found = rows.loc[rows["id"] == need_id, "area_id"]
    return None if found.empty else int(found.iloc[0])
