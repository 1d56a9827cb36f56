"""One meaning per colour, whichever chart it stands in, on a light and on a dark page."""

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from steering.charts import matrix_layers, need_layout, overlaps, pairs
from steering.charts.capacity import fte_band
from steering.charts.coinciding import coinciding
from steering.charts.meanings import (
    DARK_OPEN_RAMP,
    IN_PART,
    MAY_OPEN,
    MEANINGS,
    NOT_KNOWN,
    OPEN_IN_ANY_CASE,
    OPEN_RAMP,
    POSSIBLE,
    SETTLED,
    SURE,
    THERE,
    TO_SETTLE,
)
from steering.charts.openness import open_band
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
        if path.stem not in ("meanings", "theme")
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
        ((3, 3, 5), "gesichert und erwartet fallen zusammen"),
        ((3, 5, 5), "erwartet und optimistisch fallen zusammen"),
        ((3, 3, 3), "Alle drei Szenarien sagen dasselbe"),
        ((3, 4, 5), ""),
    ],
)
def test_lines_that_lie_upon_each_other_are_told(levels, said):
    names = ("secured", "expected", "optimistic")
    told = coinciding(quarters("fte", **dict(zip(names, levels, strict=True))), "fte")
    assert told.startswith(said)
    assert bool(told) == bool(said)
