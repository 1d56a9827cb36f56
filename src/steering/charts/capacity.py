"""What is secured over time: VZÄ or money per quarter in the three scenarios, as a band with its cliff."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.charts import wording
from steering.charts.band import RULES, Cliff, DrawnQuantity, banded, closing, largest_cliff, wide_of
from steering.charts.drawing import Drawing
from steering.charts.theme import LIGHT, Theme
from steering.model import ExtensionRule
from steering.model.german import count


def fte_band(
    per_quarter: pd.DataFrame,
    as_of: date,
    *,
    cliff: Cliff | None = None,
    height: int = 260,
    theme: Theme = LIGHT,
) -> Drawing:
    """VZÄ per quarter: what is secured as an area, what is possible as a band, what is expected dashed.

    `per_quarter`: quarter (first day), rule (ExtensionRule), fte (mean known VZÄ), running (mean number
    of structures), fte_unknown (structures running with unknown VZÄ), maybe (structures unknown).
    Without `cliff` the largest fall between two quarters after the Stichtag is labelled.
    """
    measure = DrawnQuantity("VZÄ", wording.posts, "VZÄ je Quartal")
    wide = wide_of(per_quarter, "fte")
    secured = per_quarter[per_quarter["rule"] == ExtensionRule.SECURED].set_index("quarter")
    wide["note"] = [
        _unknowns(secured["fte_unknown"].get(quarter, 0), secured["maybe"].get(quarter, 0))
        for quarter in wide["quarter"]
    ]
    cliff = cliff or largest_cliff(wide["quarter"], wide[ExtensionRule.SECURED], as_of)
    return banded(wide, as_of, measure, cliff, height, theme)


def money_band(
    per_quarter: pd.DataFrame,
    as_of: date,
    *,
    cliff: Cliff | None = None,
    height: int = 260,
    theme: Theme = LIGHT,
) -> Drawing:
    """Money per quarter in the three scenarios, drawn like the VZÄ.

    `per_quarter`: quarter (first day), rule, cents; optional note (what is not known, in words, taken
    from the rows of gesichert). A given `cliff` has its amount in cents.
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
    if cliff is not None:
        cliff = Cliff(cliff.day, cliff.amount / 100 / divisor, cliff.exact)
    else:
        cliff = _money_cliff(wide["quarter"], wide[ExtensionRule.SECURED], as_of)
    return banded(wide, as_of, measure, cliff, height, theme)


def _money_cliff(quarters: pd.Series, secured: pd.Series, as_of: date) -> Cliff | None:
    """The cliff of the daily rate, with its amount per quarter: a quarter with fewer days is no fall.

    Half a percent allows for leap years, whose days cost less.
    """
    if quarters.empty:
        return None
    ends = quarters.shift(-1).fillna(closing(quarters))
    rate = secured / (ends - quarters).dt.days
    found = largest_cliff(quarters, rate, as_of, noise=0.005 * float(rate.max()))
    if found is None:
        return None
    fall = float(secured.diff()[quarters == pd.Timestamp(found.day)].iloc[0])
    return Cliff(found.day, fall, found.exact)


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
