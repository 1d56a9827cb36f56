"""The life of each structure: on which days it runs, on whose means, and how large it is.

Decisions beyond docs/rules.md#life-of-a-structure:

- A structure with carrying fundings is on each day the lesser of what its own validity and its fundings
  say (running > unknown > not running). An UNKNOWN own end does not limit it, and neither does an ANNUAL
  one that nobody has confirmed; an ANNUAL one with an end does.
- On own means after the fundings, FTE are `fte_after` and places remain the structure's.
- On unknown days FTE and places are unknown too.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.changes import GOES_ON_UNTIL
from steering.analysis.intervals import days, ends, sizes
from steering.analysis.intervals.days import DOOM, NO_DAY, Days
from steering.analysis.intervals.ends import Effective, Mask
from steering.analysis.intervals.sweeps import Segments, merge, sweep
from steering.analysis.lives import spans
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import EndKind, OnLoss

RUNNING, UNKNOWN, NOT_RUNNING = "running", "unknown", "not_running"
FUNDED, OWN_VALIDITY, OWN_MEANS = "funded", "own_validity", "own_means"

# What is computed with: does it run (the lesser of two answers decides), and on what; rows of the words.
NO, MAYBE, YES = range(3)
IN_DOUBT, ON_FUNDING, ON_VALIDITY, ON_OWN_MEANS = range(4)
STATES = np.array([NOT_RUNNING, UNKNOWN, RUNNING], dtype=object)
SUPPORTS = np.array(["", FUNDED, OWN_VALIDITY, OWN_MEANS], dtype=object)

# Columns of `Segments.sums` in the result: row of STATES, row of SUPPORTS, FTE in parts, places.
STATE, SUPPORT, FTE, PLACES = range(4)


@in_scenario
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
            "fte": sizes.fte_column(values[:, FTE]),
            "places": sizes.places_column(values[:, PLACES]),
        }
    )


def segments(portfolio: Portfolio, view: View) -> Segments:
    """The same as day numbers: key is the row in `portfolio.structures`, sums are the four codes above."""
    structures = portfolio.structures
    found = spans.fundings(portfolio, view)
    funded = spans.funded(found, structures)
    own = own_validity(structures, view, funded)
    return merge(_valued(_swept(structures, found, own), structures, funded))


def continues(structures: pd.DataFrame, last: Days) -> Mask:
    """Which structures go on by own means after the last carried day; none whose money never ends."""
    found: Mask = (structures["on_loss"] == OnLoss.CONTINUES).to_numpy() & (last > NO_DAY) & (last < DOOM)
    return found & (goes_on_until(structures) > last)


def goes_on_until(structures: pd.DataFrame) -> Days:
    """The last day on which each goes on by own means at most: a scenario's change may set one."""
    if GOES_ON_UNTIL not in structures:
        return np.full(len(structures), DOOM)
    return days.numbers(structures[GOES_ON_UNTIL], DOOM)


def own_validity(structures: pd.DataFrame, view: View, funded: Mask) -> Effective:
    """The days of each structure's own validity; `funded`: those that have carrying fundings."""
    terms = ends.terms(structures, "valid_from", "valid_until")
    period = ends.effective(terms, view.today, view.scenario.rule)
    free = funded & (terms.kind == EndKind.UNKNOWN) & ~terms.contradictory
    return Effective(
        period.start, np.where(free, DOOM, period.last), np.where(free, NO_DAY, period.unknown_until)
    )


# Channels that are summed day by day: how many of what is active, and what they carry.
OWN, OWN_UNKNOWN, CARRIED, CARRIED_UNKNOWN, OWN_MEANS_DAYS, SUM_FTE, WITH_FTE, SUM_PLACES, WITH_PLACES = (
    range(9)
)


def _swept(structures: pd.DataFrame, found: spans.Fundings, own: Effective) -> Segments:
    every = np.arange(len(structures))
    carrying = found.effective.at(found.carrying)
    carried = found.structure[found.carrying]
    last = spans.last_carried(found, len(structures))
    goes_on = continues(structures, last)
    pieces = [
        _counted(every, own.start, own.last, OWN),
        _counted(every, own.unknown_from, own.unknown_until, OWN_UNKNOWN),
        _funded(carried, carrying, sizes.sizes(found.records).at(found.carrying)),
        _counted(carried, carrying.unknown_from, carrying.unknown_until, CARRIED_UNKNOWN),
        _counted(every[goes_on], last[goes_on] + 1, goes_on_until(structures)[goes_on], OWN_MEANS_DAYS),
    ]
    key, start, end, weights = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return sweep(key, start, end, weights)


def _counted(key: Days, start: Days, end: Days | int, channel: int) -> tuple[Days, Days, Days, Days]:
    weights = np.zeros((len(key), 9), dtype=np.int64)
    weights[:, channel] = 1
    return key, start, np.broadcast_to(np.int64(end), start.shape), weights


def _funded(key: Days, period: Effective, size: sizes.Sizes) -> tuple[Days, Days, Days, Days]:
    weights = np.zeros((len(key), 9), dtype=np.int64)
    weights[:, CARRIED] = 1
    weights[:, SUM_FTE] = np.maximum(size.fte, 0)
    weights[:, WITH_FTE] = size.fte != sizes.NOT_KNOWN
    weights[:, SUM_PLACES] = np.maximum(size.places, 0)
    weights[:, WITH_PLACES] = size.places != sizes.NOT_KNOWN
    return key, period.start, period.last, weights


def _valued(swept: Segments, structures: pd.DataFrame, funded: Mask) -> Segments:
    """What the sums of each stretch mean; stretches on which nothing runs or may run are left out."""
    state = np.minimum(_own_state(swept.sums), _funding_state(swept.sums, funded[swept.key]))
    found, state = swept.where(state > NO), state[state > NO]
    carried = found.sums[:, CARRIED]
    support = np.select(
        [state < YES, ~funded[found.key], carried > 0],
        [IN_DOUBT, ON_VALIDITY, ON_FUNDING],
        default=ON_OWN_MEANS,
    )
    own, after = sizes.sizes(structures), sizes.sizes(structures, "fte_after")
    fte = sizes.effective(found.sums[:, SUM_FTE], found.sums[:, WITH_FTE], carried, own.fte[found.key])
    fte = np.where(support == ON_OWN_MEANS, after.fte[found.key], fte)
    places = sizes.effective(
        found.sums[:, SUM_PLACES], found.sums[:, WITH_PLACES], carried, own.places[found.key]
    )
    unknown = support == IN_DOUBT
    fte, places = (np.where(unknown, sizes.NOT_KNOWN, figure) for figure in (fte, places))
    return found._replace(sums=np.stack([state, support, fte, places], axis=1))


def _own_state(sums: Days) -> Days:
    return np.select([sums[:, OWN] > 0, sums[:, OWN_UNKNOWN] > 0], [YES, MAYBE], default=NO)


def _funding_state(sums: Days, funded: Mask) -> Days:
    carried = (sums[:, CARRIED] > 0) | (sums[:, OWN_MEANS_DAYS] > 0) | ~funded
    return np.select([carried, sums[:, CARRIED_UNKNOWN] > 0], [YES, MAYBE], default=NO)
