"""The lists of pinned packages say the same as pyproject.toml, and nothing about where to get them."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FILES = {
    "requirements.txt": PYPROJECT["dependencies"],
    "requirements-postgres.txt": PYPROJECT["optional-dependencies"]["postgres"],
    "requirements-dev.txt": PYPROJECT["optional-dependencies"]["dev"],
}
NAMED = [(file, wanted) for file, listed in FILES.items() for wanted in listed]


def lines(file: str) -> list[str]:
    return (PROJECT / file).read_text(encoding="utf-8").splitlines()


def pins(file: str) -> dict[str, str]:
    """Version by package name."""
    found: dict[str, str] = {}
    for line in lines(file)[1:]:
        requirement = Requirement(line)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", line
        found[canonicalize_name(requirement.name)] = specifier.version
    return found


@pytest.mark.parametrize(("file", "wanted"), NAMED)
def test_what_is_named_is_pinned_to_a_version_that_fits(file: str, wanted: str) -> None:
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(pins(file)[canonicalize_name(requirement.name)])


def test_installing_them_installs_the_program_too() -> None:
    assert lines("requirements.txt")[0] == "-e ."
    assert lines("requirements-postgres.txt")[0] == "-r requirements.txt"
    assert lines("requirements-dev.txt")[0] == "-r requirements-postgres.txt"


def test_nothing_is_pinned_twice() -> None:
    named = [package for file in FILES for package in pins(file)]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("file", FILES)
def test_no_package_is_tied_to_a_place(file: str) -> None:
    assert [line for line in lines(file)[1:] if "/" in line or "@" in line or line.startswith("-")] == []
