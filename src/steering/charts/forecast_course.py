"""A Kennzahl over time: what was counted as a line, what is expected as a band of three variants."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts.drawing import Drawing, named_source, only, without_data
from steering.charts.theme import LIGHT, Theme
from steering.model.german import day, number

HEIGHT = 240


def course(found: pd.DataFrame, *, unit: str, today: date, theme: Theme = LIGHT) -> Drawing:
    """`found`: as `forecast_ways.course` gives it, each row holding until the next one."""
    rows = found.sort_values("day").reset_index(drop=True)
    now = pd.Timestamp(today)
    until = rows["day"].shift(-1).fillna(rows["day"].max() + pd.DateOffset(years=1))
    steps = rows.assign(layer="counted", until=until)
    parted = steps["day"] > now
    steps.loc[parted, "layer"] = "expected"
    steps["words"] = [
        f"{number(low, 1)} / {number(middle, 1)} / {number(high, 1)}"
        for low, middle, high in zip(rows["low"], rows["middle"], rows["high"], strict=True)
    ]
    steps.loc[~parted, "words"] = [number(each, 1) for each in rows.loc[~parted, "middle"]]
    mark = pd.DataFrame({"layer": ["today"], "day": [now], "text": [f"heute, {day(today)}"]})
    frame = pd.DataFrame(
        {"layer": "edge", "day": [rows["day"].min(), until.max()], "high": rows["high"].max() * 1.1}
    )
    spec = _spec(unit, theme)
    return Drawing(
        spec, pd.concat([steps, mark, frame], ignore_index=True), _alternative(steps, unit), HEIGHT
    )


def _alternative(steps: pd.DataFrame, unit: str) -> str:
    told = [f"ab {day(on)} {words}" for on, words in zip(steps["day"], steps["words"], strict=True)]
    return f"Verlauf der Kennzahl ({unit}), erwartete Werte als niedrig / mittel / hoch: {'; '.join(told)}."


@lru_cache(maxsize=16)
def _spec(unit: str, theme: Theme) -> dict[str, Any]:
    axis = alt.Axis(format="%Y", tickCount="year", labelColor=theme.muted, grid=False, labelOverlap=True)
    x = alt.X("day:T", title=None, scale=alt.Scale(nice=False), axis=axis)
    scale = alt.Axis(title=None, tickCount=4, gridColor=theme.line, labelColor=theme.muted)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=scale, scale=alt.Scale(zero=True, nice=False))

    def of(*layers: str) -> alt.Chart:
        return alt.Chart().transform_filter(only(*layers))

    tooltip = [
        alt.Tooltip("day:T", title="ab", format="%d.%m.%Y"),
        alt.Tooltip("words:N", title="erhoben, oder niedrig / mittel / hoch"),
    ]
    band = of("expected").mark_rect(
        fill=theme.primary, fillOpacity=0.14, stroke=theme.primary, strokeDash=[4, 3]
    )
    today = of("today")
    layers = [
        of("edge").mark_point(opacity=0).encode(x, y("high")),
        band.encode(x, alt.X2("until"), y("low"), alt.Y2("high"), tooltip=tooltip),
        of("counted").mark_rule(color=theme.text, strokeWidth=2.5).encode(
            x, alt.X2("until"), y("middle"), tooltip=tooltip
        ),
        of("expected").mark_rule(color=theme.primary, strokeWidth=2, strokeDash=[5, 3]).encode(
            x, alt.X2("until"), y("middle"), tooltip=tooltip
        ),
        today.mark_rule(color=theme.text, strokeWidth=1.2).encode(x),
        today.mark_text(align="left", dx=4, fontSize=12, color=theme.text).encode(
            x, y=alt.value(-8), text="text:N"
        ),
    ]  # fmt: skip
    chart = alt.layer(*layers, data=named_source())
    return without_data(chart, height=HEIGHT, padding={"left": 4, "right": 10, "top": 16, "bottom": 4})
