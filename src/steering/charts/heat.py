"""A matrix of counts in one hue, with a number in each cell and words where nothing is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts import typeface
from steering.charts.drawing import CORNER, EXACT, Drawing, named_source, only, without_data
from steering.charts.ramp import Ramp
from steering.charts.theme import LIGHT, UNKNOWN_FILL, Theme, ink_on
from steering.charts.wording import MISSING as NONE
from steering.model.german import number

KNOWN, MAYBE, MISSING = "known", "maybe", "missing"
# Behind a number: beside those that are open, there are some of which nobody knows.
DOUBT = "?"
ROW, WIDEST_CELL, LABELS = 26, 74, 262
_LABEL_FONT, _NUMBER_FONT, _HEAD_FONT = 13.0, 12.0, 12.0
_GROUP_HEAD, _MARK_HEAD, _ANGLE = 22, 18, 50
_LEAST_SLANTED = 16.0


@dataclass(frozen=True)
class HeatWords:
    """What rows and columns are (for tooltips), what is counted, and what stands where nothing is recorded.

    `note` is the heading over the notes of the rows; `told` says in a tooltip what the number counts, and
    what the doubt behind it.
    """

    row: str
    column: str
    measure: str
    missing: str
    note: str = ""
    told: tuple[str, str] = ("offen", "ungewiss")


@dataclass(frozen=True)
class MarkedColumn:
    """A line at a place among the columns (1.5: in the middle of the second), with its words."""

    place: float
    text: str


def heat(
    cells: pd.DataFrame,
    rows: pd.DataFrame,
    columns: pd.DataFrame,
    ramp: Ramp,
    wording: HeatWords,
    *,
    mark: MarkedColumn | None = None,
    theme: Theme = LIGHT,
) -> Drawing:
    """Rows and columns in the order given.

    - `rows`: key, label, note (short, beside the label; "" for none);
    - `columns`: key, label (slanted above the column; "" for none), name (for the tooltip), group (heading
      over the columns that share it; "" for none);
    - `cells`: one for each pair; row, column (their keys), state (KNOWN, MAYBE or MISSING), value (of KNOWN),
      open, maybe (words for the tooltip), example (bool: rests on an example, which a corner shows).

    A row of which nothing is recorded is one field with the words for it.
    """
    head = _head(columns, mark)
    placed = _cells(cells, rows, columns, ramp, theme)
    bare = set(placed["row"]) - set(placed.loc[placed["state"] != MISSING, "row"])
    data: pd.DataFrame = pd.concat(
        [
            placed[~placed["row"].isin(bare)].assign(layer="cell"),
            _bare(rows, bare, len(columns), wording.missing),
            _rows(rows),
            _columns(columns),
            _groups(columns),
            _corner(wording.note, mark, len(columns)),
        ],
        ignore_index=True,
    )
    height = head + len(rows) * ROW + 6
    slanted = bool((columns["label"] != "").any())
    spec = _spec(len(columns), head, height, slanted, wording, theme)
    around = spec["padding"]["left"] + spec["padding"]["right"]
    least = around + math.ceil(len(columns) * _least_column(columns, slanted))
    return Drawing(spec, data, _alternative(placed, rows, bare, wording), height, least=least)


def _least_column(columns: pd.DataFrame, slanted: bool) -> float:
    """Pixels of a column, so that the names above, or the headings of the groups, do not touch."""
    named = columns.loc[columns["group"] != "", "group"]
    heading = max((typeface.width(text, _HEAD_FONT) + 8 for text in named), default=0.0)
    of_group = max(named.value_counts(), default=1)
    return max(heading / of_group, _LEAST_SLANTED if slanted else 0.0)


def _head(columns: pd.DataFrame, mark: MarkedColumn | None) -> int:
    """Pixels above the rows: for slanted names, or for groups with the mark's words above them."""
    longest = max((typeface.width(label, _HEAD_FONT) for label in columns["label"]), default=0.0)
    slanted = math.ceil(longest * math.sin(math.radians(_ANGLE))) + 14 if longest else 0
    groups = _GROUP_HEAD if (columns["group"] != "").any() else 0
    return max(slanted + groups + (_MARK_HEAD if mark else 0), _GROUP_HEAD)


def _cells(
    cells: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame, ramp: Ramp, theme: Theme
) -> pd.DataFrame:
    """The cells with their place, colours and text; an uncertain one is grey with a question mark.

    One in which some are open and some uncertain has its number with a question mark behind it.
    """
    place = cells["row"].map({key: at for at, key in enumerate(rows["key"])})
    left = cells["column"].map({key: at for at, key in enumerate(columns["key"])})
    steps = ramp.on(theme).steps_of(cells["value"])
    state = cells["state"]
    looks = {MAYBE: (UNKNOWN_FILL, ink_on(UNKNOWN_FILL), "?"), MISSING: (theme.background, theme.muted, "–")}
    doubtful = [f"{DOUBT}" if maybe != NONE else "" for maybe in cells["maybe"]]
    known = [
        (step.fill, step.ink, f"{number(value, 0, '')}{doubt}")
        for step, value, doubt in zip(steps, cells["value"], doubtful, strict=True)
    ]
    look = [looks.get(each, found) for each, found in zip(state, known, strict=True)]
    nothing = (state == KNOWN) & (cells["value"] == 0)
    placed = pd.DataFrame(
        {
            "row": cells["row"],
            "state": state,
            "value": cells["value"],
            "group": cells["column"].map(columns.set_index("key")["group"]),
            "x": left,
            "x2": left + 1,
            "y": place * ROW,
            "y2": (place + 1) * ROW,
            "middle": (place + 0.5) * ROW,
            "fill": [fill for fill, _, _ in look],
            "ink": [theme.muted if none else ink for (_, ink, _), none in zip(look, nothing, strict=True)],
            "text": [text for _, _, text in look],
            "row_name": cells["row"].map(rows.set_index("key")["label"]),
            "column_name": cells["column"].map(columns.set_index("key")["name"]),
            "open": cells["open"],
            "maybe": cells["maybe"],
            "example": cells["example"],
        }
    )
    return _merged(placed.sort_values(["y", "x"], ignore_index=True))


def _merged(placed: pd.DataFrame) -> pd.DataFrame:
    """Neighbours that say the same within a group become one cell: one number, not four."""
    same = placed[["row", "group", "state", "open", "maybe", "example"]].assign(
        value=placed["value"].fillna(-1.0)
    )
    alike = same.eq(same.shift()).all(axis=1) & (placed["group"] != "")
    alike &= placed["x"] == placed["x2"].shift()
    runs = placed.groupby((~alike).cumsum())
    merged = runs.first()
    last = runs["column_name"].last()
    merged["x2"] = runs["x2"].last()
    merged["centre"] = (merged["x"] + merged["x2"]) / 2
    several = merged["column_name"] != last
    merged["column_name"] = merged["column_name"].where(~several, merged["column_name"] + " bis " + last)
    return merged.reset_index(drop=True)


def _bare(rows: pd.DataFrame, bare: set[Any], width: int, words: str) -> pd.DataFrame:
    """The rows of which nothing is recorded."""
    at = [place for place, key in enumerate(rows["key"]) if key in bare]
    return pd.DataFrame(
        {
            "layer": "bare",
            "x": 0,
            "x2": width,
            "y": [place * ROW + 2 for place in at],
            "y2": [(place + 1) * ROW - 2 for place in at],
            "middle": [(place + 0.5) * ROW for place in at],
            "text": words,
        }
    )


def _rows(rows: pd.DataFrame) -> pd.DataFrame:
    middles = [(place + 0.5) * ROW for place in range(len(rows))]
    return pd.DataFrame(
        {
            "layer": "label",
            "middle": middles,
            "text": rows["label"].to_numpy(),
            "note": rows["note"].to_numpy(),
        }
    )


def _columns(columns: pd.DataFrame) -> pd.DataFrame:
    places = [place + 0.5 for place in range(len(columns))]
    return pd.DataFrame({"layer": "column", "centre": places, "text": columns["label"].to_numpy()})


def _groups(columns: pd.DataFrame) -> pd.DataFrame:
    """A heading at the first column of each group."""
    opens = (columns["group"] != columns["group"].shift()) & (columns["group"] != "")
    at = [place for place, first in enumerate(opens) if first]
    return pd.DataFrame({"layer": "group", "x": at, "text": columns.loc[opens, "group"].to_numpy()})


def _corner(note: str, mark: MarkedColumn | None, columns: int) -> pd.DataFrame:
    """The heading over the notes, and the mark."""
    found: list[dict[str, Any]] = [{"layer": "corner", "text": note}]
    if mark is not None:
        side = "right" if mark.place > columns * 0.8 else "left"
        found.append({"layer": "mark", "x": mark.place, "text": mark.text, "side": side})
    return pd.DataFrame(found)


def _alternative(placed: pd.DataFrame, rows: pd.DataFrame, bare: set[Any], wording: HeatWords) -> str:
    """The matrix in a sentence for those who do not see it."""
    most = placed.groupby("row")["value"].max()
    unsure = set(placed.loc[(placed["state"] == MAYBE) | (placed["maybe"] != NONE), "row"])
    said = []
    for key, label in zip(rows["key"], rows["label"], strict=True):
        if key in bare:
            said.append(f"{label}: {wording.missing}")
        elif key in most.index:
            doubt = f", teils {wording.told[1]}" if key in unsure else ""
            said.append(f"{label}: höchstens {number(most[key], 0, '0')}{doubt}")
    return f"{wording.measure}: {'; '.join(said) or 'keine Angaben'}."


@lru_cache(maxsize=64)
def _spec(
    columns: int, head: int, height: int, slanted: bool, wording: HeatWords, theme: Theme
) -> dict[str, Any]:
    chart = alt.layer(
        *_fields(wording, columns, theme), *_heads(columns, theme), data=named_source()
    ).resolve_scale(color="independent", fill="independent")
    padding = {"left": LABELS, "right": 58 if slanted else 4, "top": head, "bottom": 6}
    return without_data(chart, height=height, padding=padding, autosize=EXACT)


def _fields(wording: HeatWords, columns: int, theme: Theme) -> list[alt.Chart]:
    """Cells and worded rows."""
    box: dict[str, Any] = {"x": _x("x", columns), "x2": "x2", "y": _y("y"), "y2": alt.Y2("y2")}
    tooltip = [
        alt.Tooltip("row_name:N", title=wording.row),
        alt.Tooltip("column_name:N", title=wording.column),
        alt.Tooltip("open:N", title=wording.told[0]),
        alt.Tooltip("maybe:N", title=wording.told[1]),
    ]
    own = {"color": alt.Color("ink:N", scale=None, legend=None)}
    centre = {"x": _x("centre", columns), "y": _y("middle"), "text": "text:N"}
    return [
        _of("cell")
        .mark_rect(stroke=theme.background, strokeWidth=1.5)
        .encode(**box, fill=alt.Fill("fill:N", scale=None, legend=None), tooltip=tooltip),
        _of("cell")
        .mark_text(fontSize=_NUMBER_FONT, baseline="middle", dy=0.5)
        .encode(**centre, **own, tooltip=tooltip),
        _of("cell")
        .transform_filter(alt.datum.example)
        .mark_point(shape=CORNER, size=30, filled=True, opacity=1, xOffset=-1.5, yOffset=1.5)
        .encode(x=_x("x2", columns), y=_y("y"), **own, tooltip=tooltip),
        _of("bare").mark_rect(color="transparent", stroke=theme.line, strokeDash=[4, 3]).encode(**box),
        _of("bare")
        .mark_text(align="left", dx=8, fontSize=_NUMBER_FONT, color=theme.muted, baseline="middle")
        .encode(x=_x("x", columns), y=_y("middle"), text="text:N"),
    ]


def _heads(columns: int, theme: Theme) -> list[alt.Chart]:
    """Names of rows and columns, groups and the mark."""
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": _LABEL_FONT}
    small: dict[str, Any] = {"fontSize": _HEAD_FONT, "baseline": "middle"}
    left = alt.value(-LABELS + 4)
    mark = _of("mark").encode(x=_x("x", columns), text="text:N")
    bold: dict[str, Any] = small | {"fontWeight": 600, "color": theme.text}
    top = alt.value(-_GROUP_HEAD - 8)
    return [
        _of("label")
        .mark_text(**text, color=theme.text, limit=LABELS - 50)
        .encode(x=left, y=_y("middle"), text="text:N"),
        _of("label")
        .mark_text(**small, align="right", color=theme.muted)
        .encode(x=alt.value(-8), y=_y("middle"), text="note:N"),
        _of("corner")
        .mark_text(**small, align="right", color=theme.muted)
        .encode(x=alt.value(-8), y=alt.value(-10), text="text:N"),
        _of("column")
        .mark_text(**small, align="left", angle=360 - _ANGLE, color=theme.text)
        .encode(x=_x("centre", columns), y=alt.value(-8), text="text:N"),
        _of("group")
        .mark_rule(color=theme.line)
        .encode(x=_x("x", columns), y=alt.value(-_GROUP_HEAD + 4), y2=alt.value(0)),
        _of("group")
        .mark_text(**small, align="left", dx=4, color=theme.muted)
        .encode(x=_x("x", columns), y=alt.value(-10), text="text:N"),
        _of("mark")
        .mark_rule(color=theme.text, strokeWidth=1.6)
        .encode(x=_x("x", columns), y=top, y2=alt.value("height")),
        mark.transform_filter(alt.datum.side == "left").mark_text(**bold, align="left", dx=4).encode(y=top),
        mark.transform_filter(alt.datum.side == "right")
        .mark_text(**bold, align="right", dx=-4)
        .encode(y=top),
    ]


def _of(layer: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(layer))


def _x(field: str, columns: int) -> alt.X:
    """Columns share the width, but few of them do not grow beyond what a cell should be."""
    widest = alt.ExprRef(f"min(width, {columns * WIDEST_CELL})")
    scale = alt.Scale(domain=[0, columns], range=[0, widest], nice=False, zero=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)
