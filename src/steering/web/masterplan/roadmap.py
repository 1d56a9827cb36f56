"""Fahrplan: the measures over time by Handlungsfeld with their steps, and as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.charts import roadmap
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.model import MeasureStatus
from steering.model.german import day
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.measures import form as measure_form

TABLE = "measures_table"
NOTHING_YET = (
    "Es ist noch **keine Maßnahme** erfasst. Links unter »Maßnahme erfassen oder ändern« lässt sich die "
    "erste anlegen; auch eine Annahme aus »Was wäre wenn« lässt sich als Maßnahme behalten."
)
NO_FIELD = "ohne Handlungsfeld"


def show(at: View) -> None:
    """The picture, and below it the table; a row opens the measure in the sidebar."""
    if current.portfolio().measures.empty:
        st.info(NOTHING_YET.replace("**", ""))
        return
    panels.chart(current.derived(_drawn, at, panels.theme()), "Fahrplan", key="roadmap")
    st.caption("Meilensteine: Raute offen, Quadrat in Arbeit, Kreis erreicht.")
    panels.table(
        current.of(_listed), "Maßnahmen", key=TABLE, empty="",
        choice=panels.RowChoice(current.of(measures)["measure_id"].tolist(), measure_form.choose),
        file=lambda: current.of(_sheet),
    )  # fmt: skip


def measures(data: Portfolio) -> pd.DataFrame:
    """measure_id, field, name, status, start, end, who, short (of who), decision; by field, then start."""
    rows, fields = data.measures, data.fields.set_index("id")
    carriers, short = data.names("organisation"), data.short_names("organisation")
    found = pd.DataFrame(
        {
            "measure_id": rows["id"],
            "field": rows["field_id"].map(fields["name"]).astype(object).fillna(NO_FIELD),
            "name": rows["name"],
            "status": rows["status"],
            "start": rows["start"],
            "end": rows["end"],
            "who": rows["organisation_id"].map(carriers).astype(object).fillna("noch offen"),
            "short": rows["organisation_id"].map(short).astype(object).fillna("noch offen"),
            "decision": [
                f"{committee} am {day(on)}" if pd.notna(on) and isinstance(committee, str) else "–"
                for committee, on in zip(
                    rows["committee_id"].map(data.short_names("committee")), rows["decided_on"], strict=True
                )
            ],
            "position": rows["field_id"].map(fields["position"]).astype("float64"),
        }
    )
    return (
        found.sort_values(["position", "start", "measure_id"]).drop(columns="position").reset_index(drop=True)
    )


def _listed(data: Portfolio) -> pd.DataFrame:
    """What the screen shows: the Handlungsfeld stands in the picture above."""
    return _sheet(data).drop(columns="Handlungsfeld").assign(Verantwortlich=measures(data)["short"])


def _sheet(data: Portfolio) -> pd.DataFrame:
    rows = measures(data)
    days = zip(rows["start"], rows["end"], strict=True)
    return pd.DataFrame(
        {
            "Handlungsfeld": rows["field"],
            "Maßnahme": rows["name"],
            "Status": [word(MeasureStatus(each)) for each in rows["status"]],
            "Zeitraum": [_period(*pair) for pair in days],
            "Verantwortlich": rows["who"],
            "Beschluss": rows["decision"],
        }
    )


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(start) and pd.isna(end):
        return roadmap.NO_PERIOD
    return f"{day(start, 'offen')} bis {day(end, 'offen')}"


def _drawn(at: View, theme: Theme) -> Drawing:
    return roadmap.roadmap(
        current.of(measures), current.portfolio().milestones, at.horizon, at.today, theme=theme
    )
