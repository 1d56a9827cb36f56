"""The numbers of years along an axis: where a year has too little room for its number, only some show it."""

from __future__ import annotations

from typing import Any

import altair as alt

# In the language of Vega: the pixels from where a year begins (`day`) to its middle (`until`).
_HALF = "scale('x', datum.until) - scale('x', datum.day)"
_NUMBERED = f"year(datum.day) % ({_HALF} > 18 ? 1 : {_HALF} > 9 ? 2 : 5) == 0"


def numbers() -> dict[str, Any]:
    """How a layer whose rows have `day`, `until` and the number as `text` says it."""
    return {"text": alt.condition(_NUMBERED, alt.Text("text:N"), alt.value(""))}
