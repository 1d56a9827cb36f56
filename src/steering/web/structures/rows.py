"""The structures that the page lists, by the presets to which figures elsewhere lead."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from steering.analysis.findings.endings import warned_until
from steering.analysis.structures import counted
from steering.analysis.structures.completeness import completeness
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.web import current, filters, presets

RowFilter = Callable[[pd.DataFrame, View], pd.DataFrame]
_KEPT: dict[str, RowFilter] = {
    presets.RUNNING.preset: lambda rows, _at: counted.running(rows),
    presets.UNCERTAIN.preset: lambda rows, _at: counted.uncertain(rows),
    presets.ENDED.preset: lambda rows, at: counted.ended(rows, at.as_of),
    presets.PAUSING.preset: lambda rows, at: counted.pausing(rows, at.as_of),
    presets.YET_TO_BEGIN.preset: lambda rows, at: counted.yet_to_begin(rows, at.as_of),
    presets.ENDING.preset: lambda rows, at: counted.ending(rows, current.of(warned_until, at.as_of)),
    presets.SEATED.preset: lambda rows, _at: counted.seated(rows, _municipalities()),
    presets.ELSEWHERE.preset: lambda rows, _at: counted.seated_elsewhere(rows, _municipalities()),
    presets.WITHOUT_SEAT.preset: lambda rows, _at: counted.without_seat(rows),
    presets.FTE_NOT_KNOWN.preset: lambda rows, _at: counted.fte_not_known(rows),
    presets.INCOMPLETE.preset: lambda rows, _at: counted.incomplete(rows),
} | {
    rows.preset: lambda rows, _at, what=what: counted.lacking(rows, what)
    for what, rows in presets.LACKING.items()
}


def listed(at: View, chosen: Selection, preset: str = presets.ALL) -> pd.DataFrame:
    """`inventory` with `completeness`, as far as filters and preset let it through."""
    rows = filters.selected(at, chosen).merge(current.of(completeness, at), on="structure_id")
    return _KEPT[preset](rows, at).reset_index(drop=True) if preset in _KEPT else rows


def size(at: View, chosen: Selection, wanted: presets.CountedRows) -> int:
    """How many structures a preset lists."""
    return len(listed(at, chosen, wanted.preset))


def _municipalities() -> tuple[str, ...]:
    return tuple(current.portfolio().municipalities["ags"])
