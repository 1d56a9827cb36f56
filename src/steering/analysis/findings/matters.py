"""What a finding is about, whoever takes part: its matter goes on where only the participants change.

A key names who takes part, so that whoever compares scenarios, or counts over a time, would take three leads
of whom one goes for a finding that is closed and another that is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from itertools import chain
from typing import Any

import pandas as pd

from steering.analysis.findings.register import EVERYONE

_A_DAY = pd.Timedelta(days=1)
Row = dict[Hashable, Any]
Rows = dict[tuple[Any, ...], list[Row]]


class Matters:
    """The matters of the findings of one scenario, by which those of others are known again.

    A matter is called by the key of the finding with which it begins. A key that this scenario does not know
    is the matter that holds in it at the same place and time. Else, as here, a finding goes on with what
    ended at its place the day before; where several do, in different places, only the first: they are counted
    apart.
    """

    def __init__(self, base: pd.DataFrame) -> None:
        self._names: dict[str, str] = {}
        self._base: Rows = {}
        self._names, self._base = self._called(base, base), _by_subject(base)

    def told(self, found: pd.DataFrame) -> pd.DataFrame:
        """Findings of this scenario or another, as `findings.standing` gives them, with their `matter`."""
        unknown = found[~found["key"].isin(self._names)]
        names = self._called(unknown, found) if len(unknown) else self._names
        return found.assign(matter=found["key"].map(names).astype("str"))

    def _called(self, rows: pd.DataFrame, every: pd.DataFrame) -> dict[str, str]:
        names, beside = dict(self._names), _by_subject(every)
        for row in _records(rows.sort_values("start", na_position="first", kind="stable")):
            if row["key"] not in names:
                base, alike = self._base.get(row["subject"], []), beside[row["subject"]]
                taken = {names.get(each["key"]) for each in alike if _overlap(each, row)}
                at_the_time = (names[each["key"]] for each in base if _at_the_time(each, row))
                before = (names[each["key"]] for each in alike if _goes_on(each, row))
                going_on = (matter for matter in before if matter not in taken)
                names[row["key"]] = next(chain(at_the_time, going_on), row["key"])
        return names


def by_matter(base: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The findings of two scenarios, known by the matters of the first instead of by their keys."""
    told = (Matters(base).told(each) for each in (base, found))
    before, after = (each.assign(key=each["matter"]) for each in told)
    return before, after


def _at_the_time(one: Row, row: Row) -> bool:
    return _overlap(one, row) and _share_a_place(one, row)


def _goes_on(before: Row, row: Row) -> bool:
    return bool(before["end"] + _A_DAY == row["start"]) and _share_a_place(before, row)


def _overlap(one: Row, other: Row) -> bool:
    return not (one["end"] < other["start"] or other["end"] < one["start"])


def _share_a_place(one: Row, other: Row) -> bool:
    """Whether they have a municipality, a target group, and a site where both have some, in common."""
    groups = [set(each["target_groups"]) for each in (one, other)]
    sites = [set(each["sites"]) for each in (one, other)]
    return (
        not set(one["municipalities"]).isdisjoint(other["municipalities"])
        and (any(EVERYONE in each for each in groups) or not groups[0].isdisjoint(groups[1]))
        and (not all(sites) or not sites[0].isdisjoint(sites[1]))
    )


def _by_subject(rows: pd.DataFrame) -> Rows:
    found: Rows = defaultdict(list)
    for row in _records(rows):
        found[row["subject"]].append(row)
    return found


def _records(rows: pd.DataFrame) -> list[Row]:
    columns = ["key", "municipalities", "target_groups", "sites", "start", "end"]
    subjects = rows[["kind", "task_id", "need_id", "reason"]].astype(object).fillna("").to_numpy().tolist()
    pairs = zip(rows[columns].to_dict("records"), subjects, strict=True)
    return [{**row, "subject": tuple(subject)} for row, subject in pairs]
