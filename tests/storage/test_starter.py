"""The starter data as a whole: complete reference data, traceable records, nothing points nowhere."""

import json
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from steering.model import (
    Area,
    AreaKind,
    AreaMunicipality,
    Boundary,
    BoundaryRole,
    Committee,
    CommitteeDate,
    Municipality,
    Organisation,
    Programme,
    ProgrammeField,
    ProgrammeTask,
    Provenance,
    Record,
    Settings,
    Structure,
    TargetGroup,
    Task,
    TaskField,
    Traced,
)
from steering.storage import starter
from steering.storage.tables import table_of

COBURG = starter.records("coburg")
EMPTY = starter.records("empty")
THURSDAY = 3


def of(record_type: type) -> list[Any]:
    return [record for record in COBURG if isinstance(record, record_type)]


def named(record_type: type[Record], name: str) -> Any:
    [record] = [record for record in of(record_type) if record.name == name]
    return record


def test_the_committees_are_facts_and_their_dates_examples() -> None:
    assert [(c.short_name, c.rank, c.provenance) for c in of(Committee)] == [
        ("KSA", 1, Provenance.DOCUMENTED),
        ("Kreistag", 2, Provenance.DOCUMENTED),
    ]
    assert {d.provenance for d in of(CommitteeDate)} == {Provenance.EXAMPLE}
    assert {d.provenance_note for d in of(CommitteeDate)} == {
        "Beispieltermin: die Sitzungstermine sind nicht dokumentiert"
    }
    first = min(of(CommitteeDate), key=lambda sitting: sitting.day)
    assert (first.day, first.papers_due) == (date(2026, 12, 10), date(2026, 11, 26))
    assert all(d.day.weekday() == THURSDAY for d in of(CommitteeDate))


def test_every_documented_record_has_a_source_and_every_derived_one_says_from_what() -> None:
    for record in COBURG:
        if isinstance(record, Traced) and record.provenance == Provenance.DOCUMENTED:
            assert record.source, record
        elif isinstance(record, Traced):
            assert record.provenance_note, record


def test_municipalities_carry_the_official_figures() -> None:
    municipalities = of(Municipality)
    assert sum(m.population for m in municipalities) == 87_103
    assert round(sum(m.area_km2 for m in municipalities), 2) == 590.41
    assert [m.inhabited for m in municipalities].count(True) == 17
    assert {m.name for m in municipalities if not m.inhabited} == {
        "Callenberger Forst-West",
        "Gellnhausen",
        "Köllnholz",
    }


def test_areas_are_the_landkreis_and_each_inhabited_municipality() -> None:
    members = defaultdict(set)
    for link in of(AreaMunicipality):
        members[link.area_id].add(link.ags)
    inhabited = {m.ags for m in of(Municipality) if m.inhabited}
    district, *others = of(Area)
    assert (district.name, district.kind) == ("Landkreis Coburg", AreaKind.DISTRICT)
    assert members[district.id] == inhabited
    assert {frozenset(members[area.id]) for area in others} == {frozenset({ags}) for ags in inhabited}
    [settings] = of(Settings)
    assert (settings.district_key, settings.district_name) == ("09473", "Landkreis Coburg")


def inside(longitude: float, latitude: float, geometry: dict) -> bool:
    """Whether a ray to the east crosses the rings of a GeoJSON polygon an odd number of times."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                crossings += longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def test_every_boundary_has_its_label_inside_and_names_its_source() -> None:
    roles = [boundary.role for boundary in of(Boundary)]
    assert (roles.count(BoundaryRole.OWN), roles.count(BoundaryRole.NEIGHBOUR)) == (20, 7)
    for boundary in of(Boundary):
        geometry = json.loads(boundary.geometry)
        assert inside(boundary.label_longitude, boundary.label_latitude, geometry), boundary.name
        assert boundary.attribution == "© GeoBasis-DE / BKG 2016 (Daten verändert)"


def test_every_seat_lies_in_its_municipality_or_neighbouring_kreis() -> None:
    outlines = {boundary.key: json.loads(boundary.geometry) for boundary in of(Boundary)}
    for seated in (structure for structure in of(Structure) if structure.seat_ags):
        outline = outlines.get(seated.seat_ags) or outlines[seated.seat_ags[:5]]
        assert inside(seated.seat_longitude, seated.seat_latitude, outline), seated.name


def test_coburg_town_is_a_neighbour_and_a_hole_in_the_landkreis() -> None:
    [town] = [boundary for boundary in of(Boundary) if boundary.key == "09463"]
    assert town.role == BoundaryRole.NEIGHBOUR
    own = [b for b in of(Boundary) if b.role == BoundaryRole.OWN]
    assert not any(
        inside(town.label_longitude, town.label_latitude, json.loads(boundary.geometry)) for boundary in own
    )


def test_boundaries_and_municipalities_have_the_same_keys_and_names() -> None:
    own = {b.key: b.name for b in of(Boundary) if b.role == BoundaryRole.OWN}
    assert own == {m.ags: m.name for m in of(Municipality)}


def test_the_catalogue_has_its_fields_tasks_and_one_group_for_everyone() -> None:
    assert (len(of(TaskField)), len(of(Task)), len(of(Programme))) == (10, 56, 39)
    assert [task.position for task in of(Task)] == list(range(1, 57))
    assert not any(task.checked for task in of(Task))
    assert [group.slug for group in of(TargetGroup) if group.everyone] == ["alle"]


def test_the_catalogue_of_another_landkreis_knows_nothing_of_coburg() -> None:
    kinds = (TaskField, Task, TargetGroup, Programme)
    # Where something was read is named by its address, whoever published it.
    told = [
        value
        for record in EMPTY
        if isinstance(record, kinds)
        for field, value in record.model_dump().items()
        if field != "source" and isinstance(value, str)
    ]
    assert told
    assert not [value for value in told if "coburg" in value.lower()]


def test_applications_under_bir3_are_due_in_november_of_its_last_year_and_no_successor_is_known() -> None:
    [bir3] = [programme for programme in of(Programme) if programme.slug == "bir3"]
    assert (bir3.deadline_day, bir3.deadline_month, bir3.deadline_years_before) == (15, 11, 1)
    assert (bir3.valid_until, bir3.successor) == (date(2026, 12, 31), "")


@pytest.mark.parametrize(
    "record_type",
    [Organisation, Committee, Programme, Task, TaskField, TargetGroup],
    ids=lambda t: t.__name__,
)
def test_slugs_are_unique_and_fit_into_an_address(record_type: type[Record]) -> None:
    slugs = [record.slug for record in of(record_type)]
    assert len(set(slugs)) == len(slugs)
    assert all(slug.replace("-", "").replace("_", "").isalnum() and slug.isascii() for slug in slugs)


def test_short_names_are_there_and_tell_carriers_and_programmes_apart() -> None:
    for record_type in (Organisation, Programme):
        names = [record.short_name for record in of(record_type)]
        assert all(names)
        assert len(set(names)) == len(names)


def test_all_units_of_the_landratsamt_stand_under_the_roof_of_the_landkreis() -> None:
    by_id = {organisation.id: organisation for organisation in of(Organisation)}

    def roof(organisation: Organisation) -> str:
        while organisation.parent_id:
            organisation = by_id[organisation.parent_id]
        return organisation.slug

    under_the_roof = {o.slug for o in of(Organisation) if roof(o) == "landkreis-coburg"}
    assert {"fb-21", "fb-22", "familienbuero", "koordinierungsstelle-be", "planungsstab"} < under_the_roof
    assert {"caritas-coburg", "awo-coburg", "vhs-coburg", "stadt-neustadt"}.isdisjoint(under_the_roof)


@pytest.mark.parametrize("records", [COBURG, EMPTY], ids=["coburg", "empty"])
def test_links_point_to_records_that_come_before_them(records: list[Record]) -> None:
    seen: dict[str, set[object]] = defaultdict(set)
    for record in records:
        table = table_of(type(record))
        for column in table.columns:
            value = getattr(record, column.name)
            for key in column.foreign_keys:
                assert value is None or value in seen[key.column.table.name], (record, column.name)
        [first_key, *_] = table.primary_key.columns
        seen[table.name].add(getattr(record, first_key.name))


@pytest.mark.parametrize("records", [COBURG, EMPTY], ids=["coburg", "empty"])
def test_no_key_is_given_twice(records: list[Record]) -> None:
    keys = [
        (type(record), *(getattr(record, column.name) for column in table_of(type(record)).primary_key))
        for record in records
    ]
    assert len(set(keys)) == len(keys)
    assert not any(None in key for key in keys)


def test_the_empty_dataset_is_the_reference_data_and_nothing_else() -> None:
    kinds = {type(record) for record in EMPTY}
    assert kinds == {
        Settings,
        Municipality,
        Boundary,
        Area,
        AreaMunicipality,
        TaskField,
        Task,
        TargetGroup,
        Programme,
        ProgrammeField,
        ProgrammeTask,
    }
    assert COBURG[: len(EMPTY)] == EMPTY


def test_umlauts_are_intact() -> None:
    text = "\n".join(str(record) for record in COBURG if not isinstance(record, Boundary))
    assert not {"Ã", "Â", "\ufffd", "\ufeff"} & set(text)
    assert {"Seßlach", "Rödental", "Großheirath"} <= {m.name for m in of(Municipality)}
    assert named(Structure, "JaS Grundschule an der Heubischer Straße")


def test_an_unknown_dataset_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="STEERING_DATASET auf »coburg« oder »empty« setzen"):
        starter.records("bayern")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("slug,name,colour\nalle,Alle,rot\n", r"groups.csv, row 1: TargetGroup has no \['colour'\]"),
        ("slug,name\nalle,Alle\nalle,Alle\n", "groups.csv, row 2: TargetGroup »alle« is there twice"),
        ("slug,name\nalle,\n", r"groups.csv, row 1: TargetGroup: (.|\n)*name"),
    ],
)
def test_a_slip_in_a_file_is_named_with_file_and_row(tmp_path, content: str, complaint: str) -> None:
    file = tmp_path / "groups.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        starter._Starter().add_file(TargetGroup, file)


def test_a_link_to_nothing_is_named(tmp_path) -> None:
    file = tmp_path / "tasks.csv"
    file.write_text("slug,field,name\nkurse,sprache,Kurse\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"tasks.csv, row 1: there is no TaskField »sprache«"):
        starter._Starter().add_file(Task, file)


def test_what_programmes_pay_for_has_a_source_and_says_where_it_is_derived() -> None:
    purposes = {link.programme_id for kind in (ProgrammeField, ProgrammeTask) for link in of(kind)}
    for programme in of(Programme):
        told = {
            "purpose": programme.id in purposes,
            "applicants": programme.applications_until is not None or any(
                getattr(programme, f"{who}_applies") is not None
                for who in ("county", "municipality", "welfare", "association", "business", "authority")
            ),
            "region": programme.region is not None,
            "share": programme.share_percent is not None or programme.own_share_percent is not None,
        }  # fmt: skip
        for name, known in told.items():
            source = getattr(programme, f"{name}_source")
            assert bool(source) == known, (programme.slug, name)
        if told["purpose"] and not programme.purpose_derived:
            assert "http" in programme.purpose_source or programme.purpose_source == "Name des Programms"
