"""The structures as points on the Karte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.lives.stretches import NOT_RUNNING, RUNNING
from steering.model import Level
from steering.model.german import count, fte
from steering.model.vocabulary import STATE_WORDS, word
from steering.web import current
from steering.web.structures import words as structure_words

# More points at one seat would hide the map; their tooltip names so many structures at most.
MOST_POINTS, MOST_NAMES = 8, 12


def of(rows: pd.DataFrame, as_of: date, reach: Mapping[int, str] | None = None) -> pd.DataFrame:
    """The points that `charts.map` draws, of structures as `inventory` has them; `reach`: whom each reaches,
    in words, by id."""
    rows = rows[(rows["state"] != NOT_RUNNING) & rows["seat_ags"].notna()]
    neighbours = rows["seat_ags"].where(rows["seat_ags"].isin(current.portfolio().municipalities["ags"]))
    points = pd.DataFrame(
        {
            "structure_id": rows["structure_id"],
            "seat": neighbours.fillna(rows["seat_ags"].str[:5]),
            "level": rows["level"],
            "certain": rows["state"] == RUNNING,
            "title": rows["name"],
            "tooltip": [_words(row, as_of, reach or {}) for row in rows.to_dict("records")],
        }
    )
    crowded = points.groupby("seat")["seat"].transform("size") > MOST_POINTS
    return pd.concat([points[~crowded], _one_per_level(points[crowded])], ignore_index=True)


def _one_per_level(points: pd.DataFrame) -> pd.DataFrame:
    """Where too many would stack: a point for all of a level at a seat that run, and one for those that may;
    it opens the first of them."""
    groups = points.groupby(["seat", "level", "certain"], as_index=False)
    found = groups.agg(structure_id=("structure_id", "first"), title=("title", list))
    return found.assign(
        tooltip=["\n".join(names[:MOST_NAMES]) + _more(len(names)) for names in found["title"]],
        title=[count(len(names), "Struktur", "Strukturen") for names in found["title"]],
    )


def _more(names: int) -> str:
    return f"\nund {names - MOST_NAMES} weitere" if names > MOST_NAMES else ""


def _words(row: Mapping[Any, Any], as_of: date, reach: Mapping[int, str]) -> str:
    state, reached = STATE_WORDS[str(row["state"])], reach.get(row["structure_id"])
    reaches = f"\nErreicht: {reached}" if reached else ""
    return (
        f"{word(Level(str(row['level'])))}: {row['organisation']}\n{state}, {fte(row['recorded_fte'])}\n"
        f"Ende: {structure_words.end_words(row, as_of)}{reaches}"
    )
