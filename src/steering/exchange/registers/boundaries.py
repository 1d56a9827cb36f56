"""The boundaries of one Kreis and its neighbours out of VG250 (BKG), light enough for a map."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from steering.exchange.incoming_files import FileRefused
from steering.exchange.registers import spatial_files
from steering.exchange.registers.spatial_files import Layer

_LAND = {"4", "9"}  # Geofaktor of older and of newer releases; the others are water
_METRES = CRS.from_epsg(25832)
_TOUCHING_METRES = 1.0
_SLIVER_M2 = 500.0
_MOST_CORNERS = 9_000
_COARSER = 1.5
_MOST_CROSSINGS = 20_000
_SAMPLE = 200
_HELP = (
    "Bitte VG250 des Bundesamts für Kartographie und Geodäsie mit der Ebene der Gemeinden (VG250_GEM) wählen."
)


@dataclass(frozen=True, eq=False)
class Areas:
    """The land areas of municipalities in a file, one feature each; an AGS may come more than once.

    `rows` are the features' numbers in the file. `geometries` are None where a feature has none.
    """

    file: str
    layer: str
    crs: CRS
    ags: NDArray[np.str_]
    names: NDArray[np.object_]
    kinds: NDArray[np.object_]
    geometries: NDArray[np.object_]
    rows: NDArray[np.int64]
    year: int | None

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Which features have a geometry."""
        return np.array([bool(shape) and not shape.is_empty for shape in self.geometries], dtype=bool)

    @property
    def attribution(self) -> str:
        """What has to stand on every map."""
        year = f" {self.year}" if self.year else ""
        return f"© GeoBasis-DE / BKG{year} (Daten verändert)"


@dataclass(frozen=True, eq=False)
class NamedOutline:
    """The boundary of a municipality (eight digits) or of a neighbouring Kreis (five): GeoJSON, WGS 84.

    `label` is a point inside, in degrees.
    """

    key: str
    name: str
    kind: str
    geometry: Mapping[str, Any]
    label: tuple[float, float]

    @property
    def text(self) -> str:
        """The geometry as it is stored."""
        return json.dumps(self.geometry, separators=(",", ":"))


def read(content: bytes, name: str) -> Areas:
    """The municipalities in a file of VG250; raises FileRefused where there are none."""
    layers = []
    for layer in spatial_files.read(content, name, ("ags", "gen"), ("bez", "gf", "beginn", "wsk")):
        areas = _areas(layer, name)
        if len(areas.ags):
            layers.append(areas)
    if not layers:
        raise FileRefused(
            f"»{name}« enthält keine Gemeinden, nur größere Gebiete wie Kreise oder Länder. {_HELP}"
        )
    # Of several layers the municipalities are the one with the most areas of eight digits.
    return max(layers, key=lambda areas: len(areas.ags))


def _areas(layer: Layer, name: str) -> Areas:
    count = len(layer.geometries)
    cells = {field: layer.attributes.get(field, np.full(count, "", dtype=object)) for field in ("bez", "gf")}
    ags = np.array(
        [cell.zfill(8) if cell.isdigit() and len(cell) == 7 else cell for cell in layer.attributes["ags"]]
    )
    is_land = np.isin(cells["gf"].astype(str), list(_LAND)) if "gf" in layer.attributes else True
    kept = np.array([bool(re.fullmatch(r"(0[1-9]|1[0-6])\d{6}", key)) for key in ags], dtype=bool) & is_land
    return Areas(
        file=name, layer=layer.name, crs=layer.crs, ags=ags[kept].astype(str),
        names=layer.attributes["gen"][kept], kinds=cells["bez"][kept],
        geometries=layer.geometries[kept], rows=layer.rows[kept], year=layer.year,
    )  # fmt: skip


def outlines(areas: Areas, district: str, names: Mapping[str, tuple[str, str]]) -> list[NamedOutline]:
    """The municipalities of a Kreis and its neighbouring Kreise, simplified together, by key.

    `names` gives name and kind of Kreise by key. Shared borders stay shared, holes stay holes, and so many
    corners are left as a map needs. Raises FileRefused where the Kreis is not in the file or cannot be drawn.
    """
    try:
        return _outlines(areas, district, names)
    except (shapely.errors.ShapelyError, ProjError, ValueError, FloatingPointError) as error:
        raise FileRefused(
            f"»{areas.file}«: Die Grenzen lassen sich nicht zeichnen; Koordinaten oder Koordinatensystem "
            "sind beschädigt. Bitte die Datei noch einmal herunterladen."
        ) from error


def _outlines(areas: Areas, district: str, names: Mapping[str, tuple[str, str]]) -> list[NamedOutline]:
    own = _dissolved(areas, np.char.startswith(areas.ags, district))
    if not own:
        raise FileRefused(
            f"»{areas.file}« enthält keine Grenzen des Kreises {district}. "
            "Bitte den Kreisschlüssel prüfen oder eine Datei mit diesem Kreis wählen."
        )
    around = _neighbours(areas, district, own)
    keys = [*own, *around]
    simplified = _simplified(np.array([*own.values(), *around.values()], dtype=object))
    degrees = _in_degrees(simplified, areas.file)
    view = _surroundings(degrees[: len(own)])
    first = {str(key): index for index, key in reversed(list(enumerate(areas.ags)))}
    made = []
    for key, geometry in zip(keys, degrees, strict=True):
        if key in own:
            name, kind = areas.names[first[key]], areas.kinds[first[key]]
            made.append(NamedOutline(key, name, kind, _geojson(geometry), _label(geometry)))
        else:
            name, kind = names.get(key, (f"Kreis {key}", ""))
            made.append(
                NamedOutline(key, name, kind, _geojson(geometry), _label(_part_in_view(geometry, view)))
            )
    return made


def _dissolved(areas: Areas, chosen: NDArray[np.bool_]) -> dict[str, Any]:
    """One geometry in metres for each municipality among the chosen features, by AGS."""
    present = chosen & areas.drawn
    found: dict[str, list[Any]] = {}
    if not present.any():
        return {}
    # To the decimetre: what is a line in common stays one, and what is nearly nothing becomes nothing.
    metres = _transformed(areas.geometries[present], areas.crs, _METRES, digits=1)
    for key, geometry in zip(areas.ags[present], metres, strict=True):
        if _crossings(geometry) > _MOST_CROSSINGS:
            raise FileRefused(
                f"»{areas.file}«: Die Grenze von {key} kreuzt sich selbst an sehr vielen Stellen und ist "
                "keine. Bitte die Originaldatei des Bundesamts verwenden."
            )
        found.setdefault(str(key), []).append(geometry)
    united = {key: _united(parts) for key, parts in sorted(found.items())}
    return {key: geometry for key, geometry in united.items() if not geometry.is_empty}


def _crossings(geometry: Any) -> float:
    """About how often a boundary crosses itself: mending it takes time for each place where it does."""
    if geometry.is_valid:
        return 0
    rings = [ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)]
    corners = [shapely.get_coordinates(ring) for ring in rings]
    lines = shapely.linestrings(np.concatenate([np.stack([each[:-1], each[1:]], axis=1) for each in corners]))
    some = lines[:: max(1, len(lines) // _SAMPLE)]
    hits = shapely.STRtree(lines).query(some, predicate="crosses").shape[1]
    return hits / len(some) * len(lines) / 2


def _united(parts: Iterable[Any]) -> Any:
    whole = [part if part.is_valid else _polygonal(shapely.make_valid(part)) for part in parts]
    return _without_slivers(whole[0] if len(whole) == 1 else shapely.union_all(whole))


def _without_slivers(geometry: Any) -> Any:
    """Without parts and holes that are only where borders that should meet do not."""
    kept = []
    for part in shapely.get_parts(_polygonal(geometry)):
        holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= _SLIVER_M2]
        if part.area >= _SLIVER_M2:
            kept.append(shapely.Polygon(part.exterior, holes))
    if not kept:
        return geometry
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def _polygonal(geometry: Any) -> Any:
    """Without the lines and points that mending may leave behind."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _neighbours(areas: Areas, district: str, own: Mapping[str, Any]) -> dict[str, Any]:
    """The Kreise that touch the own one, each dissolved, by key."""
    others = np.flatnonzero(areas.drawn & ~np.char.startswith(areas.ags, district))
    tree = shapely.STRtree(areas.geometries[others])
    reach = _TOUCHING_METRES / (111_000.0 if areas.crs.is_geographic else 1.0)
    as_in_file = areas.geometries[areas.drawn & np.char.startswith(areas.ags, district)]
    _, hits = tree.query(as_in_file, predicate="dwithin", distance=reach)
    keys = sorted({str(areas.ags[others[hit]])[:5] for hit in hits})
    return {key: _united(_dissolved(areas, np.char.startswith(areas.ags, key)).values()) for key in keys}


def _simplified(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """With as many corners as a map can show, neighbours still meeting exactly."""
    tolerance, found = 5.0, geometries
    while shapely.get_num_coordinates(found).sum() > _MOST_CORNERS and tolerance < 2_000:
        found = shapely.coverage_simplify(geometries, tolerance)
        tolerance *= _COARSER
    # What is too small to be drawn at all would vanish: it stays as it was.
    gone = shapely.is_empty(found)
    return np.where(gone, geometries, found)


def _transformed(
    geometries: NDArray[np.object_], source: CRS, target: CRS, *, digits: int
) -> NDArray[np.object_]:
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1])).round(digits)

    return np.asarray(shapely.transform(geometries, project))


def _in_degrees(geometries: NDArray[np.object_], file: str) -> NDArray[np.object_]:
    degrees = _transformed(geometries, _METRES, CRS.from_epsg(4326), digits=5)
    if not spatial_files.within_germany(degrees):
        raise FileRefused(
            f"»{file}«: Die Grenzen liegen nicht in Deutschland; das Koordinatensystem passt nicht. "
            "Bitte eine Fassung in UTM 32 (EPSG:25832) oder in Grad (EPSG:4326) wählen."
        )
    return degrees


def _geojson(geometry: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shapely.to_geojson(shapely.orient_polygons(geometry)))
    return found


def _label(geometry: Any) -> tuple[float, float]:
    """The point of an area that is farthest from its edges."""
    circle = shapely.maximum_inscribed_circle(_widest(geometry), tolerance=1e-4)
    longitude, latitude = circle.coords[0]
    return round(longitude, 5), round(latitude, 5)


def _widest(geometry: Any) -> Any:
    parts = shapely.get_parts(geometry)
    return parts[int(shapely.area(parts).argmax())]


def _surroundings(own: NDArray[np.object_]) -> Any:
    """What a map of the Kreis shows around it."""
    left, bottom, right, top = shapely.total_bounds(own)
    wide, high = (right - left) * 0.06, (top - bottom) * 0.06
    return shapely.box(left - wide, bottom - high, right + wide, top + high)


def _part_in_view(geometry: Any, view: Any) -> Any:
    """The part of a neighbour that lies in the picture, for its name; all of it where there is none."""
    part = _polygonal(shapely.intersection(shapely.make_valid(geometry), view))
    return geometry if part.is_empty else part
