"""Colours, letters and words of every chart: one place, so that a certainty looks the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from steering.model import ExtensionRule, Level
from steering.model.vocabulary import LEVEL_LETTER, word

FONT = "Source Sans, Source Sans Pro, Arial, Liberation Sans, sans-serif"


@dataclass(frozen=True)
class Theme:
    """The colours of the page a chart stands on, as in .streamlit/config.toml; `name` is Streamlit's."""

    name: str
    background: str
    surface: str
    line: str
    text: str
    muted: str
    primary: str
    alarm: str
    warning: str


LIGHT = Theme(
    name="light",
    background="#ffffff",
    surface="#f3f5f8",
    line="#d5dbe3",
    text="#111820",
    muted="#5d6b7a",
    primary="#0b4f8a",
    alarm="#c0392b",
    warning="#b35c00",
)
DARK = Theme(
    name="dark",
    background="#12181f",
    surface="#1a222c",
    line="#3a4654",
    text="#e8edf3",
    muted="#a3afbd",
    primary="#8ec5ff",
    alarm="#ff8a7a",
    warning="#f0a860",
)


def theme(name: str | None) -> Theme:
    """The theme for what the browser reports; light where it says nothing."""
    return DARK if name == DARK.name else LIGHT


@dataclass(frozen=True)
class Certainty:
    """How sure a stretch of a structure's life is, and how that is drawn.

    `letter` stands in a bar too short for `word`; `ink` is the colour of both on `fill`.
    `outline` is empty where the bar has none, `dash` its pattern, empty for a solid line.
    """

    key: str
    word: str
    letter: str
    fill: str
    ink: str
    outline: str = ""
    dash: tuple[int, ...] = ()


_DARK_INK = LIGHT.text
_DASHED, _DOTTED = (5, 3), (2, 2)

CERTAINTIES: dict[str, Certainty] = {
    item.key: item
    for item in (
        Certainty("permanent", "Daueraufgabe", "∞", "#123f66", "#ffffff"),
        Certainty("standing", "Daueraufgabe mit jährlicher Bewilligung", "j∞", "#123f66", "#ffffff"),
        Certainty("secured", "gesichert", "", "#2a74b3", "#ffffff"),
        Certainty("assumed", "angenommen", "+", "#dbe9f6", _DARK_INK, "#2a74b3", _DASHED),
        Certainty("annual", "jährlich", "j", "#8fbbe0", _DARK_INK),
        Certainty("applied", "beantragt", "b", "#f2c14e", _DARK_INK, "#94690a", _DASHED),
        Certainty("expected", "in Aussicht", "a", "#f7dfa0", _DARK_INK, "#94690a", _DASHED),
        Certainty("unclear", "ungeklärt", "u", "#e07b39", _DARK_INK, "#8f430d", _DASHED),
        Certainty(
            "not_yet_possible",
            "Folgeförderung noch nicht ausgeschrieben",
            "n",
            "#dcd6ea",
            _DARK_INK,
            "#6d5f94",
            _DOTTED,
        ),
        Certainty("own_means", "aus Eigenmitteln", "€", "#fff4e5", "#8a4600", "#b35c00"),
        Certainty("unknown", "ungewiss", "?", "#b8bfc8", _DARK_INK),
        Certainty("ruled_out", "ausgeschlossen", "×", "#ffffff", LIGHT.alarm, LIGHT.alarm),
    )
}

LEVEL_COLOUR: dict[str, str] = {
    Level.FEDERAL: "#5b4a9e",
    Level.STATE: "#8c5aa6",
    Level.BEZIRK: "#b0568a",
    Level.STATE_OFFICE: "#5f7389",
    Level.COUNTY: "#0b4f8a",
    Level.MUNICIPAL: "#177d82",
    Level.WELFARE: "#527f1b",
    Level.VOLUNTEER: "#7d6e10",
    Level.BUSINESS: "#b0612c",
}

# One hue, light to dark. The fourth step is darker than in the sketch: white must be readable on it.
RAMP = ("#eff3f8", "#c6dbef", "#85b6db", "#3a79b4", "#0b4f8a")
# The same on a dark page: what is more comes forward there too, so it is lighter.
DARK_RAMP = ("#1d2a38", "#214463", "#2d6a9c", "#5ea3d8", "#b9dcf7")
UNKNOWN_FILL = CERTAINTIES["unknown"].fill

SCENARIO_WORD = {rule.value: word(rule) for rule in ExtensionRule}


def level_letter(level: str) -> str:
    """The letter that stands for a level beside its colour."""
    return LEVEL_LETTER[Level(level)]


def ink_on(fill: str) -> str:
    """Whichever of white and the text colour is easier to read on a fill."""
    return max("#ffffff", LIGHT.text, key=lambda ink: contrast(ink, fill))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """A hex colour as red, green, blue and opacity, 0 to 255 each."""
    return [*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), alpha]


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = rgb(colour)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


NUMBER_LOCALE: dict[str, Any] = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["", " €"],
    "minus": "−",
}
TIME_LOCALE: dict[str, Any] = {
    "dateTime": "%A, %-d. %B %Y, %X",
    "date": "%d.%m.%Y",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
    "months": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "shortMonths": ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
}
