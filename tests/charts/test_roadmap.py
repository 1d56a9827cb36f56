"""The roadmap as a specification: what is drawn where, and what is cut or unknown."""

from datetime import date

import pandas as pd

from steering.analysis.view import Horizon
from steering.charts.drawing import to_vega
from steering.charts.roadmap import roadmap
from steering.charts.theme import LIGHT

HORIZON, TODAY = Horizon(date(2025, 1, 1), date(2035, 12, 31)), date(2026, 11, 25)


def drawn(*rows: tuple, steps: tuple = ()):
    measures = pd.DataFrame(rows, columns=["field", "measure_id", "name", "status", "start", "end"])
    milestones = pd.DataFrame(steps, columns=["measure_id", "name", "day", "progress"])
    for frame, days in ((measures, ("start", "end")), (milestones, ("day",))):
        for column in days:
            frame[column] = pd.to_datetime(frame[column])
    return roadmap(measures, milestones, HORIZON, TODAY, theme=LIGHT)


def layer(drawing, name):
    return drawing.data[drawing.data["layer"] == name]


def test_measures_stand_below_their_field_once():
    found = drawn(
        ("Sprache", 1, "A", "planned", "2026-01-01", "2027-12-31"),
        ("Sprache", 2, "B", "idea", "2027-01-01", None),
        ("Wohnen", 3, "C", "running", None, "2026-12-31"),
    )
    assert layer(found, "field")["text"].tolist() == ["Sprache", "Wohnen"]
    assert layer(found, "name")["y"].is_monotonic_increasing
    assert layer(found, "bar")["text"].tolist() == ["geplant", "Idee", "läuft"]
    assert "3 Maßnahmen" in found.alt


def test_a_bar_is_cut_by_the_horizon_and_one_beyond_it_is_told_in_words():
    found = drawn(
        ("Sprache", 1, "A", "planned", "2020-01-01", "2040-12-31"),
        ("Sprache", 2, "B", "completed", "2020-01-01", "2021-12-31"),
    )
    (bar,) = layer(found, "bar").to_dict("records")
    assert (bar["day"], bar["until"]) == (pd.Timestamp("2025-01-01"), pd.Timestamp("2036-01-01"))
    assert len(layer(found, "name")) == 2
    assert layer(found, "nowhere")["text"].tolist() == ["01.01.2020 bis 31.12.2021 · abgeschlossen"]


def test_a_measure_without_days_says_so_in_words():
    found = drawn(("Sprache", 1, "A", "idea", None, None))
    assert layer(found, "nowhere")["text"].tolist() == ["Zeitraum nicht erfasst · Idee"]
    assert layer(found, "bar").empty


def test_steps_stand_on_the_row_of_their_measure_with_their_state_in_words():
    steps = (
        (1, "Antrag", "2027-01-15", "open"),
        (9, "fremd", "2027-01-15", "open"),
        (1, "spät", "2050-01-01", "open"),
    )
    found = drawn(("Sprache", 1, "A", "planned", "2026-01-01", "2027-12-31"), steps=steps)
    (step,) = layer(found, "step").to_dict("records")
    assert (step["name"], step["status"], step["period"]) == ("Antrag", "offen", "15.01.2027")
    assert step["y"] == layer(found, "name")["y"].iloc[0]


def test_the_picture_can_be_exported():
    spec = to_vega(drawn(("Sprache", 1, "A", "planned", "2026-01-01", None)), title="Fahrplan")
    assert spec["data"]["values"]
    assert spec["title"]["text"] == "Fahrplan"


def test_what_is_past_its_end_does_not_read_as_if_it_simply_went_on():
    found = drawn(
        ("Sprache", 1, "A", "running", "2026-03-01", "2026-10-31"),
        ("Sprache", 2, "B", "completed", "2026-03-01", "2026-10-31"),
    )
    assert layer(found, "bar")["text"].tolist() == ["läuft, Ende überschritten", "abgeschlossen"]


def test_words_behind_a_bar_begin_after_the_line_of_today_and_the_steps_that_would_stand_in_them():
    steps = ((2, "kurz danach", "2028-02-01", "open"), (2, "viel später", "2034-02-01", "open"))
    found = drawn(
        ("Sprache", 1, "A", "running", "2026-03-01", "2026-10-31"),
        ("Sprache", 2, "B", "planned", "2027-03-01", "2027-12-31"),
        ("Sprache", 3, "C", "planned", "2027-03-01", "2027-12-31"),
        steps=steps,
    )
    past, moved, still = layer(found, "bar")["label"]
    assert past >= pd.Timestamp(TODAY)
    assert pd.Timestamp("2028-02-01") < moved < pd.Timestamp("2029-01-01")
    assert still == pd.Timestamp("2028-01-01")
