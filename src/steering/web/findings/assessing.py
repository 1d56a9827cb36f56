"""The form in which people say what they think of a finding, and what they saw when they did."""

from __future__ import annotations

from typing import Any

import streamlit as st

from steering.analysis import findings as rules
from steering.analysis.portfolio import Portfolio
from steering.model import Assessment, AssessmentState, Progress
from steering.model.german import day
from steering.storage import assessing
from steering.web import current
from steering.web.editing import attempts, record_forms
from steering.web.editing.widgets import Input, enumeration
from steering.web.text import plain

INPUTS = (
    Input("state", "Einschätzung", "choice", enumeration(AssessmentState)),
    Input("progress", "Stand der Klärung", "choice", enumeration(Progress)),
    Input("resubmit_on", "Wiedervorlage", "day"),
    Input("reason", "Begründung", "long"),
)


def show(finding: str, title: str) -> None:
    """The Einschätzung of the finding with that key, to be set or changed; `title` is what it is about."""
    stored = _stored(finding)
    form = record_forms.opened(
        f"assessment {finding}",
        Assessment,
        INPUTS,
        record_id=stored["id"] if stored else None,
        start={"progress": Progress.OPEN},
    )
    if form is None:
        st.caption("Diese Einschätzung wurde inzwischen zurückgenommen.")
        return
    if stored:
        st.caption(f"Zuletzt: {plain(stored['actor'])}, {day(stored['decided_on'])}.")
    record_forms.draw(form, lambda found: _save(found, finding, title), label="Einschätzung speichern")


def _stored(finding: str) -> dict[str, Any] | None:
    return current.of(_by_finding).get(finding)


def _by_finding(portfolio: Portfolio) -> dict[str, dict[str, Any]]:
    rows = portfolio.assessments.to_dict("records")
    return {row["key"]: {str(name): value for name, value in row.items()} for row in rows}


def _save(form: record_forms.Form, finding: str, title: str) -> None:
    """Write what was decided together with what the finding is today."""
    values = form.values()
    if form.problems:
        return
    if not values["state"]:
        form.problems["state"] = "Bitte eine Einschätzung wählen."
        return
    record_forms.store(
        form,
        lambda: assessing.assess(
            current.engine(form.origin), finding, values | seen(finding), actor=attempts.actor(),
            now=current.now(), version=form.version, base=form.base,
        ),
        what=f"Einschätzung zu »{title}«",
    )  # fmt: skip


def seen(finding: str) -> dict[str, Any]:
    """What the finding is in gesichert without changes; all empty where it is no finding there."""
    found = current.of(rules.seen, current.today())
    found = found[found["key"] == finding]
    if found.empty:
        return {"seen_from": None, "seen_until": None, "seen_municipalities": ""}
    row = found.iloc[0]
    days = {
        name: None if row[name] != row[name] else row[name].date() for name in ("seen_from", "seen_until")
    }
    return days | {"seen_municipalities": row["seen_municipalities"]}
