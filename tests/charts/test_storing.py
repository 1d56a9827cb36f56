"""A drawing kept as JSON is drawn again as it was."""

import json

import pandas as pd

from steering.charts import storing
from steering.charts.drawing import Drawing
from steering.charts.theme import LIGHT


def test_a_drawing_comes_back_from_json_with_its_days():
    rows = pd.DataFrame(
        {"layer": ["bar", "year"], "day": pd.to_datetime(pd.Series(["2026-12-31", None])), "y": [1.5, None]}
    )
    drawing = Drawing({"mark": "bar"}, rows, "Zwei Zeilen", 120, 300, 500)
    found = storing.from_plain(json.loads(json.dumps(storing.as_plain(drawing))))
    assert found.spec == {"mark": "bar", "background": LIGHT.background}
    assert found.data["day"].tolist() == [pd.Timestamp("2026-12-31"), pd.NaT]
    assert found.data["y"].isna().tolist() == [False, True]
    assert (found.alt, found.height, found.width, found.least) == ("Zwei Zeilen", 120, 300, 500)


def test_days_that_a_frame_holds_as_mere_objects_come_back_as_days():
    rows = pd.DataFrame({"day": pd.Series([pd.Timestamp("2026-12-31"), None], dtype=object)})
    drawing = Drawing({"mark": "bar"}, rows, "Zwei Zeilen", 120)
    found = storing.from_plain(json.loads(json.dumps(storing.as_plain(drawing))))
    assert found.data["day"].tolist() == [pd.Timestamp("2026-12-31"), pd.NaT]
