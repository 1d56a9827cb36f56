"""Nachweis: the findings by period without and with the Masterplan, and what each measure contributes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.masterplan import counted, plan
from steering.analysis.masterplan.proof import Proof, proof
from steering.analysis.view import View
from steering.model import FindingKind, MeasureStatus
from steering.model.vocabulary import word
from steering.web import current, pages, panels, presets
from steering.web.findings import words as finding_words
from steering.web.masterplan import periods
from steering.web.measures import form as measure_form

LEFT, IN_TURN = "plan-left", "Reihe"
EMPTY_PROOF = "Bis zum Ende des Planungshorizonts gibt es keinen Hinweis, den eine Maßnahme schließen müsste."


def found(at: View, *, ideas: bool) -> Proof:
    """The plan judged under this view; without the toggle too, for it is what the page is about."""
    return current.of(proof, plan.planned(at, ()), ideas)


def named_period(judged: Proof, as_of: object) -> int:
    """The row of the period that the answer is about: the first that begins after the Stichtag."""
    later = judged.periods.index[judged.periods["first"] > pd.Timestamp(str(as_of))]
    return int(later[0] if len(later) else judged.periods.index[-1])


def show(at: View, as_of: object, *, ideas: bool) -> None:
    """Findings by kind and period, contributions by measure, what is left, and the periods themselves."""
    judged = found(at, ideas=ideas)
    preset = presets.in_force(pages.MASTERPLAN) if len(judged.periods) else presets.ALL
    period = None if preset == presets.ALL else named_period(judged, as_of)
    if period is not None:
        presets.box(pages.MASTERPLAN, "alle Zeiträume")
        st.caption(f"Der genannte Zeitraum ist {judged.periods['name'].iloc[period]}.")
    st.header("Offene Hinweise je Planungszeitraum: ohne → mit Masterplan", anchor=False)
    panels.table(
        current.derived(_kinds, at, ideas), "Offene Hinweise ohne und mit Masterplan", key="plan-kinds",
        empty=EMPTY_PROOF,
    )  # fmt: skip
    st.header("Was jede Maßnahme beiträgt", anchor=False)
    panels.table(
        current.derived(_contributions, at, ideas, period if preset == presets.PLAN_ACTING.preset else None),
        "Beitrag der Maßnahmen", key="plan-contributions",
        empty="Noch wirkt keine Maßnahme.", columns={"Maßnahme": 310, "Status": 105, IN_TURN: 60},
    )  # fmt: skip
    if len(judged.contributions):
        st.caption(
            "Geschlossene Hinweise, zuerst **allein**, wenn es nur diese Maßnahme gäbe, dann als **letzte**, "
            "wenn sie zu allen anderen hinzukommt. Beides ist gleich, wo Maßnahmen verschiedene Hinweise "
            "schließen; allein ist mehr, wo eine andere denselben schließt, und weniger, wo es zwei zugleich "
            "braucht. **Der Reihe** nach hinzugenommen ergeben die Beiträge über alle Zeiträume genau die "
            "letzte Zeile. Ein Minus heißt: öffnet mehr, als sie schließt."
        )
    st.header("Was offen bleibt", anchor=False)
    panels.table(
        current.derived(_left, at, ideas, preset, period), "Was offen bleibt", key=LEFT,
        on_select=lambda: _answer(at, ideas, preset, period), empty="Mit dem Masterplan bleibt nichts offen.",
        columns={"Hinweis": 175, "Aufgabe": 300, "Wo": 130, "Zeitraum": 160},
    )  # fmt: skip
    if len(judged.left):
        st.caption("Eine Zeile wählen, um links eine Maßnahme dazu anzulegen.")
    periods.show(at)


def _kinds(at: View, ideas: bool) -> pd.DataFrame:
    judged = found(at, ideas=ideas)
    rows = []
    for kind, group in judged.kinds.groupby("kind", sort=False):
        if group[["without", "with_plan"]].to_numpy().any():
            rows.append([word(FindingKind(str(kind))), *_arrows(group)])
    if rows:
        rows.append(["zusammen", *_arrows(judged.periods)])
    return pd.DataFrame(rows, columns=["Art", *judged.periods["name"]])


def _arrows(rows: pd.DataFrame) -> list[str]:
    return [f"{old} → {new}" for old, new in zip(rows["without"], rows["with_plan"], strict=True)]


def _contributions(at: View, ideas: bool, period: int | None) -> pd.DataFrame:
    """What each measure contributes, and all together; with a period only those that act in it."""
    judged = found(at, ideas=ideas)
    measures = current.portfolio().measures.set_index("id")
    rows = []
    listed = judged.contributions
    if period is not None:
        listed = listed[listed["measure_id"].isin(counted.acting(listed, period))]
    for key, group in listed.groupby("measure_id"):
        cells = [
            f"{_signed(alone)} · {_signed(last)}"
            for alone, last in zip(group["alone"], group["last"], strict=True)
        ]
        status = word(MeasureStatus(measures["status"][key]))
        rows.append([measures["name"][key], status, *cells, _signed(group["in_turn"].sum())])
    closed = judged.periods["without"] - judged.periods["with_plan"]
    if rows and period is None:
        rows.append(["alle zusammen", "", *map(_signed, closed), _signed(closed.sum())])
    return pd.DataFrame(rows, columns=["Maßnahme", "Status", *judged.periods["name"], IN_TURN])


def _signed(number: float) -> str:
    return f"−{-int(number)}" if number < 0 else str(int(number))


def _left(at: View, ideas: bool, preset: str, period: int | None) -> pd.DataFrame:
    rows = left(at, ideas, preset, period)
    tasks = finding_words.task_names()
    days = zip(rows["start"], rows["end"], strict=True)
    return pd.DataFrame(
        {
            "Hinweis": [word(FindingKind(kind)) for kind in rows["kind"]],
            "Aufgabe": [tasks.get(key, "–") for key in rows["task_id"]],
            "Wo": [finding_words.places(each) for each in rows["municipalities"]],
            "Zeitraum": [finding_words.period(*pair) for pair in days],
            "Antwort": ["Maßnahme erfasst" if named else "keine Maßnahme erfasst" for named in rows["named"]],
        }
    )


def left(at: View, ideas: bool, preset: str, period: int | None) -> pd.DataFrame:
    """What stays open, what no measure names first; with a period only in it, as the preset wants it."""
    judged = found(at, ideas=ideas)
    rows = counted.once(judged.left)
    if period is not None:
        row = judged.periods.iloc[period]
        rows = counted.left(judged.left, row["first"], row["last"])
    if preset == presets.PLAN_UNANSWERED.preset:
        rows = counted.unanswered(rows)
    return rows.sort_values("named", kind="stable")


def _answer(at: View, ideas: bool, preset: str, period: int | None) -> None:
    picked = st.session_state[LEFT]["selection"]["rows"]
    if picked:
        measure_form.begin_for_finding(left(at, ideas, preset, period).iloc[picked[0]])
