"""Needs against what reaches them: a row per need, what is needed as an outline, what is there as a bar."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts.drawing import EXACT, Drawing, named_source, without_data
from steering.charts.need_layout import (
    BAR,
    BLUE,
    LATER,
    LEFT,
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
from steering.model.german import count

HEAD = 46
# How far a bar may reach beyond what is needed before it is cut.
MOST = 1.25
# So many pixels the bars need at least.
_LEAST_BARS = 48

_RIGHT = 540
_AMOUNT, _STATE, _NEXT = 12, 170, 314


def needs(rows: pd.DataFrame, *, theme: Theme = LIGHT, narrow: bool = False) -> Drawing:
    """The rows in the order given, a heading above each new group.

    Columns: name, group, origin (a word, "" where the need is no example), look (one of the six above), share
    (of the quantity, NaN where it is not known), amount, state, then (words), tone ("alarm", "warning" or
    "plain", the colour of the state's word), groups (for whom), where, who, legal (words for the tooltip).
    `narrow`: what comes next is told by the tooltip only, since names, bars and words have no more than some
    860 pixels.
    """
    found, headings, height = placed(rows)
    data = pd.concat([headings, _bullets(found), _head()], ignore_index=True)
    height, right = HEAD + height + 4, _NEXT if narrow else _RIGHT
    least = least_width(right, _LEAST_BARS)
    return Drawing(_spec(height, theme, right), data, _alternative(rows), height, least=least)


def _bullets(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the ends of their bars and the marks in and behind them."""
    thin = rows["look"].isin(THIN_LOOKS)
    half = thin.map({True: THIN / 2, False: BAR / 2})
    full = (thin | (rows["look"] == UNKNOWN)).astype(float)
    return rows.assign(
        y=rows["middle"] - half,
        y2=rows["middle"] + half,
        zero=0.0,
        half=0.5,
        whole=1.0,
        given=rows["share"].clip(upper=MOST).where(rows["look"] == SHARE, full),
        beyond=(rows["share"] > MOST).map({True: "»", False: ""}),
        mark=(rows["look"] == UNKNOWN).map({True: "?", False: ""}),
    )


def _head() -> pd.DataFrame:
    return pd.DataFrame({"layer": ["head"], "zero": [0.0], "whole": [1.0], "most": [MOST]})


def _alternative(rows: pd.DataFrame) -> str:
    states = rows["state"].value_counts(sort=False)
    told = ", ".join(f"{number} {state}" for state, number in states.items())
    return f"{count(len(rows), 'Bedarf', 'Bedarfe')} gegen das Angebot: {told}."


@lru_cache(maxsize=32)
def _spec(height: int, theme: Theme, right: int) -> dict[str, Any]:
    layers = [
        _edges(),
        _bars(),
        _outlines(theme),
        *_marks(theme),
        *names(theme, right, _tooltip()),
        *_words(theme, right),
        *_columns(theme, right),
    ]
    chart = alt.layer(*layers, data=named_source()).resolve_scale(
        color="independent", fill="independent", stroke="independent", strokeDash="independent"
    )
    padding = {"left": LEFT, "right": right, "top": HEAD, "bottom": 4}
    return without_data(chart, height=height, padding=padding, autosize=EXACT)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, MOST], nice=False))


def _edges() -> alt.Chart:
    """Invisible; fixes the two ends of x."""
    return of("head").mark_point(opacity=0).encode(x=_x("most"))


def _outlines(theme: Theme) -> alt.Chart:
    """What is needed; dotted where it is needed later only, in the colour of alarm where nobody is there."""
    looks = [SHARE, PRESENT, SOMEWHERE, NOBODY, UNKNOWN, LATER]
    strokes = [theme.muted, theme.muted, theme.muted, theme.alarm, theme.muted, theme.muted]
    later = alt.datum.look == LATER
    return (
        of("need")
        .mark_rect(fillOpacity=0, strokeWidth=1.3, cornerRadius=2)
        .encode(
            x=_x("zero"),
            x2="whole",
            y=y("top"),
            y2="foot",
            stroke=alt.Stroke("look:N", scale=alt.Scale(domain=looks, range=strokes), legend=None),
            strokeDash=alt.condition(later, alt.value([3, 3]), alt.value([1, 0])),
            tooltip=_tooltip(),
        )
    )


def _bars() -> alt.Chart:
    looks, fills = [SHARE, PRESENT, SOMEWHERE, UNKNOWN], [BLUE, BLUE, PALE, UNKNOWN_FILL]
    return (
        of("need")
        .transform_filter(alt.FieldOneOfPredicate(field="look", oneOf=looks))
        .mark_rect(cornerRadius=2)
        .encode(
            x=_x("zero"),
            x2="given",
            y=y("y"),
            y2="y2",
            fill=alt.Fill("look:N", scale=alt.Scale(domain=looks, range=fills), legend=None),
            tooltip=_tooltip(),
        )
    )


def _marks(theme: Theme) -> list[alt.Chart]:
    """The question mark of what is not known, and the arrow of what reaches beyond the picture."""
    row = of("need")
    style: dict[str, Any] = {"baseline": "middle", "dy": 0.5, "fontSize": 12, "fontWeight": 600}
    return [
        row.mark_text(**style, color=LIGHT.text).encode(
            x=_x("half"), y=y(), text="mark:N", tooltip=_tooltip()
        ),
        row.mark_text(**style, align="left", dx=3, color=theme.text).encode(
            x=_x("given"), y=y(), text="beyond:N"
        ),
    ]


def _words(theme: Theme, room: int) -> list[alt.Chart]:
    """Amount, state and, where there is room, what comes next, on the right."""
    row = of("need")
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 12.5}
    tones = alt.Scale(domain=["alarm", "warning", "plain"], range=[theme.alarm, theme.warning, theme.text])
    right: dict[str, Any] = {"x": alt.value("width"), "y": y()}
    words = [
        row.mark_text(**style, color=theme.text, dx=_AMOUNT, limit=_STATE - _AMOUNT - 6).encode(
            **right, text="amount:N"
        ),
        row.mark_text(**style, fontWeight=600, dx=_STATE).encode(
            **right, text="state:N", color=alt.Color("tone:N", scale=tones, legend=None)
        ),
    ]
    if room > _NEXT:
        then = row.mark_text(**style, color=theme.muted, dx=_NEXT, limit=room - _NEXT)
        words.append(then.encode(**right, text="then:N"))
    return words


def _tooltip() -> list[alt.Tooltip]:
    titles = {
        "name": "Bedarf", "groups": "Für wen", "where": "Gebiet", "amount": "Menge", "state": "Stand",
        "then": "danach", "who": "Angebot durch", "legal": "Rechtscharakter",
    }  # fmt: skip
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _columns(theme: Theme, room: int) -> list[alt.Chart]:
    """The heads of the columns, and what outline and bar mean."""
    row = of("head")
    style: dict[str, Any] = {"baseline": "middle", "fontSize": 12, "color": theme.muted}
    top = alt.value(-12)
    return [
        *(
            row.mark_text(**style, align="left", dx=dx, text=text).encode(x=alt.value("width"), y=top)
            for dx, text in ((_AMOUNT, "Angebot von Bedarf"), (_STATE, "Stand"), (_NEXT, "ändert sich"))
            if dx < room
        ),
        row.mark_text(**style, align="left", text="0").encode(x=_x("zero"), y=top),
        row.mark_text(**style, text="Bedarf").encode(x=_x("whole"), y=top),
        *legend(row, -34, theme),
    ]
