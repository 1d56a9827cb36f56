"""Needs against what reaches them: a row per need, what is needed as an outline, what is there as a bar."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts import typeface
from steering.charts.drawing import EXACT, Drawing, named_source, only, without_data
from steering.charts.theme import CERTAINTIES, LIGHT, UNKNOWN_FILL, Theme
from steering.model.german import count

# How a need's bar looks. SHARE: as long as the share of the quantity that is there; PRESENT: somebody is
# there and no quantity is given; SOMEWHERE: so in some of its places only; UNKNOWN: cannot be told.
SHARE, PRESENT, SOMEWHERE, NOBODY, UNKNOWN, LATER = (
    "share", "present", "somewhere", "nobody", "unknown", "later"
)  # fmt: skip
ROW, GROUP, HEAD = 24, 32, 46
# How far a bar may reach beyond what is needed before it is cut.
MOST = 1.25

_LABEL, _LETTER, _RIGHT = 286, 22, 500
_AMOUNT, _STATE, _NEXT = 14, 136, 282
_PADDING = {"left": _LABEL + _LETTER + 4, "right": _RIGHT, "top": HEAD, "bottom": 4}
_BAR, _THIN = 14, 6
_BLUE, _PALE = CERTAINTIES["secured"].fill, CERTAINTIES["annual"].fill


def needs(rows: pd.DataFrame, *, theme: Theme = LIGHT) -> Drawing:
    """The rows in the order given, a heading above each new group.

    Columns: name, group, letter (of the legal character), look (one of the six above), share (of the
    quantity, NaN where it is not known), amount, state, then (words), tone ("alarm", "warning" or "plain",
    the colour of the state's word), where, who, legal (words for the tooltip).
    """
    placed, headings, height = _placed(rows)
    data = pd.concat([headings, placed, _head()], ignore_index=True)
    return Drawing(_spec(HEAD + height + 4, theme), data, _alternative(rows), HEAD + height + 4)


def _placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows and headings with the pixels they take, and the height of all of them."""
    placed = rows.reset_index(drop=True)
    opens = placed["group"] != placed["group"].shift()
    top = placed.index * ROW + opens.cumsum() * GROUP
    share = placed["share"].clip(upper=MOST)
    half = placed["look"].isin([PRESENT, SOMEWHERE]).map({True: _THIN / 2, False: _BAR / 2})
    middle = top + ROW / 2
    full = placed["look"].isin([PRESENT, SOMEWHERE, UNKNOWN])
    placed = placed.assign(
        layer="need",
        middle=middle,
        top=middle - _BAR / 2,
        foot=middle + _BAR / 2,
        y=middle - half,
        y2=middle + half,
        zero=0.0,
        whole=1.0,
        given=share.where(placed["look"] == SHARE, full.astype(float)),
        beyond=(placed["share"] > MOST).map({True: "»", False: ""}),
        mark=(placed["look"] == UNKNOWN).map({True: "?", False: ""}),
    )
    headings = pd.DataFrame(
        {"layer": "heading", "name": placed.loc[opens, "group"], "middle": top[opens] - GROUP / 2 + 4,
         "y2": top[opens] - 1.0}
    )  # fmt: skip
    height = int(len(placed) * ROW + opens.sum() * GROUP)
    return placed, headings, height


def _head() -> pd.DataFrame:
    return pd.DataFrame({"layer": ["head"], "zero": [0.0], "whole": [1.0], "most": [MOST]})


def _alternative(rows: pd.DataFrame) -> str:
    states = rows["state"].value_counts(sort=False)
    told = ", ".join(f"{number} {state}" for state, number in states.items())
    return f"{count(len(rows), 'Bedarf', 'Bedarfe')} gegen das Angebot: {told}."


@lru_cache(maxsize=32)
def _spec(height: int, theme: Theme) -> dict[str, Any]:
    layers = [
        _edges(),
        *_headings(theme),
        _bars(),
        _outlines(theme),
        *_marks(theme),
        *_words(theme),
        *_columns(theme),
    ]
    chart = alt.layer(*layers, data=named_source()).resolve_scale(
        color="independent", fill="independent", stroke="independent", strokeDash="independent"
    )
    return without_data(chart, height=height, padding=_PADDING, autosize=EXACT)


def _of(*layers: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(*layers))


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, MOST], nice=False))


def _y(field: str = "middle") -> alt.Y:
    """A position that is already in pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _edges() -> alt.Chart:
    """Invisible; fixes the two ends of x."""
    return _of("head").mark_point(opacity=0).encode(x=_x("most"))


def _headings(theme: Theme) -> list[alt.Chart]:
    left = -_LABEL - _LETTER
    row = _of("heading")
    line = row.mark_rule(color=theme.line).encode(
        x=alt.value(left), x2=alt.value({"expr": f"width + {_RIGHT}"}), y=_y("y2")
    )
    text = row.mark_text(align="left", baseline="middle", fontSize=13, fontWeight=600, color=theme.text)
    return [line, text.encode(x=alt.value(left), y=_y(), text="name:N")]


def _outlines(theme: Theme) -> alt.Chart:
    """What is needed; dotted where it is needed later only, in the colour of alarm where nobody is there."""
    looks = [SHARE, PRESENT, SOMEWHERE, NOBODY, UNKNOWN, LATER]
    strokes = [theme.muted, theme.muted, theme.muted, theme.alarm, theme.muted, theme.muted]
    later = alt.datum.look == LATER
    return (
        _of("need")
        .mark_rect(fillOpacity=0, strokeWidth=1.3, cornerRadius=2)
        .encode(
            x=_x("zero"),
            x2="whole",
            y=_y("top"),
            y2="foot",
            stroke=alt.Stroke("look:N", scale=alt.Scale(domain=looks, range=strokes), legend=None),
            strokeDash=alt.condition(later, alt.value([3, 3]), alt.value([1, 0])),
            tooltip=_tooltip(),
        )
    )


def _bars() -> alt.Chart:
    looks, fills = [SHARE, PRESENT, SOMEWHERE, UNKNOWN], [_BLUE, _BLUE, _PALE, UNKNOWN_FILL]
    return (
        _of("need")
        .transform_filter(alt.FieldOneOfPredicate(field="look", oneOf=looks))
        .mark_rect(cornerRadius=2)
        .encode(
            x=_x("zero"),
            x2="given",
            y=_y("y"),
            y2="y2",
            fill=alt.Fill("look:N", scale=alt.Scale(domain=looks, range=fills), legend=None),
            tooltip=_tooltip(),
        )
    )


def _marks(theme: Theme) -> list[alt.Chart]:
    """The question mark of what is not known, and the arrow of what reaches beyond the picture."""
    row = _of("need")
    style: dict[str, Any] = {"baseline": "middle", "dy": 0.5, "fontSize": 12, "fontWeight": 600}
    return [
        row.transform_calculate(half="0.5")
        .mark_text(**style, color=LIGHT.text)
        .encode(x=_x("half"), y=_y(), text="mark:N", tooltip=_tooltip()),
        row.mark_text(**style, align="left", dx=3, color=theme.text).encode(
            x=_x("given"), y=_y(), text="beyond:N"
        ),
    ]


def _words(theme: Theme) -> list[alt.Chart]:
    """Name and legal character on the left; amount, state and what comes next on the right."""
    row = _of("need")
    style: dict[str, Any] = {"align": "left", "baseline": "middle"}
    tones = alt.Scale(domain=["alarm", "warning", "plain"], range=[theme.alarm, theme.warning, theme.text])
    right: dict[str, Any] = {"x": alt.value("width"), "y": _y()}
    return [
        row.mark_text(**style, fontSize=13, color=theme.text, limit=_LABEL - 10, dx=8).encode(
            x=alt.value(-_LABEL - _LETTER), y=_y(), text="name:N", tooltip=_tooltip()
        ),
        row.mark_text(baseline="middle", fontSize=12, color=theme.muted).encode(
            x=alt.value(-_LETTER / 2 - 2), y=_y(), text="letter:N", tooltip=_tooltip()
        ),
        row.mark_text(
            **style, fontSize=12.5, color=theme.text, dx=_AMOUNT, limit=_STATE - _AMOUNT - 6
        ).encode(**right, text="amount:N"),
        row.mark_text(**style, fontSize=12.5, fontWeight=600, dx=_STATE).encode(
            **right, text="state:N", color=alt.Color("tone:N", scale=tones, legend=None)
        ),
        row.mark_text(**style, fontSize=12.5, color=theme.muted, dx=_NEXT, limit=_RIGHT - _NEXT).encode(
            **right, text="then:N"
        ),
    ]


def _tooltip() -> list[alt.Tooltip]:
    titles = {
        "name": "Bedarf", "where": "Gebiet", "amount": "Menge", "state": "Stand", "then": "danach",
        "who": "Angebot durch", "legal": "Rechtscharakter",
    }  # fmt: skip
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _columns(theme: Theme) -> list[alt.Chart]:
    """The heads of the columns, and what outline and bar mean."""
    row = _of("head")
    style: dict[str, Any] = {"baseline": "middle", "fontSize": 12, "color": theme.muted}
    top = alt.value(-12)
    legend = {"y": alt.value(-34)}
    left = -_LABEL - _LETTER
    return [
        *(
            row.mark_text(**style, align="left", dx=dx, text=text).encode(x=alt.value("width"), y=top)
            for dx, text in ((_AMOUNT, "Angebot von Bedarf"), (_STATE, "Stand"), (_NEXT, "ändert sich"))
        ),
        row.mark_text(**style, align="left", text="0").encode(x=_x("zero"), y=top),
        row.mark_text(**style, text="Bedarf").encode(x=_x("whole"), y=top),
        *_legend(row, left, legend, theme),
    ]


def _legend(row: alt.Chart, left: float, at: dict[str, Any], theme: Theme) -> list[alt.Chart]:
    entries = (
        ("Bedarf", "transparent", theme.muted, _BAR),
        ("Angebot", _BLUE, _BLUE, _BAR),
        ("ist da, Bedarf ohne Menge", _BLUE, _BLUE, _THIN),
        ("nur in einem Teil", _PALE, _PALE, _THIN),
        ("nicht bekannt (?)", UNKNOWN_FILL, UNKNOWN_FILL, _BAR),
        ("niemand da", "transparent", theme.alarm, _BAR),
    )
    layers, x = [], left
    for text, fill, stroke, size in entries:
        box = row.mark_rect(
            fill=fill,
            stroke=stroke,
            strokeWidth=1.3,
            cornerRadius=2,
            fillOpacity=float(fill != "transparent"),
        )
        layers.append(
            box.encode(
                x=alt.value(x), x2=alt.value(x + 20),
                y=alt.value(-34 - size / 2), y2=alt.value(-34 + size / 2),
            )
        )  # fmt: skip
        layers.append(
            row.mark_text(align="left", baseline="middle", fontSize=12, color=theme.text, text=text).encode(
                x=alt.value(x + 26), **at
            )
        )
        x += 26 + typeface.width(text, 12) + 16
    letters = "P Pflicht · f freiwillig · D Dritte"
    layers.append(
        row.mark_text(align="left", baseline="middle", fontSize=12, color=theme.text, text=letters).encode(
            x=alt.value(x), **at
        )
    )
    return layers
