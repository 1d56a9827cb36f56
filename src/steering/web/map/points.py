"""The structures as points on the Karte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.lives.stretches import NOT_RUNNING, RUNNING
from steering.charts.gathered_points import NUMBERED, gathered
from steering.charts.map_picture import HOLLOW
from steering.model import Level
from steering.model.german import fte
from steering.model.vocabulary import LEVEL_LETTER, STATE_WORDS, word
from steering.web import current
from steering.web.structures import words as structure_words


def of(rows: pd.DataFrame, as_of: date, reach: Mapping[int, str] | None = None) -> pd.DataFrame:
    """The points that `charts.map` draws, of structures as `inventory` has them, many of one seat in one;
    `reach`: whom each reaches, in words, by id."""
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
    return gathered(points)


def explained(points: pd.DataFrame) -> str:
    """What letters, numbers and hollow points say, as far as they occur, as Markdown; "" without points."""
    drawn = set(points["level"])
    levels = " · ".join(f"**{LEVEL_LETTER[level]}** {word(level)}" for level in Level if level in drawn)
    said = (
        f"nach Ebene: {levels}" if levels else "",
        NUMBERED if (points["number"] > 1).any() else "",
        "" if points["certain"].all() else HOLLOW,
    )
    return "; ".join(filter(None, said))


def _words(row: Mapping[Any, Any], as_of: date, reach: Mapping[int, str]) -> str:
    state, reached = STATE_WORDS[str(row["state"])], reach.get(row["structure_id"])
    reaches = f"\nErreicht: {reached}" if reached else ""
    return (
        f"{word(Level(str(row['level'])))}: {row['organisation']}\n{state}, {fte(row['recorded_fte'])}\n"
        f"Ende: {structure_words.end_words(row, as_of)}{reaches}"
    )
