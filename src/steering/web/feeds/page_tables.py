"""The table that stands for each page, as the page's own XLSX has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.web import pages
from steering.web.findings import rows as finding_rows
from steering.web.gaps import open_tasks
from steering.web.map import rows as map_rows
from steering.web.masterplan import proof
from steering.web.needs import page as needs
from steering.web.overview import page as overview
from steering.web.potentials import rows as potential_rows
from steering.web.responsibilities import findings as responsibilities
from steering.web.structures import page as structures
from steering.web.timeline import rows as timeline_rows


@dataclass(frozen=True)
class LookedAt:
    """What an address names of its page."""

    view: View
    selection: Selection
    preset: str
    ideas: bool


def _plan(asked: LookedAt) -> pd.DataFrame:
    at = finding_rows.on_any_day(asked.view)
    return proof.file(at, asked.selection, asked.preset, asked.view.as_of, ideas=asked.ideas)


TABLES: Mapping[str, Callable[[LookedAt], pd.DataFrame]] = {
    pages.OVERVIEW.path: lambda asked: overview.ends(asked.view, asked.selection),
    pages.MAP.path: lambda asked: map_rows.table(asked.view, asked.selection, asked.preset),
    pages.TIMELINE.path: lambda asked: timeline_rows.table(asked.view, asked.selection),
    pages.STRUCTURES.path: lambda asked: structures.file(asked.view, asked.selection, asked.preset),
    pages.RESPONSIBILITIES.path: lambda asked: responsibilities.file(
        asked.view, asked.selection, asked.preset
    ),
    pages.NEEDS.path: lambda asked: needs.file(asked.view, asked.selection, asked.preset),
    pages.GAPS.path: lambda asked: open_tasks.file(asked.view, asked.selection, asked.preset),
    pages.MASTERPLAN.path: _plan,
    pages.POTENTIALS.path: lambda asked: potential_rows.sheet(asked.selection, asked.preset),
}
"""By the page's path; `pages.WITH_TABLE` names the same pages."""
