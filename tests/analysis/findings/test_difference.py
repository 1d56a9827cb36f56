"""What a what-if does to the findings."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis.findings.difference import CLOSED, LONGER, OPENED, SHORTER, difference
from steering.analysis.view import Horizon

HORIZON = Horizon(date(2025, 1, 1), date(2035, 12, 31))


def found(*rows: tuple[str, str | None, str | None, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "key": [row[0] for row in rows],
            "kind": "GAP",
            "task_id": pd.array([1] * len(rows), dtype="Int64"),
            "participant_names": [()] * len(rows),
            "reason": "",
            "start": pd.Series([row[1] for row in rows], dtype="datetime64[s]"),
            "end": pd.Series([row[2] for row in rows], dtype="datetime64[s]"),
            "municipalities": [tuple(map(str, range(row[3]))) for row in rows],
        }
    )


NONE = found()
FROM_2027 = found(("a", "2027-01-01", None, 17))


@pytest.mark.parametrize(
    ("without", "changed", "effect"),
    [
        (FROM_2027, NONE, [CLOSED]),
        (NONE, FROM_2027, [OPENED]),
        (FROM_2027, found(("a", "2030-01-01", None, 17)), [SHORTER]),
        (FROM_2027, found(("a", "2027-01-01", None, 3)), [SHORTER]),
        (FROM_2027, found(("a", None, None, 17)), [LONGER]),
        (FROM_2027, found(("a", "2027-01-01", "2030-12-31", 17), ("a", "2031-01-01", None, 17)), []),
    ],
)
def test_a_finding_closes_opens_or_changes_its_extent(without, changed, effect):
    assert difference(without, changed, HORIZON)["effect"].tolist() == effect
