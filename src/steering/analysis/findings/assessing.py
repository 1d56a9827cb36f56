"""What people decided about findings, and whether what they saw has changed since."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.findings.endings import all_endings
from steering.analysis.findings.judging import verdict
from steering.analysis.findings.merging import merged
from steering.analysis.findings.rules import judge
from steering.analysis.findings.situation import Situation
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, View


@once
def seen(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """What each finding is in gesichert, without changes and on all days, for an Einschätzung to keep.

    One row per key: seen_from, seen_until (first and last day of all findings with that key, NaT where
    open), seen_municipalities (their AGS in order, separated by blanks). The endings of all times are in it.
    """
    view = View(today, today, Horizon(today, today))
    situation = Situation.of(portfolio, view)
    found = merged(situation.grid, verdict(judge(situation), all_endings(situation)))
    place, keys = pd.factorize(found.key, sort=True)
    start, end = np.full(len(keys), DOOM), np.full(len(keys), DAWN)
    np.minimum.at(start, place, found.judged.start)
    np.maximum.at(end, place, found.judged.end)
    places: list[set[str]] = [set() for _ in keys]
    for key, municipalities in zip(place.tolist(), found.municipalities.tolist(), strict=True):
        places[key].update(municipalities)
    return pd.DataFrame(
        {
            "key": pd.array(keys, dtype="str"),
            "seen_from": days.dates(start),
            "seen_until": days.dates(end),
            "seen_municipalities": pd.array([" ".join(sorted(each)) for each in places], dtype="str"),
        }
    )


def assessed(portfolio: Portfolio, today: date, found: pd.DataFrame) -> pd.DataFrame:
    """The findings with assessment_state ("" where nobody has assessed), assessment_changed and assessed.

    A finding that has changed since counts as not assessed. A key that is no finding in gesichert has no
    days and no municipalities there.
    """
    decided = portfolio.assessments
    state = found["key"].map(decided.set_index("key")["state"]).astype(object).fillna("")
    changed = pd.Series(False, index=found.index)
    if (state != "").any():
        changed = found["key"].map(_changes(decided, seen(portfolio, today))).astype("boolean").fillna(False)
    changed = changed.astype(bool)
    return found.assign(
        assessment_state=state.astype("str"),
        assessment_changed=changed,
        assessed=(state != "") & ~changed,
    )


def _changes(decided: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Whether each assessed key is no longer what was seen."""
    both = decided[["key"]].merge(now, on="key", how="left").set_index("key")
    then = decided.set_index("key")
    places = then["seen_municipalities"].str.split().map(sorted).str.join(" ")
    changed = places != both["seen_municipalities"].fillna("")
    for column in ("seen_from", "seen_until"):
        was, is_now = then[column], both[column]
        changed |= (was != is_now) & ~(was.isna() & is_now.isna())
    return changed
