"""Something agreed as the occasion of a point of a later round: when, by whom, until when, how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from steering.analysis.portfolio import Portfolio
from steering.model import ActionStatus
from steering.model.german import day
from steering.model.vocabulary import word


def occasion(action: Mapping[Any, Any], agreed_on: date, who: str) -> str:
    """`action`: a row of the agreed actions; `agreed_on`: the day of the round in which it was agreed."""
    status = ActionStatus(action["status"])
    done = f" am {day(action['done_on'])}" if status == ActionStatus.DONE and action["done_on"] else ""
    stands = "noch offen" if status == ActionStatus.OPEN else f"{word(status)}{done}"
    return f"In der Runde vom {day(agreed_on)} vereinbart, {who} bis {day(action['due'])}; {stands}."


def occasions(portfolio: Portfolio, names: Mapping[Any, str]) -> dict[str, str]:
    """The occasion of a point about each agreed action as it stands now, by the action's id as text."""
    points = portfolio.agenda_items[["id", "meeting_id"]].rename(columns={"id": "agenda_item_id"})
    rounds = portfolio.meetings[["id", "day"]].rename(columns={"id": "meeting_id"})
    rows = portfolio.action_items.merge(points, on="agenda_item_id").merge(rounds, on="meeting_id")
    rows = rows.astype(object).where(rows.notna(), None)
    return {
        str(row["id"]): occasion(row, row["day"], names.get(row["organisation_id"], "nicht mehr geführt"))
        for row in rows.to_dict("records")
    }
