"""The course of one need: its line steps, and where forecasts part a band shows how far."""

import pandas as pd

from steering.analysis.view import Horizon
from steering.charts import need_course
from tests import builders

AT = builders.view("2026-06-30")


def stretches() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "start": pd.to_datetime(["NaT", "2026-01-01", "2027-01-01"]),
            "end": pd.to_datetime(["2025-12-31", "2026-12-31", "NaT"]),
            "level": [None, 1.0, 1.0],
            "need": [None, 1.0, 2.5],
            "look": [need_course.UNKNOWN, need_course.FILLED, need_course.PART],
            "state": ["nicht berechenbar", "gedeckt", "teilweise gedeckt"],
            "amount": "",
        }
    )


def drawn(spread: pd.DataFrame | None = None, horizon: Horizon = AT.horizon) -> pd.DataFrame:
    return need_course.course(stretches(), unit="VZÄ", horizon=horizon, as_of=AT.as_of, spread=spread).data


def test_the_line_steps_where_what_is_needed_becomes_more_and_nowhere_else():
    rows = drawn()
    (step,) = rows[rows["layer"] == "riser"].to_dict("records")
    assert (step["day"], step["before"], step["need"]) == (pd.Timestamp("2027-01-01"), 1.0, 2.5)


def test_where_forecasts_part_a_band_shows_how_far():
    spread = pd.DataFrame(
        {
            "start": pd.to_datetime(["NaT", "2029-01-01"]),
            "end": pd.to_datetime(["2028-12-31", "NaT"]),
            "low": [2.5, 2.0],
            "high": [2.5, 4.0],
        }
    )
    rows = drawn(spread)
    (band,) = rows[rows["layer"] == "band"].to_dict("records")
    assert (band["day"], band["until"]) == (pd.Timestamp("2029-01-01"), pd.Timestamp("2036-01-01"))
    assert band["apart"] == "2 bis 4"


def test_without_a_band_its_days_are_days_all_the_same():
    rows = drawn()
    assert {str(rows[column].dtype)[:10] for column in ("day", "until")} == {"datetime64"}
