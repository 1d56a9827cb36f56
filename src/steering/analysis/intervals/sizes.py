"""How large a structure is, in exact whole numbers.

FTE are counted in whole millionths, so that 0.1 + 0.2 is 0.3 and equal sums are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask

FTE_PARTS = 1_000_000
NOT_KNOWN = -1


@dataclass(frozen=True)
class Sizes:
    """FTE in parts and places per record, NOT_KNOWN where empty."""

    fte: Days
    places: Days

    def at(self, rows: Days | Mask) -> Sizes:
        return Sizes(self.fte[rows], self.places[rows])


def sizes(records: pd.DataFrame, fte: str = "fte") -> Sizes:
    """The figures of structures or fundings; `fte` names the column."""
    parts = records[fte].to_numpy() * FTE_PARTS
    return Sizes(
        np.where(np.isnan(parts), NOT_KNOWN, np.rint(np.nan_to_num(parts))).astype(np.int64),
        records["places"].fillna(NOT_KNOWN).to_numpy(dtype=np.int64),
    )


def effective(total: Days, with_figure: Days, active: Days, own: Days) -> Days:
    """The fundings' sum where all active ones carry a figure, unknown where only some do, else the own."""
    return np.select([with_figure == 0, with_figure == active], [own, total], default=NOT_KNOWN)


def fte_column(parts: Days) -> npt.NDArray[np.float64]:
    return np.where(parts == NOT_KNOWN, np.nan, parts / FTE_PARTS)


def places_column(places: Days) -> pd.api.extensions.ExtensionArray:
    return pd.arrays.IntegerArray(places, places == NOT_KNOWN)
