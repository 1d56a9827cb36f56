import json
from xml.etree import ElementTree

import pytest

from steering.charts.map import ClickedPlace, county_map
from steering.charts.map_picture import HOLLOW, picture
from steering.charts.ramp import UNKNOWN, number_ramp
from steering.charts.theme import DARK, LEVEL_COLOUR, rgb
from steering.model import Level

from .samples import points, small_ground, values


def drawn(known=None, where=None, **options):
    known = values(m1=3, m2=None, m3=0) if known is None else known
    where = points("09473001", "09463000") if where is None else where
    return county_map(
        small_ground(), known, where, number_ramp(known["value"]), measure="Strukturen vor Ort", **options
    )


def layers(found):
    return {layer["id"]: layer for layer in json.loads(found.deck.to_json())["layers"]}


def by_title(found, name="municipalities"):
    return {feature["properties"]["title"]: feature["properties"] for feature in layers(found)[name]["data"]}


def test_no_map_service_is_asked():
    deck = json.loads(drawn().deck.to_json())
    assert "mapProvider" not in deck
    # The mark by which Streamlit knows that no style was asked for; without it, it would ask Carto.
    assert deck["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in drawn().deck.to_json()


def test_the_layers_lie_in_the_order_in_which_they_can_be_read():
    assert list(layers(drawn())) == [
        "beyond", "neighbours", "municipalities", "rim", "selected", "leaders", "neighbour-names", "names",
        "values", "points", "letters",
    ]  # fmt: skip


def test_only_municipalities_and_points_answer_to_a_click():
    assert [name for name, layer in layers(drawn()).items() if layer.get("pickable")] == [
        "municipalities",
        "points",
    ]


def test_unknown_is_grey_with_a_question_mark():
    found = drawn()
    assert by_title(found)["Mitte b.Coburg"]["fill"] == rgb(UNKNOWN.fill)
    assert "?" in [row["text"] for row in layers(found)["values"]["data"]]


def test_a_municipality_without_a_row_is_unknown():
    assert by_title(drawn(values(m1=3)))["Niederfüllbach"]["fill"] == rgb(UNKNOWN.fill)


def test_an_uninhabited_area_is_drawn_without_name_and_number():
    found = drawn()
    assert by_title(found)["Forst"]["tooltip"] == "gemeindefreies Gebiet, unbewohnt"
    assert "Forst" not in [row["text"] for row in layers(found)["names"]["data"]]
    assert len(layers(found)["values"]["data"]) == 3


def test_names_are_written_in_a_colour_that_can_be_read_on_their_fill():
    found = drawn(values(m1=9, m2=0, m3=0))
    inks = {row["text"]: row["ink"] for row in layers(found)["names"]["data"]}
    assert inks["Weststadt"] == [255, 255, 255, 255]
    assert inks["Mitte b.Coburg"] != inks["Weststadt"]


@pytest.mark.parametrize("level", Level)
def test_points_have_the_colour_and_the_letter_of_their_level(level):
    found = drawn(where=points("09473001", level=level.value))
    assert layers(found)["points"]["data"][0]["properties"]["fill"] == rgb(LEVEL_COLOUR[level])
    assert len(layers(found)["letters"]["data"][0]["text"]) == 1


def test_what_may_not_be_there_is_hollow_on_every_map():
    where = points("09473001", "09463000").assign(certain=[True, False])
    colour, white = LEVEL_COLOUR["county"], "#ffffff"
    (first, second) = layers(drawn(where=where))["points"]["data"]
    assert (first["properties"]["fill"], first["properties"]["line"]) == (rgb(colour), rgb(white))
    assert (second["properties"]["fill"], second["properties"]["line"]) == (rgb(white), rgb(colour))
    inks = [each["ink"] for each in layers(drawn(where=where))["letters"]["data"]]
    assert inks == [rgb(white), rgb(colour)]
    still = ElementTree.fromstring(drawn(where=where).still)
    circles = still.iter("{http://www.w3.org/2000/svg}circle")
    assert [(each.get("fill"), each.get("stroke")) for each in circles] == [(colour, white), (white, colour)]
    known = values(m1=1)
    rows = picture(small_ground(), known, where, number_ramp(known["value"])).data
    assert rows.loc[rows["layer"] == "point", "fill"].tolist() == [colour, white]
    assert HOLLOW in set(rows["text"])
    certain = picture(small_ground(), known, points("09473001"), number_ramp(known["value"])).data
    assert HOLLOW not in set(certain["text"])


def test_umlauts_are_in_the_atlas_of_letters():
    names = layers(drawn())["names"]
    assert names["characterSet"] == "auto"
    assert names["fontFamily"].startswith("Source Sans")


def test_tooltips_are_plain_text_for_streamlit_to_escape():
    found = drawn(where=points("09473001").assign(title="<b>Büro</b>"))
    assert by_title(found, "points")["<b>Büro</b>"]["tooltip"] == "Landkreis\nbis 31.12.2026"


def test_coordinates_are_short():
    text = drawn().deck.to_json()
    assert all(len(number.split(".")[1]) <= 5 for number in _coordinates(text))
    assert "\n" not in text.replace("\\n", "")


def _coordinates(text):
    features = json.loads(text)["layers"][1]["data"]
    return [str(float(part)) for f in features for p in f["geometry"]["coordinates"][0] for part in p]


def test_colours_are_where_streamlit_does_not_dim_them():
    for layer in layers(drawn()).values():
        assert "getFillColor" not in layer
        assert "getColor" not in layer
        assert layer["_subLayerProps"]


def test_a_selected_municipality_gets_an_outline_and_keeps_its_place():
    found = drawn(selected=["09473001"])
    assert len(layers(found)["selected"]["data"]) == 1
    assert found.municipalities == drawn().municipalities


def test_the_deck_is_written_once():
    deck = drawn().deck
    assert deck.to_json() is deck.to_json()


def test_the_dark_map_has_its_own_ground():
    light, dark = (layers(drawn(**options))["neighbours"]["data"] for options in ({}, {"theme": DARK}))
    assert light[0]["properties"]["fill"] != dark[0]["properties"]["fill"]


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        ({"indices": {"municipalities": [1]}}, ClickedPlace(ags="09473002")),
        ({"indices": {"points": [1]}}, ClickedPlace(structure_id=12)),
        ({"indices": {}}, None),
        ({"indices": {"points": []}}, None),
        ({}, None),
    ],
)
def test_a_click_names_the_municipality_or_the_structure(selection, found):
    assert drawn().chosen(selection) == found


def test_a_click_from_before_the_points_went_is_nothing():
    assert drawn(where=points()).chosen({"indices": {"points": [3]}}) is None


def test_the_map_is_told_in_words():
    assert drawn().alt == (
        "Karte, Strukturen vor Ort: Weststadt 3, Mitte b.Coburg ?, Niederfüllbach 0; "
        "2 Strukturen als Punkte an ihrem Sitz."
    )


def test_the_picture_has_legend_levels_and_attribution():
    known = values(m1=3, m2=None, m3=0)
    found = picture(small_ground(), known, points("09473001"), number_ramp(known["value"]))
    words = found.data.loc[found.data["layer"] == "words", "text"].tolist()
    assert words == ["0", "3", "nicht bekannt", "Landkreis", "© Amt 2016"]
    assert found.width == 620
    assert found.height > 560


def test_the_still_picture_shows_what_the_map_shows():
    found = drawn()
    still = ElementTree.fromstring(found.still)
    told = [element.text for element in still.iter("{http://www.w3.org/2000/svg}text")]
    shown = [text["text"] for name in ("names", "values") for text in layers(found)[name]["data"]]
    assert {line for text in shown for line in text.split("\n")} <= set(told)
    circles = list(still.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == len(layers(found)["points"]["data"])
