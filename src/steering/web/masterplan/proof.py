"""Nachweis: the findings by period without and with the Masterplan, and what each measure contributes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.masterplan import plan
from steering.analysis.masterplan.proof import Proof, proof
from steering.analysis.view import View
from steering.model import FindingKind, MeasureStatus
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.findings import words as finding_words
from steering.web.masterplan import periods
from steering.web.measures import form as measure_form

LEFT, IN_TURN = "plan-left", "Reihe"
EMPTY_PROOF = "Bis zum Ende des Planungshorizonts gibt es keinen Hinweis, den eine Maßnahme schließen müsste."


def found(at: View, *, ideas: bool) -> Proof:
    """The plan judged under this view; without the toggle too, for it is what the page is about."""
    return current.of(proof, plan.planned(at, ()), ideas)


def show(at: View, *, ideas: bool) -> None:
    """Findings by kind and period, contributions by measure, what is left, and the periods themselves."""
    judged = found(at, ideas=ideas)
    st.header("Offene Hinweise je Planungszeitraum: ohne → mit Masterplan", anchor=False)
    panels.table(
        current.derived(_kinds, at, ideas), "Offene Hinweise ohne und mit Masterplan", key="plan-kinds",
        empty=EMPTY_PROOF,
    )  # fmt: skip
    st.header("Was jede Maßnahme beiträgt", anchor=False)
    panels.table(
        current.derived(_contributions, at, ideas), "Beitrag der Maßnahmen", key="plan-contributions",
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
    left = _unanswered_first(at, ideas=ideas)
    panels.table(
        current.derived(_left, at, ideas), "Was offen bleibt", key=LEFT,
        choice=panels.RowChoice(
            range(len(left)), lambda place: measure_form.begin_for_finding(left.iloc[place])
        ),
        empty="Mit dem Masterplan bleibt nichts offen.",
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


def _contributions(at: View, ideas: bool) -> pd.DataFrame:
    judged = found(at, ideas=ideas)
    measures = current.portfolio().measures.set_index("id")
    rows = []
    for key, group in judged.contributions.groupby("measure_id"):
        cells = [
            f"{_signed(alone)} · {_signed(last)}"
            for alone, last in zip(group["alone"], group["last"], strict=True)
        ]
        status = word(MeasureStatus(measures["status"][key]))
        rows.append([measures["name"][key], status, *cells, _signed(group["in_turn"].sum())])
    closed = judged.periods["without"] - judged.periods["with_plan"]
    if rows:
        rows.append(["alle zusammen", "", *map(_signed, closed), _signed(closed.sum())])
    return pd.DataFrame(rows, columns=["Maßnahme", "Status", *judged.periods["name"], IN_TURN])


def _signed(number: float) -> str:
    return f"−{-int(number)}" if number < 0 else str(int(number))


def _left(at: View, ideas: bool) -> pd.DataFrame:
    rows = _unanswered_first(at, ideas=ideas)
    tasks = finding_words.task_names()
    days = zip(rows["start"], rows["end"], strict=True)
    return pd.DataFrame(
        {
            "Hinweis": [word(FindingKind(kind)) for kind in rows["kind"]],
            "Aufgabe": [tasks.get(key, "–") for key in rows["task_id"]],
            "Wo": [finding_words.places(each) for each in rows["municipalities"]],
            "Zeitraum": [finding_words.period(*pair) for pair in days],
            "Antwort": ["Maßnahme erfasst" if named else "keine Maßnahme" for named in rows["named"]],
        }
    )


def _unanswered_first(at: View, *, ideas: bool) -> pd.DataFrame:
    return found(at, ideas=ideas).left.sort_values("named", kind="stable")
