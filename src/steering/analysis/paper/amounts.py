"""How a paper says amounts of the Landkreis: in whole euros, by budget year, years alike together."""

from __future__ import annotations

import pandas as pd

from steering.model.german import euro

OPEN_AMOUNT = "in noch zu beziffernder Höhe"


def whole(cents: float) -> str:
    """Whole euros: what is spread over days is not known to the cent."""
    return euro(round(cents / 100) * 100)


def own_money(rows: pd.DataFrame) -> list[str]:
    """Own money by budget year, of one structure or of several of which nothing is recorded; [] for none."""
    if rows["more_cents"].isna().all() and not rows["unknown"].any():
        return [OPEN_AMOUNT]
    asked = rows[(rows["more_cents"] != 0) & ~(rows["more_cents"].isna() & (rows["unknown"] == 0))]
    return spans(asked.rename(columns={"more_cents": "own_cents", "unknown": "own_unknown"}))


def spans(costs: pd.DataFrame) -> list[str]:
    """Own money by budget year, years in a row with the same amount together."""
    told: list[tuple[str, int, int]] = []
    for row in costs.to_dict("records"):
        year, cents = int(row["year"]), row["own_cents"]
        amount = "" if pd.isna(cents) else whole(cents)
        if amount and row["own_unknown"]:
            amount += " und weitere noch nicht bekannte"
        if told and told[-1][0] == amount and told[-1][2] == year - 1:
            told[-1] = (amount, told[-1][1], year)
        else:
            told.append((amount, year, year))
    return [_span(*each) for each in told]


def _span(amount: str, first: int, last: int) -> str:
    when = f"im Haushaltsjahr {first}" if first == last else f"in den Haushaltsjahren {first} bis {last}"
    if not amount:
        return f"in noch nicht bekannter Höhe {when}"
    return f"von {'' if first == last else 'je '}{amount} {when}"
