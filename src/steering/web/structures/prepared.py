"""What a filter by Träger leaves out although those it names prepare what is decided about it, in words."""

from __future__ import annotations

import pandas as pd

from steering.model.german import day, listing
from steering.web.text import bold, plain

MOST = 4


def left_out(rows: pd.DataFrame) -> str:
    """In dieser Auswahl nicht dabei, weil FB 22 es nur vorbereitet: Lotsen (Ende 31.12.2026); "" without any.

    `rows`: `name`, `department` and `end` of `inventory.only_prepared`, the soonest end first.
    """
    if rows.empty:
        return ""
    units = [plain(unit) for unit in sorted(set(rows["department"]))]
    verb = "vorbereitet" if len(units) == 1 else "vorbereiten"
    named = zip(rows["name"], rows["end"], strict=True)
    ends = [f"{bold(name)} (Ende {bold(day(end))})" for name, end in named]
    return f"In dieser Auswahl nicht dabei, weil {listing(units)} es nur {verb}: {listing(ends, MOST)}."
