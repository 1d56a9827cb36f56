"""A measure per quarter in the three scenarios, as steps with a band between them and its cliff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts import typeface, wording
from steering.charts.colour_meanings import MAY_OPEN, OPEN, OPEN_IN_ANY_CASE, POSSIBLE, SURE
from steering.charts.drawing import Drawing, named_source, only, without_data
from steering.charts.theme import SCENARIO_WORD, Theme
from steering.model import ExtensionRule
from steering.model.german import day

RULES = (ExtensionRule.SECURED, ExtensionRule.EXPECTED, ExtensionRule.OPTIMISTIC)
_PADDING = {"left": 4, "right": 14, "top": 4, "bottom": 4}
_LEGEND_Y, _UNIT_Y, _AS_OF_Y = -36, -15, -9


@dataclass(frozen=True)
class Cliff:
    """The largest fall of what is secured: how much (negative) from which day on; `exact` if that day is
    the first without, else only its quarter is meant. Of what is missing, the largest rise (positive)."""

    day: date
    amount: float
    exact: bool = True


@dataclass(frozen=True)
class DrawnQuantity:
    """What is drawn upwards: its unit on the axis, one value of it in words, and the whole in a title.

    `lowest`: the scenario that gives least of it, drawn as an area; the band reaches from there to the
    other extreme. `turn`: what the largest change is called; `change` its words, if not those of a value.
    """

    unit: str
    words: Callable[[float], str]
    title: str
    lowest: ExtensionRule = ExtensionRule.SECURED
    turn: str = "Größter Rückgang"
    change: Callable[[float], str] | None = None

    @property
    def highest(self) -> ExtensionRule:
        return RULES[0] if self.lowest == RULES[-1] else RULES[-1]


def banded(
    wide: pd.DataFrame, as_of: date, measure: DrawnQuantity, cliff: Cliff | None, height: int, theme: Theme
) -> Drawing:
    """`wide`: quarter (first day), a column per rule with its value, note (what is not known, in words)."""
    quarters = wide["quarter"]
    data = pd.concat(
        [
            _steps(wide),
            _hovers(wide, measure),
            _headroom(wide),
            _as_of_row(quarters, as_of),
            _cliff_row(wide, cliff, measure),
        ],
        ignore_index=True,
    )
    return Drawing(
        _spec(measure.unit, measure.lowest, measure.highest, height, theme),
        data,
        _alternative(wide, cliff, measure),
        height,
    )


def closing(quarters: pd.Series) -> pd.Timestamp:
    """The first day after the last quarter."""
    return quarters.iloc[-1] + pd.offsets.MonthBegin(3)


def wide_of(per_quarter: pd.DataFrame, value: str) -> pd.DataFrame:
    """One row per quarter with a column per rule."""
    wide = per_quarter.pivot_table(index="quarter", columns="rule", values=value, aggfunc="sum")
    return wide.reindex(columns=list(RULES)).fillna(0.0).reset_index().rename_axis(columns=None)


def _steps(wide: pd.DataFrame) -> pd.DataFrame:
    """The corners of the steps; the last value is repeated where the last quarter ends."""
    steps = wide[["quarter", *RULES]].rename(columns={"quarter": "day"})
    last = steps.iloc[[-1]].assign(day=closing(wide["quarter"])) if len(steps) else steps
    return pd.concat([steps, last], ignore_index=True).assign(layer="step")


def _hovers(wide: pd.DataFrame, measure: DrawnQuantity) -> pd.DataFrame:
    """One invisible column per quarter that carries its words."""
    ends = wide["quarter"].shift(-1)
    if len(ends):
        ends.iloc[-1] = closing(wide["quarter"])
    words = {f"{rule.value}_words": wide[rule].map(measure.words) for rule in RULES}
    return pd.DataFrame(
        {"day": wide["quarter"], "until": ends, "name": wide["quarter"].map(wording.quarter)}
        | words
        | {"note": wide["note"]}
    ).assign(layer="quarter")


def _headroom(wide: pd.DataFrame) -> pd.DataFrame:
    """Room above the highest step, in which the label of a fall from there stands free."""
    return pd.DataFrame({"level": [max(wide[list(RULES)].max().max() * 1.22, 1.0)], "layer": "headroom"})


def _as_of_row(quarters: pd.Series, as_of: date) -> pd.DataFrame:
    stichtag = pd.Timestamp(as_of)
    if quarters.empty or not quarters.iloc[0] <= stichtag < closing(quarters):
        return pd.DataFrame()
    side = "right" if _share(quarters, stichtag) > 0.7 else "left"
    return pd.DataFrame({"day": [stichtag], "text": [f"Stichtag {day(as_of)}"], "side": [side]}).assign(
        layer="as_of"
    )


def _cliff_row(wide: pd.DataFrame, cliff: Cliff | None, measure: DrawnQuantity) -> pd.DataFrame:
    """The label beside the cliff, at the height of its upper edge."""
    if cliff is None or wide.empty:
        return pd.DataFrame()
    stamp = pd.Timestamp(cliff.day)
    secured = wide[ExtensionRule.SECURED]
    foot = max(int((wide["quarter"] < stamp).sum()) - 1, 0)
    # Above a rise the label would be cut by the next steps, if there are any.
    nearby = foot + 2 + len(secured) // 6
    top = secured.iloc[foot:nearby].max() if cliff.amount > 0 else secured.iloc[foot]
    side = "right" if _share(wide["quarter"], stamp) > 0.6 else "left"
    return pd.DataFrame(
        {"day": [stamp], "level": [top], "text": [_cliff_words(cliff, measure)], "side": [side]}
    ).assign(layer="cliff")


def _cliff_words(cliff: Cliff, measure: DrawnQuantity) -> str:
    when = f"am {day(cliff.day)}" if cliff.exact else f"ab {wording.quarter(cliff.day)}"
    return f"{(measure.change or measure.words)(cliff.amount)} {when}"


def _share(quarters: pd.Series, stamp: pd.Timestamp) -> float:
    return (stamp - quarters.iloc[0]) / (closing(quarters) - quarters.iloc[0])


def _alternative(wide: pd.DataFrame, cliff: Cliff | None, measure: DrawnQuantity) -> str:
    """The chart in two sentences for those who do not see it."""
    if wide.empty:
        return f"{measure.title}: keine Angaben."
    first, last = wide.iloc[0], wide.iloc[-1]
    secured = ExtensionRule.SECURED
    sentence = (
        f"{measure.title} von {first['quarter'].year} bis {last['quarter'].year}: gesichert zuerst "
        f"{measure.words(first[secured])}, zuletzt {measure.words(last[secured])}, "
        f"optimistisch zuletzt {measure.words(last[ExtensionRule.OPTIMISTIC])}."
    )
    return sentence if cliff is None else f"{sentence} {measure.turn}: {_cliff_words(cliff, measure)}."


@lru_cache(maxsize=32)
def _spec(
    unit: str, lowest: ExtensionRule, highest: ExtensionRule, height: int, theme: Theme
) -> dict[str, Any]:
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(nice=False),
        # The last tick is the first day after the horizon: no year of its own.
        axis=alt.Axis(
            format="%Y",
            tickCount="year",
            labelExpr="datum.index == 1 ? '' : datum.label",
            labelFlush=False,
            labelOverlap=True,
            labelColor=theme.muted,
            grid=False,
        ),
    )
    y_axis = alt.Axis(
        title=None, tickCount=5, gridColor=theme.line, labelColor=theme.muted, labelFlush=False, format=",~f"
    )

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=y_axis, scale=alt.Scale(zero=True, nice=True))

    steps = alt.Chart().transform_filter(only("step"))
    fill, band = _fills(lowest, theme)
    possible = steps.mark_area(interpolate="step-after", color=band, opacity=1).encode(
        x, y(highest.value), alt.Y2(lowest.value)
    )
    certain = steps.mark_area(
        interpolate="step-after",
        color=fill,
        opacity=1,
        line={"color": _line(lowest, theme), "strokeWidth": 2},
    ).encode(x, y(lowest.value))
    likely = steps.mark_line(
        interpolate="step-after", color=_line(lowest, theme), strokeDash=[5, 3], strokeWidth=1.8
    ).encode(x, y(ExtensionRule.EXPECTED.value))
    headroom = alt.Chart().transform_filter(only("headroom")).mark_point(opacity=0).encode(y("level"))
    areas = [headroom, possible, certain, likely, *_hover_layers(x)]
    labels = [*_as_of_layers(x, theme), *_cliff_layers(x, y, theme), *_legend_layers(unit, lowest, theme)]
    chart = alt.layer(*areas, *labels, data=named_source())
    return without_data(chart, height=height, padding=_PADDING)


def _fills(lowest: ExtensionRule, theme: Theme) -> tuple[str, str]:
    """What there is in any case, and the lighter band of what may be: of work, or of what is open."""
    pair = (SURE, POSSIBLE) if lowest == ExtensionRule.SECURED else (OPEN_IN_ANY_CASE, MAY_OPEN)
    return pair[0].on(theme), pair[1].on(theme)


def _line(lowest: ExtensionRule, theme: Theme) -> str:
    return theme.primary if lowest == ExtensionRule.SECURED else OPEN.on(theme)


def _hover_layers(x: alt.X) -> list[alt.Chart]:
    hovered = alt.selection_point(name="hovered", on="pointerover", clear="pointerout", empty=False)
    secured, expected, optimistic = (SCENARIO_WORD[rule] for rule in RULES)
    return [
        alt.Chart()
        .transform_filter(only("quarter"))
        .mark_rect(color="#8fa3b8")
        .encode(
            x,
            alt.X2("until"),
            opacity=alt.condition(hovered, alt.value(0.25), alt.value(0)),
            tooltip=[
                alt.Tooltip("name:N", title="Zeitraum"),
                alt.Tooltip(f"{RULES[0].value}_words:N", title=secured),
                alt.Tooltip(f"{RULES[1].value}_words:N", title=expected),
                alt.Tooltip(f"{RULES[2].value}_words:N", title=optimistic),
                alt.Tooltip("note:N", title="nicht bekannt"),
            ],
        )
        .add_params(hovered)
    ]


def _as_of_layers(x: alt.X, theme: Theme) -> list[alt.Chart]:
    row = alt.Chart().transform_filter(only("as_of"))
    line = row.mark_rule(color=theme.text, strokeWidth=1.4).encode(x)
    texts = [
        row.transform_filter(alt.datum.side == side)
        .mark_text(align=side, color=theme.text, fontSize=12, fontWeight=600, dx=0)
        .encode(x, y=alt.value(_AS_OF_Y), text="text:N")
        for side in ("left", "right")
    ]
    return [line, *texts]


def _cliff_layers(x: alt.X, y: Callable[[str], alt.Y], theme: Theme) -> list[alt.Chart]:
    """The label with a halo in the page's colour, so that it can be read over lines."""
    row = alt.Chart().transform_filter(only("cliff"))
    layers = []
    for side, dx in (("left", 7), ("right", -7)):
        here = row.transform_filter(alt.datum.side == side).encode(x, y("level"), text="text:N")
        style: dict[str, Any] = {"align": side, "dx": dx, "dy": -9, "fontSize": 13, "fontWeight": 600}
        layers.append(here.mark_text(**style, color=theme.background, stroke=theme.background, strokeWidth=4))
        layers.append(here.mark_text(**style, color=theme.alarm))
    return layers


def _legend_layers(unit: str, lowest: ExtensionRule, theme: Theme) -> list[alt.Chart]:
    """The legend in words above the plot, and the unit above the axis."""
    # Drawn once: the layer has a single row.
    one = alt.Chart().transform_filter(only("headroom"))
    fill, band = _fills(lowest, theme)
    top = alt.value(_LEGEND_Y)
    layers, left = [], 0.0
    for rule in RULES:
        text = SCENARIO_WORD[rule]
        if rule == ExtensionRule.EXPECTED:
            layers.append(
                one.mark_rule(color=_line(lowest, theme), strokeDash=[5, 3], strokeWidth=1.8).encode(
                    x=alt.value(left), x2=alt.value(left + 18), y=top
                )
            )
        else:
            stroke = _line(lowest, theme) if rule == lowest else theme.line
            layers.append(
                one.mark_rect(color=fill if rule == lowest else band, stroke=stroke).encode(
                    x=alt.value(left), x2=alt.value(left + 18),
                    y=alt.value(_LEGEND_Y - 5), y2=alt.value(_LEGEND_Y + 5),
                )
            )  # fmt: skip
        layers.append(
            one.mark_text(align="left", text=text, fontSize=12, color=theme.text).encode(
                x=alt.value(left + 24), y=top
            )
        )
        left += 24 + typeface.width(text, 12) + 18
    layers.append(
        one.mark_text(align="right", text=unit, fontSize=12, color=theme.muted).encode(
            x=alt.value(-8), y=alt.value(_UNIT_Y)
        )
    )
    return layers
