"""Which costs are recorded, and for how many VZÄ the others are estimated: docs/rules.md#money."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracles.lives import NOTHING, figure, funding_state, last_carried_day
from tests.oracles.money import daily_rate

Values = dict[str, Any]


def to_estimate(
    structures: list[Values], fundings: list[Values], today: date, rule: str, search: tuple[date, date]
) -> dict[int, float | None]:
    """The structures whose cost is not recorded, with the VZÄ of the last carried day; None where unknown."""
    found = {}
    for structure in structures:
        mine = [each for each in fundings if each["structure_id"] == structure["id"]]
        carrying = [each for each in mine if each["part"] == "carrying"]
        last = last_carried_day(carrying, fundings, today, rule, search)
        if last is None:
            found[structure["id"]] = structure["fte"]
            continue
        counted = [each for each in mine if funding_state(each, fundings, last, today, rule) != NOTHING]
        if any(daily_rate(each, fundings, last) is None for each in counted):
            found[structure["id"]] = figure(structure, [f for f in counted if f["part"] == "carrying"], "fte")
    return found
