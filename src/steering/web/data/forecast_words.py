"""What is said of a rule of forecasts: its values as a table, and that they are assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.analysis.findings import forecast_rules
from steering.model import ForecastVariant
from steering.model.forecast_rules import shares_of
from steering.model.german import count, day, number, with_capital
from steering.model.vocabulary import word
from steering.web.text import plain


def marked(rule: Mapping[str, Any], *, is_kept: bool) -> str:
    """That it is assumed, by which rule and whose it is."""
    state = "" if is_kept else " Noch nicht gespeichert."
    return (
        f"**Annahme, keine Zählung:** {plain(forecast_rules.told_of(rule))}. "
        f"Quelle: {plain(str(rule['source']))}.{state}"
    )


def whose_sum(unit: str, missing: int) -> str:
    """What the table adds up."""
    without = f"; {count(missing, 'Gemeinde', 'Gemeinden')} ohne Wert nicht mitgezählt" if missing else ""
    return f"{with_capital(unit)} im Landkreis zusammen{without}. Zwischen zwei Tagen gilt der frühere Wert."


def years(ahead: pd.DataFrame) -> pd.DataFrame:
    """One row a year: the last day on which the sum changes, and the three variants."""
    last = ahead.assign(year=ahead["day"].dt.year).drop_duplicates("year", keep="last")
    shown = {"ab": [day(each) for each in last["day"]]}
    for variant in ForecastVariant:
        shown[word(variant)] = [number(each, 1) for each in last[variant.value]]
    return pd.DataFrame(shown)


def ways(places: pd.DataFrame) -> pd.DataFrame:
    """How each municipality's last value comes about."""
    shown = {
        "Gemeinde": places["name"],
        "letzter erhobener Wert": [
            f"{number(base, 2)} ({day(on)})" if base == base else "kein Wert"
            for base, on in zip(places["base"], places["on"], strict=True)
        ],
        "Rechnung": [way or "keine Prognose" for way in places["way"]],
    }
    return pd.DataFrame(shown)


def shares_so_far(text: str) -> str:
    """What typed shares come to together; what cannot be read yet is told when it is saved."""
    try:
        found = shares_of("\n".join(line for line in text.splitlines() if line[:8].isdecimal()))
    except ValueError:
        return ""
    return f"Zusammen {number(float(sum(found.values())), 4)} %." if found else ""
