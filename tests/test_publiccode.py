"""publiccode.yml says what the standard asks for in version 0.4, and what is true of the program."""

import copy
import json
import tomllib
from datetime import date
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.conftest import PROJECT

FILE: dict[str, Any] = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
PROGRAM = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCHEMA = json.loads((PROJECT / "tests/data/publiccode-0.4.schema.json").read_text(encoding="utf-8"))
ASKED_FOR = Draft202012Validator(SCHEMA)
MANDATORY = (
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
    "description.de.shortDescription", "description.de.longDescription", "description.de.features",
    "legal.license", "maintenance.type", "maintenance.contacts", "maintenance.contacts.0.name",
    "localisation.localisationReady", "localisation.availableLanguages",
)  # fmt: skip
# Each is a slip that somebody might make.
SLIPS = {
    "publiccodeYmlVersion": 0.4,
    "url": "steering.git",
    "releaseDate": "27.11.2026",
    "categories": ["government-websites"],
    "developmentStatus": "alpha",
    "softwareType": "web",
    "intendedAudience.countries": ["deu"],
    "intendedAudience.scope": ["counties"],
    "description.de.genericName": "x" * 36,
    "description.de.shortDescription": "x" * 151,
    "description.de.longDescription": "x" * 149,
    "description.de.features": ["x" * 101],
    "description.german": FILE["description"]["de"],
    "maintenance.type": "contract",
    "localisation.localisationReady": "no",
    "localisation.languages": ["de"],
    "licence": "EUPL-1.2",
}


def complaints(file: dict[str, Any]) -> list[str]:
    """What the schema does not take, each with its place."""
    return [f"{error.json_path}: {error.message}" for error in ASKED_FOR.iter_errors(file)]


def parent(file: Any, place: str) -> tuple[Any, Any]:
    """What holds the value at a place such as `legal.license`, and under which key."""
    *way, last = (int(key) if key.isdigit() else key for key in place.split("."))
    for key in way:
        file = file[key]
    return file, last


def test_it_is_valid_against_the_schema_of_the_standard() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert complaints(FILE) == []
    assert date.fromisoformat(FILE["releaseDate"])


@pytest.mark.parametrize("place", MANDATORY)
def test_the_schema_misses_what_is_mandatory(place: str) -> None:
    file = copy.deepcopy(FILE)
    holder, key = parent(file, place)
    del holder[key]
    assert complaints(file)


@pytest.mark.parametrize("place", SLIPS)
def test_the_schema_takes_no_slip(place: str) -> None:
    file = copy.deepcopy(FILE)
    holder, key = parent(file, place)
    holder[key] = SLIPS[place]
    assert complaints(file)


def test_it_says_the_same_as_the_package_and_the_licence() -> None:
    assert FILE["softwareVersion"] == PROGRAM["version"]
    assert FILE["legal"]["license"] == PROGRAM["license"] == "EUPL-1.2"
    licence = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
