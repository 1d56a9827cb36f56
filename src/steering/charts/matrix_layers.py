"""The layers of the matrix of tasks. Rows are placed in pixels, columns in shares of the width."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from steering.charts.colour_meanings import TO_SETTLE
from steering.charts.drawing import CORNER, EXACT, named_source, only, without_data
from steering.charts.theme import UNKNOWN_FILL, Theme, ink_on
from steering.model import Role

ROW = 25
LABEL_WIDTH, STATUS_WIDTH = 262, 180
# In narrower columns the names above them would touch.
LEAST_COLUMN = 14
HEAD_FONT, LONGEST_NAME = 12, 180
PARAMETER = "task"

OPEN, UNKNOWN = "open", "unknown"
FILLS: dict[str, str] = {
    Role.LEAD: "#0b4f8a",
    Role.DELIVER: "#85b6db",
    Role.STATUTORY: "#6d5f94",
    Role.SUPPORT: "#c6dbef",
    Role.INFORM: "#e3e8ee",
    OPEN: TO_SETTLE.light,
    UNKNOWN: UNKNOWN_FILL,
}
_PADDING = {"left": LABEL_WIDTH + 4, "right": STATUS_WIDTH + 4, "top": 0, "bottom": 0}
_TEXT = 13


@lru_cache(maxsize=64)
def body_spec(height: int, theme: Theme) -> dict[str, Any]:
    """The rows; their number is in the height alone."""
    return _finished(_body_layers(theme), height, _PADDING)


@lru_cache(maxsize=32)
def head_spec(height: int, theme: Theme) -> dict[str, Any]:
    """The names of the columns, upright, above a line."""
    return _finished(_head_layers(height, theme), height, _PADDING)


@lru_cache(maxsize=16)
def picture_spec(height: int, head_height: int, theme: Theme) -> dict[str, Any]:
    """Both in one, for export: the head stands in the padding above the rows."""
    padding = _PADDING | {"top": head_height, "bottom": 10}
    layers = [*_body_layers(theme), *_head_layers(0, theme)]
    return _finished(layers, height + head_height + 10, padding)


def least_width(columns: int) -> int:
    return _PADDING["left"] + _PADDING["right"] + columns * LEAST_COLUMN


def _finished(layers: list[Any], height: int, padding: dict[str, int]) -> dict[str, Any]:
    chart = alt.layer(*layers, data=named_source()).resolve_scale(color="independent", fill="independent")
    return without_data(chart, height=height, padding=padding, autosize=EXACT)


def _head_layers(foot: int, theme: Theme) -> list[Any]:
    line = alt.Chart().mark_rule(color=theme.line)
    names = _of("column").mark_text(
        angle=270,
        align="left",
        baseline="middle",
        fontSize=HEAD_FONT,
        color=theme.text,
        limit=LONGEST_NAME,
    )
    return [
        _edge(),
        line.encode(x=alt.value(-LABEL_WIDTH), x2=alt.value("width"), y=alt.value(foot - 0.5)),
        names.encode(x=_x("centre"), y=alt.value(foot - 7), text="shown:N", tooltip=_heading()),
    ]


def _body_layers(theme: Theme) -> list[Any]:
    return [
        _edge(),
        _stripes(theme),
        _row_field(theme),
        _row_lines(theme),
        _fills(theme),
        _letters(),
        _corners(),
        _rings(theme),
        _labels(theme),
        *_statuses(theme),
    ]


def _of(layer: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(layer))


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(nice=False, zero=True))


def _pixels(channel: type, field: str) -> Any:
    return channel(f"{field}:Q", scale=None, axis=None)


def _y() -> dict[str, Any]:
    return {"y": _pixels(alt.Y, "y"), "y2": alt.Y2("y2")}


def _edge() -> alt.Chart:
    """Invisible; only fixes the two ends of x."""
    return _of("edge").mark_point(opacity=0).encode(x=_x("left"))


def _stripes(theme: Theme) -> alt.Chart:
    """Every column a faint band, so that the eye finds its way up to the name."""
    return (
        _of("column")
        .mark_rect(color=theme.surface, opacity=0.8)
        .encode(x=_x("left"), x2="right", y=alt.value(0), y2=alt.value("height"), tooltip=_heading())
    )


def _row_field(theme: Theme) -> alt.Chart:
    """The whole row takes clicks; the chosen one is tinted."""
    chosen = alt.selection_point(name=PARAMETER, fields=["task_id"], on="click", toggle=False, empty=False)
    return (
        _of("row")
        .mark_rect(color=theme.primary, cursor="pointer")
        .encode(
            x=alt.value(-LABEL_WIDTH),
            x2=alt.value("width"),
            **_y(),
            opacity=alt.condition(chosen, alt.value(0.14), alt.value(0)),
        )
        .add_params(chosen)
    )


def _row_lines(theme: Theme) -> alt.Chart:
    ends = {"x": alt.value(-LABEL_WIDTH), "x2": alt.value("width")}
    return _of("row").mark_rule(color=theme.line, opacity=0.8).encode(**ends, y=_pixels(alt.Y, "y2"))


def _looks(channel: type, values: list[str]) -> Any:
    return channel("look:N", scale=alt.Scale(domain=list(FILLS), range=values), legend=None)


def _fills(theme: Theme) -> alt.Chart:
    return (
        _of("cell")
        .mark_rect(cornerRadius=2, cursor="pointer", aria=True, stroke=theme.background, strokeWidth=1)
        .encode(
            x=_x("left"),
            x2="right",
            **_y(),
            fill=_looks(alt.Fill, list(FILLS.values())),
            tooltip=_tooltip(),
            description="spoken:N",
        )
    )


def _letters() -> alt.Chart:
    inks = [ink_on(fill) for fill in FILLS.values()]
    return (
        _of("cell")
        .mark_text(baseline="middle", fontSize=12, fontWeight=600, dy=0.5, cursor="pointer")
        .encode(
            x=_x("centre"),
            y=_pixels(alt.Y, "middle"),
            text="letters:N",
            color=_looks(alt.Color, inks),
            tooltip=_tooltip(),
        )
    )


def _corners() -> alt.Chart:
    """The upper right corner of what rests on an example."""
    inks = [ink_on(fill) for fill in FILLS.values()]
    return (
        _of("cell")
        .transform_filter(alt.datum.example)
        .mark_point(shape=CORNER, size=26, filled=True, opacity=1, cursor="pointer")
        .encode(x=_x("right"), y=_pixels(alt.Y, "y"), color=_looks(alt.Color, inks), tooltip=_tooltip())
    )


def _rings(theme: Theme) -> alt.Chart:
    """A ring in the lower right corner of what is only concluded: hollow, as all that nobody confirmed."""
    return (
        _of("cell")
        .transform_filter(alt.datum.derived)
        .mark_point(shape="circle", size=30, filled=True, opacity=1, cursor="pointer", strokeWidth=1.3)
        .encode(
            x=_x("right"), y=_pixels(alt.Y, "y2"), fill=alt.value(theme.background),
            stroke=alt.value(theme.text), tooltip=_tooltip(),
        )
    )  # fmt: skip


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("task:N", title="Aufgabe"),
        alt.Tooltip("label:N", title="Wer"),
        alt.Tooltip("detail:N", title="Rolle"),
    ]


def _heading() -> list[alt.Tooltip]:
    return [alt.Tooltip("label:N", title="Wer"), alt.Tooltip("detail:N", title="Angaben")]


def _labels(theme: Theme) -> alt.Chart:
    return (
        _of("row")
        .mark_text(
            align="left", baseline="middle", fontSize=_TEXT, color=theme.text, limit=LABEL_WIDTH - 12,
            cursor="pointer",
        )
        .encode(
            x=alt.value(-LABEL_WIDTH), y=_pixels(alt.Y, "middle"), text="label:N",
            tooltip=[alt.Tooltip("label:N", title="Aufgabe"), alt.Tooltip("status:N", title="Stand")],
        )
    )  # fmt: skip


def _statuses(theme: Theme) -> list[alt.Chart]:
    """The word at the right end; what is to be clarified stands out, the rest stays quiet."""
    style: dict[str, Any] = {
        "align": "left", "baseline": "middle", "fontSize": 12, "dx": 10, "limit": STATUS_WIDTH - 10,
    }  # fmt: skip
    place = {"x": alt.value("width"), "y": _pixels(alt.Y, "middle"), "text": "status:N"}
    rows = _of("row")
    return [
        rows.transform_filter(alt.datum.tone == "open")
        .mark_text(**style, color=theme.warning, fontWeight=600)
        .encode(**place),
        rows.transform_filter(alt.datum.tone != "open").mark_text(**style, color=theme.muted).encode(**place),
    ]
