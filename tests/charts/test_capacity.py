from datetime import date

import pandas as pd
import pytest

from steering.analysis.intervals.falls import Fall
from steering.charts import capacity

from .samples import AS_OF, quarters


def layer(drawing, name):
    return drawing.data[drawing.data["layer"] == name].dropna(axis=1, how="all")


def test_the_label_says_how_much_and_on_which_day():
    fall = Fall(date(2027, 1, 15), -1.5)
    drawing = capacity.fte_band(quarters({"2026-01-01": 5.0, "2027-01-01": 3.5}), AS_OF, fall)
    assert layer(drawing, "cliff")["text"].tolist() == ["−1,5 VZÄ am 15.01.2027"]
    assert "Größter Rückgang: −1,5 VZÄ am 15.01.2027." in drawing.alt


def test_without_a_fall_there_is_no_label():
    drawing = capacity.fte_band(quarters({"2026-01-01": 5.0, "2027-01-01": 3.5}), AS_OF)
    assert layer(drawing, "cliff").empty


def test_the_last_quarter_is_drawn_to_its_end():
    drawing = capacity.fte_band(quarters({"2026-01-01": 5.0}), AS_OF)
    steps = layer(drawing, "step")
    assert steps["day"].iloc[-1] == pd.Timestamp("2029-01-01")
    assert steps["secured"].iloc[-1] == steps["secured"].iloc[-2]


def test_tooltips_are_ready_to_read():
    first = layer(capacity.fte_band(quarters({"2026-01-01": 1.5}), AS_OF), "quarter").iloc[0]
    assert first["name"] == "1. Quartal 2026"
    assert first["secured_words"] == "1,5 VZÄ"
    assert first["note"] == "VZÄ nicht bekannt bei 1 Struktur; ungewiss, ob sie läuft, bei 2 Strukturen"


@pytest.mark.parametrize(
    ("day", "side"), [(date(2026, 2, 1), "left"), (date(2028, 12, 1), "right"), (date(2030, 1, 1), None)]
)
def test_the_stichtag_keeps_its_label_within_the_picture(day, side):
    drawing = capacity.fte_band(quarters({"2026-01-01": 1.5}), day)
    assert layer(drawing, "as_of").get("side", pd.Series(dtype=str)).tolist() == ([side] if side else [])


def test_money_is_in_euros_of_a_readable_size():
    frame = quarters({"2026-01-01": 1.0}).assign(cents=3_250_000)
    drawing = capacity.money_band(frame, AS_OF)
    assert layer(drawing, "quarter")["secured_words"].iloc[0] == "32.500 €"
    assert layer(drawing, "step")["secured"].iloc[0] == 32.5
    assert "Tsd. €" in str(drawing.spec)


def test_the_fall_of_money_is_in_euros_of_a_quarter():
    frame = quarters({"2026-01-01": 2.0, "2027-01-01": 1.0})
    fall = Fall(date(2027, 1, 1), -940_000.0)
    drawing = capacity.money_band(frame.assign(cents=frame["fte"] * 10_000_000), AS_OF, fall)
    assert layer(drawing, "cliff")["text"].tolist() == ["−9.400 € je Quartal am 01.01.2027"]


def test_money_without_any_quarter_says_so():
    frame = quarters({"2026-01-01": 1.0}).iloc[:0].assign(cents=0)
    assert capacity.money_band(frame, AS_OF).alt == "Mittel je Quartal: keine Angaben."
    assert capacity.fte_band(frame, AS_OF).alt == "VZÄ je Quartal: keine Angaben."
