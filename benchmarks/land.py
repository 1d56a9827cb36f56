"""Municipalities with keys (AGS) in their real form, from a Landkreis with 17 to Bavaria with 2,056."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

LANDKREIS = 17
BAVARIA = 2_056

COBURG = "09473"
LARGEST_LANDKREIS = 40
# Kreisfreie Städte and Landkreise of Bavaria's seven Regierungsbezirke.
REGIERUNGSBEZIRKE = ((3, 20), (3, 9), (3, 7), (4, 9), (5, 7), (3, 9), (4, 10))


class Land(NamedTuple):
    """The municipalities, sorted by Kreis. Those of a Kreis are `many` rows from `first` on."""

    ags: list[str]
    kreis: Numbers
    first: Numbers
    many: Numbers

    def anywhere(self, kreis: Numbers, chance: np.random.Generator) -> Numbers:
        """The row of a municipality in each of these Kreise."""
        return self.first[kreis] + chance.integers(0, self.many[kreis])


def land(municipalities: int) -> Land:
    """One Landkreis as far as it goes, else all Kreise of Bavaria."""
    if municipalities <= LARGEST_LANDKREIS:
        return _spread([COBURG], [municipalities])
    cities, landkreise = _kreise_of_bavaria()
    each, more = divmod(municipalities - len(cities), len(landkreise))
    sizes = [each + (place < more) for place in range(len(landkreise))]
    return _spread(cities + landkreise, [1] * len(cities) + sizes)


def _kreise_of_bavaria() -> tuple[list[str], list[str]]:
    cities, landkreise = [], []
    for bezirk, (some, others) in enumerate(REGIERUNGSBEZIRKE, start=1):
        cities += [f"09{bezirk}{number}" for number in range(61, 61 + some)]
        landkreise += [f"09{bezirk}{number}" for number in range(71, 71 + others)]
    return cities, landkreise


def _spread(kreise: list[str], sizes: list[int]) -> Land:
    """Numbers within a Kreis begin at 111; a kreisfreie Stadt has 000."""
    many = np.array(sizes, dtype=np.int64)
    ags = [
        f"{kreis}{111 + number if size > 1 else 0:03}"
        for kreis, size in zip(kreise, sizes, strict=True)
        for number in range(size)
    ]
    return Land(ags, np.repeat(np.arange(len(many)), many), np.cumsum(many) - many, many)
