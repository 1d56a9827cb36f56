"""Which municipalities lie beside each other: those whose outlines share a stretch of border."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import Any

import pandas as pd

from steering.model import BoundaryRole

Pairs = frozenset[tuple[str, str]]
"""AGS of municipalities side by side, each pair in both orders."""


def neighbours(boundaries: pd.DataFrame) -> Pairs:
    """The pairs of own municipalities with a common border; those that meet in a point are none.

    `boundaries`: key, role, geometry (GeoJSON). Official outlines have the points of a common border in
    common; where they have not, nothing is said to be side by side.
    """
    own = boundaries[boundaries["role"] == BoundaryRole.OWN]
    beside: defaultdict[frozenset[tuple[float, float]], set[str]] = defaultdict(set)
    for key, geometry in zip(own["key"], own["geometry"], strict=True):
        for stretch in _stretches(geometry):
            beside[stretch].add(key)
    return frozenset(
        pair
        for keys in beside.values()
        for one, other in combinations(sorted(keys), 2)
        for pair in ((one, other), (other, one))
    )


def around(pairs: Pairs) -> dict[str, frozenset[str]]:
    """The municipalities around each."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {key: frozenset(others) for key, others in found.items()}


def _stretches(geometry: Mapping[str, Any]) -> Iterator[frozenset[tuple[float, float]]]:
    """The straight pieces of an outline, whichever way round they are drawn."""
    coordinates = geometry["coordinates"]
    for polygon in coordinates if geometry["type"] == "MultiPolygon" else [coordinates]:
        for ring in polygon:
            for one, other in pairwise(ring):
                yield frozenset(((one[0], one[1]), (other[0], other[1])))
