"""The life of each structure: on which days it runs, on whose means, and how large it is.

Decisions where DESIGN leaves room:

- A structure with carrying fundings is on each day the lesser of what its own validity and its fundings
  say (running > unknown > not running). An UNKNOWN own end does not limit it, and neither does an ANNUAL
  one that nobody has confirmed; an ANNUAL one with an end does.
- On own means after the fundings, FTE are `fte_after` and places remain the structure's.
- On unknown days FTE and places are unknown too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis import days, ends, spans
from steering.analysis.days import DOOM, NO_DAY, Days
from steering.analysis.ends import Effective, Mask
from steering.analysis.intervals import Segments, merge, sweep
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import EndKind, OnLoss

RUNNING, UNKNOWN, NOT_RUNNING = "running", "unknown", "not_running"
FUNDED, OWN_VALIDITY, OWN_MEANS = "funded", "own_validity", "own_means"

STATES = np.array([NOT_RUNNING, UNKNOWN, RUNNING], dtype=object)
SUPPORTS = np.array(["", FUNDED, OWN_VALIDITY, OWN_MEANS], dtype=object)

# FTE are summed as whole millionths, so that 0.1 + 0.2 is 0.3 and equal sums are equal.
FTE_PARTS = 1_000_000
NOT_KNOWN = -1

# Columns of `Segments.sums` in the result: code of STATES, code of SUPPORTS, FTE in parts, places.
STATE, SUPPORT, FTE, PLACES = range(4)


@dataclass(frozen=True)
class Sizes:
    """FTE in parts and places per record, NOT_KNOWN where empty."""

    fte: Days
    places: Days


def lives(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """All days on which each structure runs or may run, as maximal stretches with constant values.

    Columns: structure_id, start, end (inclusive, NaT where open), state ("running" or "unknown"),
    support ("funded", "own_validity", "own_means"; "" while unknown), fte (full-time equivalents, NaN
    where unknown), places (Int64, NA where unknown). Sorted by structure_id and start, not cut to the
    horizon. Days on which a structure does not run have no row.
    """
    found = segments(portfolio, view)
    ids = portfolio.structures["id"].to_numpy()[found.key]
    order = np.lexsort((found.start, ids))
    values = found.sums[order]
    return pd.DataFrame(
        {
            "structure_id": ids[order],
            "start": days.dates(found.start[order]),
            "end": days.dates(found.end[order]),
            "state": pd.array(STATES[values[:, STATE]], dtype="str"),
            "support": pd.array(SUPPORTS[values[:, SUPPORT]], dtype="str"),
            "fte": fte_column(values[:, FTE]),
            "places": places_column(values[:, PLACES]),
        }
    )


def segments(portfolio: Portfolio, view: View) -> Segments:
    """The same as day numbers: key is the row in `portfolio.structures`, sums are the four codes above."""
    structures = portfolio.structures
    found = spans.fundings(portfolio, view)
    funded = np.zeros(len(structures), dtype=bool)
    funded[found.structure[found.carrying]] = True
    own = _own_validity(structures, view, funded)
    return merge(_valued(_swept(structures, found, own), structures, funded))


def sizes(records: pd.DataFrame, fte: str = "fte") -> Sizes:
    """The figures of structures or fundings; `fte` names the column."""
    parts = records[fte].to_numpy() * FTE_PARTS
    return Sizes(
        np.where(np.isnan(parts), NOT_KNOWN, np.rint(np.nan_to_num(parts))).astype(np.int64),
        records["places"].fillna(NOT_KNOWN).to_numpy(dtype=np.int64),
    )


def fte_column(parts: Days) -> npt.NDArray[np.float64]:
    return np.where(parts == NOT_KNOWN, np.nan, parts / FTE_PARTS)


def places_column(places: Days) -> pd.api.extensions.ExtensionArray:
    return pd.arrays.IntegerArray(places, places == NOT_KNOWN)


def _own_validity(structures: pd.DataFrame, view: View, funded: Mask) -> Effective:
    terms = ends.terms(structures, "valid_from", "valid_until")
    period = ends.effective(terms, view.today, view.scenario.rule)
    free = funded & (terms.kind == EndKind.UNKNOWN) & ~terms.contradictory
    return Effective(period.start, np.where(free, DOOM, period.last), period.unknown_after & ~free)


# Channels that are summed day by day: how many of what is active, and what they carry.
OWN, OWN_UNKNOWN, CARRIED, CARRIED_UNKNOWN, OWN_MEANS_DAYS, SUM_FTE, WITH_FTE, SUM_PLACES, WITH_PLACES = (
    range(9)
)


def _swept(structures: pd.DataFrame, found: spans.Fundings, own: Effective) -> Segments:
    every = np.arange(len(structures))
    carrying = found.effective.at(found.carrying)
    carried = found.structure[found.carrying]
    last = spans.last_carried(found, len(structures))
    continues = (structures["on_loss"] == OnLoss.CONTINUES).to_numpy() & (last > NO_DAY) & (last < DOOM)
    pieces = [
        _counted(every, own.start, own.last, OWN),
        _counted(every, own.unknown_from, DOOM, OWN_UNKNOWN),
        _funded(carried, carrying, sizes(found.records[found.carrying])),
        _counted(carried, carrying.unknown_from, DOOM, CARRIED_UNKNOWN),
        _counted(every[continues], last[continues] + 1, DOOM, OWN_MEANS_DAYS),
    ]
    key, start, end, weights = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return sweep(key, start, end, weights)


def _counted(key: Days, start: Days, end: Days | int, channel: int) -> tuple[Days, Days, Days, Days]:
    weights = np.zeros((len(key), 9), dtype=np.int64)
    weights[:, channel] = 1
    return key, start, np.broadcast_to(np.int64(end), start.shape), weights


def _funded(key: Days, period: Effective, size: Sizes) -> tuple[Days, Days, Days, Days]:
    weights = np.zeros((len(key), 9), dtype=np.int64)
    weights[:, CARRIED] = 1
    weights[:, SUM_FTE] = np.maximum(size.fte, 0)
    weights[:, WITH_FTE] = size.fte != NOT_KNOWN
    weights[:, SUM_PLACES] = np.maximum(size.places, 0)
    weights[:, WITH_PLACES] = size.places != NOT_KNOWN
    return key, period.start, period.last, weights


def _valued(swept: Segments, structures: pd.DataFrame, funded: Mask) -> Segments:
    """What the sums of each stretch mean; stretches on which nothing runs or may run are left out."""
    sums = swept.sums
    state = np.minimum(_own_state(sums), _funding_state(sums, funded[swept.key]))
    kept = state > 0
    swept, sums, state = swept.where(kept), sums[kept], state[kept]
    support = np.select([state < 2, ~funded[swept.key], sums[:, CARRIED] > 0], [0, 2, 1], default=3)
    own, after = sizes(structures), sizes(structures, "fte_after")
    values = np.empty((len(state), 4), dtype=np.int64)
    values[:, STATE], values[:, SUPPORT] = state, support
    carried_fte = effective_figure(sums[:, SUM_FTE], sums[:, WITH_FTE], sums[:, CARRIED], own.fte[swept.key])
    values[:, FTE] = np.select(
        [support == 0, support == 3], [NOT_KNOWN, after.fte[swept.key]], default=carried_fte
    )
    carried_places = effective_figure(
        sums[:, SUM_PLACES], sums[:, WITH_PLACES], sums[:, CARRIED], own.places[swept.key]
    )
    values[:, PLACES] = np.where(support == 0, NOT_KNOWN, carried_places)
    return swept._replace(sums=values)


def effective_figure(total: Days, with_figure: Days, active: Days, own: Days) -> Days:
    """The fundings' sum where all active ones carry a figure, unknown where only some do, else the own."""
    return np.select([with_figure == 0, with_figure == active], [own, total], default=NOT_KNOWN)


def _own_state(sums: Days) -> Days:
    return np.select([sums[:, OWN] > 0, sums[:, OWN_UNKNOWN] > 0], [2, 1], default=0)


def _funding_state(sums: Days, funded: Mask) -> Days:
    carried = (sums[:, CARRIED] > 0) | (sums[:, OWN_MEANS_DAYS] > 0) | ~funded
    return np.select([carried, sums[:, CARRIED_UNKNOWN] > 0], [2, 1], default=0)
