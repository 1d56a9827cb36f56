"""publiccode.yml says what the standard asks for in version 0.4, and what is true of the program."""

import tomllib
from datetime import date
from typing import Any

import pytest
import yaml

from tests.conftest import PROJECT

FILE: dict[str, Any] = yaml.safe_load((PROJECT / "publiccode.yml").read_text(encoding="utf-8"))
PROGRAM = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
STATES = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {
    "standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web", "standalone/backend",
    "standalone/other", "addon", "library", "configurationFiles",
}  # fmt: skip
MAINTAINED = {"internal", "contract", "community", "none"}


def test_what_every_file_must_say_is_said():
    required = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert required <= set(FILE)
    assert FILE["publiccodeYmlVersion"] == "0.4"
    assert FILE["url"].startswith("https://")
    assert FILE["platforms"]
    assert FILE["categories"]
    assert FILE["developmentStatus"] in STATES
    assert FILE["softwareType"] in TYPES
    assert isinstance(FILE["localisation"]["localisationReady"], bool)
    assert FILE["localisation"]["availableLanguages"]
    assert date.fromisoformat(FILE["releaseDate"])


@pytest.mark.parametrize("language", FILE["description"])
def test_a_description_is_as_long_as_the_standard_wants_it(language):
    words = FILE["description"][language]
    assert 0 < len(words["shortDescription"]) <= 150
    assert 150 <= len(words["longDescription"]) <= 10_000
    assert words["features"]
    assert all(len(feature) <= 100 for feature in words["features"])


def test_who_maintains_it_is_named():
    kept = FILE["maintenance"]
    assert kept["type"] in MAINTAINED
    who = kept["contractors"] if kept["type"] == "contract" else kept["contacts"]
    assert all(each["name"] for each in who)


def test_it_says_the_same_as_the_package_and_the_licence():
    assert FILE["softwareVersion"] == PROGRAM["version"]
    assert FILE["legal"]["license"] == PROGRAM["license"] == "EUPL-1.2"
    assert (
        (PROJECT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    )
