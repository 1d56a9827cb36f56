"""The ground of a map: shapes, and the view that shows them with their names.

All of this depends on the boundaries alone, so it is made once and kept; values and points come and go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from steering.charts import labels, plane
from steering.charts.labels import Label
from steering.charts.plane import Numbers, PolygonRings, Projection, Shape
from steering.model import BoundaryRole

_MARGIN = 22
_SHORT_KIND = {"Landkreis": "Lkr. ", "Kreis": "Kr. "}


@dataclass(frozen=True, eq=False)
class Ground:
    """What `ground()` makes; `rim` is the outer border of the own Landkreis as lines in pixels."""

    projection: Projection
    own: tuple[Shape, ...]
    neighbours: tuple[Shape, ...]
    rim: tuple[Numbers, ...]
    labels: tuple[Label, ...]
    neighbour_labels: tuple[Label, ...]
    attribution: str

    def shape(self, key: str) -> Shape | None:
        """The own municipality, or the neighbour the key belongs to (09463000 is in 09463)."""
        for shape in (*self.own, *self.neighbours):
            if key == shape.key or (len(shape.key) < len(key) and key.startswith(shape.key)):
                return shape
        return None


def ground(
    boundaries: pd.DataFrame, municipalities: pd.DataFrame, *, width: int = 620, height: int = 560
) -> Ground:
    """A map of the own municipalities that fills `width` × `height` pixels.

    `boundaries`: key, role (BoundaryRole), name, kind, geometry (GeoJSON, WGS 84), label_longitude,
    label_latitude, attribution. `municipalities`: ags, name, inhabited, longitude, latitude (may be NaN).
    """
    is_own = boundaries["role"] == BoundaryRole.OWN
    corners = [ring for geometry in boundaries.loc[is_own, "geometry"] for ring in plane.rings_of(geometry)]
    projection = Projection.fitting(np.concatenate(corners), width, height, _MARGIN)
    places = municipalities.set_index("ags")
    own = tuple(_shape(row, projection, places) for _, row in boundaries[is_own].iterrows())
    neighbours = tuple(_shape(row, projection, places) for _, row in boundaries[~is_own].iterrows())
    inside = labels.inside_labels(own)
    outside = labels.outside_labels(own, neighbours, inside, projection)
    around = labels.neighbour_labels(neighbours, [*inside, *outside], projection)
    attribution = " · ".join(dict.fromkeys(text for text in boundaries["attribution"] if text))
    return Ground(
        projection,
        own,
        neighbours,
        tuple(plane.outer_edges([shape.outline for shape in own])),
        (*inside, *outside),
        tuple(around),
        attribution,
    )


def _shape(row: pd.Series, projection: Projection, places: pd.DataFrame) -> Shape:
    rings = tuple(projection.pixels(ring) for ring in plane.rings_of(row["geometry"]))
    label = np.array([[row["label_longitude"], row["label_latitude"]]], dtype=float)
    place = places.loc[row["key"]] if row["key"] in places.index else None
    name = f"{_SHORT_KIND.get(row['kind'], '')}{row['name']}" if place is None else place["name"]
    seat = label
    if place is not None and not pd.isna(place["longitude"]) and not pd.isna(place["latitude"]):
        seat = np.array([[place["longitude"], place["latitude"]]], dtype=float)
    return Shape(
        key=row["key"],
        name=name,
        inhabited=place is None or bool(place["inhabited"]),
        geometry=plane.rounded(row["geometry"]),
        outline=PolygonRings(rings),
        label_point=projection.pixels(label)[0],
        seat=projection.pixels(seat)[0],
    )
