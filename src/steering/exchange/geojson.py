"""Municipalities with their figures and structures at their seats, as GeoJSON for a GIS (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import inventory
from steering.analysis.structures.local import per_municipality
from steering.analysis.view import View
from steering.model import BoundaryRole, Level, Provenance, StructureKind
from steering.model.vocabulary import STATE_WORDS, word

Feature = dict[str, Any]
FIGURES_SOURCE = "Statistisches Bundesamt, Gemeindeverzeichnis"


def geojson(portfolio: Portfolio, boundaries: pd.DataFrame, view: View) -> bytes:
    """One FeatureCollection: WGS 84, length before width, the attribution as a member of its own.

    Municipalities are areas, structures points at their seats, or at the centre of the municipality they
    have their seat in; what has no known place has no geometry. All is as of the Stichtag in the scenario.
    """
    rows = inventory(portfolio, view)
    own = boundaries[boundaries["role"] == BoundaryRole.OWN]
    features = [*_municipalities(portfolio, own, rows), *_structures(portfolio, rows)]
    collection = {
        "type": "FeatureCollection",
        "name": str(portfolio.settings["district_name"]),
        "stichtag": view.as_of.isoformat(),
        "szenario": word(view.scenario.rule),
        "attribution": "; ".join([*sorted(set(own["attribution"]) - {""}), FIGURES_SOURCE]),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _municipalities(portfolio: Portfolio, own: pd.DataFrame, rows: pd.DataFrame) -> Iterator[Feature]:
    outlines = dict(zip(own["key"], own["geometry"], strict=True))
    places = portfolio.municipalities.set_index("ags")
    for figures in per_municipality(portfolio, rows).to_dict("records"):
        ags = figures["ags"]
        place = places.loc[ags]
        properties = {
            "art": "Gemeinde",
            "ags": ags,
            "ars": place["ars"],
            "name": place["name"],
            "gemeindeart": place["kind"],
            "bewohnt": bool(place["inhabited"]),
            "einwohner": place["population"],
            "einwohner_am": place["reference_date"],
            "flaeche_km2": place["area_km2"],
            "strukturen_mit_sitz": int(figures["on_the_spot"]),
            "ungewiss_mit_sitz": int(figures["unknown_here"]),
            "vzae_je_10000_einwohner": figures["fte_per_10000"],
            "vzae_nicht_bekannt": int(figures["fte_not_known"]),
            "naechstes_ende": figures["next_end"],
        }
        yield _feature(f"gemeinde-{ags}", outlines.get(ags), properties)


def _structures(portfolio: Portfolio, rows: pd.DataFrame) -> Iterator[Feature]:
    places = portfolio.municipalities.set_index("ags")[["longitude", "latitude"]].astype(float)
    centres = {ags: (at["longitude"], at["latitude"]) for ags, at in places.iterrows()}
    for row in rows.to_dict("records"):
        geometry, exact = _seat(row, centres)
        properties = {
            "art": "Struktur",
            "nr": int(row["structure_id"]),
            "name": row["name"],
            "strukturart": word(StructureKind(row["kind"])),
            "traeger": row["organisation"],
            "ebene": word(Level(row["level"])),
            "am_stichtag": STATE_WORDS[row["state"]],
            "laeuft_bis": row["until"],
            "vzae": row["effective_fte"],
            "plaetze": row["effective_places"],
            "handlungsfelder": list(row["field_names"]),
            "aufgaben": list(row["task_names"]),
            "kreisweit": bool(row["district_wide"]),
            "gemeinden": sorted(row["municipalities"]),
            "sitz": row["seat_place"],
            "lage": exact,
            "beleg": word(Provenance(row["provenance"])),
            "quelle": row["source"],
        }
        yield _feature(f"struktur-{row['structure_id']}", geometry, properties)


def _seat(row: Any, centres: dict[Any, tuple[float, float]]) -> tuple[dict[str, Any] | None, str]:
    """Where a structure is drawn, and how exactly that is known."""
    at = (row["seat_longitude"], row["seat_latitude"])
    if not any(map(pd.isna, at)):
        return _point(at), "Sitz"
    centre = centres.get(row["seat_ags"])
    if centre is not None and not any(map(pd.isna, centre)):
        return _point(centre), "Mitte der Gemeinde"
    return None, "nicht bekannt"


def _point(at: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(float(degree), 6) for degree in at]}


def _feature(identity: str, geometry: Any, properties: dict[str, Any]) -> Feature:
    return {
        "type": "Feature",
        "id": identity,
        "geometry": geometry,
        "properties": {name: _plain(value) for name, value in properties.items()},
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it: days in ISO form, what is not known as null."""
    if isinstance(value, list):
        return value
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return round(value, 6)
    return value.item() if hasattr(value, "item") else value
