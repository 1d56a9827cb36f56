"""Who does what: tasks as rows, whoever answers for them as columns, their roles as letters.

Two drawings with the same padding: a head with the names of the columns set upright, which the page
keeps in view, and the body with the rows. Upright names never collide, whether 4 columns or 40.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from steering.charts import cutting, matrix_layers, typeface
from steering.charts.drawing import Drawing
from steering.charts.matrix_layers import HEAD_FONT, LONGEST_NAME, PARAMETER, ROW
from steering.charts.theme import LIGHT, Theme
from steering.model import Role
from steering.model.german import count
from steering.model.vocabulary import word

LETTER = {
    Role.LEAD: "F",
    Role.DELIVER: "D",
    Role.STATUTORY: "G",
    Role.SUPPORT: "M",
    Role.INFORM: "N",
}
# Narrow matrices keep cells of a readable shape; the rest of the width stays empty.
FEWEST_COLUMNS = 12
_SHORTEST_HEAD = 70


@dataclass(frozen=True)
class Matrix:
    """`head` above `body`; `picture()` is both in one, for export."""

    head: Drawing
    body: Drawing

    def picture(self) -> Drawing:
        """The whole matrix as one drawing, in the colours of paper."""
        spec = matrix_layers.picture_spec(self.body.height, self.head.height, LIGHT)
        return replace(self.body, spec=spec, height=spec["height"])


def matrix(rows: pd.DataFrame, columns: pd.DataFrame, cells: pd.DataFrame, *, theme: Theme = LIGHT) -> Matrix:
    """Rows and columns in the order given.

    - `rows`: task_id, label, status (a word), tone ("open", "calm" or "none");
    - `columns`: key (str), label, detail (for the tooltip);
    - `cells`: task_id, key, role (the strongest, a value of Role), letters, tone ("open": one of several
      leads not agreed on; "unknown": whether it runs is not known; else ""), detail, example (bool),
      derived (bool: only concluded).
    """
    placed = _rows(rows)
    names = _columns(columns)
    drawn = _cells(cells, placed, names)
    data = pd.concat([_edges(len(names)), names, placed, drawn], ignore_index=True)
    height = max(len(placed), 1) * ROW
    tallest = max((typeface.width(name, HEAD_FONT) for name in names["shown"]), default=0)
    head_height = int(max(min(tallest, LONGEST_NAME) + 10, _SHORTEST_HEAD))
    least = matrix_layers.least_width(max(len(names), FEWEST_COLUMNS))
    head = matrix_layers.head_spec(head_height, theme)
    body = matrix_layers.body_spec(height, theme)
    return Matrix(
        Drawing(head, data, "Spalten der Matrix", head_height, least=least),
        Drawing(body, data, _words(placed, names, drawn), height, least=least),
    )


def chosen_task(selection: Mapping[str, Any]) -> int | None:
    """The task whose row was hit in `st.vega_lite_chart(..., on_select=...)`."""
    for point in selection.get(PARAMETER) or []:
        if point.get("task_id") is not None:
            return int(point["task_id"])
    return None


def _edges(columns: int) -> pd.DataFrame:
    """The two ends of x, counted in columns."""
    return pd.DataFrame({"layer": "edge", "left": [0.0, float(max(columns, FEWEST_COLUMNS))]})


def _rows(rows: pd.DataFrame) -> pd.DataFrame:
    placed = rows[["task_id", "label", "status", "tone"]].reset_index(drop=True)
    top = placed.index.to_numpy() * float(ROW)
    return placed.assign(layer="row", y=top, y2=top + ROW, middle=top + ROW / 2)


def _columns(columns: pd.DataFrame) -> pd.DataFrame:
    placed = columns[["key", "label", "detail"]].reset_index(drop=True)
    left = placed.index.to_numpy() * 1.0
    shown = cutting.told_apart(list(placed["label"]), LONGEST_NAME, HEAD_FONT)
    return placed.assign(layer="column", shown=shown, left=left, right=left + 1, centre=left + 0.5)


def _cells(cells: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    kept = cells.merge(
        rows[["task_id", "label", "y", "y2", "middle"]].rename(columns={"label": "task"}), on="task_id"
    )
    kept = kept.merge(columns[["key", "label", "left", "right", "centre"]], on="key")
    return pd.DataFrame(
        {
            "layer": "cell",
            "task_id": kept["task_id"],
            "task": kept["task"],
            "label": kept["label"],
            "left": kept["left"] + 0.04,
            "right": kept["right"] - 0.04,
            "centre": kept["centre"],
            "y": kept["y"] + 1.5,
            "y2": kept["y2"] - 1.5,
            "middle": kept["middle"],
            "look": kept["role"].where(kept["tone"] == "", kept["tone"]),
            "letters": kept["letters"],
            "detail": kept["detail"],
            "example": kept["example"],
            "derived": kept["derived"],
            "spoken": kept["task"] + ": " + kept["label"] + " " + kept["detail"],
        }
    )


def _words(rows: pd.DataFrame, columns: pd.DataFrame, cells: pd.DataFrame) -> str:
    letters = ", ".join(f"{letter} {word(role)}" for role, letter in LETTER.items())
    return (
        f"Matrix: {count(len(rows), 'Aufgabe', 'Aufgaben')} in Zeilen, {len(columns)} Spalten, "
        f"{count(len(cells), 'Eintrag', 'Einträge')}. {letters}."
    )
