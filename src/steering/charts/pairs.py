"""Who overlaps with whom: organisation × organisation, with the number of tasks in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts import typeface
from steering.charts.colour_meanings import SETTLE_RAMP, SETTLED_PALE
from steering.charts.drawing import EXACT, Drawing, named_source, only, without_data
from steering.charts.theme import LIGHT, Theme, ink_on
from steering.model.german import count

CELL, FONT_SIZE = 34, 13
_LONGEST = 190
PARAMETER = "pair"
# To be clarified in the colour of the warning, the darker the more; what is settled in a calm grey-blue.
LOOKS = {f"open {rank}": fill for rank, fill in enumerate(SETTLE_RAMP, start=1)} | {"calm": SETTLED_PALE}
_RIGHT = 20


def pairs(names: list[str], found: pd.DataFrame, *, theme: Theme = LIGHT) -> Drawing:
    """The lower half of a square, as both halves would say the same.

    `names` in the order of rows and columns; `found`: one, other (names), tasks (number of tasks to be
    clarified), calm (number of tasks that are abgestimmt or intern), detail (in words).
    """
    place = {name: rank for rank, name in enumerate(names)}
    rows = _labels(names)
    cells = _cells(found, place)
    data = pd.concat([rows, _grid(len(names)), cells], ignore_index=True)
    longest = int(max((typeface.width(name, FONT_SIZE) for name in names), default=0)) + 16
    spec = _spec(len(names), min(longest, _LONGEST), theme)
    words = f"{count(len(cells), 'Paar', 'Paare')} von Stellen mit mehrfacher Federführung."
    return Drawing(spec, data, words, spec["height"], spec["width"], least=spec["width"])


def chosen_pair(selection: Mapping[str, Any]) -> tuple[str, str] | None:
    """The two names of the cell that was hit."""
    for point in selection.get(PARAMETER) or []:
        if point.get("one") and point.get("other"):
            return str(point["one"]), str(point["other"])
    return None


def _labels(names: list[str]) -> pd.DataFrame:
    middle = [rank * CELL + CELL / 2 for rank in range(len(names))]
    return pd.DataFrame({"layer": "name", "label": names, "middle": middle})


def _grid(size: int) -> pd.DataFrame:
    """The empty squares below the diagonal."""
    places = [(row, column) for row in range(size) for column in range(row)]
    return pd.DataFrame(
        {
            "layer": "empty",
            "left": [column * CELL + 1.0 for _, column in places],
            "top": [row * CELL + 1.0 for row, _ in places],
        }
    )


def _cells(found: pd.DataFrame, place: Mapping[str, int]) -> pd.DataFrame:
    rank = pd.DataFrame({"one": found["one"].map(place), "other": found["other"].map(place)})
    low, high = rank.min(axis=1).astype(float), rank.max(axis=1).astype(float)
    open_ones = found["tasks"].astype(int)
    return pd.DataFrame(
        {
            "layer": "cell",
            "one": found["one"],
            "other": found["other"],
            "left": low * CELL + 1,
            "top": high * CELL + 1,
            "centre": low * CELL + CELL / 2,
            "middle": high * CELL + CELL / 2,
            "look": ["calm" if not each else f"open {min(each, 3)}" for each in open_ones],
            "text": [_number(*each) for each in zip(open_ones, found["calm"], strict=True)],
            "pair": found["one"] + " und " + found["other"],
            "detail": found["detail"],
        }
    )


def _number(to_settle: int, calm: int) -> str:
    """What is to be clarified and what is settled; one of them where there is no other."""
    return f"{to_settle}+{calm}" if to_settle and calm else str(to_settle or calm)


@lru_cache(maxsize=32)
def _spec(size: int, label: int, theme: Theme) -> dict[str, Any]:
    layers = [_empty(theme), *_names(theme), _squares(theme), _numbers()]
    chart = alt.layer(*layers, data=named_source()).resolve_scale(color="independent", fill="independent")
    padding = {"left": label, "right": _RIGHT, "top": label, "bottom": 8}
    height = max(size, 1) * CELL + label + 8
    width = label + CELL * size + _RIGHT
    return without_data(chart, height=height, width=width, padding=padding, autosize=EXACT)


def _of(layer: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(layer))


def _pixels(channel: type, field: str) -> Any:
    return channel(f"{field}:Q", scale=None, axis=None)


def _square(layer: str, **style: Any) -> alt.Chart:
    size = CELL - 2
    return (
        _of(layer)
        .mark_rect(width=size, height=size, align="left", baseline="top", **style)
        .transform_calculate(right=f"datum.left + {size}", bottom=f"datum.top + {size}")
        .encode(x=_pixels(alt.X, "left"), x2=alt.X2("right"), y=_pixels(alt.Y, "top"), y2=alt.Y2("bottom"))
    )


def _empty(theme: Theme) -> alt.Chart:
    return _square("empty", color=theme.surface)


def _names(theme: Theme) -> list[alt.Chart]:
    """Beside the rows, and upright above the columns, so that they never collide."""
    style: dict[str, Any] = {"fontSize": FONT_SIZE, "color": theme.text, "baseline": "middle", "limit": 180}
    rows = _of("name")
    return [
        rows.mark_text(**style, align="right").encode(
            x=alt.value(-10), y=_pixels(alt.Y, "middle"), text="label:N"
        ),
        rows.mark_text(**style, align="left", angle=270).encode(
            x=_pixels(alt.X, "middle"), y=alt.value(-8), text="label:N"
        ),
    ]


def _squares(theme: Theme) -> alt.Chart:
    chosen = alt.selection_point(
        name=PARAMETER, fields=["one", "other"], on="click", toggle=False, empty=False
    )
    fills = alt.Fill("look:N", scale=alt.Scale(domain=list(LOOKS), range=list(LOOKS.values())), legend=None)
    return (
        _square("cell", cursor="pointer", aria=True, cornerRadius=2, stroke=theme.text)
        .encode(
            fill=fills,
            strokeWidth=alt.condition(chosen, alt.value(2.5), alt.value(0)),
            tooltip=_tooltip(),
            description="pair:N",
        )
        .add_params(chosen)
    )


def _numbers() -> alt.Chart:
    inks = [ink_on(fill) for fill in LOOKS.values()]
    colour = alt.Color("look:N", scale=alt.Scale(domain=list(LOOKS), range=inks), legend=None)
    return (
        _of("cell")
        .mark_text(baseline="middle", fontSize=14, fontWeight=600, cursor="pointer")
        .encode(
            x=_pixels(alt.X, "centre"), y=_pixels(alt.Y, "middle"), text="text:N", color=colour,
            tooltip=_tooltip(),
        )
    )  # fmt: skip


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("pair:N", title="Stellen"), alt.Tooltip("detail:N", title="Aufgaben")]
