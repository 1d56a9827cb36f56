"""Pages in the dark: a legend has the colours of what it explains, and what goes into a file is on white."""

import json
import re

import pytest

from steering.charts.colour_meanings import DARK_OPEN_RAMP, OPEN_RAMP
from steering.charts.theme import DARK, DARK_RAMP, LIGHT, RAMP
from steering.web import panels
from tests.pages.pressed import files_of_pages, outside_a_run


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


@pytest.mark.parametrize(
    "page",
    ["Lagebild", "Karte", "Zeitachse", "Zuständigkeiten", "Bedarfe", "Lücken", "Masterplan"],
)
def test_a_picture_for_a_file_is_drawn_on_white(screen, monkeypatch, page):
    """Light words of a dark page were on white there."""
    monkeypatch.setattr(panels, "find_theme", lambda _: DARK)
    monkeypatch.setattr(panels.pictures, "svg", lambda spec: json.dumps(spec, default=str).encode())
    files = files_of_pages(monkeypatch)
    screen(page)
    drawn = {name: outside_a_run(make).decode() for name, make in files.items() if name.endswith(".svg")}
    assert drawn
    own = {DARK.background, DARK.surface, DARK.line, DARK.text, DARK.muted}
    assert not {
        name: found for name, spec in drawn.items() if (found := [each for each in own if each in spec])
    }
