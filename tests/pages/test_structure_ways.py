"""The ways above the table of structures speak of one as of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pages.conftest import Screen


@pytest.mark.parametrize(("address", "label"), [({"traeger": "fb-21"}, "1 läuft"), ({}, "20 laufen")])
def test_one_structure_runs_in_the_singular(
    look: Callable[..., Screen], address: dict[str, str], label: str
) -> None:
    assert label in [each.label for each in look("Strukturen", **address).app.main.button]
