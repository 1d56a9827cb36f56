"""The Meilensteine and Kosten of a measure, one by one, in the sidebar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import MeasureCost, Milestone, MilestoneProgress, Payer, Record
from steering.model.german import day, euro
from steering.model.vocabulary import word
from steering.web import current
from steering.web.editing import asking, record_forms
from steering.web.editing.widgets import Input, enumeration

MILESTONE, COST = "Meilenstein", "Kosten"


def milestones(measure_id: int, name: str) -> None:
    """The form of the steps of a measure."""
    _child(measure_id, name, Milestone, current.of(_milestones, measure_id), _step_inputs(),
           {"progress": MilestoneProgress.OPEN.value})  # fmt: skip


def costs(measure_id: int, name: str) -> None:
    """The form of what a measure costs whom in which year."""
    st.caption(
        "Was die Maßnahme zusätzlich zu den Förderungen kostet, die ihre Wirkungen verlängern oder "
        "neu bringen. 0 heißt: kostet nichts; leer heißt: nicht bekannt."
    )
    _child(measure_id, name, MeasureCost, current.of(_costs, measure_id), _cost_inputs(),
           {"payer": Payer.OWN.value})  # fmt: skip


def _child(
    measure_id: int,
    name: str,
    record: type[Milestone] | type[MeasureCost],
    existing: Mapping[int, str],
    shown: tuple[Input, ...],
    start: Mapping[str, Any],
) -> None:
    part = MILESTONE if record is Milestone else COST
    picked = record_forms.which(
        part, existing, record, key=f"edit_{part}_of_{measure_id}", new=f"{part}: neu"
    )
    if picked is record_forms.GONE:
        return
    fixed = {} if picked else {"measure_id": measure_id}
    what = f"{part} von »{name}«"
    form = record_forms.show(
        f"{part} {picked or f'new for {measure_id}'}", record, shown, record_id=picked, start=start,
        save=partial(_save, measure_id, fixed, what),
        gone="Dieser Eintrag wurde inzwischen entfernt. Bitte einen anderen wählen.", what=what,
    )  # fmt: skip
    if form:
        asking.question(
            _twice(form), "Genau diese Angaben stehen bei dieser Maßnahme schon. Noch einmal eintragen?",
            "Ja, noch einmal eintragen", lambda: record_forms.save_record(form, fixed=fixed, what=what),
        )  # fmt: skip


def _twice(form: record_forms.Form) -> str:
    return f"twice {form.generation} {form.drafts}"


def _save(measure_id: int, fixed: Mapping[str, Any], what: str, form: record_forms.Form) -> None:
    """Store it; a new one that says the same as one that is there is asked about first."""
    current.refresh()
    new = form.record_id is None
    values = form.values() if new else {}
    if new and not form.problems and current.of(_is_there, form.record, measure_id, tuple(values.items())):
        asking.ask(_twice(form))
    else:
        record_forms.save_record(form, fixed=fixed, what=what)


def _is_there(
    portfolio: Portfolio, record: type[Record], measure_id: int, values: tuple[tuple[str, Any], ...]
) -> bool:
    """Whether the measure has one of which the same is said."""
    rows = portfolio.frame(str(record.__tablename__))
    rows = rows[rows["measure_id"] == measure_id]
    return any(all(_same(row[name], value) for name, value in values) for row in rows.to_dict("records"))


def _same(stored: Any, typed: Any) -> bool:
    if pd.isna(stored) or typed is None:
        return pd.isna(stored) and typed is None
    if isinstance(typed, date):
        return bool(stored == pd.Timestamp(typed))
    return bool(stored == (typed.strip() if isinstance(typed, str) else typed))


def _step_inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Meilenstein, Bezeichnung"),
        Input("day", "Termin", "day"),
        Input("progress", "Stand", "choice", enumeration(MilestoneProgress)),
        Input("note", "Anmerkung zum Meilenstein", "long"),
    )


def _cost_inputs() -> tuple[Input, ...]:
    return (
        Input("year", "Haushaltsjahr der Kosten", "whole", placeholder="z. B. 2027"),
        Input("payer", "Wer zahlt", "choice", enumeration(Payer)),
        Input("amount_cents", "Betrag der Kosten in €", "euro"),
        Input("note", "Anmerkung zu den Kosten", "long"),
    )


def _milestones(portfolio: Portfolio, measure_id: int) -> dict[int, str]:
    rows = portfolio.milestones
    rows = rows[rows["measure_id"] == measure_id].sort_values("day")
    return {
        int(k): f"{day(on)} · {name}"
        for k, on, name in zip(rows["id"], rows["day"], rows["name"], strict=True)
    }


def _costs(portfolio: Portfolio, measure_id: int) -> dict[int, str]:
    rows = portfolio.measure_costs
    rows = rows[rows["measure_id"] == measure_id].sort_values(["year", "payer"])
    return {
        int(row["id"]): f"{row['year']} · {word(Payer(row['payer']))} · "
        f"{'nicht bekannt' if pd.isna(row['amount_cents']) else euro(row['amount_cents'])}"
        for row in rows.to_dict("records")
    }
