"""How many tasks are open over time, in the three scenarios."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.charts.band import Cliff, DrawnQuantity, banded, wide_of
from steering.charts.drawing import Drawing
from steering.charts.theme import LIGHT, Theme
from steering.model import ExtensionRule
from steering.model.german import count


def open_band(per_quarter: pd.DataFrame, as_of: date, *, height: int = 240, theme: Theme = LIGHT) -> Drawing:
    """Open tasks per quarter: what stays open in every scenario as an area, what only may open as a band.

    `per_quarter`: quarter (first day), rule (ExtensionRule), open, maybe (numbers of tasks). The largest rise
    of gesichert after the Stichtag is labelled.
    """
    wide = wide_of(per_quarter, "open")
    secured = per_quarter[per_quarter["rule"] == ExtensionRule.SECURED].set_index("quarter")
    wide["note"] = [_doubt(secured["maybe"].get(quarter, 0)) for quarter in wide["quarter"]]
    rise = _largest_rise(wide["quarter"], wide[ExtensionRule.SECURED], as_of)
    return banded(wide, as_of, _measure(), rise, height, theme)


def _largest_rise(quarters: pd.Series, level: pd.Series, as_of: date) -> Cliff | None:
    """From one quarter to the next that begins after the Stichtag; a task is open in a quarter if it is on
    one day of it.
    """
    rises = level.diff().where(quarters > pd.Timestamp(as_of)).fillna(0.0).to_numpy()
    if not (rises > 0).any():
        return None
    steepest = int(rises.argmax())
    return Cliff(quarters.iloc[steepest].date(), float(rises[steepest]), exact=False)


def _measure() -> DrawnQuantity:
    return DrawnQuantity(
        unit="Aufgaben",
        words=lambda value: count(round(value), "Aufgabe", "Aufgaben"),
        title="Offene Aufgaben je Quartal",
        lowest=ExtensionRule.OPTIMISTIC,
        turn="Größter Anstieg",
        change=lambda value: f"+{round(value)}",
    )


def _doubt(maybe: int) -> str:
    if not maybe:
        return "nichts"
    return f"ob der Bedarf gedeckt ist, bei {count(maybe, 'Aufgabe', 'Aufgaben')}"
