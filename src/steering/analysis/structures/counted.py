"""What is counted of structures and of their tasks: each concept once, as the rows that it means.

All but `without_duty` take rows of `inventory` and keep those that they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from steering.analysis.lives.stretches import NOT_RUNNING, RUNNING, UNKNOWN
from steering.model.enums import WITHOUT_POSTS


def running(rows: pd.DataFrame) -> pd.DataFrame:
    """What runs on the Stichtag in the scenario, on whatever means."""
    return rows[rows["state"] == RUNNING]


def uncertain(rows: pd.DataFrame) -> pd.DataFrame:
    """What may run on the Stichtag: nobody knows."""
    return rows[rows["state"] == UNKNOWN]


def over(rows: pd.DataFrame) -> pd.DataFrame:
    """What has ended by the Stichtag, or has not begun."""
    return rows[rows["state"] == NOT_RUNNING]


def ended(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What has run, surely does not run on the Stichtag, and will not again."""
    found = over(rows)
    return found[~(found["first_day"] > pd.Timestamp(day)) & found["resumes"].isna()]


def pausing(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What surely does not run on the Stichtag, has run before it and will again: a pause is no end."""
    found = over(rows)
    return found[~(found["first_day"] > pd.Timestamp(day)) & found["resumes"].notna()]


def yet_to_begin(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What begins after the Stichtag."""
    found = over(rows)
    return found[found["first_day"] > pd.Timestamp(day)]


def there(rows: pd.DataFrame) -> pd.DataFrame:
    """What runs or may run."""
    return rows[rows["state"] != NOT_RUNNING]


def ending(rows: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """What runs on the Stichtag and no longer, or not surely, on a day after `until` at the latest."""
    return rows[(rows["state"] == RUNNING) & (rows["until"] <= until)]


def with_posts(rows: pd.DataFrame) -> pd.DataFrame:
    """What is counted in VZÄ; accommodation, networks and volunteers are not."""
    return rows[~rows["kind"].isin(WITHOUT_POSTS) | rows["effective_fte"].notna()]


def fte_not_known(rows: pd.DataFrame) -> pd.DataFrame:
    """What runs on the Stichtag, is counted in VZÄ, and has none recorded for that day."""
    found = with_posts(running(rows))
    return found[found["effective_fte"].isna()]


def seated(rows: pd.DataFrame, places: Iterable[str]) -> pd.DataFrame:
    """What runs with its seat in one of these municipalities (AGS)."""
    found = running(rows)
    return found[found["seat_ags"].isin(set(places))]


def seated_elsewhere(rows: pd.DataFrame, places: Iterable[str]) -> pd.DataFrame:
    """What runs with its seat in none of these municipalities."""
    found = running(rows)
    return found[found["seat_ags"].notna() & ~found["seat_ags"].isin(set(places))]


def without_seat(rows: pd.DataFrame) -> pd.DataFrame:
    """What runs and has no seat recorded."""
    found = running(rows)
    return found[found["seat_ags"].isna()]


def incomplete(rows: pd.DataFrame) -> pd.DataFrame:
    """What runs or may run and lacks something; `rows` with `missing` as `completeness` gives it."""
    found = there(rows)
    return found[found["missing"].map(len) > 0]


def lacking(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """What runs or may run and lacks this; `what` is one of the words of `completeness`."""
    found = there(rows)
    return found[pd.Series([what in each for each in found["missing"]], index=found.index, dtype=bool)]


def without_duty(tasks: pd.Series, held: pd.DataFrame) -> frozenset[int]:
    """The tasks for which nobody is recorded on the Stichtag; `held` as `duties` gives it."""
    return frozenset(tasks) - frozenset(held["task_id"])
