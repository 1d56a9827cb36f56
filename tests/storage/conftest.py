"""A small inventory in a database of its own, never the real one."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.analysis.portfolio import Portfolio
from steering.model import (
    Area,
    AreaKind,
    AreaMunicipality,
    Boundary,
    BoundaryRole,
    Committee,
    EndKind,
    Funding,
    FundingPart,
    Level,
    Municipality,
    Organisation,
    Programme,
    Record,
    Responsibility,
    ResponsibilityGroup,
    Role,
    Settings,
    Structure,
    StructureKind,
    TargetGroup,
    Task,
    TaskField,
)
from steering.storage import schema
from steering.storage.backups import restoring
from tests import postgres
from tests.stored import Who

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC).replace(tzinfo=None)
ACTOR = "Planungsstab"
WHO: Who = {"actor": ACTOR, "now": NOW}

LANDKREIS, LANDRATSAMT, CARITAS = 1, 2, 3
LOTSEN, BERATUNG = 1, 2
CARRYING, OWN_SHARE, OTHER_CARRYING = 1, 2, 3
COUNSEL, LANGUAGE = 1, 2
EVERYONE, REFUGEES = 1, 2
DISTRICT = 1
AHORN, NEUSTADT, FOREST = "09473112", "09473151", "09473452"


def inventory(_dataset: str = "coburg") -> list[Record]:
    """Two structures of two houses, with fundings, tasks, groups and places."""
    funding = {"end_kind": EndKind.FIXED, "end": "2026-12-31"}
    made: list[tuple[type[Record], dict[str, Any]]] = [
        (Settings, {"id": 1, "district_key": "09473", "district_name": "Landkreis Coburg"}),
        (Municipality, {"ags": AHORN, "ars": "094730112112", "name": "Ahorn", "kind": "Gemeinde"}),
        (Municipality, {"ags": NEUSTADT, "ars": "094730151151", "name": "Neustadt", "kind": "Stadt"}),
        (
            Municipality,
            {"ags": FOREST, "ars": "094739452", "name": "Forst", "kind": "Gebiet", "inhabited": False},
        ),
        (
            Boundary,
            {
                "key": "09463",
                "role": BoundaryRole.NEIGHBOUR,
                "name": "Coburg",
                "kind": "Kreisfreie Stadt",
                "geometry": '{"type": "Polygon", "coordinates": []}',
                "label_longitude": 10.96,
                "label_latitude": 50.26,
            },
        ),
        (Area, {"id": DISTRICT, "name": "Landkreis", "kind": AreaKind.DISTRICT}),
        (AreaMunicipality, {"area_id": DISTRICT, "ags": AHORN}),
        (AreaMunicipality, {"area_id": DISTRICT, "ags": NEUSTADT}),
        (TaskField, {"id": 1, "slug": "beratung", "name": "Beratung"}),
        (Task, {"id": COUNSEL, "field_id": 1, "slug": "beraten", "name": "Beraten"}),
        (Task, {"id": LANGUAGE, "field_id": 1, "slug": "sprache", "name": "Sprache"}),
        (TargetGroup, {"id": EVERYONE, "slug": "alle", "name": "alle", "everyone": True}),
        (TargetGroup, {"id": REFUGEES, "slug": "asylsuchende", "name": "Asylsuchende"}),
        (
            Organisation,
            {"id": LANDKREIS, "slug": "landkreis", "name": "Landkreis Coburg", "level": Level.COUNTY},
        ),
        (
            Organisation,
            {
                "id": LANDRATSAMT,
                "slug": "landratsamt",
                "name": "Landratsamt",
                "level": Level.COUNTY,
                "parent_id": LANDKREIS,
            },
        ),
        (
            Organisation,
            {"id": CARITAS, "slug": "caritas", "name": "Caritas", "level": Level.WELFARE},
        ),
        (Programme, {"id": 1, "slug": "bir", "name": "Beratungs- und Integrationsrichtlinie"}),
        (
            Structure,
            {
                "id": LOTSEN,
                "name": "Integrationslotsen",
                "kind": StructureKind.POST,
                "organisation_id": LANDRATSAMT,
            },
        ),
        (
            Structure,
            {
                "id": BERATUNG,
                "name": "Flüchtlingsberatung",
                "kind": StructureKind.SERVICE,
                "organisation_id": CARITAS,
            },
        ),
        (
            Funding,
            {"id": CARRYING, "structure_id": LOTSEN, "name": "BIR", "programme_id": 1, "fte": 1.5, **funding},
        ),
        (
            Funding,
            {
                "id": OWN_SHARE,
                "structure_id": LOTSEN,
                "name": "Eigenanteil",
                "part": FundingPart.CO_FINANCING,
                "accompanies_id": CARRYING,
                "amount_cents": 1_300_000,
                **funding,
            },
        ),
        (
            Funding,
            {"id": OTHER_CARRYING, "structure_id": BERATUNG, "name": "BIR", "programme_id": 1, **funding},
        ),
        (
            Responsibility,
            {"id": 1, "structure_id": LOTSEN, "task_id": COUNSEL, "area_id": DISTRICT, "role": Role.LEAD},
        ),
        (ResponsibilityGroup, {"responsibility_id": 1, "target_group_id": EVERYONE}),
        (Committee, {"id": 1, "slug": "kreistag", "name": "Kreistag"}),
    ]
    return [record.model_validate(values) for record, values in made]


def without_versions(portfolio: Portfolio) -> dict[str, str]:
    """What a portfolio says, table by table; versions count the ways back, too."""
    return {
        name: frame.drop(columns="version", errors="ignore").to_csv()
        for name, frame in portfolio.frames.items()
    }


def restore(url: str, file: Path, name: str = "") -> Path | None:
    """Take a backup back; the copy of what was there before."""
    with restoring.opened(file, name) as found:
        return restoring.put_in_place(url, found, NOW)


@pytest.fixture
def url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that does not exist yet, on a server of one that is empty."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'steering.db'}"
        return
    server: postgres.Server = request.getfixturevalue("postgresql")
    filled = "of_the_inventory" in request.fixturenames
    name = server.new(server.template("inventory", _fill) if filled else "template1")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def of_the_inventory() -> None:
    """Asked for by who wants the small inventory at `url`: on a server that is copied, not filled anew.

    A module with an `engine` of its own does not ask for it, and has what it fills in itself.
    """


@pytest.fixture
def open_database(url: str) -> Callable[..., Engine]:
    """Opens the test's database, filled with the given records the first time."""

    def prepared(fill: Callable[[str], list[Record]] = inventory) -> Engine:
        return schema.prepare(url, "coburg", fill=fill)

    return prepared


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small inventory, to be copied: quicker than made anew for each test."""
    file = tmp_path_factory.mktemp("template") / "steering.db"
    _fill(f"sqlite:///{file}")
    return file


def _fill(url: str) -> None:
    schema.prepare(url, "coburg", fill=inventory).dispose()


@pytest.fixture
def ready(only_sqlite: None, template: Path, tmp_path: Path) -> Path:
    """The file of a database with the small inventory that nobody has open."""
    return Path(shutil.copy(template, tmp_path / "steering.db"))


@pytest.fixture
def engine(
    database_kind: str,
    of_the_inventory: None,
    request: pytest.FixtureRequest,
    open_database: Callable[..., Engine],
) -> Engine:
    """A database with the small inventory."""
    if database_kind == "sqlite":
        request.getfixturevalue("ready")
    return open_database()
