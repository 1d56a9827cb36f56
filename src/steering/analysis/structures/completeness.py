"""What is not known about each structure, so that the screen can say so instead of hiding it."""

from __future__ import annotations

import pandas as pd

from steering.analysis.lives import lifecycle
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.directory import directory
from steering.analysis.view import View
from steering.model import AmountBasis, EndKind, FundingPart
from steering.model.enums import WITHOUT_POSTS

CONFIRMED_WITHIN_MONTHS = 12
END, FTE, AMOUNT, TASK, AREA = "Ende", "VZÄ", "Betrag", "Aufgabe", "Gebiet"


@in_scenario
def completeness(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """One row per structure: `structure_id`, `missing` (tuple of words), `complete`, `stale`.

    Missing can be the end (unknown, or yearly without confirmation), the FTE of what has posts (not told for
    the Stichtag; where it does not run then, told nowhere), the amount of the carrying funding, a task, an
    area. Only what concerns today or later is asked: fundings that ended before today need no amount.
    `stale`: an end that is not fixed or permanent was not confirmed within 12 months before today.
    """
    structures = directory(portfolio)
    today = pd.Timestamp(view.today)
    fundings = portfolio.fundings
    carrying = fundings[fundings["part"] == FundingPart.CARRYING]
    current = carrying[carrying["end"].isna() | (carrying["end"] >= today)]
    ids = structures["structure_id"]
    carried = ids.isin(carrying["structure_id"])
    loose = _loose(current)
    end_unknown = ids.isin(current.loc[loose, "structure_id"]) | (~carried & _loose(structures))
    with_fte = ids.isin(current.loc[current["fte"].notna(), "structure_id"])
    states = lifecycle.on_day(portfolio, view).set_index("structure_id").reindex(ids)
    nowhere = ~with_fte & structures["fte"].isna()
    running, untold = (states["state"] == "running").to_numpy(), states["fte"].isna().to_numpy()
    fte_unknown = untold & (running | nowhere) & ~structures["kind"].isin(WITHOUT_POSTS)
    open_amount = current["amount_cents"].isna() | (current["amount_basis"] == AmountBasis.UNKNOWN)
    gaps = {
        END: end_unknown,
        FTE: fte_unknown,
        AMOUNT: ids.isin(current.loc[open_amount, "structure_id"]),
        TASK: structures["task_names"].map(len) == 0,
        AREA: structures["municipalities"].map(len) == 0,
    }
    missing = pd.DataFrame(gaps)
    recently = today - pd.DateOffset(months=CONFIRMED_WITHIN_MONTHS)
    fresh = ids.isin(current.loc[current["confirmed_on"] >= recently, "structure_id"]) | (
        structures["confirmed_on"] >= recently
    )
    return pd.DataFrame(
        {
            "structure_id": ids,
            "missing": [tuple(missing.columns[row]) for row in missing.to_numpy(dtype=bool)],
            "complete": ~missing.any(axis=1),
            "stale": end_unknown & ~fresh,
        }
    )


def _loose(rows: pd.DataFrame) -> pd.Series:
    """Whether an end is unknown, or yearly without anything that says until when."""
    until = rows["end"] if "end" in rows else rows["valid_until"]
    unconfirmed = until.isna() & rows["confirmed_on"].isna()
    return (rows["end_kind"] == EndKind.UNKNOWN) | ((rows["end_kind"] == EndKind.ANNUAL) & unconfirmed)
