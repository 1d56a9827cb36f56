"""The list of packages and licences that the gate writes and judges (.ci/bom.py)."""

import hashlib
import json
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

import pytest

from tests.conftest import PROJECT
from tests.test_requirements import pins

_loader = SourceFileLoader("bom", str(PROJECT / ".ci" / "bom.py"))
_spec = spec_from_loader("bom", _loader)
assert _spec is not None
bom = module_from_spec(_spec)
_loader.exec_module(bom)


def test_every_pinned_package_is_in_the_bill_with_an_allowed_licence(tmp_path):
    out = tmp_path / "bom.json"
    assert bom.main(out) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    listed = {each["name"]: each["version"] for each in found["components"]}
    come_along = {each["name"]: each["version"] for each in bom.parts()}
    assert come_along.items() <= listed.items()
    assert listed.items() <= (pins("requirements.txt") | come_along).items()
    assert len(listed) > 50
    assert found["dependencies"][0]["dependsOn"] == [each["purl"] for each in found["components"]]


def test_what_comes_along_is_unchanged_and_brings_its_licence():
    assets = bom.PARTS.parent / "assets"
    ours = {"suche.js", "verzeichnis.css"}
    there = {path.relative_to(assets).as_posix() for path in assets.rglob("*") if path.is_file()}
    named = {name for each in bom.parts() for name in (*each["files"], each["text"])}
    assert there == named | ours
    for each in bom.parts():
        for name, digest in each["files"].items():
            assert hashlib.sha256((assets / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-only OR Apache-2.0", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("(MIT OR GPL-2.0-only) AND AGPL-3.0-only", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_counts_when_every_part_of_one_choice_does(expression, allowed):
    assert bom.is_allowed(expression) is allowed
