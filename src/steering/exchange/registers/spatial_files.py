"""Areas with attributes out of GeoPackage, Shapefile zip and GeoJSON, whatever their coordinate system."""

from __future__ import annotations

import json
import re
import struct
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from steering.exchange.incoming_files import FileRefused
from steering.exchange.registers.files import MOST_BYTES, Archive

_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_GEOPACKAGE, _GEOJSON = (".gpkg",), (".geojson", ".json")
_HELP = (
    "Bitte VG250 des Bundesamts für Kartographie und Geodäsie als GeoPackage, Shapefile (zip) oder "
    "GeoJSON wählen."
)
# Longitudes and latitudes between which Germany lies: left, bottom, right, top.
GERMANY = (5.0, 47.0, 16.0, 56.0)


@dataclass(frozen=True, eq=False)
class Layer:
    """Features of one layer: shapely geometries (None where there is none) and attributes in lower case.

    `rows` are their numbers in the file, from 1; `year` is that of the newest data, where the file says it.
    """

    name: str
    crs: CRS
    geometries: NDArray[np.object_]
    attributes: Mapping[str, NDArray[np.object_]]
    rows: NDArray[np.int64]
    year: int | None


def read(content: bytes, name: str, needed: Sequence[str], wanted: Sequence[str]) -> Iterator[Layer]:
    """Each layer of a file that has all the `needed` attributes, with those of them and the `wanted` ones.

    Raises FileRefused where the file is no such file, is damaged, or says nowhere where on earth it is.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused(f"»{name}« ist zu groß. {_HELP}")
    columns = {*needed, *wanted}
    found = 0
    for layer in _layers(content, name, columns):
        if set(needed) <= layer.attributes.keys():
            found += 1
            yield layer
    if not found:
        listed = ", ".join(word.upper() for word in needed)
        raise FileRefused(f"»{name}« hat keine Ebene mit den Spalten {listed}. {_HELP}")


def _layers(content: bytes, name: str, columns: set[str]) -> Iterator[Layer]:
    if content.startswith(b"PK"):
        yield from _zipped(Archive(content, name), name, columns)
    elif content.startswith(b"SQLite format 3\x00"):
        yield from _geopackage(content, name, columns)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        yield _geojson(content, name, columns)
    else:
        raise FileRefused(f"»{name}« ist keine Datei mit Grenzen. {_HELP}")


def _zipped(archive: Archive, name: str, columns: set[str]) -> Iterator[Layer]:
    year = _stated_year(archive)
    members = archive.names(".shp", *_GEOPACKAGE, *_GEOJSON)
    if not members:
        raise FileRefused(f"»{name}« enthält keine Grenzen (SHP, GPKG oder GeoJSON). {_HELP}")
    for member in members:
        if member.lower().endswith(".shp"):
            layers: Iterable[Layer] = _shapefile(archive, member, name, columns)
        elif member.lower().endswith(_GEOPACKAGE):
            layers = _geopackage(archive.read(member), name, columns)
        else:
            layers = [_geojson(archive.read(member), name, columns)]
        for layer in layers:
            stated = year or layer.year
            yield Layer(layer.name, layer.crs, layer.geometries, layer.attributes, layer.rows, stated)


def _stated_year(archive: Archive) -> int | None:
    """The year in the »aktualitaet.txt« that the Bundesamt puts beside the data."""
    for member in archive.names("aktualitaet.txt"):
        found = re.search(rb"\d{2}\.\d{2}\.((?:19|20)\d{2})", archive.read(member)[:200])
        if found:
            return int(found[1])
    return None


def _shapefile(archive: Archive, member: str, name: str, columns: set[str]) -> Iterator[Layer]:
    parts = archive.beside(member, _SHAPEFILE)
    missing = [ending for ending in (".dbf", ".shx") if ending not in parts]
    if missing:
        lacking = "fehlen die Dateien" if len(missing) > 1 else "fehlt die Datei"
        raise FileRefused(
            f"»{name}«: Zu »{Path(member).name}« {lacking} {' und '.join(missing)}. "
            "Bitte alle Teile des Shapefiles zusammen in die zip-Datei aufnehmen."
        )
    with tempfile.TemporaryDirectory() as folder:
        for ending, part in parts.items():
            (Path(folder) / f"layer{ending}").write_bytes(archive.read(part))
        header = (Path(folder) / "layer.shp").read_bytes()[:4]
        if len(header) < 4 or struct.unpack(">i", header)[0] != 9994:
            raise _damaged(name)
        yield from _opened(Path(folder) / "layer.shp", Path(member).stem, name, columns)


def _geopackage(content: bytes, name: str, columns: set[str]) -> Iterator[Layer]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "layers.gpkg"
        file.write_bytes(content)
        yield from _opened(file, None, name, columns)


def _opened(file: Path, title: str | None, name: str, columns: set[str]) -> Iterator[Layer]:
    """The layers of a file on disk that have at least one of the columns."""
    try:
        for layer, kind in pyogrio.list_layers(file):
            if kind is None:
                continue
            fields = [str(each) for each in pyogrio.read_info(file, layer=layer)["fields"]]
            kept = [each for each in fields if each.lower() in columns]
            if kept:
                yield _layer(file, layer, kept, title or layer, name)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _damaged(name) from error
    except (ValueError, OSError, RuntimeError, shapely.errors.ShapelyError) as error:
        raise _damaged(name) from error


def _layer(file: Path, layer: str, kept: list[str], title: str, name: str) -> Layer:
    meta, _, shapes, values = pyogrio.raw.read(file, layer=layer, columns=kept, force_2d=True)
    geometries = shapely.from_wkb(shapes, on_invalid="ignore") if shapes is not None else np.array([])
    fields = [str(each).lower() for each in meta["fields"]]
    attributes = {
        field: np.array([_text(cell) for cell in cells], dtype=object)
        for field, cells in zip(fields, values, strict=True)
    }
    rows = np.arange(1, len(geometries) + 1)
    crs = _crs(meta["crs"], geometries, name)
    return Layer(title, crs, geometries, attributes, rows, newest_year(attributes))


def _geojson(content: bytes, name: str, columns: set[str]) -> Layer:
    """Features wherever they stand in the file: npm's copy is a list with collections inside.

    Each becomes a geometry as soon as it is read, so that the file is never in memory as objects.
    """
    kept: list[tuple[Any, dict[str, str]]] = []
    named: list[str] = []

    def take(found: dict[str, Any]) -> Any:
        kind = found.get("type")
        if kind in ("Polygon", "MultiPolygon"):
            return _shape(found)
        if kind == "name" and isinstance(found.get("properties"), dict):
            named.append(str(found["properties"].get("name", "")))
        if kind == "Feature":
            properties = found.get("properties")
            cells = properties.items() if isinstance(properties, dict) else ()
            shape = found.get("geometry")
            here = {key.lower(): _text(cell) for key, cell in cells if key.lower() in columns}
            kept.append((shape if isinstance(shape, shapely.Geometry) else None, here))
            return None
        return found

    try:
        json.loads(content.decode("utf-8-sig"), object_hook=take)
    except (ValueError, RecursionError) as error:
        raise _damaged(name) from error
    fields = {field for _, cells in kept for field in cells}
    geometries = np.array([shape for shape, _ in kept] or [None], dtype=object)[: len(kept)]
    attributes = {
        field: np.array([cells.get(field, "") for _, cells in kept], dtype=object) for field in fields
    }
    crs = _crs(named[0] if named else None, geometries, name)
    return Layer("", crs, geometries, attributes, np.arange(1, len(kept) + 1), newest_year(attributes))


def _shape(geometry: dict[str, Any]) -> Any:
    """The geometry, or None where its coordinates are none."""
    coordinates: Any = geometry.get("coordinates")
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    try:
        rings = [[np.array(ring, dtype=float)[:, :2] for ring in polygon] for polygon in polygons or []]
        made = [shapely.Polygon(outer, holes) for outer, *holes in rings]
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        return None
    return (made[0] if len(made) == 1 else shapely.MultiPolygon(made)) if made else None


def _crs(stated: str | None, geometries: NDArray[np.object_], name: str) -> CRS:
    """The system that the file names; without one, degrees where the numbers are such."""
    crs = _understood(stated)
    if crs is not None and not crs.is_geographic:
        return crs
    if within_germany(geometries):
        return CRS.from_epsg(4326)
    raise FileRefused(
        f"»{name}« sagt nicht, in welchem Koordinatensystem die Grenzen stehen (Datei .prj fehlt oder passt "
        "nicht). Bitte die vollständige Fassung in UTM 32 (EPSG:25832) oder in Grad (EPSG:4326) wählen."
    )


def _understood(stated: str | None) -> CRS | None:
    try:
        return CRS.from_user_input(stated) if stated else None
    except CRSError:
        return None


def within_germany(geometries: NDArray[np.object_]) -> bool:
    """Whether the coordinates are longitudes and latitudes of Germany."""
    if not any(shape is not None for shape in geometries):
        return False
    left, bottom, right, top = shapely.total_bounds(geometries)
    west, south, east, north = GERMANY
    return bool(west <= left and south <= bottom and right <= east and top <= north)


def newest_year(attributes: Mapping[str, NDArray[np.object_]]) -> int | None:
    """The year of the latest change that the attributes know of."""
    years = [
        int(cell[:4])
        for field in ("beginn", "wsk")
        for cell in attributes.get(field, ())
        if re.match(r"(19|20)\d{2}\D", cell)
    ]
    return max(years, default=None)


def _text(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _damaged(name: str) -> FileRefused:
    return FileRefused(
        f"»{name}« ist beschädigt oder nicht vollständig. Bitte die Datei noch einmal herunterladen."
    )
