"""A drawing: a Vega-Lite specification without data, and the one frame it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from steering.charts.theme import FONT, LIGHT, NUMBER_LOCALE, TIME_LOCALE

SOURCE = "source"


@dataclass(frozen=True, eq=False)
class Drawing:
    """What `st.vega_lite_chart(drawing.data, drawing.spec, alt=drawing.alt)` draws.

    `spec` is shared between runs and browsers: nobody may change it. `data` has a column `layer`
    that says for each row which of the chart's layers draws it. `height` is in pixels, of the whole.
    """

    spec: Mapping[str, Any] = field(repr=False)
    data: pd.DataFrame = field(repr=False)
    alt: str
    height: int


def named_source() -> alt.NamedData:
    """The frame that Streamlit or `to_vega` puts in later."""
    return alt.NamedData(SOURCE)


def only(*layers: str) -> Any:
    """The filter that keeps the rows of a layer."""
    return alt.FieldOneOfPredicate(field="layer", oneOf=list(layers))


def without_data(chart: alt.LayerChart | alt.FacetChart, **top_level: Any) -> dict[str, Any]:
    """An Altair chart as the specification Streamlit takes: German, without data and without a menu.

    SVG keeps 500 rows sharp at any zoom, where a canvas of that height meets the browsers' limits.
    """
    spec = chart.to_dict()
    spec.pop("$schema", None)
    spec["config"] = {
        "locale": {"number": NUMBER_LOCALE, "time": TIME_LOCALE},
        # Streamlit turns tooltips on for every mark; here only those that say something have one.
        "mark": {"tooltip": None},
        "view": {"stroke": None},
    }
    # Streamlit's own default; said here too, since `height` is then that of the whole.
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    spec["usermeta"] = {"embedOptions": {"actions": False, "renderer": "svg"}}
    return spec | top_level


def to_vega(
    drawing: Drawing | Sequence[Drawing], *, width: int = 1000, title: str = "", notes: Sequence[str] = ()
) -> dict[str, Any]:
    """The drawing with its data inside, for export; several are stacked on one x axis.

    `width` is that of the whole picture in pixels; `notes` (Stichtag, Szenario, Datenstand, attribution)
    stand under the title.
    """
    drawings = [drawing] if isinstance(drawing, Drawing) else list(drawing)
    parts = [_with_values(each) for each in drawings]
    padding = dict(parts[0]["padding"])
    config = dict(parts[0]["config"])
    heights = [each.height for each in drawings]
    spec = parts[0] if len(parts) == 1 else _stacked(parts, heights, padding)
    for part in spec.get("vconcat", []):
        part["width"] = width - padding["left"] - padding["right"]
    spec["width"], spec["height"] = width, sum(heights)
    if title:
        spec["title"] = _heading(title, notes, padding)
        spec["padding"] = padding | {"top": 12}
        spec["height"] += 8 + 16 * len(notes)
    spec["description"] = " ".join(each.alt for each in drawings)
    spec["background"] = LIGHT.background
    spec["config"] = config | {"font": FONT, "axis": _AXIS}
    if len(parts) > 1:
        del spec["width"], spec["height"]
    return spec


def _heading(title: str, notes: Sequence[str], padding: Mapping[str, int]) -> dict[str, Any]:
    """A title above what a drawing puts into its top padding, flush with its left edge."""
    return {
        "text": title,
        "subtitle": list(notes),
        "anchor": "start",
        "frame": "group",
        "dx": 8 - padding["left"] if padding["left"] > 100 else 0,
        "offset": padding["top"] - 22,
        "color": LIGHT.text,
        "fontSize": 18,
        "fontWeight": 600,
        "subtitleColor": LIGHT.muted,
        "subtitleFontSize": 12,
        "subtitlePadding": 6,
    }


# In the browser Streamlit's theme says the same.
_AXIS = {"labelFontSize": 12, "labelColor": LIGHT.muted, "domain": False, "ticks": False, "labelPadding": 8}


def _with_values(drawing: Drawing) -> dict[str, Any]:
    """A copy of the specification with the frame's rows in it, days as local midnights."""
    rows = drawing.data.copy(deep=False)
    for column in rows.columns:
        if pd.api.types.is_datetime64_any_dtype(rows[column]):
            rows[column] = rows[column].dt.strftime("%Y-%m-%dT00:00:00")
    rows = rows.astype(object).where(rows.notna(), None)
    values = {"data": {"name": SOURCE, "values": rows.to_dict("records")}}
    return dict(drawing.spec) | values


def _stacked(parts: list[dict[str, Any]], heights: list[int], padding: Mapping[str, int]) -> dict[str, Any]:
    """Drawings under each other without a gap; all have the same padding, so that their x axes agree."""
    params: list[Any] = []
    for index, (part, height) in enumerate(zip(parts, heights, strict=True)):
        part["data"] = part["data"] | {"name": f"{SOURCE}{index}"}
        part["height"] = height
        params.extend(part.pop("params", []))
        for key in ("config", "padding", "usermeta", "autosize"):
            part.pop(key, None)
    return {"vconcat": parts, "spacing": 0, "params": params, "padding": dict(padding)}
