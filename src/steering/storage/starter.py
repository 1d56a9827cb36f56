"""The records that a new database begins with, read from `db/reference` and `db/coburg`.

The files name each other's rows by keys that people can read; here they become ids. Every value
passes the model's own checks, so a slip in a file stops the start instead of reaching a page.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from steering.model import (
    Agreement,
    Area,
    AreaKind,
    AreaMunicipality,
    Boundary,
    BoundaryRole,
    Committee,
    CommitteeDate,
    Funding,
    Measure,
    MeasureCost,
    Milestone,
    Municipality,
    Need,
    Organisation,
    PersonnelCost,
    Programme,
    Record,
    Responsibility,
    Settings,
    Structure,
    TargetGroup,
    Task,
    TaskField,
)
from steering.storage.engine import PROJECT_ROOT
from steering.storage.tables import LINKS

REFERENCE = PROJECT_ROOT / "db" / "reference"
COBURG = PROJECT_ROOT / "db" / "coburg"
EXAMPLES = COBURG / "examples"

# Columns that name one row of another file: which field they fill, and whose key they hold.
_LINKS: dict[str, tuple[str, type[Record]]] = {
    "field": ("field_id", TaskField),
    "parent": ("parent_id", Organisation),
    "organisation": ("organisation_id", Organisation),
    "department": ("department_id", Organisation),
    "catchment": ("catchment_id", Area),
    "structure": ("structure_id", Structure),
    "programme": ("programme_id", Programme),
    "accompanies": ("accompanies_id", Funding),
    "task": ("task_id", Task),
    "area": ("area_id", Area),
    "committee": ("committee_id", Committee),
    "measure": ("measure_id", Measure),
}

# Fields of effects that name a record, and how the keys of findings name one.
_IN_EFFECTS: dict[str, type[Record]] = {
    "funding_id": Funding,
    "programme_id": Programme,
    "structure_id": Structure,
    "responsibility_id": Responsibility,
    "into_responsibility_id": Responsibility,
    "task_id": Task,
    "area_id": Area,
    "catchment_id": Area,
    "organisation_id": Organisation,
    "department_id": Organisation,
    "target_group_ids": TargetGroup,
}
_IN_FINDINGS: dict[str, type[Record]] = {"task": Task, "structure": Structure, "need": Need}
_NAMED = re.compile(r"\{(\w+):([^}]+)\}")

# Columns that name several, apart by blanks: whose keys they hold.
_MEMBERS: dict[str, type[Record]] = {
    "target_groups": TargetGroup,
    "organisations": Organisation,
    "tasks": Task,
    "fields": TaskField,
    "partners": Organisation,
    "needs": Need,
}


def records(dataset: str) -> list[Record]:
    """All records of a starting dataset, parents first, with ids and links set.

    "empty": what any work needs (municipalities, boundaries, areas, task catalogue, target groups,
    programmes, settings). "coburg": also its own programmes, organisations, structures, fundings,
    responsibilities, agreements and committees, and after all facts the examples: needs and measures among
    them.
    """
    if dataset not in ("coburg", "empty"):
        raise ValueError(
            f"Den Datenbestand »{dataset}« gibt es nicht. "
            "Bitte STEERING_DATASET auf »coburg« oder »empty« setzen."
        )
    starter = _Starter()
    starter.add_places()
    starter.add_file(TaskField, REFERENCE / "fields.csv")
    starter.add_file(Task, REFERENCE / "tasks.csv")
    starter.add_file(TargetGroup, REFERENCE / "target_groups.csv")
    starter.add_file(Programme, REFERENCE / "programmes.csv")
    if dataset == "coburg":
        starter.add_file(Programme, COBURG / "programmes.csv")
        starter.add_file(Organisation, COBURG / "organisations.csv")
        starter.add_file(Structure, COBURG / "structures.csv")
        starter.add_file(Funding, COBURG / "fundings.csv")
        starter.add_file(Responsibility, COBURG / "responsibilities.csv")
        starter.add_file(Agreement, COBURG / "agreements.csv")
        starter.add_file(Committee, COBURG / "committees.csv")
        starter.add_file(CommitteeDate, COBURG / "committee_dates.csv")
        starter.add_file(Organisation, EXAMPLES / "organisations.csv")
        starter.add_file(Structure, EXAMPLES / "structures.csv")
        starter.add_file(Responsibility, EXAMPLES / "responsibilities.csv")
        starter.add_file(Agreement, EXAMPLES / "agreements.csv")
        starter.add_file(Need, EXAMPLES / "needs.csv")
        starter.add_file(Measure, EXAMPLES / "measures.csv")
        starter.add_file(Milestone, EXAMPLES / "milestones.csv")
        starter.add_file(MeasureCost, EXAMPLES / "measure_costs.csv")
        starter.add_file(PersonnelCost, EXAMPLES / "personnel_costs.csv")
    return starter.records


class _Starter:
    """The records read so far and the ids that their keys have been given."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._ids: dict[type[Record], dict[str, int]] = {}

    def add_places(self) -> None:
        """Settings, municipalities, boundaries, and the areas that follow from them."""
        [settings] = _rows(REFERENCE / "settings.csv")
        municipalities = _rows(REFERENCE / "municipalities.csv")
        self._add(Settings, settings)
        for row in municipalities:
            self._add(Municipality, row)
        names = {row["ags"]: row["name"] for row in municipalities}
        for role, file in (
            (BoundaryRole.OWN, "municipalities.geojson"),
            (BoundaryRole.NEIGHBOUR, "neighbours.geojson"),
        ):
            for boundary in _boundaries(REFERENCE / file):
                name = names.get(boundary["key"], boundary["name"])
                self._add(Boundary, {**boundary, "name": name, "role": role})
        # Nobody lives in the gemeindefreie Gebiete: they are drawn but belong to no area.
        inhabited = [row["ags"] for row in municipalities if row["inhabited"] == "yes"]
        self._add_area(settings["district_key"], settings["district_name"], AreaKind.DISTRICT, inhabited)
        for ags in inhabited:
            self._add_area(ags, names[ags], AreaKind.MUNICIPALITY, [ags])

    def add_file(self, record_type: type[Record], path: Path) -> None:
        """One record for each row, in the order of the file; errors name file and row."""
        for position, row in enumerate(_rows(path), start=1):
            try:
                self._add_row(record_type, row, position)
            except ValueError as error:
                raise ValueError(f"{path.name}, row {position}: {error}") from error

    def _add_row(self, record_type: type[Record], row: dict[str, str], position: int) -> None:
        links = [link for link in LINKS.get(record_type, ()) if link.field in row]
        lists = {link: row.pop(link.field).split() for link in links}
        key = row.pop("key", row.get("slug"))
        values: dict[str, Any] = {"id": self._new_id(record_type, key)}
        if "position" in record_type.model_fields:
            values["position"] = position
        for column, value in row.items():
            field, parent = _LINKS.get(column, (column, None))
            values[field] = self._id_of(parent, value) if parent else value
        if record_type is Measure:
            values |= self._of_measure(row)
        self._add(record_type, values)
        for link, keys in lists.items():
            for each in keys:
                member = self._id_of(_MEMBERS[link.field], each)
                self._add(link.record, {link.owner: values["id"], link.member: member})

    def _of_measure(self, row: dict[str, str]) -> dict[str, str]:
        """Effects and findings, which name other rows by their keys, with ids instead."""
        effects = self._with_ids(json.loads(row.get("effects", "[]")))
        named = _NAMED.sub(self._short_id, row.get("answers", ""))
        return {"effects": json.dumps(effects, ensure_ascii=False), "answers": "\n".join(named.split())}

    def _with_ids(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._with_ids(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [self._with_ids(part, name) for part in value]
        kind = _IN_EFFECTS.get(name)
        return self._id_of(kind, value) if kind else value

    def _short_id(self, found: re.Match[str]) -> str:
        """A row as the keys of findings name it: t for a task, s for a structure, n for a need."""
        return f"{found[1][0]}{self._id_of(_IN_FINDINGS[found[1]], found[2])}"

    def _add_area(self, key: str, name: str, kind: AreaKind, municipalities: list[str]) -> None:
        area_id = self._new_id(Area, key)
        self._add(Area, {"id": area_id, "name": name, "kind": kind})
        for ags in municipalities:
            self._add(AreaMunicipality, {"area_id": area_id, "ags": ags})

    def _new_id(self, record_type: type[Record], key: str | None) -> int:
        ids = self._ids.setdefault(record_type, {})
        key = key or f"row {len(ids) + 1}"
        if key in ids:
            raise ValueError(f"{record_type.__name__} »{key}« is there twice")
        ids[key] = len(ids) + 1
        return ids[key]

    def _id_of(self, record_type: type[Record], key: str) -> int:
        if key not in self._ids.get(record_type, {}):
            raise ValueError(f"there is no {record_type.__name__} »{key}« in the files read before")
        return self._ids[record_type][key]

    def _add(self, record_type: type[Record], values: dict[str, Any]) -> None:
        # SQLModel ignores names it does not know, so a misspelt column would go unnoticed.
        if unknown := values.keys() - record_type.model_fields.keys():
            raise ValueError(f"{record_type.__name__} has no {sorted(unknown)}")
        try:
            self.records.append(record_type.model_validate(values))
        except ValidationError as error:
            raise ValueError(f"{record_type.__name__}: {error}") from error


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file without their empty cells, which stand for "unknown"."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(file)]


def _boundaries(path: Path) -> list[dict[str, Any]]:
    """Boundaries of a GeoJSON file, geometry as compact JSON text, with a label point inside each."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return [
        {
            "key": feature["properties"]["ags"],
            "name": feature["properties"]["name"],
            "kind": feature["properties"]["kind"],
            "geometry": json.dumps(feature["geometry"], separators=(",", ":")),
            "label_longitude": feature["properties"]["rep_lon"],
            "label_latitude": feature["properties"]["rep_lat"],
            "attribution": collection["attribution"],
        }
        for feature in collection["features"]
    ]
