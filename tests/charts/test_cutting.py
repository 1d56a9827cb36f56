"""Labels of pictures are cut as the chart wants it, before the engine would do it slowly."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from steering.charts import cutting, typeface
from steering.charts.drawing import to_vega
from steering.charts.timeline import timeline
from tests.charts.samples import AS_OF, HORIZON, bars, marks, rows

LONG = "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung) der Wohlfahrtsverbände"


@given(st.text(max_size=60), st.integers(12, 400), st.booleans())
def test_what_is_cut_fits_and_is_the_beginning(text, room, bold):
    cut = cutting.fitting(text, room, 13, bold=bold)
    if cut != text:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])
        assert typeface.width(cut, 13, bold=bold) <= max(room, typeface.width("…", 13, bold=bold))


def drawn(*names):
    return timeline(rows(*names), bars({"end": "2026-12-31"}), marks(), HORIZON, AS_OF).picture()


def test_a_picture_has_its_labels_cut_and_names_no_limit():
    picture = drawn(LONG, "Kurz")
    before = deepcopy(picture.spec), picture.data.copy()
    made = to_vega(picture)
    labels = [row["label"] for row in made["data"]["values"] if row["layer"] == "row"]
    assert labels[1] == "Kurz"
    assert labels[0].endswith("…")
    assert LONG.startswith(labels[0][:-1])
    assert 15 < len(labels[0]) < len(LONG)
    assert "limit" not in str(made["layer"])
    assert "limit" in str(picture.spec["layer"]), "else this shows nothing"
    assert picture.spec == before[0]
    assert picture.data.equals(before[1])


def test_only_the_rows_of_the_layer_are_cut_and_lists_of_lines_stay():
    mark = {"type": "text", "limit": 40}
    text = {"text": {"field": "words"}}
    only = [{"filter": {"field": "layer", "oneOf": ["a"]}}]
    spec = {"layer": [{"transform": only, "layer": [{"mark": mark, "encoding": text}]}, {"mark": "rule"}]}
    given_rows: list[cutting.Row] = [
        {"layer": "a", "words": LONG},
        {"layer": "b", "words": LONG},
        {"layer": "a", "words": [LONG]},
    ]
    made, found = cutting.cut(spec, given_rows)
    assert found[0]["words"] != LONG
    assert found[1:] == given_rows[1:]
    assert made["layer"][0]["layer"][0]["mark"] == {"type": "text"}
    everywhere, both = cutting.cut({"mark": mark | {"fontWeight": "bold"}, "encoding": text}, given_rows)
    assert [row["words"][0] for row in both] == ["F", "F", LONG]
    assert LONG not in [row["words"] for row in both]
    assert everywhere["mark"] == {"type": "text", "fontWeight": "bold"}


def test_what_begins_alike_loses_its_middle_and_not_its_end() -> None:
    names = [f"Jugendsozialarbeit an der Mittelschule {town}" for town in ("Bad Rodach", "Neustadt")]
    names += ["Koordinierungsstelle Bürgerschaftliches Engagement", "Lotsen"]
    shown = cutting.told_apart(names, 180, 12)
    assert [each[-8:] for each in shown[:2]] == ["d Rodach", "Neustadt"]
    assert [each[:6] for each in shown[:2]] == ["Jugend"] * 2
    assert shown[2:] == names[2:], "else what reads differently would be touched"
    assert [cutting.fitting(each, 180, 12) for each in shown[:2]] == shown[:2], "else it is cut once more"
