from datetime import date

import pandas as pd
import pytest

from steering.charts.theme import CERTAINTIES
from steering.charts.timeline import ClickedBar, chosen, timeline
from steering.charts.timeline_layers import BAR, GROUP, ROW, THIN_BAR

from .samples import AS_OF, HORIZON, bars, marks, rows


def drawn(row_frame=None, bar_frame=None, mark_frame=None, as_of=AS_OF):
    return timeline(
        rows("Integrationslotsen") if row_frame is None else row_frame,
        bars() if bar_frame is None else bar_frame,
        marks() if mark_frame is None else mark_frame,
        HORIZON,
        as_of,
    )


def layer(drawing, name):
    return drawing.data[drawing.data["layer"] == name].reset_index(drop=True)


def one_bar(**given):
    return layer(drawn(bar_frame=bars(given)).body, "bar").iloc[0]


def test_head_and_body_share_padding_and_days():
    both = drawn(bar_frame=bars({"end": "2026-12-31"}))
    assert both.head.spec["padding"] == both.body.spec["padding"]
    assert both.head.spec["autosize"] == both.body.spec["autosize"] == {"type": "none", "contains": "padding"}
    pd.testing.assert_frame_equal(layer(both.head, "edge")[["day"]], layer(both.body, "edge")[["day"]])


def test_a_bar_lasts_through_its_last_day():
    assert one_bar(start="2026-01-01", end="2026-12-31")["until"] == pd.Timestamp("2027-01-01")


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), ("2018-03-01", None), (None, "2040-12-31"), ("2018-03-01", "2040-12-31")]
)
def test_a_bar_is_clipped_to_the_horizon(start, end):
    bar = one_bar(start=start, end=end)
    assert (bar["day"], bar["until"]) == (pd.Timestamp("2025-01-01"), pd.Timestamp("2036-01-01"))


@pytest.mark.parametrize(("start", "end"), [("2036-01-01", None), (None, "2024-12-31")])
def test_a_bar_outside_the_horizon_is_left_out(start, end):
    assert layer(drawn(bar_frame=bars({"start": start, "end": end})).body, "bar").empty


def test_the_tooltip_names_the_whole_period():
    assert one_bar(start="2018-03-01", end="2040-12-31")["period"] == "01.03.2018 – 31.12.2040"


def test_a_secured_bar_says_until_when():
    assert one_bar(end="2026-12-31")["text"] == "bis 31.12.2026"


def test_a_secured_bar_that_goes_beyond_the_horizon_says_that_it_is_secured():
    assert one_bar(end="2040-12-31")["text"] == "gesichert"


def test_a_possible_extension_is_thin_until_it_counts():
    counted, not_counted = (one_bar(certainty="expected", counted=value) for value in (True, False))
    assert counted["y2"] - counted["y"] == BAR
    assert not_counted["y2"] - not_counted["y"] == THIN_BAR
    assert not_counted["state"] == "in Aussicht; zählt in diesem Szenario nicht mit"


def test_unknown_is_never_thin():
    bar = one_bar(certainty="unknown", counted=False)
    assert not bar["thin"]
    assert bar["letter"] == "?"


def test_ruled_out_is_a_mark_on_the_end():
    body = drawn(
        bar_frame=bars(
            {"start": "2028-12-31", "end": "2028-12-31", "certainty": "ruled_out", "counted": False}
        )
    ).body
    mark = layer(body, "ruled_out").iloc[0]
    assert mark["day"] == pd.Timestamp("2029-01-01")
    assert mark["state"] == "Verlängerung ausgeschlossen"


def test_what_is_not_yet_possible_is_a_question_at_the_end_and_no_bar():
    both = drawn(
        bar_frame=bars(
            {"end": "2026-12-31"},
            {"start": "2027-01-01", "certainty": "not_yet_possible", "counted": False},
        )
    )
    assert layer(both.body, "bar")["certainty"].tolist() == ["secured"]
    asked = layer(both.body, "question").iloc[0]
    assert (asked["day"], asked["text"]) == (pd.Timestamp("2027-01-01"), CERTAINTIES["not_yet_possible"].word)
    assert layer(both.head, "swatch")["text"].tolist() == ["gesichert"]


def test_what_a_scenario_counts_on_is_a_bar_even_where_it_is_not_yet_possible():
    bar = one_bar(start="2027-01-01", certainty="not_yet_possible", counted=True)
    assert bar["until"] == pd.Timestamp("2036-01-01")


def test_headings_stand_above_their_group():
    grouped = pd.concat([rows("A", "B", group="K"), rows("C", group="F").assign(structure_id=3)])
    both = drawn(row_frame=grouped)
    assert layer(both.body, "heading")["label"].tolist() == ["K", "F"]
    assert layer(both.body, "row")["y"].tolist() == [GROUP, GROUP + ROW, 2 * GROUP + 2 * ROW]
    assert both.body.height == both.body.spec["height"] == 2 * GROUP + 3 * ROW


def test_without_groups_there_are_no_headings():
    both = drawn(row_frame=rows("A", "B"))
    assert layer(both.body, "heading").empty
    assert both.body.height == 2 * ROW


def test_the_legend_names_what_occurs_and_only_that():
    both = drawn(
        bar_frame=bars({"end": "2026-12-31"}, {"certainty": "unclear", "counted": False}),
        mark_frame=marks(
            {"day": "2026-11-15"}, {"day": "2026-10-01", "kind": "decide_by", "estimated": True}
        ),
    )
    words = [text for name in ("swatch", "symbol") for text in layer(both.head, name)["text"]]
    assert words == [
        "gesichert", "ungeklärt", "blass: zählt nicht mit", "Antrag bis", "Beschluss bis", "hohl: geschätzt",
    ]  # fmt: skip


def test_a_long_legend_takes_a_second_line():
    every = bars(*({"certainty": key} for key in CERTAINTIES))
    short, long = drawn(bar_frame=bars({})), drawn(bar_frame=every, mark_frame=marks({"day": "2026-11-15"}))
    assert long.head.height > short.head.height


def test_marks_are_worded_and_keep_apart():
    body = drawn(
        mark_frame=marks(
            {"day": "2026-11-15", "estimated": True},
            {"day": "2026-11-15", "kind": "decide_by"},
            {"day": None},
        )
    ).body
    pins = layer(body, "pin")
    assert pins["period"].tolist() == ["15.11.2026 (geschätzt)", "15.11.2026"]
    assert pins["middle"].diff().iloc[1] >= 8


@pytest.mark.parametrize(("day", "side"), [(AS_OF, "left"), (date(2035, 6, 1), "right")])
def test_the_stichtag_is_labelled_within_the_picture(day, side):
    line = layer(drawn(as_of=day).head, "as_of").iloc[0]
    assert line["side"] == side
    assert line["text"] == f"Stichtag {day:%d.%m.%Y}"


def test_a_stichtag_outside_the_horizon_is_not_drawn():
    assert layer(drawn(as_of=date(2040, 1, 1)).body, "as_of").empty


def test_bars_of_structures_without_a_row_are_left_out():
    assert layer(drawn(bar_frame=bars({"structure_id": 99})).body, "bar").empty


def test_without_rows_there_is_an_empty_picture():
    both = drawn(row_frame=rows())
    assert "0 Strukturen" in both.body.alt
    assert both.body.height > 0


def test_the_picture_has_head_and_rows_without_covering_them():
    both = drawn(bar_frame=bars({"end": "2026-12-31"}))
    picture = both.picture()
    assert layer(picture, "swatch")["y2"].max() < 0
    assert picture.height > both.head.height + both.body.height


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        ({"bar": [{"structure_id": 3, "funding_id": 7}]}, ClickedBar(3, 7)),
        ({"bar": [{"structure_id": 3, "funding_id": None}]}, ClickedBar(3, None)),
        ({"bar": [{"structure_id": 3}]}, ClickedBar(3, None)),
        ({"bar": [{"structure_id": None, "funding_id": None}]}, None),
        ({"bar": []}, None),
        ({}, None),
    ],
)
def test_a_click_names_the_structure_and_its_funding(selection, found):
    assert chosen(selection) == found
