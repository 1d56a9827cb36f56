"""A drawing: a Vega-Lite specification without data, and the one frame it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import altair as alt
import pandas as pd
from altair.utils import schemapi

from steering.charts import cutting
from steering.charts.theme import FONT, LIGHT, NUMBER_LOCALE, TIME_LOCALE

# Whether each part of a specification is one is seen by the tests: to look again takes half of the time of a
# first drawing.
schemapi.disable_debug_mode()

SOURCE = "source"
# Width and height in a specification are those of the whole. FITTED makes the plot as large as what
# stands around it allows; EXACT leaves room for nothing but the padding: the pixels can be foretold.
FITTED = {"type": "fit", "contains": "padding"}
EXACT = {"type": "none", "contains": "padding"}
# So many pixels the years of a horizon need at least, beside the names of the rows.
LEAST_YEARS = 250
# The shape of a mark in the upper right corner of a cell: it rests on an example.
CORNER = "M0,0L-2.4,0L0,2.4Z"


@dataclass(frozen=True, eq=False)
class Drawing:
    """What `st.vega_lite_chart(drawing.data, drawing.spec, alt=drawing.alt)` draws, or its `parts`.

    `spec` is shared between runs and browsers: nobody may change it. `data` has a column `layer`
    that says for each row which of the chart's layers draws it. `height` is in pixels, of the whole;
    `width` only where a drawing has one of its own. In less width than `least` pixels its parts would lie on
    each other; a FITTED one gives way and needs none.
    """

    spec: Mapping[str, Any] = field(repr=False)
    data: pd.DataFrame = field(repr=False)
    alt: str
    height: int
    width: int | None = None
    least: int = 0


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
    spec = chart.to_dict(validate=schemapi.DEBUG_MODE)
    spec.pop("$schema", None)
    spec["config"] = {
        "locale": {"number": NUMBER_LOCALE, "time": TIME_LOCALE},
        # Streamlit turns tooltips on for every mark; here only those that say something have one.
        # The same for screen readers, which otherwise read out English names of columns.
        "mark": {"tooltip": None, "aria": False},
        "view": {"stroke": None},
        "font": FONT,
        "axis": {"labelFontSize": 12, "domain": False, "ticks": False, "labelPadding": 8},
    }
    spec["autosize"] = FITTED
    spec["usermeta"] = {"embedOptions": {"actions": False, "renderer": "svg"}}
    return spec | top_level


def to_vega(
    drawing: Drawing, *, width: int = 1000, title: str = "", notes: Sequence[str] = ()
) -> dict[str, Any]:
    """The drawing with its data inside, for export, on white.

    `width` is that of the whole picture in pixels; `notes` (Stichtag, Szenario, Datenstand, attribution)
    stand under the title.
    """
    plain, rows = cutting.cut(drawing.spec, plain_rows(drawing.data))
    spec = plain | {
        "data": {"name": SOURCE, "values": rows},
        "description": drawing.alt,
        "background": LIGHT.background,
        "width": drawing.width or width,
    }
    if title:
        block = 50 + 15 * len(notes)
        padding = dict(spec["padding"])
        exact = spec["autosize"] == EXACT
        spec["padding"] = padding | {"top": block + padding["top"] if exact else 8}
        spec["title"] = _heading(title, notes, 8 - padding["left"] if exact else 0)
        spec["height"] += block
    return spec


def _heading(title: str, notes: Sequence[str], dx: int) -> dict[str, Any]:
    """A title above all that is drawn, moved to the left edge of the picture by `dx`."""
    return {
        "text": title,
        "subtitle": list(notes),
        "anchor": "start",
        "frame": "group",
        "dx": dx,
        "offset": 14,
        "color": LIGHT.text,
        "fontSize": 18,
        "fontWeight": 600,
        "subtitleColor": LIGHT.muted,
        "subtitleFontSize": 12,
        "subtitlePadding": 6,
    }


def no_higher(drawing: Drawing, height: int) -> Drawing:
    """The drawing in a lower room, where its plot takes what is left of it; else as it is."""
    if drawing.height <= height or drawing.spec["autosize"] != FITTED:
        return drawing
    return replace(drawing, spec={**drawing.spec, "height": height}, height=height)


def plain_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as Vega-Lite reads them: days as local midnights, nothing as null."""
    rows = rows.copy(deep=False)
    for column in day_columns(rows):
        rows[column] = pd.to_datetime(rows[column]).dt.strftime("%Y-%m-%dT00:00:00")
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return [{str(column): value for column, value in record.items()} for record in records]


def day_columns(rows: pd.DataFrame) -> list[str]:
    """The columns that hold days, whether or not the frame knows it of them: one put together from frames of
    which some lack the column has its days as mere objects.
    """
    days = ("datetime64", "datetime", "date")
    return [str(name) for name in rows if pd.api.types.infer_dtype(rows[name], skipna=True) in days]
