"""The number of a municipality and the points in it do not contradict each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from steering.web.map import housing_rows, page
from tests.pages.conftest import Screen

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
