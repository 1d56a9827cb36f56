"""How many cells findings are about."""

from __future__ import annotations

import pandas as pd


def count_cells(found: pd.DataFrame) -> int:
    """Different pairs of task and municipality; a finding without a task counts once per key.

    Those that are abgestimmt or intern are listed, but not counted.
    """
    counted = found[~found["coordinated"] & ~found["internal"]]
    bare = counted.loc[counted["task_id"].isna(), "key"].nunique()
    cells = counted.loc[counted["task_id"].notna(), ["task_id", "municipalities"]].explode("municipalities")
    return int(bare + len(cells.dropna().drop_duplicates()))
