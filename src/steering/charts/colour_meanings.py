"""What colours mean, the same in every chart: what is there is blue, what is open red, what is to be settled
orange, what is settled grey-blue, what nobody knows grey with a question mark.

Nothing is told by colour alone: each meaning has its word, and most a sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from steering.charts.theme import CERTAINTIES, DARK, LIGHT, UNKNOWN_FILL, Theme


@dataclass(frozen=True)
class ColourMeaning:
    """`word` and `sign` stand beside or in the colour; `light` and `dark` are its fills on the two pages."""

    word: str
    sign: str
    light: str
    dark: str

    def on(self, theme: Theme) -> str:
        """The fill on a page."""
        return self.dark if theme is DARK else self.light


_BLUE, _PALE = CERTAINTIES["secured"].fill, CERTAINTIES["annual"].fill
# In the order in which legends list them.
THERE = ColourMeaning("da", "", _BLUE, _BLUE)
IN_PART = ColourMeaning("nur in einem Teil", "", _PALE, _PALE)
SURE = ColourMeaning("gesichert", "", "#a9cbe8", "#2b5f8e")
POSSIBLE = ColourMeaning("möglich", "", "#e3eef8", "#1f3346")
OPEN = ColourMeaning("offen", "Zahl", LIGHT.alarm, DARK.alarm)
OPEN_IN_ANY_CASE = ColourMeaning("in jedem Fall offen", "", "#e9a79d", "#8f3c32")
STAYS_OPEN = ColourMeaning("bleibt offen", "Zahl", "#cf7d70", "#a34a3e")
MAY_OPEN = ColourMeaning("offen, wenn nicht verlängert wird", "", "#f9e6e2", "#46211d")
TO_SETTLE = ColourMeaning("Klärungspunkt", "Zahl", "#b35c00", "#b35c00")
SETTLED = ColourMeaning("abgestimmt oder intern", "", "#8fa5bb", "#8fa5bb")
NOT_KNOWN = ColourMeaning("ungewiss", "?", UNKNOWN_FILL, UNKNOWN_FILL)
NOTHING_THERE = ColourMeaning("keine Struktur", "–", "#f4efe6", "#2d2820")

MEANINGS = (
    THERE, IN_PART, SURE, POSSIBLE, OPEN, OPEN_IN_ANY_CASE, STAYS_OPEN, MAY_OPEN, TO_SETTLE, SETTLED,
    NOT_KNOWN, NOTHING_THERE,
)  # fmt: skip

# How many are open, few to many; on a dark page what is more comes forward too, so it is lighter there.
OPEN_RAMP = ("#f7f2ef", "#f3ddd4", "#e8bfae", "#cf8a70", "#9c4f36")
DARK_OPEN_RAMP = ("#2e1d1c", "#5b2924", "#8f3c32", "#e08b7e", "#ffcfc7")
# How many are to be settled.
SETTLE_RAMP = ("#f3c48f", "#d9822b", TO_SETTLE.light)
SETTLED_PALE = "#c3d0de"
