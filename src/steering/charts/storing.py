"""A drawing as plain values, to be kept for years and drawn again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.charts.drawing import Drawing, day_columns, plain_rows
from steering.charts.theme import LIGHT


def as_plain(drawing: Drawing) -> dict[str, Any]:
    """What `from_plain` takes back; JSON can hold it."""
    return {
        "spec": dict(drawing.spec),
        "rows": plain_rows(drawing.data),
        "days": day_columns(drawing.data),
        "alt": drawing.alt,
        "height": drawing.height,
        "width": drawing.width,
        "least": drawing.least,
    }


def from_plain(found: Mapping[str, Any]) -> Drawing:
    """The drawing as it was, on the white it was made for."""
    rows = pd.DataFrame(found["rows"])
    for name in found["days"]:
        rows[name] = pd.to_datetime(rows[name])
    spec = {**found["spec"], "background": LIGHT.background}
    least = found.get("least", 0)  # What was stored before drawings had one lacks it.
    return Drawing(spec, rows, found["alt"], found["height"], found["width"], least)
