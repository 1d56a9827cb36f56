"""Where: municipalities, areas made of them, and boundaries to draw."""

from datetime import date

from sqlmodel import Field

from steering.model.base import Kept, Record, choice, name_field, text_field
from steering.model.enums import AreaKind, BoundaryRole


class Municipality(Record, table=True):
    """A municipality of the own Landkreis, keyed by its eight-digit AGS.

    Uninhabited areas (gemeindefreie Gebiete) are kept to be drawn, with `inhabited` false:
    they belong to no area and are judged by no rule.
    Population in persons on `reference_date`, area in km², centre in degrees (WGS 84).
    """

    __tablename__ = "municipality"

    ags: str = Field(primary_key=True, max_length=8)
    ars: str = Field(max_length=12)
    name: str = name_field()
    kind: str = name_field()
    inhabited: bool = True
    population: int | None = Field(default=None, ge=0, le=100_000_000)
    reference_date: date | None = None
    area_km2: float | None = Field(default=None, gt=0)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    postcode: str = Field(default="", max_length=5)
    source: str = text_field()


class Boundary(Record, table=True):
    """The outline of a municipality or of a neighbouring Kreis, for maps.

    `geometry` is a GeoJSON geometry in WGS 84, exterior rings counter-clockwise;
    `label_longitude` and `label_latitude` name a point inside.
    """

    __tablename__ = "boundary"

    key: str = Field(primary_key=True, max_length=8)
    role: BoundaryRole = Field(sa_type=choice(BoundaryRole))
    name: str = name_field()
    kind: str = name_field()
    geometry: str
    label_longitude: float
    label_latitude: float
    attribution: str = text_field()


class Area(Record, Kept, table=True):
    """A set of municipalities that a structure or a responsibility covers."""

    __tablename__ = "area"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    kind: AreaKind = Field(sa_type=choice(AreaKind))


class AreaMunicipality(Record, table=True):
    """A municipality's membership in an area."""

    __tablename__ = "area_municipality"

    area_id: int = Field(primary_key=True, foreign_key="area.id")
    ags: str = Field(primary_key=True, foreign_key="municipality.ags", index=True)
