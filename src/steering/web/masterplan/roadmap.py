"""Fahrplan: the measures over time by Handlungsfeld with their steps, and as a table."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis import selecting
from steering.analysis.masterplan import reminders
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import EVERYTHING, Selection
from steering.analysis.view import View
from steering.charts import roadmap
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.model.german import day
from steering.web import current, panels
from steering.web.measures import form as measure_form

TABLE = "measures_table"
NOTHING_YET = (
    "Es ist noch **keine Maßnahme** erfasst. Links unter »Maßnahme erfassen oder ändern« lässt sich die "
    "erste anlegen; auch eine Annahme aus »Was wäre wenn« lässt sich als Maßnahme behalten."
)
NO_FIELD = "ohne Handlungsfeld"


def show(at: View, chosen: Selection) -> None:
    """The picture, and below it the table; a row opens the measure in the sidebar."""
    if not current.portfolio().has("measure"):
        st.info(NOTHING_YET.replace("**", ""))
        return
    rows = current.of(measures, chosen)
    if rows.empty:
        st.info("Zu dieser Auswahl ist keine Maßnahme erfasst. Bitte die Filter in der Seitenleiste ändern.")
        return
    panels.chart(lambda: current.derived(_drawn, at, chosen, panels.theme()), "Fahrplan", key="roadmap")
    st.caption("Meilensteine: Raute offen, Quadrat in Arbeit, Kreis erreicht.")
    panels.table(
        current.of(_listed, chosen, at.today), "Maßnahmen", key=TABLE, empty="",
        choice=panels.RowChoice(rows["measure_id"].tolist(), measure_form.choose),
        file=lambda: current.of(_sheet, chosen, at.today),
    )  # fmt: skip


def measures(data: Portfolio, chosen: Selection = EVERYTHING) -> pd.DataFrame:
    """measure_id, field, name, status, start, end, who, short (of who), decision; by field, then start."""
    rows, fields = data.measures, data.fields.set_index("id")
    rows = rows[rows["id"].isin(selecting.measures(data, chosen))]
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


def _listed(data: Portfolio, chosen: Selection, today: date) -> pd.DataFrame:
    """What the screen shows: the Handlungsfeld stands in the picture above."""
    shown = _sheet(data, chosen, today).drop(columns="Handlungsfeld")
    return shown.assign(Verantwortlich=measures(data, chosen)["short"])


def _sheet(data: Portfolio, chosen: Selection, today: date) -> pd.DataFrame:
    rows = measures(data, chosen)
    days = zip(rows["start"], rows["end"], strict=True)
    return pd.DataFrame(
        {
            "Handlungsfeld": rows["field"],
            "Maßnahme": rows["name"],
            "Status": reminders.status_words(rows, today),
            "Zeitraum": [_period(*pair) for pair in days],
            "Verantwortlich": rows["who"],
            "Beschluss": rows["decision"],
        }
    )


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(start) and pd.isna(end):
        return roadmap.NO_PERIOD
    return f"{day(start, 'offen')} bis {day(end, 'offen')}"


def _drawn(at: View, chosen: Selection, theme: Theme) -> Drawing:
    return roadmap.roadmap(
        current.of(measures, chosen), current.portfolio().milestones, at.horizon, at.today, theme=theme
    )
