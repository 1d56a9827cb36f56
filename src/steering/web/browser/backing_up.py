"""The backup of each hour, made by the running program: whoever has set no timer has one as well."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from functools import partial

from steering.storage.backups import copies
from steering.storage.engine import database_url
from steering.storage.problems import DatabaseRefused
from steering.web import current
from steering.web.browser import background

logger = logging.getLogger(__name__)
# So often it looks whether the hour has its copy; not at once, for a start is busy enough.
SECONDS = 60.0


def begin(seconds: float = SECONDS) -> Callable[[], None]:
    """Keep a copy of each hour from now on; what is returned ends that, after a copy that is under way."""
    return background.begin("hourly backup", partial(_watch, seconds))


def _watch(seconds: float, ended: threading.Event) -> None:
    said = ""
    while not ended.wait(seconds):
        refused = _keep_one()
        if refused and refused != said:
            logger.error("No backup of this hour: %s", refused)
        said = refused


def _keep_one() -> str:
    """Why this hour has no copy; "" where it has one, or where the database is no file."""
    try:
        url = database_url(os.environ)
        if copies.possible(url):
            copies.hourly(url, current.now())
    except DatabaseRefused as refused:
        return str(refused)
    return ""
