"""The layers of the Zeitachse. Nothing has an axis: head and body keep the same pixels left and right."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from steering.charts.drawing import EXACT, LEAST_YEARS, named_source, only, without_data
from steering.charts.theme import CERTAINTIES, LIGHT, Theme
from steering.charts.years import numbers

ROW, GROUP = 22, 30
BAR, THIN_BAR = 15, 11
LABEL_WIDTH, LABEL_FONT = 276, 13
LABEL_ROOM = LABEL_WIDTH - 16
HEAD = 42
PARAMETER = "bar"

_PADDING = {"left": LABEL_WIDTH + 4, "right": 12, "top": 0, "bottom": 0}
# The legend is set in lines as long as this.
LEAST_WIDTH = _PADDING["left"] + LEAST_YEARS + _PADDING["right"]
_SMALL = 10.5
_KEYS = list(CERTAINTIES)
# In the language of Vega: how long a bar is, and how far into it the Stichtag lies.
_WIDTH = "scale('x', datum.until) - scale('x', datum.day)"
_PAST = "scale('x', datum.as_of) - scale('x', datum.day)"


@lru_cache(maxsize=64)
def body_spec(height: int, theme: Theme) -> dict[str, Any]:
    """The rows; their number is in the height alone."""
    return _finished(_body_layers(theme), height, _PADDING)


@lru_cache(maxsize=16)
def head_spec(height: int, theme: Theme) -> dict[str, Any]:
    """Legend, label of the Stichtag and years, from above."""
    return _finished(_head_layers(height, 0, theme), height, _PADDING)


@lru_cache(maxsize=16)
def picture_spec(height: int, head_height: int, theme: Theme) -> dict[str, Any]:
    """Both in one, for export: the head stands in the padding above the rows."""
    layers = [*_body_layers(theme), *_head_layers(head_height, -head_height, theme)]
    padding = _PADDING | {"top": head_height, "bottom": 10}
    return _finished(layers, height + padding["top"] + padding["bottom"], padding)


def _finished(layers: list[Any], height: int, padding: dict[str, int]) -> dict[str, Any]:
    """One chart with one x; bars and pins keep colours and shapes of their own."""
    chart = alt.layer(*layers, data=named_source()).resolve_scale(
        color="independent",
        fill="independent",
        stroke="independent",
        strokeDash="independent",
        shape="independent",
    )
    return without_data(chart, height=height, padding=padding, autosize=EXACT)


def _body_layers(theme: Theme) -> list[Any]:
    return [
        _edge(),
        _heading_line(theme),
        _row_field(theme),
        _year_lines(theme),
        _bar_layer(theme),
        *_bar_texts(theme),
        _ruled_out(),
        _ruled_out_text(),
        *_question(theme),
        _as_of_line(theme, alt.value(0), alt.value("height")),
        _pin_layer("pin", theme),
        *_labels(theme),
    ]


def _head_layers(height: int, top: int, theme: Theme) -> list[Any]:
    """From `top` on: the legend, then a line with the Stichtag's label, then one with the years."""
    foot = top + height
    stichtag = _of("as_of").encode(x=_x(), y=alt.value(foot - 31), text="text:N")
    style: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "color": theme.text}
    years = _of("year").mark_text(fontSize=12, color=theme.muted, baseline="middle")
    base = alt.Chart().mark_rule(color=theme.line)
    ends = {"x": alt.value(-LABEL_WIDTH), "x2": alt.value("width"), "y": alt.value(foot - 0.5)}
    return [
        _edge(),
        base.encode(**ends),
        _of("year").mark_rule(color=theme.line).encode(x=_x(), y=alt.value(foot - 18), y2=alt.value(foot)),
        _swatches(theme),
        _swatch_letters(),
        _pin_layer("symbol", theme),
        _legend_texts(theme),
        years.encode(x=_x("until"), y=alt.value(foot - 10), **numbers()),
        _as_of_line(theme, alt.value(foot - 22), alt.value(foot)),
        stichtag.transform_filter(alt.datum.side == "left").mark_text(**style, align="left"),
        stichtag.transform_filter(alt.datum.side == "right").mark_text(**style, align="right"),
    ]


def _of(*layers: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(*layers))


def _x(field: str = "day") -> alt.X:
    return alt.X(f"{field}:T", axis=None, scale=alt.Scale(nice=False))


def _pixels(channel: type, field: str) -> Any:
    """A position that is already in pixels."""
    return channel(f"{field}:Q", scale=None, axis=None)


def _y() -> dict[str, Any]:
    return {"y": _pixels(alt.Y, "y"), "y2": alt.Y2("y2")}


def _middle() -> Any:
    return _pixels(alt.Y, "middle")


def _by_certainty(channel: type, values: list[Any]) -> Any:
    return channel("certainty:N", scale=alt.Scale(domain=_KEYS, range=values), legend=None)


def _edge() -> alt.Chart:
    """Invisible; only fixes the days at the two ends of x."""
    return _of("edge").mark_point(opacity=0).encode(x=_x())


def _heading_line(theme: Theme) -> alt.Chart:
    return (
        _of("heading")
        .mark_rule(color=theme.line)
        .encode(x=alt.value(-LABEL_WIDTH), x2=alt.value("width"), y=_pixels(alt.Y, "y2"))
    )


def _row_field(theme: Theme) -> alt.Chart:
    """The whole row takes clicks; the chosen one is tinted."""
    tint = alt.condition({"param": PARAMETER, "empty": False}, alt.value(1), alt.value(0))
    place = {"x": alt.value(-LABEL_WIDTH), "x2": alt.value("width")}
    return _of("row").mark_rect(color=theme.surface).encode(**place, **_y(), opacity=tint)


def _year_lines(theme: Theme) -> alt.Chart:
    return _of("year").mark_rule(color=theme.line, opacity=0.7).encode(x=_x())


def _fills() -> Any:
    return _by_certainty(alt.Fill, [item.fill for item in CERTAINTIES.values()])


def _strokes(theme: Theme) -> Any:
    # On a dark page the darkest bars need an edge to be seen.
    plain = "transparent" if theme is LIGHT else theme.muted
    return _by_certainty(alt.Stroke, [item.outline or plain for item in CERTAINTIES.values()])


def _dashes() -> Any:
    return _by_certainty(alt.StrokeDash, [list(item.dash) or [1, 0] for item in CERTAINTIES.values()])


def _paleness() -> Any:
    return alt.condition(alt.datum.thin, alt.value(0.35), alt.value(1))


def _bar_layer(theme: Theme) -> alt.Chart:
    """The bars; a click chooses one."""
    chosen = alt.selection_point(
        name=PARAMETER, fields=["structure_id", "funding_id"], on="click", toggle=False, empty=False
    )
    return (
        _of("bar")
        .mark_bar(cornerRadius=2, cursor="pointer", aria=True)
        .encode(
            x=_x(),
            x2="until",
            **_y(),
            fill=_fills(),
            stroke=_strokes(theme),
            strokeDash=_dashes(),
            fillOpacity=_paleness(),
            strokeWidth=alt.condition(chosen, alt.value(3), alt.value(1.2)),
            tooltip=_tooltip("Stand"),
            description="spoken:N",
        )
        .add_params(chosen)
    )


def _tooltip(state: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title="Struktur"),
        alt.Tooltip("state:N", title=state),
        alt.Tooltip("period:N", title="Zeitraum" if state == "Stand" else "Tag"),
        alt.Tooltip("detail:N", title="Angaben"),
    ]


def _bar_texts(theme: Theme) -> list[alt.Chart]:
    """The words where the bar is long enough, else its letter, else nothing."""
    fitting = f"{_WIDTH} > datum.text_width ? datum.text : {_WIDTH} > 12 ? datum.letter : ''"
    # A text that the Stichtag would cut through begins behind it, where the bar has the room.
    crossed = f"{_PAST} > 0 && {_PAST} < datum.text_width && {_PAST} + datum.text_width < {_WIDTH}"
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "dy": 0.5, "cursor": "pointer"}
    style |= {"text": {"expr": fitting}, "dx": {"expr": f"{crossed} ? {_PAST} + 5 : 5"}}
    inks = _by_certainty(alt.Color, [item.ink for item in CERTAINTIES.values()])
    bars = _of("bar").encode(x=_x(), y=_middle(), tooltip=_tooltip("Stand"))
    full = bars.transform_filter(~alt.datum.thin).mark_text(**style, fontSize=_SMALL).encode(color=inks)
    thin = bars.transform_filter(alt.datum.thin).mark_text(**style, fontSize=_SMALL - 0.5, color=theme.text)
    return [full, thin]


def _ruled_out() -> alt.Chart:
    """A box on the end with a cross in it: here it stops."""
    item = CERTAINTIES["ruled_out"]
    return (
        _of("ruled_out")
        .mark_point(
            shape="square", size=190, filled=True, fill=item.fill, stroke=item.outline,
            strokeWidth=1.6, opacity=1, cursor="pointer",
        )
        .encode(x=_x(), y=_middle(), tooltip=_tooltip("Stand"))
    )  # fmt: skip


def _ruled_out_text() -> alt.Chart:
    return (
        _of("ruled_out")
        .mark_text(color=CERTAINTIES["ruled_out"].ink, fontSize=14, fontWeight=600, baseline="middle")
        .encode(x=_x(), y=_middle(), text="letter:N", tooltip=_tooltip("Stand"))
    )


def _question(theme: Theme) -> list[alt.Chart]:
    """A question mark behind the end, with its words beside it: how it goes on is open."""
    item = CERTAINTIES["not_yet_possible"]
    asked = _of("question").encode(x=_x(), y=_middle(), tooltip=_tooltip("Stand"))
    sign = asked.mark_point(
        shape="circle", size=190, filled=True, fill=item.fill, stroke=item.outline,
        strokeWidth=1.4, opacity=1, xOffset=10, cursor="pointer",
    )  # fmt: skip
    style: dict[str, Any] = {"baseline": "middle", "dy": 0.5, "cursor": "pointer"}
    mark = asked.mark_text(**style, dx=10, color=item.ink, fontSize=11, fontWeight=600)
    words = asked.mark_text(**style, dx=22, align="left", color=theme.text, fontSize=_SMALL)
    return [sign, mark.encode(text=alt.value("?")), words.encode(text="text:N")]


def _as_of_line(theme: Theme, top: Any, bottom: Any) -> alt.Chart:
    return _of("as_of").mark_rule(color=theme.text, strokeWidth=1.6).encode(x=_x(), y=top, y2=bottom)


def _pin_layer(layer: str, theme: Theme) -> alt.Chart:
    """Antrag bis a triangle, Beschluss bis a diamond; hollow where the day is estimated."""
    kinds = ["apply_by", "decide_by"]
    colours = alt.Scale(domain=kinds, range=[theme.warning, theme.alarm])
    shapes = alt.Scale(domain=kinds, range=["triangle-down", "diamond"])
    page = alt.value(theme.background)
    return (
        _of(layer)
        .mark_point(size=64, opacity=1, strokeWidth=1.4, cursor="pointer")
        .encode(
            x=_x() if layer == "pin" else _pixels(alt.X, "centre"),
            y=_middle(),
            shape=alt.Shape("kind:N", scale=shapes, legend=None),
            fill=alt.condition(alt.datum.estimated, page, alt.Fill("kind:N", scale=colours, legend=None)),
            stroke=alt.condition(alt.datum.estimated, alt.Stroke("kind:N", scale=colours, legend=None), page),
            **({"tooltip": _tooltip("Frist")} if layer == "pin" else {}),
        )
    )


def _labels(theme: Theme) -> list[alt.Chart]:
    """The names; what was shortened is complete under the pointer."""
    left: dict[str, Any] = {"x": alt.value(-LABEL_WIDTH), "y": _middle(), "text": "label:N"}
    style: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "fontSize": LABEL_FONT,
        "color": theme.text,
    }
    return [
        _of("heading").mark_text(**style, fontWeight=600).encode(**left),
        _of("row")
        .mark_text(**style, dx=8, limit=LABEL_ROOM, cursor="pointer")
        .encode(**left, tooltip=[alt.Tooltip("name:N", title="Struktur")]),
    ]


def _swatches(theme: Theme) -> alt.Chart:
    return (
        _of("swatch")
        .mark_bar(cornerRadius=2, strokeWidth=1.2)
        .encode(
            x=_pixels(alt.X, "left"),
            x2="right",
            **_y(),
            fill=_fills(),
            stroke=_strokes(theme),
            strokeDash=_dashes(),
            fillOpacity=_paleness(),
        )
    )


def _swatch_letters() -> alt.Chart:
    inks = _by_certainty(alt.Color, [item.ink for item in CERTAINTIES.values()])
    return (
        _of("swatch")
        .mark_text(baseline="middle", fontSize=_SMALL, dy=0.5)
        .encode(x=_pixels(alt.X, "centre"), y=_middle(), text="letter:N", color=inks)
    )


def _legend_texts(theme: Theme) -> alt.Chart:
    return (
        _of("swatch", "symbol")
        .mark_text(align="left", baseline="middle", fontSize=12, color=theme.text)
        .encode(x=_pixels(alt.X, "text_left"), y=_middle(), text="text:N")
    )
