"""Which municipalities are named first: none of several that are equal and do not all find room."""

from __future__ import annotations

import pandas as pd
import pytest

from steering.web.map.rows import foremost


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ([3, 1, 1, 1, 1], [3]),
        ([1, 1, 1, 1], []),
        ([2, 1, 1, 0], [2, 1, 1]),
        ([4, 3, 2, 1], [4, 3, 2]),
        ([0, 0], []),
    ],
)
def test_equal_ones_are_named_together_or_not_at_all(numbers: list[int], named: list[int]) -> None:
    assert foremost(pd.DataFrame({"on_the_spot": numbers}))["on_the_spot"].tolist() == named
