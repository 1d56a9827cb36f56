"""Frames as the pages hand them to the charts, with defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.view import Horizon
from steering.charts.ground import Ground, ground
from steering.model import ExtensionRule

AS_OF = date(2026, 11, 22)
HORIZON = Horizon(date(2025, 1, 1), date(2035, 12, 31))


def quarters(
    levels: dict[str, float], first: str = "2026-01-01", rule: ExtensionRule | None = None
) -> pd.DataFrame:
    """VZÄ per quarter: a level from each named quarter on, in one scenario or in all three."""
    days = pd.date_range(first, periods=12, freq="QS").astype("datetime64[s]")
    starts = pd.Series(levels)
    starts.index = pd.to_datetime(starts.index)
    rows = [
        {
            "quarter": day,
            "rule": each.value,
            "fte": starts[starts.index <= day].iloc[-1],
            "running": 3.0,
            "fte_unknown": 1,
            "maybe": 2,
        }
        for each in ([rule] if rule else list(ExtensionRule))
        for day in days
    ]
    return pd.DataFrame(rows)


def rows(*names: str, group: str = "") -> pd.DataFrame:
    return pd.DataFrame(
        {"structure_id": range(1, len(names) + 1), "label": list(names), "group": group},
        columns=["structure_id", "label", "group"],
    )


def bars(*given: dict[str, Any]) -> pd.DataFrame:
    """Bars of structure 1 that are secured and counted, unless said otherwise."""
    default = {
        "structure_id": 1,
        "funding_id": 7,
        "start": None,
        "end": None,
        "certainty": "secured",
        "counted": True,
    }
    frame = pd.DataFrame([default | each for each in given], columns=list(default))
    for column in ("start", "end"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame.astype({"funding_id": "Int64", "counted": bool})


def marks(*given: dict[str, Any]) -> pd.DataFrame:
    default = {"structure_id": 1, "day": None, "kind": "apply_by", "estimated": False, "text": "KSA"}
    frame = pd.DataFrame([default | each for each in given], columns=list(default))
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[s]")
    return frame.astype({"estimated": bool})


def square(west: float, south: float, size: float) -> dict[str, Any]:
    """A square in degrees, counter-clockwise as in GeoJSON."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def boundary(
    key: str, role: str, name: str, geometry: dict[str, Any], kind: str = "Gemeinde"
) -> dict[str, Any]:
    corners = geometry["coordinates"][0][:4]
    return {
        "key": key,
        "role": role,
        "name": name,
        "kind": kind,
        "geometry": geometry,
        "label_longitude": sum(corner[0] for corner in corners) / 4,
        "label_latitude": sum(corner[1] for corner in corners) / 4,
        "attribution": "© Amt 2016",
    }


def small_ground() -> Ground:
    """Two large municipalities, a tiny one between them, an empty one, and a neighbour on the right.

    The neighbour has the key 09463; the others 09473001 (Weststadt) to 09473004 (Forst).
    """
    boundaries = pd.DataFrame(
        [
            boundary("09473001", "own", "Weststadt", square(10.0, 50.0, 0.3)),
            boundary("09473002", "own", "Mitte b.Coburg", square(10.3, 50.0, 0.3)),
            boundary("09473003", "own", "Niederfüllbach", square(10.6, 50.0, 0.02)),
            boundary("09473004", "own", "Forst", square(10.62, 50.0, 0.02)),
            boundary("09463", "neighbour", "Coburg", square(10.6, 50.02, 0.3), "Kreisfreie Stadt"),
        ]
    )
    municipalities = pd.DataFrame(
        {
            "ags": ["09473001", "09473002", "09473003", "09473004"],
            "name": ["Weststadt", "Mitte b.Coburg", "Niederfüllbach", "Forst"],
            "inhabited": [True, True, True, False],
            "longitude": [10.15, None, 10.61, None],
            "latitude": [50.15, None, 50.01, None],
        }
    )
    return ground(boundaries, municipalities)


def values(**known: float | None) -> pd.DataFrame:
    """Values by the last digit of the AGS, such as `m1=3`."""
    return pd.DataFrame(
        {
            "ags": [f"0947300{key[1:]}" for key in known],
            "value": pd.Series(list(known.values()), dtype=float),
            "text": ["?" if value is None else str(value) for value in known.values()],
            "tooltip": "Strukturen vor Ort",
        }
    )


def points(*seats: str | None, level: str = "county") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "structure_id": range(11, 11 + len(seats)),
            "seat": pd.Series(list(seats), dtype=object),
            "level": level,
            "title": "Familienbüro",
            "tooltip": "Landkreis\nbis 31.12.2026",
        }
    )
