"""How far each need is met, day by day: by whom, with how many places or FTE, and what cannot be told."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings import gaps, shortfalls, supply
from steering.analysis.findings.judging import KINDS, NONE
from steering.analysis.findings.situation import Situation
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import Segments, merge, sweep
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import FindingKind

MET, PARTLY, OPEN = "gedeckt", "teilweise gedeckt", "offen"
MAYBE, UNTOLD = "möglicherweise gedeckt", "nicht berechenbar"
LATER, PAST = "gilt erst später", "gilt nicht mehr"
STATES = (MET, PARTLY, OPEN, MAYBE, UNTOLD)

_COVERED, _MISSING, _DOUBTFUL = range(3)
_SHORTFALL, _UNKNOWN = KINDS.index(FindingKind.SHORTFALL), KINDS.index(FindingKind.UNKNOWN)


class _Given(NamedTuple):
    """What reaches needs with a quantity on stretches of days; `kind` as SHORTFALL is judged."""

    need: Days
    start: Days
    end: Days
    amount: np.ndarray
    kind: Days


@in_scenario
def courses(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Each need's life as stretches of days on which the same is true of it; not clipped, whatever the day.

    Columns: need_id, start, end (both inclusive, NaT open), state (one of STATES), supply (in the need's
    unit; NaN where the need has no quantity, or where it cannot be told), wanted (how much it asks for; NaN
    likewise). Sorted by need and start.

    A need is open where nobody who could meet it runs in some of its cells, or only a lead, and in none of
    them somebody surely does, or where what reaches it is nothing at all; partly met where somebody does in
    others, or where less reaches it than is needed; possibly met where none of this holds and a structure of
    which nobody knows whether it runs could fill a cell. So a need is open or partly met exactly on the days
    on which a finding says that its task is open.
    """
    situation = Situation.of(portfolio, view)
    wants = situation.register.wants
    cells, given, asked = _cells(situation), _given(situation), situation.register.demand
    pieces = sweep(
        np.concatenate([cells.key, given.need, asked.need]),
        np.concatenate([cells.start, given.start, asked.start]),
        np.concatenate([cells.end, given.end, asked.end]),
        _numbered(len(cells.key), len(given.need), len(asked.need)),
    )
    pieces = pieces.where(pieces.sums[:, 0] > 0)
    cell, reached, part = (pieces.sums[:, column] - 1 for column in range(3))
    counts = cells.sums[cell]
    amount = np.append(given.amount, 0.0)[reached]
    kind = np.append(given.kind, NONE)[reached]
    state = _state(counts, amount, kind, reached >= 0)
    wanted = np.append(asked.amount, np.nan)[part]
    nobody_sure = (reached < 0) & (counts[:, _DOUBTFUL] > 0)
    told = np.where((wanted > 0) & (kind != _UNKNOWN) & ~nobody_sure, amount, np.nan)
    return _frame(wants.id, pieces, state, told, wanted)


def _cells(situation: Situation) -> Segments:
    """Per need and stretch of days: in how many of its cells it is covered, missing, or in doubt."""
    asked, _, together, kind, _ = gaps.judged_cells(situation.grid, situation.stints)
    column = np.select([kind == NONE, kind == _UNKNOWN], [_COVERED, _DOUBTFUL], default=_MISSING)
    weights = (column[:, np.newaxis] == np.arange(3)).astype(np.int64)
    return merge(sweep(asked.need[together.cell], together.start, together.end, weights))


def _given(situation: Situation) -> _Given:
    register = situation.register
    found = shortfalls.judged_supply(register, situation.stints, situation.sized)
    told, kind = found.told, shortfalls.judgement(register, found)[0]
    return _Given(told.cell, told.start, told.end, found.amount, kind)


def _numbered(*sizes: int) -> Days:
    """Weights that carry the row of each kind through a sweep, 0 for none: rows of a kind are disjoint."""
    weights = np.zeros((sum(sizes), len(sizes)), dtype=np.int64)
    begin = 0
    for kind, size in enumerate(sizes):
        weights[begin : begin + size, kind] = np.arange(size) + 1
        begin += size
    return weights


def _state(counts: Days, amount: np.ndarray, kind: Days, reached: Mask) -> np.ndarray:
    covered, missing, doubtful = (counts[:, column] > 0 for column in (_COVERED, _MISSING, _DOUBTFUL))
    short = kind == _SHORTFALL
    nothing = short & (amount <= shortfalls.TOLERANCE)
    cases = [
        missing & covered,
        missing | nothing,
        short,
        doubtful,
        reached & (kind == _UNKNOWN),
    ]
    return np.select(cases, [PARTLY, OPEN, PARTLY, MAYBE, UNTOLD], default=MET)


def _frame(
    ids: Days, pieces: Segments, state: np.ndarray, told: np.ndarray, wanted: np.ndarray
) -> pd.DataFrame:
    """The pieces, those that touch and say the same put together."""
    code = pd.Index(STATES).get_indexer(pd.Index(state.astype(object)))
    # What is not known equals itself only as a number.
    said = np.stack([code.astype(float), *(np.nan_to_num(each, nan=-1.0) for each in (told, wanted))], axis=1)
    joined = merge(pieces._replace(sums=said))
    return pd.DataFrame(
        {
            "need_id": ids[joined.key],
            "start": days.dates(joined.start),
            "end": days.dates(joined.end),
            "state": pd.array(np.array(STATES, dtype=object)[joined.sums[:, 0].astype(int)], dtype="str"),
            "supply": np.where(joined.sums[:, 1] < 0, np.nan, joined.sums[:, 1]),
            "wanted": np.where(joined.sums[:, 2] < 0, np.nan, joined.sums[:, 2]),
        }
    )


@in_scenario
def providers(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Who leads or delivers what is needed, where it is needed: the stretches of days, not clipped.

    Columns: need_id, structure_id, start, end (both inclusive, NaT open); a structure may have several rows
    for a need on the same day. Sorted by need and structure.
    """
    situation = Situation.of(portfolio, view)
    register = situation.register
    found = supply.reach(register, situation.stints, np.arange(len(register.wants.id)))
    rows = pd.DataFrame(
        {
            "need_id": register.wants.id[found.need],
            "structure_id": portfolio.structures["id"].to_numpy()[found.structure],
            "start": days.dates(found.start),
            "end": days.dates(found.end),
        }
    )
    return rows.drop_duplicates().sort_values(["need_id", "structure_id", "start"], ignore_index=True)


def met(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Each need as it stands on the Stichtag; one row per need, in the order of the Portfolio.

    Columns: need_id, state (one of STATES, LATER or PAST), supply (as in `courses`), changes_on (the first
    day after the Stichtag on which the state is another; NaT if none), then (the state from then on, "" if
    none), wanted (as in `courses`; of a need that is not valid on that day, what it asks for when it begins,
    or did when it ended).
    """
    return on_day(portfolio, courses(portfolio, view), view.as_of)


def on_day(portfolio: Portfolio, found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """`met` from `courses`."""
    needs = portfolio.needs
    stretches = _stretches(found)
    now = _current(stretches, as_of).set_index("need_id").reindex(needs["id"])
    amount = _current(found, as_of).set_index("need_id")["supply"].reindex(needs["id"])
    following = stretches[stretches["start"] > pd.Timestamp(as_of)].drop_duplicates("need_id")
    following = following.set_index("need_id").reindex(needs["id"])
    over = (needs["valid_until"] < pd.Timestamp(as_of)).to_numpy()
    absent = pd.Series(np.where(over, PAST, LATER), index=needs["id"])
    gone = (now["end"] + pd.Timedelta(days=1)).where(following["start"].isna())
    return pd.DataFrame(
        {
            "need_id": needs["id"].to_numpy(),
            "state": now["state"].astype(object).fillna(absent).astype("str").to_numpy(),
            "supply": amount.to_numpy(),
            "changes_on": following["start"].fillna(gone).to_numpy(),
            "then": following["state"]
            .astype(object)
            .fillna(gone.notna().map({True: PAST, False: ""}))
            .astype("str")
            .to_numpy(),
            "wanted": _wanted(needs, found, as_of).to_numpy(),
        }
    )


def _wanted(needs: pd.DataFrame, found: pd.DataFrame, as_of: date) -> pd.Series:
    ahead = found[~(found["end"] < pd.Timestamp(as_of))].drop_duplicates("need_id")
    past = found[~found["need_id"].isin(ahead["need_id"])].drop_duplicates("need_id", keep="last")
    asked = pd.concat([ahead, past]).set_index("need_id")["wanted"]
    return (
        needs["id"].map(asked).where(needs["per"].notna() | needs["indicator_id"].notna(), needs["quantity"])
    )


def _current(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    day = pd.Timestamp(as_of)
    return rows[~(rows["start"] > day) & ~(rows["end"] < day)]


def _stretches(found: pd.DataFrame) -> pd.DataFrame:
    """The courses put together where only the supply changes."""
    start, end = days.numbers(found["start"], DAWN), days.numbers(found["end"], DOOM)
    key = found["need_id"].to_numpy(dtype=np.int64)
    code = pd.Index(STATES).get_indexer(pd.Index(found["state"]))
    joined = merge(Segments(key, start, end, code[:, np.newaxis].astype(np.int64)))
    return pd.DataFrame(
        {
            "need_id": joined.key,
            "start": days.dates(joined.start),
            "end": days.dates(joined.end),
            "state": pd.array(np.array(STATES, dtype=object)[joined.sums[:, 0]], dtype="str"),
        }
    )
