"""What is current: the day, the database, its revision, and everything computed from it.

The only cache of the program, but for the ground of the map (`map.ground`), which is kept by its content. A
result is kept by (database, dataset, revision, function, arguments); since functions in `analysis` depend on
nothing else, it never goes stale, and nothing is recomputed between two edits.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from steering.analysis import discretion
from steering.analysis.portfolio import Portfolio
from steering.model.german import TIME_ZONE
from steering.storage import reading, saving, schema
from steering.storage.engine import database_url
from steering.storage.engine import let_go as let_go_of
from steering.storage.problems import NotReadable
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate, RightMissing, SignedOut, Who
from steering.storage.rights.table import Right
from steering.storage.saving import Origin
from steering.web import identity, sessions
from steering.web.sessions import state

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger(__name__)
EXAMPLES_HIDDEN = "examples_hidden"
# Session keys: what is for the administration only is off the screen; the screen is shown to a room.
DISCREET, PRESENTING = "discreet", "praesentation"
# Session key: they have no right to what is for the administration only, whatever the switch says.
WITHHELD = "internal_withheld"
# The file too: a copy of a database has the same dataset, and goes its own way from there.
Key = tuple[str, Origin, int, bool, bool]


def today() -> date:
    """The day on which the data are read; STEERING_TODAY fixes it for demonstrations and tests."""
    fixed = os.environ.get("STEERING_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(TIME_ZONE).date()


def now() -> datetime:
    """The present moment in UTC, without a zone, as the history stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


def engine(rests_on: Origin | None = None) -> Engine:
    """The database, prepared at the first call; raises DatabaseRefused with a sentence for the screen.

    What is written through it is refused once other data lie there than those that the write `rests_on`: by
    default those that this browser has been working with. Whoever asks writes in their own name, and what
    they have a right to at that moment.
    """
    opened = rests_on or state().get("origin")
    mine = acting.acting_as(database(), who())
    return saving.resting_on(mine, opened) if opened else mine


def who() -> Who:
    """Who asks."""
    return sessions.owner() or identity.who(now())


def mandate() -> Mandate:
    """What they may, as of this run."""
    if "mandate" not in state():
        refresh()
    found: Mandate = state()["mandate"]
    return found


def may(right: Right) -> bool:
    """Whether they may do something: what is drawn asks this, what writes is asked again in storage."""
    return mandate().may(right)


def may_change(organisation_id: int) -> bool:
    """Whether records of that organisation are among those that they may change."""
    units = mandate().units
    return may(Right.EDIT) and (units is None or organisation_id in units)


def as_entitled(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make`, which is refused once who asks has lost a right, or the sign-in, that they had in this run.

    A file is made when it is pressed, without a run of the page, and holds what was on the page then.
    """
    asks, whole = who(), mandate().rights
    mine = acting.acting_as(database(), asks)

    def made() -> bytes:
        held = acting.mandate(mine)
        if not (held.known and whole <= held.rights and identity.still_counts(asks, now())):
            # Streamlit logs it: it names nobody.
            raise RightMissing("Nicht ausgegeben: Was Sie hier dürfen, hat sich geändert.")
        return make()

    return made


def database() -> Engine:
    """The database, prepared at the first call, on nobody's behalf yet: for what no page asks.

    Raises DatabaseRefused.
    """
    wanted = os.environ.get("STEERING_DATABASE_URL"), os.environ.get("STEERING_DATASET", "coburg")
    if wanted not in _engines:
        _engines[wanted] = _engine(database_url(os.environ), wanted[1])
    return _engines[wanted]


_engines: dict[tuple[str | None, str], Engine] = {}


@st.cache_resource(show_spinner="Die Daten werden vorbereitet …")
def _engine(url: str, dataset: str) -> Engine:
    prepared = schema.prepare(url, dataset)
    # Streamlit collects garbage after every run; what is loaded by now stays and need not be walked.
    gc.collect()
    gc.freeze()
    return prepared


def let_go() -> None:
    """Close the database when the server stops, so that its file alone holds everything."""
    while _engines:
        _, opened = _engines.popitem()
        try:
            folded = let_go_of(opened)
        except DatabaseError:
            logger.exception("The database could not be closed")
            continue
        if not folded:
            logger.warning("Others have the database open: what was written last is still in its -wal file")


def revision() -> tuple[str, int]:
    """Dataset and revision as of this run."""
    if "revision" not in state():
        refresh()
    found: tuple[str, int] = state()["revision"]
    return found


def refresh() -> None:
    """Look up the revision; once at the start of each run and after each write.

    Where the data cannot be read just now, what was read before stays on the screen, with all that stands in
    its inputs. Raises NotReadable where nothing was.
    """
    held = state()
    try:
        mine = engine()
        held["mandate"] = acting.mandate(mine)
        held[WITHHELD] = not may(Right.INTERNAL)
        held["present"], held["revision"] = saving.origin(mine), reading.revision(mine)
    except NotReadable as trouble:
        if isinstance(asks := who(), SignedOut):
            # Nobody need be looked up, and what they were shown is not for them any more.
            held["mandate"] = Mandate(False, ended=asks.ended)
        if "revision" not in held:
            raise
        held["unreadable"] = str(trouble)
    else:
        held["unreadable"] = None
        held.setdefault("origin", held["present"])


def unreadable() -> str | None:
    """Why the data could not be read for this run; None where they could."""
    found: str | None = state().get("unreadable")
    return found


def present() -> Origin:
    """The data that are on the screen in this run."""
    revision()
    found: Origin = state()["present"]
    return found


def replaced() -> bool:
    """Whether other data have taken the place of those that this browser has been working with."""
    return present() != state()["origin"]


def accept() -> None:
    """Go on with the data that are there now."""
    state()["origin"] = present()


def portfolio() -> Portfolio:
    """All data of this run's revision, without the examples and what is internal where they are hidden."""
    return _portfolio(*_key())


def discreet() -> bool:
    """Whether what is for the administration only (nur Verwaltung) is kept off the screen.

    As the switch says, and always where who looks has no right to it, or what is made is for everyone.
    """
    if sessions.is_for_everyone():
        return True
    if WITHHELD not in state():
        refresh()
    return bool(state().get(DISCREET)) or bool(state()[WITHHELD])


def for_administration() -> tuple[str, ...]:
    """How much is for the administration only, whether it is on the screen just now or not."""
    if not may(Right.INTERNAL):
        return ()
    return _left_out(*_key()[:-1])


def presenting() -> bool:
    """Whether the screen is shown to a room: large, without sidebar and forms."""
    return bool(state().get(PRESENTING))


def offers(right: Right) -> bool:
    """Whether forms and buttons for something are drawn: for those who may, and never before a room."""
    return not presenting() and may(right)


def boundaries() -> pd.DataFrame:
    """The outlines to draw, see `reading.boundaries`."""
    return _boundaries(*_edition())


def of(function: Callable[Concatenate[Portfolio, P], R], *args: P.args, **named: P.kwargs) -> R:
    """`function(portfolio, …)` for the current data, computed once per revision and arguments."""
    result: Any = _result(function, _key(), *args, **named)  # type: ignore[arg-type]
    return cast("R", result.copy(deep=False) if isinstance(result, pd.DataFrame) else result)


def unasked(
    engine: Engine, function: Callable[Concatenate[Portfolio, P], R], *args: P.args, **named: P.kwargs
) -> R:
    """`function(portfolio, …)` for all data as they are now, where no page asks: there is no session to ask.

    What is internal is in it: whoever takes this leaves that out for those who may not see it.
    """
    edition = str(engine.url), saving.origin(engine), reading.revision(engine)[1]
    result: Any = _result(function, (*edition, False, False), *args, **named)  # type: ignore[arg-type]
    return cast("R", result)


def derived(function: Callable[..., R], *args: Any) -> R:
    """`function(*args)`, computed once per revision and arguments; for what pages make of results.

    The arguments must be hashable; the function reads what else it needs through `of`.
    """
    return _derived(function, _key(), *args)


def _edition() -> tuple[str, Origin, int]:
    return str(database().url), present(), revision()[1]


def _key() -> Key:
    return (*_edition(), bool(state().get(EXAMPLES_HIDDEN)), discreet())


@lru_cache(maxsize=8)
def _portfolio(url: str, origin: Origin, at: int, hidden: bool, discreetly: bool) -> Portfolio:
    found = reading.portfolio(database())
    found = found.without_examples() if hidden else found
    return discretion.for_everyone(found) if discreetly else found


@lru_cache(maxsize=8)
def _left_out(url: str, origin: Origin, at: int, hidden: bool) -> tuple[str, ...]:
    return discretion.left_out(_portfolio(url, origin, at, hidden, False))


@lru_cache(maxsize=3)
def _boundaries(url: str, origin: Origin, at: int) -> pd.DataFrame:
    return reading.boundaries(database())


@lru_cache(maxsize=256)
def _result(function: Callable[..., Any], key: Key, *args: Any, **named: Any) -> Any:
    return function(_portfolio(*key), *args, **named)


@lru_cache(maxsize=256)
def _derived(function: Callable[..., Any], key: Key, *args: Any) -> Any:
    return function(*args)
