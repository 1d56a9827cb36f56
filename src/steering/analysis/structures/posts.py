"""How many VZÄ what runs has together, and of how many that is not known: told the same way everywhere."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from steering.analysis.structures import counted
from steering.model.german import fte


class CountedPosts(NamedTuple):
    """The known VZÄ of what runs, how many structures are counted in VZÄ, and of how many none are known."""

    known: float
    every: int
    untold: int

    @property
    def none_known(self) -> bool:
        return self.untold == self.every

    @property
    def words(self) -> str:
        """What is known, and of how many it is not."""
        rest = f" (für {self.untold} von {self.every} mit Stellen nicht bekannt)" if self.untold else ""
        return fte(self.known) + rest


def posts(rows: pd.DataFrame) -> CountedPosts:
    """Of rows with state, kind and effective_fte, as `inventory` gives them."""
    running = counted.running(rows)
    every, untold = len(counted.with_posts(running)), len(counted.fte_not_known(running))
    return CountedPosts(float(running["effective_fte"].sum()), every, untold)
