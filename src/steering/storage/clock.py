"""What time it is, for pages, commands and programs that fetch alike: nowhere else is a clock read."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from steering.model.german import TIME_ZONE
from steering.storage.problems import StorageError


class NotADay(StorageError):
    """STEERING_TODAY names no day."""


def today() -> date:
    """The day on which the data are read: that of STEERING_TODAY, for demonstrations and tests, else today's
    in Germany. Raises NotADay with a sentence.
    """
    fixed = os.environ.get("STEERING_TODAY")
    if not fixed:
        return datetime.now(TIME_ZONE).date()
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise NotADay(
            f"STEERING_TODAY ist auf »{fixed[:20]}« gesetzt; das ist kein Tag. Bitte als JJJJ-MM-TT angeben, "
            "z. B. 2026-12-31, oder die Variable entfernen."
        ) from None


def now() -> datetime:
    """The present moment in UTC, without a zone, as the history stores it."""
    return datetime.now(UTC).replace(tzinfo=None)
