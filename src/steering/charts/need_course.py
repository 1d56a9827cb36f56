"""One need over the horizon: how much is needed as a line, what reaches it as a bar, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from steering.analysis.view import Horizon
from steering.charts import typeface, wording
from steering.charts.drawing import Drawing, named_source, only, without_data
from steering.charts.theme import CERTAINTIES, LIGHT, UNKNOWN_FILL, Theme
from steering.model.german import day, number

# How a stretch is filled: what is there, what is there in part, nobody, not known.
FILLED, PART, EMPTY, UNKNOWN = "filled", "part", "empty", "unknown"
HEIGHT = 250
# Above what is highest its words have room, however low the picture is drawn.
HEADROOM = 1.35

_FILLS = {
    FILLED: CERTAINTIES["secured"].fill,
    PART: CERTAINTIES["annual"].fill,
    EMPTY: "transparent",
    UNKNOWN: UNKNOWN_FILL,
}


def course(
    stretches: pd.DataFrame, *, unit: str, horizon: Horizon, as_of: date, theme: Theme = LIGHT,
    spread: pd.DataFrame | None = None,
) -> Drawing:  # fmt: skip
    """The stretches of a need's life, clipped to the horizon.

    Columns: start, end (inclusive, NaT open), level (how much is there; NaN where it is not known: drawn
    as high as the need), need (how much is needed; NaN where it is not known: no line is drawn), look (one of
    the four above), state, amount (words). `spread`: how much is needed by the lowest and the highest
    forecast; start, end, low, high.
    """
    first, after = pd.Timestamp(horizon.first), pd.Timestamp(horizon.last) + timedelta(days=1)
    shown = stretches[~(stretches["start"] >= after) & ~(stretches["end"] < first)].copy()
    begins = shown["start"].where(shown["start"] > first, first)
    ends = (shown["end"] + timedelta(days=1)).where(shown["end"] < after, after)
    band = _band(spread, first, after)
    most = max([0.0, *shown["need"].dropna(), *shown["level"].dropna(), *band["high"]]) or 1.0
    height = shown["need"].fillna(most)
    pieces = shown.assign(
        layer="piece",
        day=begins,
        until=ends,
        zero=0.0,
        level=shown["level"].fillna(height),
        height=height,
        above=np.maximum(shown["level"].fillna(0.0), height),
        period=[wording.period(*each) for each in zip(shown["start"], shown["end"], strict=True)],
        text_width=[typeface.width(words, 12) + 12 for words in shown["state"]],
        as_of=pd.Timestamp(as_of),
    ).drop(columns=["start", "end"])
    highest = max([most, *pieces["above"]]) * HEADROOM
    frame = pd.DataFrame({"layer": "edge", "day": [first, after], "level": highest, "zero": 0.0})
    parts = [pieces, _risers(pieces), band, frame, pd.DataFrame({"layer": ["unit"]})]
    if horizon.first <= as_of <= horizon.last:
        stichtag = {"layer": ["as_of"], "day": [pd.Timestamp(as_of)], "text": [f"Stichtag {day(as_of)}"]}
        parts.append(pd.DataFrame(stichtag))
    spec = _spec(unit, theme)
    return Drawing(spec, pd.concat(parts, ignore_index=True), _alternative(pieces), HEIGHT)


def _band(spread: pd.DataFrame | None, first: pd.Timestamp, after: pd.Timestamp) -> pd.DataFrame:
    """Where forecasts part: day, until, low, high, and their words."""
    if spread is None:
        spread = pd.DataFrame(columns=["start", "end", "low", "high"]).astype(
            {"start": "datetime64[s]", "end": "datetime64[s]", "low": float, "high": float}
        )
    rows = spread[(spread["low"] != spread["high"]) & spread["low"].notna() & spread["high"].notna()]
    begins = rows["start"].where(rows["start"] > first, first)
    ends = (rows["end"] + timedelta(days=1)).where(rows["end"] < after, after)
    words = [
        f"{number(low, 2)} bis {number(high, 2)}" for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    found = rows[["low", "high"]].assign(layer="band", day=begins, until=ends, apart=words)
    return found[found["day"] < found["until"]]


def _risers(pieces: pd.DataFrame) -> pd.DataFrame:
    """Where what is needed becomes more or less from one day to the next: day, need before, need after."""
    before, until = pieces["need"].shift(), pieces["until"].shift()
    steps = pieces[
        (until == pieces["day"]) & before.notna() & pieces["need"].notna() & (before != pieces["need"])
    ]
    return pd.DataFrame(
        {"layer": "riser", "day": steps["day"], "need": steps["need"], "before": before[steps.index]}
    )


def _alternative(pieces: pd.DataFrame) -> str:
    told = [f"{period}: {state}" for period, state in zip(pieces["period"], pieces["state"], strict=True)]
    return f"Verlauf des Bedarfs. {'; '.join(told) or 'Im Planungshorizont gilt er nicht'}."


@lru_cache(maxsize=16)
def _spec(unit: str, theme: Theme) -> dict[str, Any]:
    axis = alt.Axis(format="%Y", tickCount="year", labelColor=theme.muted, grid=False, labelFlush=False)
    x = alt.X("day:T", title=None, scale=alt.Scale(nice=False), axis=axis)
    scale = alt.Axis(
        title=None, tickCount=alt.ExprRef("ceil(height / 60)"), gridColor=theme.line, labelColor=theme.muted
    )

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=scale, scale=alt.Scale(zero=True, nice=False))

    def of(layer: str) -> alt.Chart:
        return alt.Chart().transform_filter(only(layer))

    fills = alt.Scale(domain=list(_FILLS), range=list(_FILLS.values()))
    tooltip = [
        alt.Tooltip(f"{field}:N", title=title)
        for field, title in (("period", "Zeitraum"), ("state", "Stand"), ("amount", "Angebot von Bedarf"))
    ]
    bars = of("piece").mark_rect().encode(
        x, alt.X2("until"), y("zero"), alt.Y2("level"),
        fill=alt.Fill("look:N", scale=fills, legend=None), tooltip=tooltip,
    )  # fmt: skip
    known = of("piece").transform_filter("isValid(datum.need)")
    needed = known.mark_rule(color=theme.text, strokeWidth=2).encode(x, alt.X2("until"), y("need"))
    risers = of("riser").mark_rule(color=theme.text, strokeWidth=2).encode(x, y("before"), alt.Y2("need"))
    # Words that the Stichtag would cut through begin behind it.
    past = "scale('x', datum.as_of) - scale('x', datum.day)"
    begin = f"({past} > 0 && {past} < datum.text_width ? {past} + 6 : 4)"
    fits = f"scale('x', datum.until) - scale('x', datum.day) > {begin} + datum.text_width ? datum.state : ''"
    shaded = of("band").mark_rect(
        fill=theme.primary, fillOpacity=0.14, stroke=theme.primary, strokeDash=[4, 3]
    )
    band = shaded.encode(
        x, alt.X2("until"), y("low"), alt.Y2("high"),
        tooltip=[alt.Tooltip("apart:N", title="Bedarf je nach Prognose (niedrig bis hoch)")],
    )  # fmt: skip
    words = of("piece").mark_text(
        align="left",
        baseline="bottom",
        dx={"expr": begin},
        dy=-5,
        fontSize=12,
        color=theme.text,
        text={"expr": fits},
    )
    hover = of("piece").mark_rect(opacity=0).encode(
        x, alt.X2("until"), y("zero"), alt.Y2("height"), tooltip=tooltip
    )  # fmt: skip
    stichtag = of("as_of")
    layers = [
        of("edge").mark_point(opacity=0).encode(x, y("level")),
        bars,
        band,
        needed,
        risers,
        words.encode(x, y("above")),
        hover,
        stichtag.mark_rule(color=theme.text, strokeWidth=1.4).encode(x),
        stichtag.mark_text(align="left", dx=4, fontSize=12, fontWeight=600, color=theme.text).encode(
            x, y=alt.value(-14), text="text:N"
        ),
        of("unit").mark_text(align="right", dx=-8, fontSize=12, color=theme.muted, text=unit)
        .encode(x=alt.value(0), y=alt.value(-14)),
    ]  # fmt: skip
    chart = alt.layer(*layers, data=named_source())
    return without_data(chart, height=HEIGHT, padding={"left": 4, "right": 10, "top": 8, "bottom": 4})
