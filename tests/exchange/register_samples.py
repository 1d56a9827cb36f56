"""The extracts of official files, and files in other forms made of them."""

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

from tests.conftest import PROJECT

DATA = PROJECT / "tests" / "data"
VG250, GV = DATA / "vg250_wuerzburg.geo.json", DATA / "gv_wuerzburg.xlsx"
KREIS, TOWN = "09679", "09663"


def features() -> list[dict]:
    """The features of the extract, flat."""
    found: list[dict] = []
    for each in json.loads(VG250.read_text(encoding="utf-8")):
        found += each["features"] if each["type"] == "FeatureCollection" else [each]
    return found


def collection(rows: list[dict] | None = None, **members: Any) -> bytes:
    made = {"type": "FeatureCollection", "features": features() if rows is None else rows, **members}
    return json.dumps(made, ensure_ascii=False).encode()


def file_of(driver: str, *, epsg: int = 25832, upper: bool = False) -> bytes:
    """The extract as a GeoPackage, or as a zip with a Shapefile, in another coordinate system."""
    rows = features()
    transformer = Transformer.from_crs(4326, epsg, always_xy=True)
    shapes = shapely.transform(
        np.array([shapely.from_geojson(json.dumps(row["geometry"])) for row in rows]),
        lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1])),
    )
    values = {
        "ags": [row["properties"]["AGS"] for row in rows],
        "gen": [row["properties"]["GEN"] for row in rows],
        "bez": [row["properties"]["BEZ"] for row in rows],
        "gf": [9] * len(rows),
        "beginn": ["2023-01-01"] * len(rows),
    }
    names = [name.upper() if upper else name for name in values]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("layer.gpkg" if driver == "GPKG" else "VG250_GEM.shp")
        package = driver == "GPKG"
        cells = [
            np.array(each, dtype=object if isinstance(each[0], str) else "int32") for each in values.values()
        ]
        pyogrio.raw.write(
            file, shapely.to_wkb(shapes), cells, names, driver=driver, crs=f"EPSG:{epsg}",
            layer="vg250_gem" if package else None, promote_to_multi=package,
            geometry_type="MultiPolygon" if package else "Polygon",
        )  # fmt: skip
        if driver == "GPKG":
            return file.read_bytes()
        return zipped({f"vg250/{part.name}": part.read_bytes() for part in Path(folder).iterdir()})


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def without(content: bytes, ending: str) -> bytes:
    """A zip without the members of one ending."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist() if not name.endswith(ending)})


def gv100ad() -> bytes:
    """The municipalities of the workbook as lines of fixed width, cp1252, by the documented positions."""
    from steering.exchange.registers import municipalities

    register = municipalities.read(GV.read_bytes(), GV.name)
    lines = []
    for key, (name, kind) in register.districts.items():
        code = {"Kreisfreie Stadt": "41", "Landkreis": "44"}.get(kind, "43")
        lines.append(_line("40", key, "", name, code))
    codes = {
        "Markt": "60",
        "Stadt": "63",
        "Große Kreisstadt": "67",
        "Gemeinde": "64",
        "Kreisfreie Stadt": "61",
    }
    for row in register.rows:
        code = codes.get(row.kind, "66" if not row.inhabited else "65")
        line = _line("60", row.ags, row.ars[5:9], row.name, code)
        hectares, people = round((row.area_km2 or 0) * 100), row.population or 0
        lines.append(
            f"{line[:128]}{hectares:011d}{people:011d}{people // 2:011d}    {row.postcode:5}".ljust(220)
        )
    return "\r\n".join(lines).encode("cp1252")


def _line(kind: str, key: str, union: str, name: str, code: str) -> str:
    return f"{kind}20240630{key:8}{union:4}{name:50}{'':50}{code}".ljust(220)
