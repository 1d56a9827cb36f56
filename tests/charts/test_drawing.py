"""What all drawings have in common: German, without data, without a menu."""

import json
from datetime import date

import pytest
from streamlit.elements.vega_charts import _parse_selection_mode, _prepare_vega_lite_spec

from steering.charts import capacity, timeline
from steering.charts.drawing import Drawing, to_vega
from steering.charts.map_picture import picture
from steering.charts.ramp import number_ramp

from .samples import AS_OF, HORIZON, bars, marks, points, quarters, rows, small_ground, values


def band() -> Drawing:
    return capacity.fte_band(quarters({"2026-01-01": 5.0, "2027-01-01": 3.5}), AS_OF)


def zeitachse() -> timeline.Timeline:
    return timeline.timeline(
        rows("Integrationslotsen", group="K · Landkreis"),
        bars({"end": "2026-12-31"}, {"start": "2027-01-01", "certainty": "unclear", "counted": False}),
        marks({"day": "2026-11-15"}),
        HORIZON,
        AS_OF,
    )


def karte() -> Drawing:
    known = values(m1=3, m2=None, m3=1)
    return picture(small_ground(), known, points("09473001"), number_ramp(known["value"]))


DRAWINGS = {
    "band": band,
    "head": lambda: zeitachse().head,
    "body": lambda: zeitachse().body,
    "picture": lambda: zeitachse().picture(),
    "map": karte,
}
each_drawing = pytest.mark.parametrize("make", DRAWINGS.values(), ids=DRAWINGS)


@each_drawing
def test_numbers_and_days_are_german(make):
    locale = make().spec["config"]["locale"]
    assert locale["number"]["decimal"] == ","
    assert locale["time"]["months"][2] == "März"


@each_drawing
def test_the_shared_specification_holds_no_data(make):
    text = json.dumps(dict(make().spec))
    assert '"values"' not in text
    assert "datasets" not in make().spec


@each_drawing
def test_each_drawing_says_in_words_what_it_shows(make):
    assert len(make().alt) > 40
    assert "description" not in make().spec  # Streamlit puts the alternative text there.


@each_drawing
def test_marks_without_words_of_their_own_show_no_tooltip(make):
    assert make().spec["config"]["mark"] == {"tooltip": None, "aria": False}


@each_drawing
def test_the_same_drawing_again_has_the_same_specification(make):
    assert json.dumps(dict(make().spec)) == json.dumps(dict(make().spec))


@each_drawing
def test_rows_name_the_layer_that_draws_them(make):
    drawing = make()
    used = {layer for layer in drawing.data["layer"] if f'"{layer}"' in json.dumps(dict(drawing.spec))}
    assert used == set(drawing.data["layer"])


def test_another_stichtag_changes_the_data_only():
    known = quarters({"2026-01-01": 5.0})
    one, other = (capacity.fte_band(known, day) for day in (AS_OF, date(2027, 3, 1)))
    assert one.spec is other.spec
    assert not one.data.equals(other.data)


def test_streamlit_takes_the_specification_as_it_is():
    body = zeitachse().body
    before = json.dumps(dict(body.spec))
    prepared = _prepare_vega_lite_spec(dict(body.spec), use_container_width=True)
    assert _parse_selection_mode(prepared, None) == ["bar"]
    assert json.dumps(dict(body.spec)) == before


def test_exported_rows_carry_local_days_and_no_numpy():
    spec = to_vega(zeitachse().body, title="Zeitachse", notes=["Stichtag: 22.11.2026"])
    edges = [row for row in spec["data"]["values"] if row["layer"] == "edge"]
    assert [row["day"] for row in edges] == ["2025-01-01T00:00:00", "2036-01-01T00:00:00"]
    assert spec["title"]["subtitle"] == ["Stichtag: 22.11.2026"]
    json.dumps(spec)


def test_a_title_makes_the_picture_higher_and_leaves_the_drawing_alone():
    drawing = band()
    plain, titled = to_vega(drawing), to_vega(drawing, title="VZÄ", notes=["a", "b"])
    assert titled["height"] > plain["height"] == drawing.height
    assert "title" not in drawing.spec
