"""The roadmap: measures over time by Handlungsfeld, with their steps and their status in words."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.analysis.masterplan.reminders import status_words
from steering.analysis.view import Horizon
from steering.charts.drawing import EXACT, LEAST_YEARS, Drawing, named_source, only, without_data
from steering.charts.theme import Theme
from steering.charts.years import numbers
from steering.model import MeasureStatus, MilestoneProgress
from steering.model.german import count, day
from steering.model.vocabulary import word

ROW, HEAD, NAMES = 26, 34, 320
_PADDING = {"left": NAMES + 4, "right": 12, "top": HEAD, "bottom": 8}
LABEL_DAYS = 600  # so near to the end of the horizon there is no room for a word behind a bar
# About as many days of the horizon as a letter, and as half of a step's mark, are wide.
LETTER_DAYS, MARK_DAYS = 38, 40
NO_PERIOD = "Zeitraum nicht erfasst"
# Light to dark with how sure it is; what no longer counts is grey. The word stands beside it.
_FILLS = {
    MeasureStatus.IDEA: "#cfe0f0",
    MeasureStatus.PLANNED: "#8fbbe0",
    MeasureStatus.DECIDED: "#4285be",
    MeasureStatus.RUNNING: "#0b4f8a",
    MeasureStatus.COMPLETED: "#6b7f95",
    MeasureStatus.DISCARDED: "#b8bfc8",
}


def roadmap(
    measures: pd.DataFrame, milestones: pd.DataFrame, horizon: Horizon, today: date, *, theme: Theme
) -> Drawing:
    """Draw measures (field, measure_id, name, status, start, end) in their order, and their steps.

    `milestones`: measure_id, name, day, progress. What reaches beyond the horizon is cut; a measure that lies
    outside of it, or without any day, is told in words.
    """
    rows, height = _rows(measures, horizon, today)
    steps = _steps(milestones, rows, horizon)
    rows = rows.assign(label=_labels(rows, steps, today))
    years = [date(year, 1, 1) for year in range(horizon.first.year, horizon.last.year + 1)]
    parts = [
        rows,
        steps,
        pd.DataFrame(
            {"layer": "year", "day": pd.to_datetime(years), "text": [f"{each:%Y}" for each in years],
             "until": pd.to_datetime([date(each.year, 7, 2) for each in years])}
        ),
        pd.DataFrame({"layer": ["edge", "edge"], "day": pd.to_datetime([horizon.first, _after(horizon)])}),
        pd.DataFrame(
            {"layer": ["today"], "day": [pd.Timestamp(today)], "text": [f"heute, {day(today)}"]}
        ),
    ]  # fmt: skip
    many = count(len(measures), "Maßnahme", "Maßnahmen")
    told = count(len(steps), "Meilenstein", "Meilensteine")
    alternative = f"{many} und {told} von {horizon.first.year} bis {horizon.last.year}."
    spec = _spec(height, theme)
    least = _PADDING["left"] + LEAST_YEARS + _PADDING["right"]
    return Drawing(spec, pd.concat(parts, ignore_index=True), alternative, spec["height"], least=least)


def _after(horizon: Horizon) -> date:
    return horizon.last + timedelta(days=1)


def _labels(rows: pd.DataFrame, steps: pd.DataFrame, today: date) -> pd.Series:
    """Where the words of each row begin, so that neither the line of today nor a step stands in them."""
    line = pd.Timestamp(today)
    found = []
    for row in rows.to_dict("records"):
        free = row["day"] if row["layer"] == "nowhere" else row["until"] if row["layer"] == "bar" else pd.NaT
        if pd.notna(free) and row.get("side") != "within":
            width = pd.Timedelta(days=LETTER_DAYS * len(row["text"]))
            mark = pd.Timedelta(days=MARK_DAYS)
            for taken in sorted([line - mark, *steps.loc[steps["y"] == row["y"], "day"]]):
                if free - mark <= taken < free + width:
                    free = taken + mark
        found.append(free)
    return pd.Series(found, index=rows.index, dtype="datetime64[s]")


def _rows(measures: pd.DataFrame, horizon: Horizon, today: date) -> tuple[pd.DataFrame, int]:
    """A row for each measure and each Handlungsfeld above its own, from above."""
    told: list[dict[str, Any]] = []
    y, field = 0, None
    first, last = pd.Timestamp(horizon.first), pd.Timestamp(_after(horizon))
    words = status_words(measures, today)
    for row, said in zip(measures.to_dict("records"), words, strict=True):
        if row["field"] != field:
            field = row["field"]
            told.append({"layer": "field", "y": y + ROW / 2, "text": field})
            y += ROW
        status = MeasureStatus(row["status"])
        known = pd.notna(row["start"]) or pd.notna(row["end"])
        start = max(first, row["start"]) if pd.notna(row["start"]) else first
        until = min(last, row["end"] + timedelta(days=1)) if pd.notna(row["end"]) else last
        same = {
            "y": y + ROW / 2, "top": y + 4, "foot": y + ROW - 4, "name": row["name"], "status": said,
            "look": status.value, "measure_id": row["measure_id"],
            "period": f"{day(row['start'], 'offen')} bis {day(row['end'], 'offen')}" if known else NO_PERIOD,
        }  # fmt: skip
        told.append(same | {"layer": "name", "text": row["name"]})
        if known and start < until:
            side = "behind" if until < last - timedelta(days=LABEL_DAYS) else "within"
            told.append(same | {"layer": "bar", "day": start, "until": until, "text": said, "side": side})
        else:
            told.append(
                same
                | {
                    "layer": "nowhere",
                    "day": pd.Timestamp(max(today, horizon.first)),
                    "text": f"{same['period']} · {said}",
                }
            )
        y += ROW
    return pd.DataFrame(told), y


def _steps(milestones: pd.DataFrame, rows: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    names = rows[rows["layer"] == "name"].set_index("measure_id")
    kept = milestones[milestones["measure_id"].isin(names.index)]
    kept = kept[kept["day"].between(pd.Timestamp(horizon.first), pd.Timestamp(horizon.last))]
    return pd.DataFrame(
        {
            "layer": "step",
            "y": kept["measure_id"].map(names["y"]),
            "day": kept["day"],
            "name": kept["name"],
            "look": kept["progress"],
            "status": [word(MilestoneProgress(each)) for each in kept["progress"]],
            "period": [day(each) for each in kept["day"]],
        }
    )


@lru_cache(maxsize=32)
def _spec(height: int, theme: Theme) -> dict[str, Any]:
    x = alt.X("day:T", axis=None, scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False))
    of = {name: alt.Chart().transform_filter(only(name)) for name in
          ("edge", "year", "field", "name", "bar", "nowhere", "step", "today")}  # fmt: skip
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in
               (("name", "Maßnahme"), ("period", "Zeitraum"), ("status", "Status"))]  # fmt: skip
    due = [alt.Tooltip(f"{field}:N", title=title) for field, title in
           (("name", "Meilenstein"), ("period", "Termin"), ("status", "Stand"))]  # fmt: skip
    fills = alt.Scale(domain=[each.value for each in _FILLS], range=list(_FILLS.values()))
    inks = alt.Scale(
        domain=[each.value for each in _FILLS],
        range=["#1c2733", "#1c2733", "#ffffff", "#ffffff", "#ffffff", "#1c2733"],
    )
    shapes = alt.Scale(
        domain=[each.value for each in MilestoneProgress], range=["diamond", "square", "circle"]
    )
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 12}
    layers = [
        of["edge"].mark_point(opacity=0).encode(x=x),
        of["year"].mark_rule(color=theme.line, opacity=0.7).encode(x=x),
        of["year"].mark_text(**text | {"align": "center"}, color=theme.muted).encode(
            x=alt.X("until:T", axis=None), y=alt.value(-12), **numbers()),
        of["field"].mark_text(**text, fontWeight=600, color=theme.text).encode(
            x=alt.value(-NAMES), y=y, text="text:N"),
        of["name"].mark_text(**text, color=theme.text, limit=NAMES - 24).encode(
            x=alt.value(-NAMES + 12), y=y, text="text:N", tooltip=tooltip),
        of["bar"].mark_rect(cornerRadius=2).encode(
            x=x, x2="until:T", y=alt.Y("top:Q", axis=None), y2="foot:Q",
            fill=alt.Fill("look:N", scale=fills, legend=None), tooltip=tooltip),
        of["bar"].transform_filter(alt.datum.side == "behind").mark_text(
            **text, dx=8, color=theme.text).encode(
            x=alt.X("label:T", axis=None), y=y, text="text:N", tooltip=tooltip),
        of["bar"].transform_filter(alt.datum.side == "within").mark_text(
            **text | {"align": "right"}, dx=-8).encode(
            x=alt.X("until:T", axis=None), y=y, text="text:N", tooltip=tooltip,
            color=alt.Color("look:N", scale=inks, legend=None)),
        of["nowhere"].mark_text(**text, dx=6, fontStyle="italic", color=theme.muted).encode(
            x=alt.X("label:T", axis=None), y=y, text="text:N"),
        of["step"].mark_point(filled=True, size=70, opacity=1, stroke=theme.background, strokeWidth=1).encode(
            x=x, y=y, shape=alt.Shape("look:N", scale=shapes, legend=None), color=alt.value("#b35c00"),
            tooltip=due),
        of["today"].mark_rule(color=theme.text, strokeWidth=1.6).encode(x=x),
        of["today"].mark_text(**text, fontWeight=600, color=theme.text, dx=4).encode(
            x=x, y=alt.value(-26), text="text:N"),
    ]  # fmt: skip
    chart = alt.layer(*layers, data=named_source()).resolve_scale(
        color="independent", fill="independent", shape="independent"
    )
    return without_data(chart, height=height + HEAD + 16, padding=_PADDING, autosize=EXACT)
