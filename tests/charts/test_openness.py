from datetime import date

import pandas as pd

from steering.charts.openness import open_band
from steering.model import ExtensionRule

from .samples import AS_OF

OPEN = {ExtensionRule.SECURED: (6, 10), ExtensionRule.EXPECTED: (6, 9), ExtensionRule.OPTIMISTIC: (6, 7)}


def per_quarter(maybe: int = 5) -> pd.DataFrame:
    """Two levels in each scenario: until the end of 2026 and from 2027 on."""
    quarters = pd.date_range("2026-01-01", periods=8, freq="QS")
    return pd.DataFrame(
        [
            {"quarter": day, "rule": rule.value, "open": levels[day.year - 2026], "maybe": maybe}
            for rule, levels in OPEN.items()
            for day in quarters
        ]
    )


def test_the_largest_rise_after_the_stichtag_is_labelled():
    drawing = open_band(per_quarter(), AS_OF)
    label = drawing.data[drawing.data["layer"] == "cliff"].iloc[0]
    assert label["text"] == "+4 ab 1. Quartal 2027"
    assert label["level"] == 10
    assert "Größter Anstieg: +4 ab 1. Quartal 2027." in drawing.alt


def test_without_a_rise_there_is_no_label():
    drawing = open_band(per_quarter(), date(2027, 2, 1))
    assert not (drawing.data["layer"] == "cliff").any()


def test_the_area_is_what_stays_open_in_every_scenario():
    layers = [layer for layer in open_band(per_quarter(), AS_OF).spec["layer"] if "y2" in layer["encoding"]]
    band = next(layer for layer in layers if layer["mark"]["type"] == "area")
    assert band["encoding"]["y"]["field"] == "secured"
    assert band["encoding"]["y2"]["field"] == "optimistic"


def test_what_is_not_known_stands_in_the_tooltip():
    data = open_band(per_quarter(maybe=1), AS_OF).data
    hover = data[data["layer"] == "quarter"].iloc[0]
    assert hover["secured_words"] == "6 Aufgaben"
    assert hover["note"] == "ob der Bedarf gedeckt ist, bei 1 Aufgabe"
