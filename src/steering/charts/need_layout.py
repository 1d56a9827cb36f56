"""What the pictures of needs have in common: looks, rows under headings, their names, the legend."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import altair as alt
import pandas as pd

from steering.charts import typeface
from steering.charts.colour_meanings import IN_PART, THERE
from steering.charts.drawing import only
from steering.charts.theme import UNKNOWN_FILL, Theme

# How a need's bar looks. SHARE: as large as the share of the quantity that is there; PRESENT: somebody is
# there and no quantity is given; SOMEWHERE: so in some of its places only; UNKNOWN: cannot be told.
SHARE, PRESENT, SOMEWHERE, NOBODY, UNKNOWN, LATER = (
    "share", "present", "somewhere", "nobody", "unknown", "later"
)  # fmt: skip
THIN_LOOKS = (PRESENT, SOMEWHERE)
LOOKS = (SHARE, PRESENT, SOMEWHERE, UNKNOWN, NOBODY)
WANTED = "wanted"
LEGEND = {
    WANTED: "Bedarf",
    SHARE: "Angebot",
    PRESENT: "ist da, Bedarf ohne Menge",
    SOMEWHERE: "nur in einem Teil",
    UNKNOWN: "nicht bekannt (?)",
    NOBODY: "kein Angebot erfasst",
}
ROW, GROUP, BAR, THIN = 24, 32, 14, 6
LABEL, MARK = 338, 54
LEFT = LABEL + MARK + 4
BLUE, PALE = THERE.light, IN_PART.light


def placed(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows and headings with the pixels they take, and the height of all of them.

    `rows` has name, group (those of one stand together) and origin; added are the middle of each row, and
    top and foot of its bar.
    """
    found = rows.reset_index(drop=True)
    opens = found["group"] != found["group"].shift()
    above = found.index * ROW + opens.cumsum() * GROUP
    middle = above + ROW / 2
    found = found.assign(layer="need", middle=middle, top=middle - BAR / 2, foot=middle + BAR / 2)
    headings = pd.DataFrame(
        {"layer": "heading", "name": found.loc[opens, "group"], "middle": above[opens] - GROUP / 2 + 4,
         "foot": above[opens] - 1.0}
    )  # fmt: skip
    return found, headings, int(len(found) * ROW + opens.sum() * GROUP)


def of(*layers: str) -> alt.Chart:
    return alt.Chart().transform_filter(only(*layers))


def y(field: str = "middle") -> alt.Y:
    """A position that is already in pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def names(theme: Theme, right: int, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    """The headings with their lines, which reach `right` pixels beyond the plot, names and marks."""
    left: dict[str, Any] = {"x": alt.value(-LABEL - MARK), "y": y(), "text": "name:N"}
    style: dict[str, Any] = {"baseline": "middle", "color": theme.text, "fontSize": 13}
    heading, row = of("heading"), of("need")
    return [
        heading.mark_rule(color=theme.line).encode(
            x=alt.value(-LABEL - MARK), x2=alt.value({"expr": f"width + {right}"}), y=y("foot")
        ),
        heading.mark_text(**style, align="left", fontWeight=600).encode(**left),
        row.mark_text(**style, align="left", limit=LABEL - 10, dx=8).encode(**left, tooltip=tooltip),
        row.mark_text(baseline="middle", align="right", fontSize=11, color=theme.muted).encode(
            x=alt.value(-8), y=y(), text="origin:N", tooltip=tooltip
        ),
    ]


def legend(one: alt.Chart, middle: float, theme: Theme, seen: Container[str] = LOOKS) -> list[alt.Chart]:
    """What outline and bar mean; `one` is a layer with a single row, `middle` where it stands.

    `seen`: the looks that occur; the others are not explained.
    """
    looks = {
        WANTED: ("transparent", theme.muted, BAR),
        SHARE: (BLUE, BLUE, BAR),
        PRESENT: (BLUE, BLUE, THIN),
        SOMEWHERE: (PALE, PALE, THIN),
        UNKNOWN: (UNKNOWN_FILL, UNKNOWN_FILL, BAR),
        NOBODY: ("transparent", theme.alarm, BAR),
    }
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 12, "color": theme.text}
    layers, left = [], float(-LABEL - MARK)
    for look, text in _explained(seen).items():
        fill, stroke, size = looks[look]
        box = one.mark_rect(fill=fill, stroke=stroke, strokeWidth=1.3, cornerRadius=2)
        layers.append(
            box.encode(
                x=alt.value(left), x2=alt.value(left + 20),
                y=alt.value(middle - size / 2), y2=alt.value(middle + size / 2),
            )
        )  # fmt: skip
        layers.append(one.mark_text(**style, text=text).encode(x=alt.value(left + 26), y=alt.value(middle)))
        left += _wide(text)
    return layers


def least_width(right: int, plot: int, seen: Container[str] = LOOKS) -> int:
    """Pixels for names, a plot of `plot`, `right` beyond it, and for the legend above them."""
    return max(LEFT + plot + right, round(sum(map(_wide, _explained(seen).values()))))


def _explained(seen: Container[str]) -> dict[str, str]:
    return {look: text for look, text in LEGEND.items() if look == WANTED or look in seen}


def _wide(text: str) -> float:
    """An entry of the legend with its box and the room behind it."""
    return 26 + typeface.width(text, 12) + 16
