"""All needs over the horizon: from when to when each is met, how far, and where nobody is there."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.analysis.view import Horizon
from steering.charts import typeface, wording
from steering.charts.drawing import EXACT, LEAST_YEARS, Drawing, named_source, without_data
from steering.charts.need_layout import (
    BAR,
    BLUE,
    LEFT,
    LOOKS,
    NOBODY,
    PALE,
    PRESENT,
    SHARE,
    SOMEWHERE,
    THIN,
    THIN_LOOKS,
    UNKNOWN,
    least_width,
    legend,
    names,
    of,
    placed,
    y,
)  # fmt: skip
from steering.charts.theme import LIGHT, UNKNOWN_FILL, Theme
from steering.charts.years import numbers
from steering.model.german import count, day

HEAD = 68
# A share below the whole is paler, so that words can be read on it.
_ENOUGH, _SHORT = "enough", "short"
_PADDING = {"left": LEFT, "right": 14, "top": HEAD, "bottom": 4}
_FILLS = {
    _ENOUGH: BLUE, _SHORT: PALE, PRESENT: BLUE, SOMEWHERE: PALE, NOBODY: "transparent", UNKNOWN: UNKNOWN_FILL
}  # fmt: skip
_DARK_FILLS = _FILLS | {_SHORT: BLUE}


def courses(
    rows: pd.DataFrame, stretches: pd.DataFrame, horizon: Horizon, as_of: date, *, theme: Theme = LIGHT
) -> Drawing:
    """The rows in the order given, a heading above each new group; the height of a bar is the share met.

    - `rows`: need_id, name, group, origin, where;
    - `stretches`: need_id, start, end (inclusive, NaT open), look (as in `need_layout`), share (NaN where
      not known), state, amount (words). Those outside the horizon are left out.
    """
    found, headings, height = placed(rows)
    pieces = _pieces(stretches, found, horizon).assign(as_of=pd.Timestamp(as_of))
    data = pd.concat([headings, found, pieces, *_frame(horizon, as_of)], ignore_index=True)
    there = set(pieces["look"].replace({_ENOUGH: SHARE, _SHORT: SHARE}))
    seen = tuple(look for look in LOOKS if look in there)
    spec = _spec(HEAD + height + 4, seen, theme)
    least = least_width(_PADDING["right"], LEAST_YEARS, seen)
    return Drawing(spec, data, _alternative(rows, horizon, as_of), spec["height"], least=least)


def _pieces(stretches: pd.DataFrame, found: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    first, after = _ends(horizon)
    kept = stretches[~(stretches["start"] >= after) & ~(stretches["end"] < first)]
    kept = kept.merge(found[["need_id", "name", "where", "middle", "top", "foot"]], on="need_id")
    share = kept["share"].clip(upper=1.0)
    fill = kept["look"].where(kept["look"] != SHARE, (share < 1).map({True: _SHORT, False: _ENOUGH}))
    thin = kept["look"].isin(THIN_LOOKS)
    counted = kept["look"] == SHARE
    words = kept["amount"].where(counted, kept["state"]).where(~thin, "")
    begins = kept["start"].where(kept["start"] > first, first)
    return kept.assign(
        layer="piece",
        day=begins,
        until=(kept["end"] + timedelta(days=1)).where(kept["end"] < after, after),
        look=fill,
        y=(kept["foot"] - BAR * share).where(counted, kept["top"].where(~thin, kept["middle"] - THIN / 2)),
        y2=kept["foot"].where(~thin, kept["middle"] + THIN / 2),
        text=words,
        text_width=[typeface.width(each, 11) + 10 for each in words],
        short=(kept["look"] == UNKNOWN).map({True: "?", False: ""}),
        period=[wording.period(*each) for each in zip(kept["start"], kept["end"], strict=True)],
    ).drop(columns=["start", "end", "share"])


def _frame(horizon: Horizon, as_of: date) -> list[pd.DataFrame]:
    """The two ends of time, the years, and the Stichtag where it lies between them."""
    first, after = _ends(horizon)
    numbers = list(range(horizon.first.year, horizon.last.year + 1))
    step = max(1, len(numbers) // 12)
    parts = [
        pd.DataFrame({"layer": "edge", "day": [first, after]}),
        pd.DataFrame({"layer": ["one"]}),
        pd.DataFrame(
            {"layer": "year", "day": pd.to_datetime([f"{number}-01-01" for number in numbers]),
             "until": pd.to_datetime([f"{number}-07-02" for number in numbers]),
             "text": [str(number) if not place % step else "" for place, number in enumerate(numbers)]}
        ),
    ]  # fmt: skip
    if horizon.first <= as_of <= horizon.last:
        side = "right" if (as_of - horizon.first) > 0.8 * (horizon.last - horizon.first) else "left"
        parts.append(
            pd.DataFrame(
                {"layer": ["as_of"], "day": [pd.Timestamp(as_of)], "text": [f"Stichtag {day(as_of)}"],
                 "side": [side]}
            )
        )  # fmt: skip
    return parts


def _ends(horizon: Horizon) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(horizon.first), pd.Timestamp(horizon.last) + timedelta(days=1)


def _alternative(rows: pd.DataFrame, horizon: Horizon, as_of: date) -> str:
    many = count(len(rows), "Bedarf", "Bedarfe")
    return f"{many} von {horizon.first.year} bis {horizon.last.year}, Stichtag {day(as_of)}."


@lru_cache(maxsize=16)
def _spec(height: int, seen: tuple[str, ...], theme: Theme) -> dict[str, Any]:
    layers = [
        of("edge").mark_point(opacity=0).encode(x=_x()),
        of("year").mark_rule(color=theme.line, opacity=0.7).encode(x=_x()),
        *names(theme, 8, [alt.Tooltip("name:N", title="Bedarf"), alt.Tooltip("where:N", title="Gebiet")]),
        *_bars(theme),
        *_texts(theme),
        *_head(seen, theme),
    ]
    chart = alt.layer(*layers, data=named_source()).resolve_scale(
        color="independent", fill="independent", stroke="independent"
    )
    return without_data(chart, height=height, padding=_PADDING, autosize=EXACT)


def _x(field: str = "day") -> alt.X:
    return alt.X(f"{field}:T", axis=None, scale=alt.Scale(nice=False))


def _bars(theme: Theme) -> list[alt.Chart]:
    """What is there, and around it what is needed, in the colour of alarm where nobody is there."""
    found = _FILLS if theme is LIGHT else _DARK_FILLS
    fills = alt.Scale(domain=list(found), range=list(found.values()))
    strokes = [theme.alarm if look == NOBODY else theme.muted for look in _FILLS]
    stroke = alt.Stroke("look:N", scale=alt.Scale(domain=list(_FILLS), range=strokes), legend=None)
    row = of("piece")
    return [
        row.mark_rect().encode(
            x=_x(), x2="until", y=y("y"), y2="y2", fill=alt.Fill("look:N", scale=fills, legend=None)
        ),
        row.mark_rect(fill="transparent", strokeWidth=1.2).encode(
            x=_x(), x2="until", y=y("top"), y2="foot", stroke=stroke, tooltip=_tooltip()
        ),
    ]


def _tooltip() -> list[alt.Tooltip]:
    titles = {
        "name": "Bedarf", "where": "Gebiet", "period": "Zeitraum", "state": "Stand", "amount": "Menge"
    }  # fmt: skip
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _texts(theme: Theme) -> list[alt.Chart]:
    """The words where the stretch is long enough for them."""
    width = "scale('x', datum.until) - scale('x', datum.day)"
    fitting = f"{width} > datum.text_width ? datum.text : {width} > 12 ? datum.short : ''"
    # Words on what is short stand on the fill and on the page.
    inks = {_ENOUGH: "#ffffff", _SHORT: theme.text, NOBODY: theme.alarm, UNKNOWN: LIGHT.text}
    colour = alt.Color("look:N", scale=alt.Scale(domain=list(inks), range=list(inks.values())), legend=None)
    # Words that the Stichtag would cut through begin behind it, where the stretch has the room.
    past = "scale('x', datum.as_of) - scale('x', datum.day)"
    crossed = f"{past} > 0 && {past} < datum.text_width && {past} + datum.text_width < {width}"
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "dy": 0.5, "fontSize": 11}
    style["dx"] = {"expr": f"{crossed} ? {past} + 5 : 5"}
    return [
        of("piece")
        .mark_text(**style, text={"expr": fitting})
        .encode(x=_x(), y=y(), color=colour, tooltip=_tooltip())
    ]


def _head(seen: tuple[str, ...], theme: Theme) -> list[alt.Chart]:
    """Legend, label of the Stichtag, years, from above; the line of the Stichtag over all rows."""
    stichtag = of("as_of")
    style: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "color": theme.text, "baseline": "middle"}
    labels = [
        stichtag.transform_filter(alt.datum.side == side)
        .mark_text(**style, align=side)
        .encode(x=_x(), y=alt.value(-33), text="text:N")
        for side in ("left", "right")
    ]
    line = stichtag.mark_rule(color=theme.text, strokeWidth=1.6)
    years = of("year").mark_text(fontSize=12, color=theme.muted, baseline="middle")
    return [
        *legend(of("one"), -56, theme, seen),
        *labels,
        line.encode(x=_x(), y=alt.value(-24), y2=alt.value("height")),
        years.encode(x=_x("until"), y=alt.value(-12), **numbers()),
    ]
