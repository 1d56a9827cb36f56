"""Overlaps over time: one row per task and participants, bars while they last."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.analysis.view import Horizon
from steering.charts import wording
from steering.charts.colour_meanings import SETTLED, TO_SETTLE
from steering.charts.drawing import EXACT, LEAST_YEARS, Drawing, named_source, only, without_data
from steering.charts.theme import LIGHT, Theme
from steering.charts.years import numbers
from steering.model.german import count, day

ROW, LABEL_WIDTH, HEAD, FOOT = 44, 340, 42, 8
BAR = 20
FILLS = {"open": TO_SETTLE.light, "calm": SETTLED.light}
_PADDING = {"left": LABEL_WIDTH + 4, "right": 14, "top": HEAD, "bottom": FOOT}


def overlaps(found: pd.DataFrame, horizon: Horizon, as_of: date, *, theme: Theme = LIGHT) -> Drawing:
    """Rows in the order in which they first occur.

    `found`: row (equal for bars of one row), task, who (in words), start, end (inclusive, NaT = beyond the
    horizon), tone ("open" or "calm"), state (in words).
    """
    order = {row: rank for rank, row in enumerate(dict.fromkeys(found["row"]))}
    top = found["row"].map(order).astype(float) * ROW
    first, after = pd.Timestamp(horizon.first), pd.Timestamp(horizon.last) + timedelta(days=1)
    bars = pd.DataFrame(
        {
            "layer": "bar",
            "task": found["task"],
            "who": found["who"],
            "top": top,
            "middle": top + ROW / 2,
            "y": top + (ROW - BAR) / 2,
            "y2": top + (ROW + BAR) / 2,
            "day": found["start"].fillna(first),
            "until": (found["end"] + timedelta(days=1)).fillna(after),
            "look": found["tone"],
            "state": found["state"],
            "period": [wording.period(*each) for each in zip(found["start"], found["end"], strict=True)],
        }
    )
    names = bars.drop_duplicates("top").assign(layer="name", low=lambda rows: rows["top"] + ROW)
    names = names[["layer", "task", "who", "top", "middle", "low"]]
    parts = [_edges(first, after), _years(horizon), names, bars, _stichtag(as_of, horizon)]
    spec = _spec(max(len(order), 1), theme)
    words = (
        f"Mehrfachzuständigkeiten von {horizon.first.year} bis {horizon.last.year}: "
        f"{count(len(order), 'Zeile', 'Zeilen')}, Stichtag {day(as_of)}."
    )
    data = pd.concat(parts, ignore_index=True)
    least = _PADDING["left"] + LEAST_YEARS + _PADDING["right"]
    return Drawing(spec, data, words, spec["height"], least=least)


def _edges(first: pd.Timestamp, after: pd.Timestamp) -> pd.DataFrame:
    return pd.DataFrame({"layer": "edge", "day": [first, after]})


def _years(horizon: Horizon) -> pd.DataFrame:
    """A line where each year begins, and its number in its middle; long horizons number some only."""
    numbers = range(horizon.first.year, horizon.last.year + 1)
    step = next(step for step in (1, 2, 5, 10) if len(numbers) <= 12 * step or step == 10)
    return pd.DataFrame(
        {
            "layer": "year",
            "day": [max(pd.Timestamp(year, 1, 1), pd.Timestamp(horizon.first)) for year in numbers],
            "until": [pd.Timestamp(year, 7, 2) for year in numbers],
            "text": [str(year) if year % step == 0 else "" for year in numbers],
        }
    )


def _stichtag(as_of: date, horizon: Horizon) -> pd.DataFrame:
    if not horizon.first <= as_of <= horizon.last:
        return pd.DataFrame()
    share = (as_of - horizon.first) / (horizon.last - horizon.first + timedelta(days=1))
    side = "right" if share > 0.8 else "left"
    return pd.DataFrame(
        {"layer": ["as_of"], "day": [pd.Timestamp(as_of)], "text": [f"Stichtag {day(as_of)}"], "side": [side]}
    )


@lru_cache(maxsize=32)
def _spec(rows: int, theme: Theme) -> dict[str, Any]:
    layers = [
        _of("edge").mark_point(opacity=0).encode(x=_x()),
        _of("year").mark_rule(color=theme.line).encode(x=_x()),
        _row_lines(theme),
        *_names(theme),
        _bars(),
        _bar_words(),
        *_head(theme),
    ]
    chart = alt.layer(*layers, data=named_source()).resolve_scale(fill="independent")
    return without_data(chart, height=rows * ROW + HEAD + FOOT, padding=_PADDING, autosize=EXACT)


def _of(layer: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(layer))


def _x(field: str = "day") -> alt.X:
    return alt.X(f"{field}:T", axis=None, scale=alt.Scale(nice=False))


def _pixels(channel: type, field: str) -> Any:
    return channel(f"{field}:Q", scale=None, axis=None)


def _row_lines(theme: Theme) -> alt.Chart:
    ends = {"x": alt.value(-LABEL_WIDTH), "x2": alt.value("width")}
    return _of("name").mark_rule(color=theme.line).encode(**ends, y=_pixels(alt.Y, "low"))


def _names(theme: Theme) -> list[alt.Chart]:
    """The task, and below it who takes part."""
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "limit": LABEL_WIDTH - 14}
    place = {"x": alt.value(-LABEL_WIDTH), "y": _pixels(alt.Y, "middle"), "tooltip": _tooltip()[:2]}
    names = _of("name")
    return [
        names.mark_text(**style, fontSize=13, dy=-8, color=theme.text).encode(**place, text="task:N"),
        names.mark_text(**style, fontSize=12, dy=9, color=theme.muted).encode(**place, text="who:N"),
    ]


def _bars() -> alt.Chart:
    fills = alt.Scale(domain=list(FILLS), range=list(FILLS.values()))
    return (
        _of("bar")
        .mark_bar(cornerRadius=2, aria=True)
        .encode(
            x=_x(), x2="until", y=_pixels(alt.Y, "y"), y2=alt.Y2("y2"),
            fill=alt.Fill("look:N", scale=fills, legend=None), tooltip=_tooltip(), description="task:N",
        )
    )  # fmt: skip


def _bar_words() -> alt.Chart:
    """What it is, where the bar is long enough for the word."""
    fitting = "scale('x', datum.until) - scale('x', datum.day) > 7 * length(datum.state) ? datum.state : ''"
    return (
        _of("bar")
        .mark_text(
            align="left", baseline="middle", dx=7, fontSize=11.5, text={"expr": fitting}, color="#ffffff"
        )
        .encode(
            x=_x(), y=_pixels(alt.Y, "middle"), tooltip=_tooltip(),
            color=alt.condition(alt.datum.look == "calm", alt.value("#111820"), alt.value("#ffffff")),
        )
    )  # fmt: skip


def _head(theme: Theme) -> list[alt.Chart]:
    years = _of("year").mark_text(fontSize=12, color=theme.muted, baseline="middle")
    line = _of("as_of").mark_rule(color=theme.text, strokeWidth=1.6)
    words = _of("as_of").encode(x=_x(), y=alt.value(-HEAD + 9), text="text:N")
    style: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "color": theme.text, "baseline": "middle"}
    return [
        years.encode(x=_x("until"), y=alt.value(-10), **numbers()),
        line.encode(x=_x(), y=alt.value(-HEAD + 16), y2=alt.value("height")),
        words.transform_filter(alt.datum.side == "left").mark_text(**style, align="left"),
        words.transform_filter(alt.datum.side == "right").mark_text(**style, align="right"),
    ]


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("task:N", title="Aufgabe"),
        alt.Tooltip("who:N", title="Wer"),
        alt.Tooltip("period:N", title="Zeitraum"),
        alt.Tooltip("state:N", title="Stand"),
    ]
