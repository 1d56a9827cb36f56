"""A Portfolio while the changes of a scenario are being applied to it, one after another."""

from __future__ import annotations

import zlib
from collections import ChainMap
from collections.abc import Mapping, MutableMapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import count
from typing import Any, cast

import numpy as np
import pandas as pd

from steering.analysis.changes import AT_LEAST_UNTIL, AT_MOST_UNTIL, CARRIED, GOES_ON_UNTIL
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DOOM, NO_DAY
from steering.analysis.portfolio import Portfolio
from steering.model import FundingPart, Provenance, Record

ASSUMED = {"provenance": Provenance.DERIVED, "provenance_note": "Annahme des Szenarios"}


class ScenarioFrames:
    """Frames that are replaced, never written to, so that the Portfolio they come from stays as it is.

    The days of `changes.AT_LEAST_UNTIL` and `AT_MOST_UNTIL` are whole numbers until it is finished.
    `moved_from`: which responsibility one continues with another structure. `cut`: those whose last day
    has changed.
    """

    def __init__(self, portfolio: Portfolio) -> None:
        fundings, structures = portfolio.fundings, portfolio.structures
        carrying = fundings["part"] == FundingPart.CARRYING
        self._made: dict[str, pd.DataFrame] = {
            "funding": fundings.assign(**{AT_LEAST_UNTIL: NO_DAY, AT_MOST_UNTIL: DOOM}),
            "structure": structures.assign(
                **{CARRIED: structures["id"].isin(fundings.loc[carrying, "structure_id"])}
            ).assign(**{GOES_ON_UNTIL: np.full(len(structures), np.datetime64("NaT", "s"))}),
        }
        # Written to what is made here; what no change touches is read where a change asks for it only.
        self.frames: MutableMapping[str, pd.DataFrame] = ChainMap(
            self._made, cast("dict[str, pd.DataFrame]", portfolio.frames)
        )
        self.moved_from: dict[int, int] = {}
        self.cut: set[int] = set()

    def has(self, table: str, identity: int) -> bool:
        return bool((self.frames[table]["id"] == identity).any())

    def put(self, table: str, **columns: Any) -> None:
        """Replace columns of a table."""
        self.frames[table] = self.frames[table].assign(**columns)

    def add(self, kind: type[Record], values: Mapping[str, Any]) -> None:
        """Append an assumed record; what the values do not say is as the model has it."""
        table = str(kind.__tablename__)
        self.frames[table] = appended(self.frames[table], kind, [dict(values) | ASSUMED])

    def new_id(self, kind: type[Record], *origin: object) -> int:
        """The id of a record that a change brings in.

        It is negative, so that it is nobody else's, and depends on what it comes from, so that it stays the
        same whatever other changes there are.
        """
        for again in count():
            found = -1 - zlib.crc32(repr((kind.__tablename__, origin, again)).encode())
            if not self.has(str(kind.__tablename__), found):
                return found
        raise AssertionError

    def lineage(self, responsibility_id: int) -> list[int]:
        """A responsibility together with all that continue it with other structures."""
        found = [responsibility_id]
        for moved, origin in self.moved_from.items():
            if origin in found:
                found.append(moved)
        return found

    def finished(self, portfolio: Portfolio) -> Portfolio:
        """The Portfolio as the changes leave it, without what never existed or has no day left."""
        self._drop_fundings()
        self._drop_responsibilities()
        return portfolio.replacing(self._made)

    def _drop_fundings(self) -> None:
        fundings = self.frames["funding"]
        dropped = fundings[AT_MOST_UNTIL] == NO_DAY
        alone = fundings["accompanies_id"].isin(fundings.loc[dropped, "id"])
        alone &= fundings["part"] == FundingPart.CO_FINANCING
        kept = fundings[~dropped & ~alone].reset_index(drop=True)
        limits = {name: days.dates(kept[name].to_numpy()) for name in (AT_LEAST_UNTIL, AT_MOST_UNTIL)}
        self.frames["funding"] = kept.assign(**limits)

    def _drop_responsibilities(self) -> None:
        if not self.cut:
            return
        found = self.frames["responsibility"]
        gone = found["id"].isin(self.cut) & (found["valid_until"] < found["valid_from"])
        groups = self.frames["responsibility_group"]
        lost = groups["responsibility_id"].isin(found.loc[gone, "id"])
        self.frames["responsibility"] = found[~gone].reset_index(drop=True)
        self.frames["responsibility_group"] = groups[~lost].reset_index(drop=True)


def appended(frame: pd.DataFrame, kind: type[Record], records: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A table with records that are not stored; what their values do not say is as the model has it."""
    types = tuple((str(column), kept) for column, kept in frame.dtypes.items())
    new = [
        _as_rows(kind, types, tuple((name, values[name]) for name, _ in types if name in values))
        for values in records
    ]
    return pd.concat([frame, *new], ignore_index=True)


@lru_cache(maxsize=256)
def _as_rows(
    kind: type[Record], types: tuple[tuple[str, Any], ...], values: tuple[tuple[str, Any], ...]
) -> pd.DataFrame:
    """A record as a frame of one row with these columns and types.

    Kept, since the proof of the Masterplan applies the same changes again for each set of measures.
    """
    told = {name: field.get_default() for name, field in kind.model_fields.items()} | dict(values)
    row = {column: _plain(told[column]) for column, _ in types}
    return pd.DataFrame([row], dtype=object).astype(dict(types))


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def rows(frame: pd.DataFrame, column: str, values: list[int]) -> np.ndarray:
    """Which rows name one of the values in a column that may be empty."""
    return frame[column].isin(values).to_numpy(dtype=bool)
