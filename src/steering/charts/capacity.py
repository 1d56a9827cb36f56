"""What is secured over time: VZÄ or money per quarter in the three scenarios, as a band with its cliff."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.intervals.falls import Fall
from steering.charts import wording
from steering.charts.band import RULES, Cliff, DrawnQuantity, banded, wide_of
from steering.charts.drawing import Drawing
from steering.charts.theme import LIGHT, Theme
from steering.model import ExtensionRule
from steering.model.german import count


def fte_band(
    per_quarter: pd.DataFrame,
    as_of: date,
    fall: Fall | None = None,
    *,
    height: int = 260,
    theme: Theme = LIGHT,
) -> Drawing:
    """VZÄ per quarter: what is secured as an area, what is possible as a band, what is expected dashed.

    `per_quarter`: quarter (first day), rule (ExtensionRule), fte (mean known VZÄ), running (mean number
    of structures), fte_unknown (structures running with unknown VZÄ), maybe (structures unknown).
    `fall`: the largest one, which is labelled.
    """
    measure = DrawnQuantity("VZÄ", wording.posts, "VZÄ je Quartal")
    wide = wide_of(per_quarter, "fte")
    secured = per_quarter[per_quarter["rule"] == ExtensionRule.SECURED].set_index("quarter")
    wide["note"] = [
        _unknowns(secured["fte_unknown"].get(quarter, 0), secured["maybe"].get(quarter, 0))
        for quarter in wide["quarter"]
    ]
    return banded(wide, as_of, measure, fall and Cliff(fall.day, fall.amount), height, theme)


def money_band(
    per_quarter: pd.DataFrame,
    as_of: date,
    fall: Fall | None = None,
    *,
    height: int = 260,
    theme: Theme = LIGHT,
) -> Drawing:
    """Money per quarter in the three scenarios, drawn like the VZÄ.

    `per_quarter`: quarter (first day), rule, cents; optional note (what is not known, in words, taken
    from the rows of gesichert). `fall`: the largest one, with its cents per quarter, which is labelled.
    """
    euros = per_quarter.assign(euros=per_quarter["cents"] / 100)
    wide = wide_of(euros, "euros")
    wide["note"] = wording.MISSING
    if "note" in per_quarter:
        secured = per_quarter[per_quarter["rule"] == ExtensionRule.SECURED]
        wide["note"] = wide["quarter"].map(secured.set_index("quarter")["note"]).fillna(wording.MISSING)
    divisor, unit = _euro_unit(wide[list(RULES)].max().max())
    wide[list(RULES)] /= divisor

    def euros_of(value: float) -> str:
        return f"{wording.signed(value * divisor, 0)} €"

    measure = DrawnQuantity(
        unit, euros_of, "Mittel je Quartal", change=lambda value: f"{euros_of(value)} je Quartal"
    )
    cliff = fall and Cliff(fall.day, fall.amount / 100 / divisor)
    return banded(wide, as_of, measure, cliff, height, theme)


def _unknowns(without_fte: int, maybe: int) -> str:
    parts = []
    if without_fte:
        parts.append(f"VZÄ nicht bekannt bei {count(without_fte, 'Struktur', 'Strukturen')}")
    if maybe:
        parts.append(f"ungewiss, ob sie läuft, bei {count(maybe, 'Struktur', 'Strukturen')}")
    return "; ".join(parts) or "alles bekannt"


def _euro_unit(largest: float) -> tuple[float, str]:
    if largest >= 2_000_000:
        return 1_000_000.0, "Mio. €"
    return (1_000.0, "Tsd. €") if largest >= 2_000 else (1.0, "€")
