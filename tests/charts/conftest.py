"""Charts are looked at as they are made: whether each part of a specification is one."""

from collections.abc import Iterator

import pytest
from altair.utils import schemapi


@pytest.fixture(autouse=True)
def _each_part_is_looked_at() -> Iterator[None]:
    with schemapi.debug_mode(True):
        yield
