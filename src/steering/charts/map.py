"""The map: municipalities filled by a value, structures as lettered points, neighbours in grey.

`ground.ground()` is made once for the boundaries; `county_map()` puts a day's values and points on it
for the browser, `map_picture.picture()` the same for a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from steering.charts import map_still
from steering.charts.ground import Ground
from steering.charts.labels import LINE_HEIGHT, NAME_SIZE
from steering.charts.map_values import ShownMunicipality, alternative, ground_fill, shown_values
from steering.charts.plane import Numbers, Shape
from steering.charts.points import LETTER_SIZE, placed_points
from steering.charts.ramp import Ramp
from steering.charts.theme import LIGHT, Theme, rgb

MUNICIPALITIES, POINTS = "municipalities", "points"
UNINHABITED = "gemeindefreies Gebiet, unbewohnt"

_PIXELS = pdk.types.String("pixels")


@dataclass(frozen=True, eq=False)
class CountyMap:
    """What `st.pydeck_chart(map.deck, alt=map.alt, on_select="rerun")` draws, and what a click on it meant.

    `still`: the same as a picture (SVG), for as long as the browser cannot draw the map yet.
    `municipalities` (AGS) and `points` are in the order in which the layers hold them.
    """

    deck: pdk.Deck
    still: str
    alt: str
    municipalities: tuple[str, ...]
    points: tuple[ClickedPlace, ...]

    def chosen(self, selection: Mapping[str, Any]) -> ClickedPlace | None:
        """What is behind the chart's `event["selection"]`, if anything was hit."""
        indices = selection.get("indices", {})
        for place in indices.get(POINTS, [])[:1]:
            # What was clicked may be gone by now.
            return self.points[place] if place < len(self.points) else None
        for place in indices.get(MUNICIPALITIES, [])[:1]:
            return ClickedPlace(ags=self.municipalities[place])
        return None


@dataclass(frozen=True)
class ClickedPlace:
    """A municipality by its AGS, or a structure; the other is None."""

    ags: str | None = None
    structure_id: int | None = None


def county_map(
    ground: Ground,
    values: pd.DataFrame,
    points: pd.DataFrame,
    ramp: Ramp,
    *,
    measure: str,
    selected: Iterable[str] = (),
    theme: Theme = LIGHT,
) -> CountyMap:
    """The map of one day, drawn without a request to anyone.

    - `values`: ags, value (NaN = unknown), text (short, under the name), tooltip (plain, lines by \\n);
    - `points`: structure_id, seat (AGS or key of a neighbour), level, title, tooltip (plain), optionally
      certain (bool: False is drawn hollow) and number (of structures, where one stands for many);
    - `measure`: what the values are, in words.

    Municipalities without a row are unknown; points without a known seat are left out (they belong into
    the list beside the map). `selected` municipalities (AGS) get a thick outline.
    """
    shown = shown_values(ground, values, ramp)
    placed = placed_points(ground, points)
    chosen = [shape for shape in ground.own if shape.key in set(selected)]
    layers = [
        _areas("beyond", [_beyond(ground, theme)]),
        _areas("neighbours", [_feature(shape.geometry, _grey(theme)) for shape in ground.neighbours]),
        _areas(
            MUNICIPALITIES,
            [_feature(shape.geometry, _properties(shape, shown[shape.key], theme)) for shape in ground.own],
            pickable=True,
        ),
        _lines("rim", ground, ground.rim, theme.muted, 1.6),
        _lines(
            "selected", ground, [ring for shape in chosen for ring in shape.outline.rings], theme.text, 3.0
        ),
        _lines("leaders", ground, [label.line() for label in ground.labels if label.led], theme.text, 1.0),
        *_names(ground, shown, theme),
        *_points(ground, placed),
    ]
    return CountyMap(
        deck=_deck(ground, layers, theme),
        still=map_still.svg(ground, shown, placed, theme, grey=ground_fill(theme)),
        alt=alternative(ground, shown, int(placed["number"].sum()), measure),
        municipalities=tuple(shape.key for shape in ground.own),
        points=tuple(_behind(point) for point in placed.to_dict("records")),
    )


def _behind(point: Mapping[Any, Any]) -> ClickedPlace:
    """A structure; where a point stands for many, the municipality in which they have their seat."""
    if point["number"] > 1:
        return ClickedPlace(ags=str(point["seat"]))
    return ClickedPlace(structure_id=int(point["structure_id"]))


class _KeptDeck(pdk.Deck):
    """A Deck that turns itself into JSON once, and without the blanks that made it four times as long."""

    @cached_property
    def _json(self) -> str:
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))

    def to_json(self) -> str:
        return self._json


def _deck(ground: Ground, layers: list[pdk.Layer], theme: Theme) -> pdk.Deck:
    view = ground.projection
    return _KeptDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(
            longitude=round(view.longitude, 5),
            latitude=round(view.latitude, 5),
            zoom=round(view.zoom, 3),
            min_zoom=round(view.zoom, 3) - 0.5,
            max_zoom=round(view.zoom, 3) + 3,
        ),
        # The wheel belongs to the page; a double click comes nearer, with Shift it goes back.
        views=[pdk.View("MapView", controller={"scrollZoom": False, "dragRotate": False})],
        # Anything else, and a missing one too, asks a map service for tiles.
        map_provider=None,
        tooltip=_tooltip(theme),
    )


def _tooltip(theme: Theme) -> dict[str, Any]:
    """Streamlit escapes what it puts in for the braces."""
    return {
        "html": "<b>{title}</b><div style='white-space:pre-line'>{tooltip}</div>",
        "style": {
            "backgroundColor": theme.background,
            "color": theme.text,
            "border": f"1px solid {theme.line}",
            "borderRadius": "4px",
            "maxWidth": "320px",
            "fontSize": "13px",
        },
    }


def _grey(theme: Theme) -> dict[str, Any]:
    return {"fill": rgb(ground_fill(theme)), "line": rgb(theme.line), "width": 1.0}


def _beyond(ground: Ground, theme: Theme) -> dict[str, Any]:
    """What lies behind the neighbours, so that a wide screen shows land and no holes."""
    x, y = ground.projection.longitude, ground.projection.latitude
    corners = [[-4, -3], [4, -3], [4, 3], [-4, 3], [-4, -3]]
    ring = [[round(x + east, 5), round(y + north, 5)] for east, north in corners]
    return _feature({"type": "Polygon", "coordinates": [ring]}, _grey(theme))


def _properties(shape: Shape, here: ShownMunicipality, theme: Theme) -> dict[str, Any]:
    return {
        "title": shape.name,
        "tooltip": here.tooltip if shape.inhabited else UNINHABITED,
        "fill": rgb(here.step.fill if shape.inhabited else ground_fill(theme)),
        "line": rgb(theme.background),
        "width": 1.2,
    }


def _feature(geometry: Mapping[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _areas(name: str, features: list[dict[str, Any]], **options: Any) -> pdk.Layer:
    """Shapes with fill, line and width of their own.

    After a click Streamlit dims whatever was not hit to 40 %, and with it the names. It looks for the
    colours in the layer: here they are one storey below, where it leaves them alone.
    """
    return pdk.Layer(
        "GeoJsonLayer",
        id=name,
        data=features,
        get_line_color="properties.line",
        get_line_width="properties.width",
        line_width_units=_PIXELS,
        _sub_layer_props={
            storey: {"getFillColor": "@@=properties.fill"} for storey in ("polygons-fill", "points")
        }
        | {"points-circle": {"getFillColor": "@@=properties.fill"}},
        **options,
    )


def _lines(name: str, ground: Ground, lines: Iterable[Numbers], colour: str, width: float) -> pdk.Layer:
    features = [
        _feature(
            {"type": "LineString", "coordinates": ground.projection.degrees(line).round(5).tolist()},
            {"line": rgb(colour), "width": width},
        )
        for line in lines
    ]
    return _areas(name, features)


def _names(ground: Ground, shown: Mapping[str, ShownMunicipality], theme: Theme) -> list[pdk.Layer]:
    """Names bold, values below them, both in the colour that can be read on the fill."""
    names, values = [], []
    for label in ground.labels:
        ink = rgb(theme.text if label.led else shown[label.key].step.ink)
        drop = len(label.lines) * LINE_HEIGHT / 2
        place = {"position": _position(ground, label.centre), "ink": ink}
        names.append(place | _text("\n".join(label.lines), label.size, -LINE_HEIGHT / 2))
        values.append(place | _text(shown[label.key].text, NAME_SIZE, drop))
    around = [
        {"position": _position(ground, label.name_centre), "ink": rgb(theme.muted)}
        | _text(label.lines[0], NAME_SIZE, 0)
        for label in ground.neighbour_labels
    ]
    return [
        _texts("neighbour-names", around, weight=400),
        _texts("names", names, weight=600),
        _texts("values", values, weight=400),
    ]


def _texts(name: str, rows: list[dict[str, Any]], *, weight: int) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        id=name,
        data=rows,
        get_position="position",
        get_text="text",
        get_size="size",
        get_pixel_offset="offset",
        get_text_anchor=pdk.types.String("middle"),
        get_alignment_baseline=pdk.types.String("center"),
        size_units=_PIXELS,
        font_family=pdk.types.String("Source Sans, sans-serif"),
        font_weight=weight,
        # Without it letters beyond ASCII are missing.
        character_set=pdk.types.String("auto"),
        line_height=LINE_HEIGHT / NAME_SIZE,
        _sub_layer_props={"characters": {"getColor": "@@=ink"}},
    )


def _text(text: str, size: int, down: float) -> dict[str, Any]:
    return {"text": text, "size": size, "offset": [0, down]}


def _position(ground: Ground, pixels: Numbers) -> list[float]:
    return [float(value) for value in ground.projection.degrees(pixels[None])[0].round(5)]


def _points(ground: Ground, placed: pd.DataFrame) -> list[pdk.Layer]:
    """Circles, and above them the letters of their level."""
    degrees = ground.projection.degrees(placed[["x", "y"]].to_numpy(dtype=float)).round(5).tolist()
    features, letters = [], []
    for position, point in zip(degrees, placed.to_dict("records"), strict=True):
        words = {"title": point["title"], "tooltip": point["tooltip"], "radius": point["radius"]}
        look = {"fill": rgb(point["fill"]), "line": rgb(point["rim"]), "width": 1.5}
        features.append(_feature({"type": "Point", "coordinates": position}, words | look))
        letter = _text(point["letter"], LETTER_SIZE, 0)
        letters.append({"position": position, "ink": rgb(point["ink"])} | letter)
    size = {"get_point_radius": "properties.radius", "point_radius_units": _PIXELS}
    return [
        _areas(POINTS, features, pickable=True, **size),
        _texts("letters", letters, weight=700),
    ]
