"""Which packages the program is made of, as CycloneDX 1.6; fails where a licence is none of those looked at.

python .ci/bom.py OUT.json    of requirements.txt, as installed in this environment, and what comes along
"""

import json
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
# What others made and comes along in files of its own, for the public directory.
PARTS = PROJECT / "src" / "steering" / "exchange" / "publication" / "parts.json"
# All let a program under EUPL-1.2 use the package unchanged; none asks for the program's own text in return.
# MPL-2.0 and PSF-2.0 ask it for changes of the package only; OFL-1.1 asks fonts to keep their licence.
ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EUPL-1.2", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib",
})  # fmt: skip
# What packages say that do not use the names of SPDX yet.
SPOKEN = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def packages(requirements: Path) -> Iterator[metadata.Distribution]:
    """What the list pins for this machine, as it is installed."""
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if line.startswith("-") or not line.strip():
            continue
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            found = metadata.distribution(wanted.name)
            if not wanted.specifier.contains(found.version):
                sys.exit(f"{line} is not what is installed: {found.version}")
            yield found


def licence(package: metadata.Distribution) -> str:
    """As an SPDX expression where the package says one or what stands for one; its own words otherwise."""
    about = package.metadata
    classified = [
        each.rpartition(" :: ")[2]
        for each in about.get_all("Classifier", [])
        if each.startswith("License ::")
    ]
    said = about.get("License-Expression") or next(iter(classified), "") or about.get("License", "")
    return SPOKEN.get(said, said.splitlines()[0] if said else "")


def is_allowed(expression: str) -> bool:
    """Whether one of the choices (OR) consists of allowed licences (AND); brackets want somebody to look."""
    choices = expression.split(" OR ")
    return any(all(part.strip() in ALLOWED for part in choice.split(" AND ")) for choice in choices)


def parts() -> list[dict[str, Any]]:
    return list(json.loads(PARTS.read_text(encoding="utf-8")))


def part(described: dict[str, Any]) -> dict[str, Any]:
    """What comes along, as a component."""
    return {
        "type": "library",
        "bom-ref": described["purl"],
        "name": described["name"],
        "version": described["version"],
        "purl": described["purl"],
        "licenses": [{"expression": described["licence"]}],
    }


def component(package: metadata.Distribution) -> dict[str, Any]:
    name = canonicalize_name(package.metadata["Name"])
    address = f"pkg:pypi/{name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": package.version,
        "purl": address,
        "licenses": [{"expression": licence(package)}],
    }


def bill(found: list[metadata.Distribution], version: str) -> dict[str, Any]:
    """The whole as CycloneDX, always the same for the same packages."""
    own = {"type": "application", "bom-ref": "steering", "name": "steering", "version": version,
           "licenses": [{"expression": "EUPL-1.2"}]}  # fmt: skip
    listed = [*map(component, found), *map(part, parts())]
    components = sorted(listed, key=lambda each: str(each["name"]))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": [{"ref": "steering", "dependsOn": [each["bom-ref"] for each in components]}],
    }


def main(out: Path) -> int:
    found = list(packages(PROJECT / "requirements.txt"))
    made = bill(found, metadata.version("steering"))
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    refused = [f"{each.metadata['Name']}: {licence(each) or 'says nothing'}" for each in found
               if not is_allowed(licence(each))]  # fmt: skip
    refused += [f"{each['name']}: {each['licence']}" for each in parts() if not is_allowed(each["licence"])]
    sys.stdout.write(
        "\n".join([*refused, f"{len(found)} packages, {len(refused)} with another licence.", ""])
    )
    return bool(refused)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
