"""Masterplan: the proof by period, the roadmap, who carries what, the Haushaltsblatt, and what is missing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from steering.analysis.masterplan import counted
from steering.analysis.masterplan.periods import looked_at
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Provenance
from steering.storage.rights.table import Right
from steering.web import address, current, filters, pages, panels, presets
from steering.web.findings import rows as finding_rows
from steering.web.gaps import rows as gap_rows
from steering.web.masterplan import bearers, budget, missing, proof, roadmap, words
from steering.web.papers import form as paper_form
from steering.web.text import bold

PROOF, ROADMAP, TASKS, BUDGET, MISSING = (
    "Nachweis",
    "Fahrplan",
    "Wer trägt was",
    "Haushaltsblatt",
    "Zu ergänzen",
)
SWITCH = paper_form.PART


def answer() -> None:
    """How many findings the plan leaves open next, and how many of them nobody has an answer to."""
    panels.answer(pages.MASTERPLAN, *current.derived(_sentences, *_asked()))
    measures = current.portfolio().measures
    if not measures.empty:
        presets.ways(current.derived(_ways, *_asked()), key="masterplan")
    made_up = int((measures["provenance"] == Provenance.EXAMPLE).sum())
    if made_up:
        verb = "ist ein Beispiel" if made_up == 1 else "sind Beispiele"
        told = (
            "Alle Maßnahmen" if made_up == len(measures) > 1 else f"{made_up} von {len(measures)} Maßnahmen"
        )
        st.caption(f":material/science: {told} {verb}, erfunden, um das Programm zu zeigen.")


def body() -> None:
    """The part that is chosen."""
    writing = (paper_form.WRITE,) if current.offers(Right.PAPERS) else ()
    parts = (PROOF, ROADMAP, TASKS, BUDGET, MISSING, *writing)
    if presets.in_force(pages.MASTERPLAN) != presets.ALL or st.session_state.get(SWITCH) not in parts:
        st.session_state[SWITCH] = PROOF
    panels.switch("Ansicht", parts, key=SWITCH, on_change=_whole)
    match st.session_state[SWITCH]:
        case "Fahrplan":
            roadmap.show(_any_day(), filters.selection())
        case "Wer trägt was":
            bearers.show(_any_day(), filters.selection(), filters.view().as_of)
        case "Haushaltsblatt":
            budget.show(_any_day(), filters.selection(), filters.view().as_of, ideas=_ideas())
        case "Zu ergänzen":
            missing.show(filters.selection())
        case paper_form.WRITE:
            paper_form.show()
        case _:
            proof.show(_any_day(), filters.selection(), filters.view().as_of, ideas=_ideas())


def _whole() -> None:
    """Another part is one of the whole plan again."""
    presets.leave(pages.MASTERPLAN)


def _asked() -> tuple[View, Selection, date, bool]:
    """What the answer depends on."""
    return _any_day(), filters.selection(), filters.view().as_of, _ideas()


def _any_day() -> View:
    return finding_rows.on_any_day(filters.view())


def _ideas() -> bool:
    return bool(st.session_state[address.MASTERPLAN] and st.session_state.get(address.IDEAS))


def _ways(at: View, chosen: Selection, as_of: date, ideas: bool) -> tuple[presets.FigureLink, ...]:
    found = proof.found(at, chosen, ideas=ideas)
    if found.periods.empty:
        return ()
    period = looked_at(found.periods, at.today, as_of)
    left, name = proof.left_in(found, period), found.periods["name"].iloc[period]
    acting = len(counted.acting(found.contributions, period))
    return (
        (presets.PLAN_LEFT, len(left), f"offen ({name})"),
        (presets.PLAN_UNANSWERED, len(counted.unanswered(left)), f"davon ohne Maßnahme ({name})"),
        (presets.PLAN_ACTING, acting, f"{'wirkt' if acting == 1 else 'wirken'} ({name})"),
    )


def _sentences(at: View, chosen: Selection, as_of: date, ideas: bool) -> tuple[str, ...]:
    if not current.portfolio().has("structure"):
        return roadmap.NOTHING_YET, panels.NOTHING_YET
    if not current.portfolio().has("measure"):
        return (roadmap.NOTHING_YET,)
    found = proof.found(at, chosen, ideas=ideas)
    if found.periods.empty:
        return ("Im Planungshorizont liegt kein Planungszeitraum. Bitte unten einen anlegen.",)
    period = looked_at(found.periods, at.today, as_of)
    periods, left = found.periods, proof.left_in(found, period)
    if not gap_rows.survey(chosen).known and not periods[["without", "with_plan"]].to_numpy().any():
        return (gap_rows.NOT_SURVEYED,)
    told = (
        words.still_open(*periods[["without", "with_plan", "opened"]].astype(int).iloc[period].tolist()),
        words.acting(
            len(counted.acting(found.contributions, period)), found.contributions["measure_id"].nunique()
        ),
        words.unanswered(len(counted.unanswered(left)), len(left)),
    )
    return (f"{bold(str(periods['name'].iloc[period]))}: {' '.join(told)}".strip(),)
