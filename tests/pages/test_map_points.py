"""The number of a municipality and the points in it do not contradict each other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from steering.charts.gathered_points import NUMBERED
from steering.web.map import housing_rows, page
from tests.pages.conftest import Screen

ENDS = "Nächstes Ende"
SAID = "hohl: ungewiss, nicht mitgezählt"


@pytest.mark.parametrize("measure", ["Strukturen vor Ort", housing_rows.MEASURE])
def test_the_legend_says_what_hollow_points_are(look: Callable[..., Screen], measure: str) -> None:
    shown = look("Karte")
    shown.app.session_state[page.MEASURE] = measure
    shown.app.run()
    assert SAID in shown.texts


def test_without_hollow_points_there_is_no_word_about_them(look: Callable[..., Screen]) -> None:
    assert SAID not in look("Karte", ebene="landkreis").texts


def test_of_equal_municipalities_none_is_named_before_the_others(look: Callable[..., Screen]) -> None:
    assert "(vor allem Neustadt b.Coburg)" in look("Karte").texts


def test_map_legend_and_table_say_the_same_of_the_next_ends(look: Callable[..., Screen]) -> None:
    shown = look("Karte")
    shown.app.session_state[page.MEASURE] = ENDS
    shown.app.run()
    told = shown.app.dataframe[0].value.set_index("Gemeinde")[ENDS]
    assert told["Bad Rodach"] == "ungewiss"
    assert told["Ahorn"] == "keine Struktur"
    assert told["Sonnefeld"] == "kein Ende in Sicht"
    on_the_map = shown.app.get("deck_gl_json_chart")[0].proto.alt
    assert "Ahorn –" in on_the_map
    assert "Bad Rodach ?" in on_the_map
    assert "Sonnefeld ∞" in on_the_map
    chips = "".join(each.proto.body for each in shown.app.get("html"))
    assert {"ungewiss", "keine Struktur"} <= set(re.findall(">([^<]+)</span>", chips))
    assert "nicht bekannt" not in chips


def test_no_uninhabited_area_stands_among_the_municipalities(look: Callable[..., Screen]) -> None:
    found = look("Karte").app.dataframe[0].value
    assert "Gellnhausen" not in set(found["Gemeinde"])
    assert found["VZÄ je 10.000 Einwohner"].notna().all()


def test_the_legend_says_what_a_number_in_a_point_is_where_there_is_one(look: Callable[..., Screen]) -> None:
    assert NUMBERED in look("Karte", kind="large").texts
    assert NUMBERED not in look("Karte").texts
