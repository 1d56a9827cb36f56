"""What changes about the findings: which close, which open, which become shorter or longer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.view import Horizon

CLOSED, OPENED, SHORTER, LONGER = "closed", "opened", "shorter", "longer"


def difference(without: pd.DataFrame, changed: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """The findings that are not the same, by their key; both frames as `findings.standing` gives them.

    One row per key: `key`, `kind`, `task_id` (Int64), `participant_names`, `reason`, `effect` (one of the
    four words above). A finding's extent is its days within the horizon times its municipalities.
    """
    before, after = _extent(without, horizon), _extent(changed, horizon)
    keys = before.index.union(after.index)
    extent = pd.DataFrame({"before": before.reindex(keys), "after": after.reindex(keys)}).fillna(0)
    extent = extent[extent["before"] != extent["after"]]
    about = pd.concat([changed, without], ignore_index=True).drop_duplicates("key").set_index("key")
    rows = about.loc[extent.index, ["kind", "task_id", "participant_names", "reason"]].reset_index(
        names="key"
    )
    gone, new = (extent["after"] == 0).to_numpy(), (extent["before"] == 0).to_numpy()
    less = (extent["after"] < extent["before"]).to_numpy()
    rows["effect"] = np.select([gone, new, less], [CLOSED, OPENED, SHORTER], LONGER)
    return rows


def _extent(found: pd.DataFrame, horizon: Horizon) -> pd.Series:
    """Days times municipalities of each key."""
    first, last = pd.Timestamp(horizon.first), pd.Timestamp(horizon.last)
    days = (found["end"].fillna(last) - found["start"].fillna(first)).dt.days + 1
    places = found["municipalities"].map(len).astype("int64").clip(lower=1)
    return (days * places).groupby(found["key"]).sum()
