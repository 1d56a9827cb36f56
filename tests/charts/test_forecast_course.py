"""The course of a Kennzahl: counted up to today, and a band of three variants after it."""

from datetime import date

import pandas as pd

from steering.charts import forecast_course
from steering.charts.drawing import to_vega


def test_what_was_counted_is_a_line_and_what_is_expected_a_band_that_parts_after_today():
    found = pd.DataFrame(
        {
            "day": pd.to_datetime(["2025-12-31", "2026-12-31", "2027-12-31"]),
            "low": [100.0, 90.0, 80.0], "middle": [100.0, 110.0, 121.0], "high": [100.0, 120.0, 144.0],
        }
    )  # fmt: skip
    drawn = forecast_course.course(found, unit="Personen", today=date(2026, 11, 27))
    steps = drawn.data[drawn.data["layer"].isin(["counted", "expected"])]
    assert steps["layer"].tolist() == ["counted", "expected", "expected"]
    assert steps["until"].dt.year.tolist() == [2026, 2027, 2028], "each holds until the next"
    assert steps["words"].tolist() == ["100", "90 / 110 / 120", "80 / 121 / 144"]
    assert "ab 31.12.2027 80 / 121 / 144" in drawn.alt
    assert to_vega(drawn)["description"] == drawn.alt
