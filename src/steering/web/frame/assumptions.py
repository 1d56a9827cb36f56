"""The form that adds an assumption to the what-if."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from steering.analysis.changes import (
    AddResponsibility,
    DropFunding,
    DropProgramme,
    EndFunding,
    EndProgramme,
    EndResponsibility,
    ExtendFunding,
    ExtendProgramme,
    MergeResponsibilities,
    MoveResponsibility,
    ScenarioChange,
    SetOnLoss,
)
from steering.analysis.scenarios import assumption_codes, extending, scenario
from steering.model import OnLoss, Role
from steering.model.german import read_day, read_number
from steering.web import current, filters, held_choice
from steering.web.editing import choices as options
from steering.web.editing import folded_form
from steering.web.editing.widgets import NOTHING_CHOSEN, enumeration, tell

KIND, PROBLEM = "assumption_kind", "assumption_problem"
MISSING = "Bitte alle Felder ausfüllen."


@dataclass(frozen=True)
class AssumptionInput:
    """One input of an assumption: a choice, a day, a number or a text."""

    key: str
    label: str
    kind: str
    options: Callable[[], Mapping[Any, str]] | None = None


@dataclass(frozen=True)
class Assumption:
    """A kind of change, what it asks for, and how the answers become one."""

    label: str
    questions: tuple[AssumptionInput, ...]
    make: Callable[..., ScenarioChange]


def _programme(offered: Callable[[], Mapping[Any, str]] = options.programmes) -> AssumptionInput:
    return AssumptionInput("programme", "Programm", "choice", offered)


def _funding(offered: Callable[[], Mapping[Any, str]] = options.every_funding) -> AssumptionInput:
    return AssumptionInput("funding", "Förderung", "choice", offered)


def _duty(key: str = "duty", label: str = "Zuständigkeit") -> AssumptionInput:
    return AssumptionInput(key, label, "choice", options.every_responsibility)


def _day(label: str) -> AssumptionInput:
    return AssumptionInput("day", label, "day")


def _structure(label: str = "Struktur") -> AssumptionInput:
    return AssumptionInput("structure", label, "choice", options.structures)


ASSUMPTIONS = (
    Assumption("Programm wird verlängert", (_programme(options.programmes_to_extend), _day("bis")),
               lambda programme, day: ExtendProgramme(programme, day)),
    Assumption("Programm endet", (_programme(), _day("am")),
               lambda programme, day: EndProgramme(programme, day)),
    Assumption("Programm entfällt", (_programme(),), lambda programme: DropProgramme(programme)),
    Assumption("Förderung wird verlängert", (_funding(options.fundings_to_extend), _day("bis")),
               lambda funding, day: ExtendFunding(funding, day)),
    Assumption("Förderung endet", (_funding(), _day("am")), lambda funding, day: EndFunding(funding, day)),
    Assumption("Förderung entfällt", (_funding(),), lambda funding: DropFunding(funding)),
    Assumption(
        "Zuständigkeit kommt hinzu",
        (
            _structure(), AssumptionInput("task", "Aufgabe", "choice", options.tasks),
            AssumptionInput("area", "Gebiet", "choice", options.areas),
            AssumptionInput("role", "Zuständigkeit", "choice", enumeration(Role)), _day("ab"),
        ),
        lambda structure, task, area, role, day: AddResponsibility(
            structure_id=structure, task_id=task, area_id=area, role=Role(role), valid_from=day
        ),
    ),
    Assumption("Zuständigkeit endet", (_duty(), _day("am")), lambda duty, day: EndResponsibility(duty, day)),
    Assumption("Zuständigkeit geht über", (_duty(), _structure("auf die Struktur"), _day("ab")),
               lambda duty, structure, day: MoveResponsibility(duty, structure, day)),
    Assumption("Zuständigkeiten werden zusammengelegt", (_duty(), _duty("into", "geht auf in"), _day("ab")),
               lambda duty, into, day: MergeResponsibilities(duty, into, day)),
    Assumption(
        "Struktur wird aus Eigenmitteln weitergeführt",
        (_structure(), AssumptionInput("fte", "mit VZÄ", "number")),
        lambda structure, fte: SetOnLoss(structure, OnLoss.CONTINUES, fte),
    ),
    Assumption(
        "Struktur wird aus Eigenmitteln überbrückt",
        (_structure(), AssumptionInput("fte", "mit VZÄ", "number"), _day("bis")),
        lambda structure, fte, day: SetOnLoss(structure, OnLoss.CONTINUES, fte, day),
    ),
)  # fmt: skip
BY_LABEL = {assumption.label: assumption for assumption in ASSUMPTIONS}


def form() -> None:
    """Choose what is to change; the assumption holds from the next run on, and stands in the address."""
    label = st.selectbox(
        "Was soll sich ändern?", list(BY_LABEL), key=KIND, placeholder=NOTHING_CHOSEN, persist_state="session"
    )
    assumption = BY_LABEL[str(label)]
    for place, question in zip(st.columns(len(assumption.questions)), assumption.questions, strict=True):
        with place:
            _ask(assumption, question)
    if problem := st.session_state.pop(PROBLEM, None):
        tell(problem)
    st.button("Annehmen", key="assume", type="primary", on_click=_assume, args=(assumption,))
    st.caption(
        "Eine Annahme ändert keine Daten. Sie gilt auf allen Seiten, bis sie zurückgenommen wird, und steht "
        "in der Adresse: Wer diese neu lädt oder weitergibt, sieht dasselbe."
    )


def _ask(assumption: Assumption, question: AssumptionInput) -> None:
    key = _key(assumption, question)
    if question.kind == "choice" and question.options:
        words = held_choice.hold(key, question.options())
        if st.session_state.get(key) not in words:
            st.session_state[key] = None
        st.selectbox(
            question.label, list(words), key=key, index=None, format_func=words.__getitem__,
            placeholder="bitte wählen", on_change="ignore", persist_state="session",
        )  # fmt: skip
    else:
        hint = "TT.MM.JJJJ" if question.kind == "day" else "z. B. 1,5"
        st.text_input(
            question.label, key=key, placeholder=hint, autocomplete="off", on_change="ignore",
            persist_state="session",
        )  # fmt: skip


def _assume(assumption: Assumption) -> None:
    answers: dict[str, Any] = {}
    try:
        for question in assumption.questions:
            answers[question.key] = _answer(question, st.session_state.get(_key(assumption, question)))
    except ValueError as problem:
        st.session_state[PROBLEM] = str(problem)
        return
    add(assumption.make(**answers))


def _answer(question: AssumptionInput, given: Any) -> date | float | Any:
    found = given
    if question.kind == "day":
        found = read_day(given or "")
    if question.kind == "number":
        found = read_number(given or "")
    if found is None or found == "":
        raise ValueError(MISSING)
    if isinstance(found, date) and not 1900 <= found.year <= 2100:
        raise ValueError(f"Das Jahr {found.year:04d} liegt außerhalb von 1900 bis 2100. Bitte ändern.")
    return found


def add(change: ScenarioChange) -> None:
    """Put a change into force on this screen, behind the others."""
    changes = tuple(st.session_state.get(filters.WHAT_IF, ()))
    if change in changes:
        st.session_state[PROBLEM] = "Das ist schon angenommen."
        return
    if len(changes) >= assumption_codes.MOST:
        st.session_state[PROBLEM] = (
            f"Mehr als {assumption_codes.MOST} Annahmen stehen in keiner Adresse. Bitte eine zurücknehmen."
        )
        return
    if scenario.inapplicable(current.portfolio(), (*changes, change)):
        st.session_state[PROBLEM] = "Diese Angabe gibt es nicht mehr. Bitte eine andere wählen."
        return
    if refusal := extending.refusal(current.portfolio(), change, current.today()):
        st.session_state[PROBLEM] = refusal
        return
    st.session_state[filters.WHAT_IF] = (*changes, change)
    folded_form.outdate_page()


def _key(assumption: Assumption, question: AssumptionInput) -> str:
    return f"assume/{assumption.label}/{question.key}"
