"""Which fundings a change of a scenario acts on, as docs/rules.md#scenarios tells it.

A change is what it does ("extend", "end" or "drop"), to what ("funding" or "programme"), its id, and a day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracles.lives import known_end

Values = dict[str, Any]
Told = tuple[str, str, int, date | None]


def with_changes(fundings: list[Values], changes: list[Told]) -> list[Values]:
    """The fundings, each with the changes that concern it, in their order."""
    return [
        funding
        | {
            "changes": [
                (what, day)
                for what, kind, identity, day in changes
                if concerns(what, kind, identity, funding, fundings)
            ]
        }
        for funding in fundings
    ]


def concerns(what: str, kind: str, identity: int, funding: Values, fundings: list[Values]) -> bool:
    if kind == "funding":
        return bool(funding["id"] == identity)
    if funding["programme_id"] != identity:
        return False
    if what != "extend":
        return True
    return funding is last_from_programme(identity, funding["structure_id"], fundings)


def last_from_programme(programme: int, structure: int, fundings: list[Values]) -> Values | None:
    """The carrying funding from a programme that goes on longest: open, then unknown, then by its days."""
    own = [
        funding
        for funding in fundings
        if (funding["programme_id"], funding["structure_id"]) == (programme, structure)
        and funding["part"] == "carrying"
        and not (funding["start"] and funding["end"] and funding["end"] < funding["start"])
    ]

    def how_long(funding: Values) -> tuple:
        end = known_end(funding, "end") or date.max
        return end, funding["end_kind"] == "open", funding["start"] or date.min, funding["id"]

    return max(own, key=how_long, default=None)
