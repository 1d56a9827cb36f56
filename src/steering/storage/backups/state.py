"""How it stands with the backups of a database: the last one, the last drill, and what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from steering.storage.backups import copies, drilling
from steering.storage.backups.drilling import Drill
from steering.storage.copying import thinning
from steering.storage.copying.shelf import KeptCopy

# One is made each hour; one that is missing once may be due to a program that did not run.
BACKUP_WITHIN = timedelta(hours=2)
DRILL_WITHIN = timedelta(days=31)


@dataclass(frozen=True)
class BackupState:
    """The copies that are kept, the one to rely on, and the last drill."""

    kept: list[KeptCopy]
    newest: KeptCopy | None
    drill: Drill | None
    now: datetime

    @property
    def backup_is_overdue(self) -> bool:
        return self.newest is None or abs(self.now - self.newest.moment) > BACKUP_WITHIN

    @property
    def drill_is_overdue(self) -> bool:
        return self.drill is None or self.now - self.drill.at > DRILL_WITHIN


def state_of(url: str, now: datetime) -> BackupState:
    """How it stands. Raises DatabaseRefused where the database is no file, or the folder cannot be read."""
    kept = copies.kept(url)
    return BackupState(kept, thinning.newest(kept, now), drilling.last(url), now)
