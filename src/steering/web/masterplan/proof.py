"""Nachweis: the findings by period without and with the Masterplan, and what each measure contributes."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from steering.analysis.masterplan import counted, plan
from steering.analysis.masterplan.periods import looked_at
from steering.analysis.masterplan.proof import Proof, proof
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.drawing import Drawing
from steering.charts.plan_proof import proof_picture
from steering.charts.theme import Theme
from steering.model import FindingKind, MeasureStatus, Provenance
from steering.model.german import count
from steering.model.vocabulary import word
from steering.web import current, folded, marks, pages, panels, presets, table_layout
from steering.web.findings import words as finding_words
from steering.web.gaps import rows as gap_rows
from steering.web.masterplan import periods, words
from steering.web.measures import form as measure_form
from steering.web.text import plain

LEFT = "plan-left"
ALL_PERIODS = "alle Planungszeiträume"
ALONE, ADDED = "für sich genommen", "zu allen anderen hinzu"
EMPTY_PROOF = "Bis zum Ende des Planungshorizonts gibt es keinen Hinweis, den eine Maßnahme schließen müsste."


def found(at: View, chosen: Selection, *, ideas: bool) -> Proof:
    """The plan judged under this view; without the toggle too, for it is what the page is about."""
    return current.of(proof, plan.planned(at, ()), ideas, chosen)


def left_in(judged: Proof, period: int) -> pd.DataFrame:
    """The findings that stay in a period, each once."""
    first, last = (judged.periods[side].iloc[period] for side in ("first", "last"))
    return counted.left(judged.left, first, last)


def show(at: View, chosen: Selection, as_of: date, *, ideas: bool) -> None:
    """Findings by kind and period, contributions by measure, what is left, and the periods themselves."""
    judged = found(at, chosen, ideas=ideas)
    preset = presets.in_force(pages.MASTERPLAN) if len(judged.periods) else presets.ALL
    period = None if preset == presets.ALL else looked_at(judged.periods, at.today, as_of)
    if period is not None:
        presets.box(pages.MASTERPLAN, "alle Zeiträume")
        st.caption(f"Der genannte Zeitraum ist {judged.periods['name'].iloc[period]}.")
    st.header("Offene Hinweise je Planungszeitraum, ohne und mit Masterplan", anchor=False)
    if judged.periods[["without", "with_plan"]].to_numpy().any():
        panels.chart(
            lambda: current.derived(_picture, at, chosen, ideas, panels.theme()),
            "Offene Hinweise ohne und mit Masterplan",
            key="plan-proof",
        )
        if told := current.derived(_opening, at, chosen, ideas):
            st.caption(told)
        acting = period if preset == presets.PLAN_ACTING.preset else None
        folded.to_look_at(
            "Als Tabelle: nach Art, und was jede Maßnahme beiträgt",
            partial(_tables, at, chosen, acting, ideas=ideas),
            key="proof_tables",
            wanted=lambda: None if acting is None else f"{acting}",
        )
    elif gap_rows.survey(chosen).known:
        st.info(EMPTY_PROOF)
    else:
        st.info(gap_rows.NOT_SURVEYED)
        periods.show(at)
        return
    _show_left(at, chosen, judged, preset, period, ideas=ideas)
    periods.show(at)


def _show_left(
    at: View, chosen: Selection, judged: Proof, preset: str, period: int | None, *, ideas: bool
) -> None:
    span = ALL_PERIODS if period is None else judged.periods["name"].iloc[period]
    st.header(f"Was offen bleibt ({plain(span)})", anchor=False)
    rows = current.derived(left, at, chosen, ideas, preset, period)
    keys = rows["key"].tolist()
    panels.table(
        current.derived(_left, at, chosen, ideas, preset, period), "Was offen bleibt", key=LEFT,
        choice=panels.RowChoice(keys, lambda key: measure_form.begin_for_finding(rows.iloc[keys.index(key)])),
        empty="Es bleibt kein offener Hinweis." if gap_rows.survey(chosen).known else gap_rows.NOT_SURVEYED,
    )  # fmt: skip
    if len(judged.left) and not current.presenting():
        st.caption("Eine Zeile wählen, um links eine Maßnahme dazu anzulegen.")


def _tables(at: View, chosen: Selection, period: int | None, *, ideas: bool) -> None:
    st.markdown("**Offene Hinweise nach Art: ohne → mit Masterplan**")
    panels.table(
        current.derived(_kinds, at, chosen, ideas), "Offene Hinweise ohne und mit Masterplan",
        key="plan-kinds", room=table_layout.FRAMED, empty=EMPTY_PROOF,
    )  # fmt: skip
    st.markdown("**Was jede Maßnahme beiträgt**")
    contributions = current.derived(_contributions, at, chosen, ideas, period)
    panels.table(
        contributions, "Beitrag der Maßnahmen", key="plan-contributions", room=table_layout.FRAMED,
        empty="Noch wirkt keine Maßnahme.",
    )  # fmt: skip
    if len(contributions):
        st.caption(
            "Beides ist gleich, wo Maßnahmen verschiedene Hinweise schließen. Für sich genommen ist es mehr, "
            "wo eine andere denselben Hinweis schließt, und weniger, wo es zwei zugleich braucht. Zeiträume "
            "sind verschieden lang und werden nicht zusammengezählt: Ein Hinweis zählt in jedem, in dem er "
            "gilt."
        )


def _picture(at: View, chosen: Selection, ideas: bool, theme: Theme) -> Drawing:
    judged = found(at, chosen, ideas=ideas)
    names = current.portfolio().names("measure")
    taken = pd.DataFrame(
        {
            "period": judged.contributions["period"],
            "measure": judged.contributions["measure_id"].map(names),
            "closed": judged.contributions["in_turn"] + judged.contributions["in_turn_opened"],
        }
    )
    return proof_picture(judged.periods, taken, theme=theme)


def _opening(at: View, chosen: Selection, ideas: bool) -> str:
    """Which measures open findings, and when: their columns reach above the line."""
    judged = found(at, chosen, ideas=ideas)
    rows = judged.contributions[judged.contributions["in_turn_opened"] > 0]
    names = current.portfolio().names("measure")
    told = [
        f"»{plain(names[key])}« {judged.periods['name'][period]} ({count(opened, 'Hinweis', 'Hinweise')})"
        for key, period, opened in zip(
            rows["measure_id"], rows["period"], rows["in_turn_opened"], strict=True
        )
    ]
    if not told:
        return ""
    return (
        "Wo eine Säule über die Linie reicht, öffnet eine Maßnahme etwas, das es ohne sie nicht gäbe: "
        f"{', '.join(told)}."
    )


def _kinds(at: View, chosen: Selection, ideas: bool) -> pd.DataFrame:
    judged = found(at, chosen, ideas=ideas)
    rows = []
    for kind, group in judged.kinds.groupby("kind", sort=False):
        if group[["without", "with_plan"]].to_numpy().any():
            rows.append([word(FindingKind(str(kind))), *_arrows(group)])
    if rows:
        rows.append(["zusammen", *_arrows(judged.periods)])
    return pd.DataFrame(rows, columns=["Art", *judged.periods["name"]])


def _arrows(rows: pd.DataFrame) -> list[str]:
    return [f"{old} → {new}" for old, new in zip(rows["without"], rows["with_plan"], strict=True)]


def _contributions(at: View, chosen: Selection, ideas: bool, period: int | None) -> pd.DataFrame:
    """What each measure does in each period in which it does something, in words; or in one period."""
    judged = found(at, chosen, ideas=ideas)
    measures = current.portfolio().measures.set_index("id")
    listed = counted.acts(judged.contributions)
    if period is not None:
        listed = listed[listed["period"] == period]
    rows = [
        [
            marks.name(
                measures["name"][row["measure_id"]],
                measures["provenance"][row["measure_id"]] == Provenance.EXAMPLE,
            ),
            word(MeasureStatus(measures["status"][row["measure_id"]])),
            judged.periods["name"][row["period"]],
            *(
                words.contribution(int(row[order] + row[f"{order}_opened"]), int(row[f"{order}_opened"]))
                for order in ("alone", "last")
            ),
        ]
        for row in listed.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["Maßnahme", "Status", "Zeitraum", ALONE, ADDED])


def _left(at: View, chosen: Selection, ideas: bool, preset: str, period: int | None) -> pd.DataFrame:
    rows = left(at, chosen, ideas, preset, period)
    tasks = finding_words.task_names()
    return pd.DataFrame(
        {
            "Hinweis": [word(FindingKind(kind)) for kind in rows["kind"]],
            "Aufgabe": marks.names(
                [tasks.get(key, "–") for key in rows["task_id"]], finding_words.on_examples(rows)
            ),
            "Wo": finding_words.places_of_each(rows["municipalities"]),
            "Zeitraum": [finding_words.periods(stretches) for stretches in rows["stretches"]],
            "Antwort": [
                "Maßnahme erfasst" if answered else "keine Maßnahme erfasst" for answered in rows["answered"]
            ],
        }
    )


def file(at: View, chosen: Selection, preset: str, as_of: date, *, ideas: bool) -> pd.DataFrame:
    """What the preset leads to: what stays open, or what each measure does in the period that is named."""
    judged = found(at, chosen, ideas=ideas)
    preset = preset if len(judged.periods) else presets.ALL
    period = None if preset == presets.ALL else looked_at(judged.periods, at.today, as_of)
    if preset == presets.PLAN_ACTING.preset:
        return _contributions(at, chosen, ideas, period)
    return _left(at, chosen, ideas, preset, period)


def left(at: View, chosen: Selection, ideas: bool, preset: str, period: int | None) -> pd.DataFrame:
    """What stays open, what no measure answers first; with a period only in it, as the preset wants it."""
    judged = found(at, chosen, ideas=ideas)
    rows = counted.once(judged.left) if period is None else left_in(judged, period)
    if preset == presets.PLAN_UNANSWERED.preset:
        rows = counted.unanswered(rows)
    return rows.sort_values("answered", kind="stable")
