"""Every colour that carries text can be read, and nothing is told by colour alone."""

import tomllib
from pathlib import Path

import pytest

from steering.charts.theme import (
    CERTAINTIES,
    DARK,
    LEVEL_COLOUR,
    LIGHT,
    RAMP,
    UNKNOWN_FILL,
    contrast,
    ink_on,
    level_letter,
    rgb,
    theme,
)
from steering.model import Level

READABLE = 4.5


@pytest.mark.parametrize("certainty", CERTAINTIES.values(), ids=lambda item: item.key)
def test_words_can_be_read_on_their_bar(certainty):
    assert contrast(certainty.ink, certainty.fill) >= READABLE


@pytest.mark.parametrize("level", Level)
def test_a_white_letter_can_be_read_on_its_level(level):
    assert contrast("#ffffff", LEVEL_COLOUR[level]) >= READABLE


@pytest.mark.parametrize("fill", [*RAMP, UNKNOWN_FILL])
def test_a_label_can_be_read_on_each_class_of_the_map(fill):
    assert contrast(ink_on(fill), fill) >= READABLE


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda item: item.name)
@pytest.mark.parametrize("role", ["text", "muted", "primary", "alarm", "warning"])
def test_texts_can_be_read_on_the_page(colours, role):
    assert contrast(getattr(colours, role), colours.background) >= READABLE


def test_the_ramp_only_gets_darker():
    darkness = [contrast(fill, "#ffffff") for fill in RAMP]
    assert darkness == sorted(darkness)


def test_certainties_differ_in_more_than_colour():
    signs = [(item.word, item.letter, item.dash) for item in CERTAINTIES.values()]
    assert len({word for word, _, _ in signs}) == len(signs)
    assert len({(letter, dash) for _, letter, dash in signs}) == len(signs)


def test_each_level_has_its_own_letter():
    assert len({level_letter(level) for level in Level}) == len(Level)


def test_the_contrast_of_black_and_white_is_the_largest():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert rgb("#0b4f8a") == [11, 79, 138, 255]


def test_a_browser_that_says_nothing_gets_the_light_theme():
    assert theme(None) is LIGHT
    assert theme("dark") is DARK


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda item: item.name)
def test_charts_have_the_colours_of_the_page_around_them(colours):
    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
    page = config["theme"][colours.name]
    assert page["primaryColor"] == colours.primary
    assert page["textColor"] == colours.text
    assert page["backgroundColor"] == colours.background
    assert page["secondaryBackgroundColor"] == colours.surface
    assert page["borderColor"] == colours.line
