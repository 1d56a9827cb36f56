"""Where more structures have their seat in one place than a map has room for: their number in one point."""

from __future__ import annotations

import pandas as pd

from steering.model.german import count

# Those in a ring around a seat can be told apart and leave its name free. A tooltip names so many at most.
MOST, MOST_NAMES = 4, 12
NUMBERED = "mit Zahl: so viele haben hier ihren Sitz"


def gathered(points: pd.DataFrame) -> pd.DataFrame:
    """The points that `placed_points` takes, with `number`: how many structures each of them stands for.

    Of a seat with more than `MOST` those that run are one point, of no level, and those that may be another.
    """
    points = points.assign(number=1)
    alike = points.groupby(["seat", "certain"])["seat"].transform("size")
    crowded = (points.groupby("seat")["seat"].transform("size") > MOST) & (alike > 1)
    groups = points[crowded].groupby(["seat", "certain"], as_index=False)
    found = groups.agg(structure_id=("structure_id", "first"), title=("title", list))
    found = found.assign(
        level="",
        number=found["title"].map(len).astype("int64"),
        tooltip=["\n".join(names[:MOST_NAMES]) + _more(len(names)) for names in found["title"]],
        title=[count(len(names), "Struktur", "Strukturen") for names in found["title"]],
    )
    every = pd.concat([points[~crowded], found], ignore_index=True)
    return every.sort_values("certain", ascending=False, kind="stable", ignore_index=True)


def _more(names: int) -> str:
    return f"\nund {names - MOST_NAMES} weitere" if names > MOST_NAMES else ""
