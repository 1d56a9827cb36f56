"""Pages in the dark: the boxes of a legend have the colours of what they explain."""

import re

import pytest

from steering.charts.colour_meanings import DARK_OPEN_RAMP, OPEN_RAMP
from steering.charts.theme import DARK, DARK_RAMP, LIGHT, RAMP
from steering.web import panels


@pytest.mark.parametrize(
    ("page", "classes"), [("Bedarfe", DARK_RAMP), ("Lücken", DARK_OPEN_RAMP), ("Zuständigkeiten", ())]
)
def test_a_legend_has_the_colours_of_its_picture(look, monkeypatch, page, classes):
    monkeypatch.setattr(panels, "find_theme", lambda _: DARK)
    shown = look(page).app.main.get("html")
    fills = re.findall(r"background:([^;]*);", "".join(each.proto.body for each in shown))
    assert fills
    assert LIGHT.background not in fills
    if classes:
        assert set(fills) & set(classes)
        assert not set(fills) & {*RAMP, *OPEN_RAMP}
