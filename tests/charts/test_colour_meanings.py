"""One meaning per colour, whichever chart it stands in, on a light and on a dark page."""

import json
import re
from collections.abc import Iterator
from colorsys import rgb_to_hls
from datetime import date
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from steering.charts import matrix_layers, need_layout, overlaps, pairs
from steering.charts.capacity import fte_band
from steering.charts.coinciding import coinciding
from steering.charts.colour_meanings import (
    DARK_OPEN_RAMP,
    IN_PART,
    MAY_OPEN,
    MEANINGS,
    NOT_KNOWN,
    OPEN_IN_ANY_CASE,
    OPEN_RAMP,
    POSSIBLE,
    SETTLED,
    STAYS_OPEN,
    SURE,
    THERE,
    TO_SETTLE,
)
from steering.charts.openness import open_band
from steering.charts.plan_proof import MOST, OPEN, proof_picture
from steering.charts.ramp import UNKNOWN, count_ramp, number_ramp
from steering.charts.theme import DARK, DARK_RAMP, LIGHT, RAMP, contrast, ink_on
from steering.model import ExtensionRule

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
AS_OF = date(2026, 11, 22)
COLOUR = re.compile(r"#[0-9a-f]{6}")


def quarters(value: str, **levels: float) -> pd.DataFrame:
    """Two quarters with a level per scenario."""
    return pd.DataFrame(
        [
            {"quarter": first, "rule": rule.value, value: levels[rule.name.lower()], "maybe": 0,
             "running": 1.0, "fte_unknown": 0}
            for rule in ExtensionRule
            for first in pd.date_range("2026-10-01", periods=2, freq="QS")
        ]
    )  # fmt: skip


def colours(spec: object) -> set[str]:
    return set(COLOUR.findall(json.dumps(spec)))


@THEMES
def test_no_two_meanings_share_a_colour(theme):
    for one, other in combinations(MEANINGS, 2):
        assert one.on(theme) != other.on(theme), (one.word, other.word)


@THEMES
def test_what_is_secured_and_what_is_open_never_look_alike(theme):
    level = {"secured": 3.0, "expected": 2.0, "optimistic": 1.0}
    there = colours(fte_band(quarters("fte", **level), AS_OF, theme=theme).spec)
    missing = colours(open_band(quarters("open", **level), AS_OF, theme=theme).spec)
    assert {SURE.on(theme), POSSIBLE.on(theme)} <= there
    assert {OPEN_IN_ANY_CASE.on(theme), MAY_OPEN.on(theme)} <= missing
    assert not {SURE.on(theme), POSSIBLE.on(theme), theme.primary} & missing
    assert not {OPEN_IN_ANY_CASE.on(theme), MAY_OPEN.on(theme)} & there


@THEMES
def test_what_the_masterplan_leaves_open_is_of_the_colour_of_what_is_open(theme):
    names = [f"M{number}" for number in range(MOST + 2)]
    drawn = proof_picture(
        pd.DataFrame({"first": [pd.Timestamp("2027-01-01")], "last": [pd.Timestamp("2027-12-31")],
                      "name": ["2027"], "without": [20], "with_plan": [20 - len(names)]}),
        pd.DataFrame({"period": 0, "measure": names, "closed": 1}), theme=theme,
    )  # fmt: skip
    scale = next(found for found in scales(drawn.spec) if OPEN in found["domain"])
    kept, *taken = scale["range"]
    assert kept == STAYS_OPEN.on(theme)
    assert is_red(kept)
    assert len(set(taken)) == MOST + 1
    assert not any(is_red(tint) or is_blue(tint) for tint in taken)


def scales(spec: object) -> Iterator[dict]:
    if isinstance(spec, dict):
        if isinstance(spec.get("domain"), list) and isinstance(spec.get("range"), list):
            yield spec
        for value in spec.values():
            yield from scales(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from scales(value)


def hue(colour: str) -> tuple[float, float]:
    """Degrees on the circle of colours, and how strong the colour is."""
    found, _, strength = rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return found * 360, strength


def is_red(colour: str) -> bool:
    degrees, strength = hue(colour)
    return strength > 0.1 and (degrees < 45 or degrees > 330)


def is_blue(colour: str) -> bool:
    degrees, strength = hue(colour)
    return strength > 0.1 and 190 < degrees < 250


def test_how_many_are_open_and_how_many_there_are_have_scales_of_their_own():
    values = pd.Series([0.0, 1.0, 2.0, 7.0])
    for theme, open_scale, scale in ((LIGHT, OPEN_RAMP, RAMP), (DARK, DARK_OPEN_RAMP, DARK_RAMP)):
        assert {step.fill for step in count_ramp(values).on(theme).steps} <= set(open_scale)
        assert {step.fill for step in number_ramp(values).on(theme).steps} <= set(scale)


@pytest.mark.parametrize("fill", [*OPEN_RAMP, *DARK_OPEN_RAMP])
def test_a_number_can_be_read_on_each_class_of_what_is_open(fill):
    assert contrast(ink_on(fill), fill) >= 4.5


def test_every_chart_takes_a_meaning_from_the_one_table():
    assert {"open": TO_SETTLE.light, "calm": SETTLED.light} == overlaps.FILLS
    assert pairs.LOOKS["open 3"] == TO_SETTLE.light
    assert matrix_layers.FILLS[matrix_layers.OPEN] == TO_SETTLE.light
    assert (THERE.light, IN_PART.light) == (need_layout.BLUE, need_layout.PALE)
    assert matrix_layers.FILLS[matrix_layers.UNKNOWN] == UNKNOWN.fill == NOT_KNOWN.light


def test_no_chart_writes_down_the_colour_of_a_meaning_itself():
    places = Path(overlaps.__file__).parent.glob("*.py")
    meant = {one.on(theme) for one in MEANINGS for theme in (LIGHT, DARK)}
    written = {
        (path.name, colour)
        for path in places
        if path.stem not in ("colour_meanings", "theme")
        for colour in COLOUR.findall(path.read_text(encoding="utf-8"))
        if colour in meant
    }
    assert written <= {
        ("roadmap.py", TO_SETTLE.light),
        ("roadmap.py", IN_PART.light),
        ("roadmap.py", NOT_KNOWN.light),
    }


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((3, 3, 5), "»gesichert« und »erwartet« fallen zusammen"),
        ((3, 5, 5), "»erwartet« und »optimistisch« fallen zusammen"),
        ((3, 3, 3), "Alle drei Szenarien sagen dasselbe"),
        ((3, 4, 5), ""),
    ],
)
def test_lines_that_lie_upon_each_other_are_told(levels, said):
    names = ("secured", "expected", "optimistic")
    told = coinciding(quarters("fte", **dict(zip(names, levels, strict=True))), "fte")
    assert told.startswith(said)
    assert bool(told) == bool(said)
