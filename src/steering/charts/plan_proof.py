"""The Masterplan's answer as a picture: what is open in each period, and what each measure takes away."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.charts.colour_meanings import STAYS_OPEN
from steering.charts.drawing import Drawing, named_source, only, without_data
from steering.charts.theme import LIGHT, Theme, ink_on
from steering.model.german import count

OPEN = "bleibt mit dem Masterplan offen"
MORE_MEASURES = "weitere Maßnahmen"
# So many measures have a colour of their own; the eye keeps no more apart.
MOST = 5
# Far from the colours that mean something: neither red, orange nor blue.
_TINTS = ("#cfe3c0", "#e2d0ec", "#bfe3d8", "#ece8b4", "#c9b8dd", "#d9d9d9")
_PLOT, _LEGEND_ROW = 230, 20
_PADDING = {"left": 4, "right": 8, "top": 4, "bottom": 4}


def proof_picture(periods: pd.DataFrame, taken: pd.DataFrame, *, theme: Theme = LIGHT) -> Drawing:
    """A column per period, as wide as the period is long.

    - `periods`: first, last, name, without, with_plan (numbers of findings);
    - `taken`: period (row of `periods`), measure (name), closed (findings that it closes, each measure added
      to those before it; without those that it opens).

    From below: what stays open, then what each measure takes away; a line at what is open without the plan.
    Where a measure opens findings, the column reaches above that line by so many.
    """
    taken = taken.astype({"closed": "int64", "period": "int64"})
    names = _kept(taken)
    columns = _columns(periods)
    open_ones = columns.assign(
        layer="piece", who=OPEN, low=0, high=periods["with_plan"], text=_shown(periods["with_plan"])
    )
    pieces = pd.concat([open_ones, _pieces(columns, periods, taken, names)], ignore_index=True)
    lines = columns.assign(layer="without", high=periods["without"], text=_shown(periods["without"]))
    pieces["centre"] = _beside_the_line(pieces, pieces["day"].map(lines.set_index("day")["high"]))
    # The words of the line stand above the whole column.
    lines["top"] = lines["high"].clip(lower=lines["day"].map(pieces.groupby("day")["high"].max()))
    data = pd.concat([pieces, lines], ignore_index=True)
    data["words"] = [
        f"{count(int(high - low), 'Hinweis', 'Hinweise')}" if layer == "piece" else ""
        for layer, high, low in zip(data["layer"], data["high"], data["low"].fillna(0), strict=True)
    ]
    height = _PLOT + _LEGEND_ROW * (len(names) + 1)
    return Drawing(_spec((OPEN, *names), theme, height), data, _alternative(periods), height)


def _kept(taken: pd.DataFrame) -> list[str]:
    """The measures that take something away, in the order given; those beyond MOST share one name."""
    names = list(dict.fromkeys(taken.loc[taken["closed"] > 0, "measure"]))
    return names if len(names) <= MOST else [*names[:MOST], MORE_MEASURES]


def _columns(periods: pd.DataFrame) -> pd.DataFrame:
    first, after = periods["first"], periods["last"] + pd.Timedelta(days=1)
    return pd.DataFrame(
        {"day": first, "until": after, "middle": first + (after - first) / 2, "name": periods["name"]}
    )


def _pieces(columns: pd.DataFrame, periods: pd.DataFrame, taken: pd.DataFrame, names: list[str]) -> Any:
    """What each measure takes away, one upon the other above what stays open."""
    closing = taken[taken["closed"] > 0]
    closing = closing.assign(who=closing["measure"].where(closing["measure"].isin(names), MORE_MEASURES))
    closing = closing.groupby(["period", "who"], sort=False)["closed"].sum().reset_index()
    closing["rank"] = closing["who"].map(names.index)
    closing = closing.sort_values(["period", "rank"], ignore_index=True)
    high = (
        periods["with_plan"].reindex(closing["period"]).to_numpy()
        + closing.groupby("period")["closed"].cumsum()
    )
    pieces = columns.reindex(closing["period"]).reset_index(drop=True)
    return pieces.assign(
        layer="piece", who=closing["who"], low=high - closing["closed"], high=high,
        text=[f"−{int(closed)}" for closed in closing["closed"]],
    )  # fmt: skip


def _beside_the_line(pieces: pd.DataFrame, line: pd.Series) -> pd.Series:
    """Where the number of a piece stands: in its middle, or in that of its larger part if a line cuts it."""
    low, high = pieces["low"], pieces["high"]
    cut = (low < line) & (line < high)
    above = high - line >= line - low
    return (low.mask(cut & above, line) + high.mask(cut & ~above, line)) / 2


def _shown(numbers: pd.Series) -> list[str]:
    return [str(int(number)) for number in numbers]


def _alternative(periods: pd.DataFrame) -> str:
    told = "; ".join(
        f"{name}: {without} ohne, {with_plan} mit Masterplan"
        for name, without, with_plan in zip(
            periods["name"], periods["without"], periods["with_plan"], strict=True
        )
    )
    return f"Offene Hinweise je Planungszeitraum. {told}."


@lru_cache(maxsize=32)
def _spec(names: tuple[str, ...], theme: Theme, height: int) -> dict[str, Any]:
    fills = [STAYS_OPEN.on(theme), *_TINTS[: len(names) - 1]]
    x = alt.X("day:T", axis=None, scale=alt.Scale(nice=False))
    axis = alt.Axis(title=None, tickMinStep=1, tickCount=4, gridColor=theme.line, labelColor=theme.muted)
    legend = alt.Legend(
        title=None, orient="top", direction="vertical", labelLimit=900, labelFontSize=12,
        labelColor=theme.text, symbolType="square",
    )  # fmt: skip
    pieces = alt.Chart().transform_filter(only("piece"))
    middle = {"x": alt.X("middle:T", axis=None, scale=alt.Scale(nice=False))}
    bars = pieces.mark_rect(stroke=theme.background, strokeWidth=2).encode(
        x=x, x2="until", y=alt.Y("low:Q", axis=axis, title=None), y2="high",
        fill=alt.Fill("who:N", scale=alt.Scale(domain=list(names), range=fills), legend=legend),
        tooltip=[
            alt.Tooltip("name:N", title="Zeitraum"), alt.Tooltip("who:N", title="Was"),
            alt.Tooltip("words:N", title="Anzahl"),
        ],
    )  # fmt: skip
    inside = pieces.transform_filter("datum.high > datum.low")
    numbers = [
        inside.transform_filter(f"datum.who {sign} '{OPEN}'")
        .mark_text(baseline="middle", fontSize=13, fontWeight=600, color=ink)
        .encode(**middle, y="centre:Q", text="text:N")
        for sign, ink in (("===", ink_on(STAYS_OPEN.on(theme))), ("!==", LIGHT.text))
    ]
    line = alt.Chart().transform_filter(only("without"))
    rule = line.mark_rule(color=theme.text, strokeWidth=2.5).encode(x=x, x2="until", y="high:Q")
    above = line.transform_calculate(said="'ohne: ' + datum.text").mark_text(
        dy=-9, fontSize=12, fontWeight=600, color=theme.text
    )
    below = line.mark_text(dy=14, fontSize=12, color=theme.muted)
    labels = [
        above.encode(**middle, y="top:Q", text="said:N"),
        below.encode(**middle, y=alt.value("height"), text="name:N"),
    ]
    chart = alt.layer(bars, *numbers, rule, *labels, data=named_source())
    return without_data(chart, height=height, padding=_PADDING | {"bottom": 24})
