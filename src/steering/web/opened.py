"""The database that this server has open: prepared at the first call, closed with the server."""

from __future__ import annotations

import gc
import logging
import os
from functools import lru_cache

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from steering.storage import schema
from steering.storage.engine import database_url
from steering.storage.engine import let_go as let_go_of

logger = logging.getLogger(__name__)


def database() -> Engine:
    """It, on nobody's behalf yet. Raises DatabaseRefused with a sentence for the screen."""
    wanted = os.environ.get("STEERING_DATABASE_URL"), os.environ.get("STEERING_DATASET", "coburg")
    if wanted not in _engines:
        _engines[wanted] = _engine(database_url(os.environ), wanted[1])
    return _engines[wanted]


_engines: dict[tuple[str | None, str], Engine] = {}


@st.cache_resource(show_spinner="Die Daten werden vorbereitet …")
def _engine(url: str, dataset: str) -> Engine:
    prepared = schema.prepare(url, dataset)
    settle()
    return prepared


def settle() -> None:
    """What is loaded by now stays, and need not be walked whenever garbage is collected."""
    gc.collect()
    gc.freeze()


def let_go() -> None:
    """Close the database when the server stops, so that its file alone holds everything."""
    while _engines:
        _, engine = _engines.popitem()
        try:
            folded = let_go_of(engine)
        except DatabaseError:
            logger.exception("The database could not be closed")
            continue
        if not folded:
            logger.warning("Others have the database open: what was written last is still in its -wal file")


@lru_cache(maxsize=8)
def address(engine: Engine) -> str:
    """Where a database lies."""
    return str(engine.url)
