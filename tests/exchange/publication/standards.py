"""Schemas and shapes that lie beside the project and are not part of it (other licences)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import PROJECT

_PLACES = tuple(parent / "shared" / "standards" for parent in PROJECT.parents)


def standard(*names: str) -> list[Path]:
    """Files of the standards; where they are not there, the test is skipped."""
    folder = next((place for place in _PLACES if place.is_dir()), None)
    if folder is None:
        pytest.skip("Schemas and shapes of the standards are not part of the project; they lie in ../shared")
    return [folder / name for name in names]
