"""What stood in a body's file when it went out, to tell what somebody has filled in since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import AskedBody
from steering.analysis.surveys.said import answers
from steering.exchange.surveys.sheets import said_before
from steering.model import NeedKind, texts

_CELLS = (
    *("target_groups", "quantity", "unit", "valid_from", "valid_until", "priority", "level", "area_id"),
    *("site", "reason"),
)


class Prefilled:
    """The cells of each task's lines as they went out: what the body said last, or where it is."""

    def __init__(self, portfolio: Portfolio, asked: AskedBody) -> None:
        self._body = asked.body
        self._before: dict[int, list[dict[str, Any]]] = {}
        for row in said_before(answers(portfolio), asked).to_dict("records"):
            cells = {name: plain(row[name]) for name in _CELLS if name != "target_groups"}
            cells["target_groups"] = tuple(sorted(row["groups"]))
            self._before.setdefault(row["task_id"], []).append(cells)
        areas = {row["area_id"] for rows in self._before.values() for row in rows} | {self._body.area_id}
        self._areas_known = areas <= set(portfolio.areas["id"].tolist())

    def is_all(
        self, task: int | None, kind: NeedKind, told: Mapping[str, Any], unreadable: Collection[str]
    ) -> bool:
        """Whether a line says nothing else: `told` is what was read from its cells, `unreadable` the fields
        of those that were not understood. A cell that was emptied says nothing."""
        # A place that went out and is gone since is no longer understood, though nobody has typed it.
        typed = set(unreadable) - (set() if self._areas_known else {"area_id"})
        if typed:
            return False
        filled = {name: _cell(name, told.get(name)) for name in _CELLS}
        filled = {name: value for name, value in filled.items() if value not in (None, "", ())}
        level = self._body.level if kind is NeedKind.STEERING else None
        fresh = {"area_id": plain(self._body.area_id), "level": plain(level)}
        sent = [fresh, *(self._before.get(task, ()) if task is not None else ())]
        return any(all(row.get(name) == value for name, value in filled.items()) for row in sent)


def _cell(name: str, value: Any) -> Any:
    return tuple(sorted(value or ())) if name == "target_groups" else plain(value)


def plain(value: Any) -> Any:
    """A value so that it compares whether it was read from a file or from the tables."""
    if isinstance(value, tuple):
        return tuple(int(each) for each in value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp | date):
        return f"{value:%Y-%m-%d}"
    return float(value) if isinstance(value, int | float) else texts.seen(str(value)).strip()
