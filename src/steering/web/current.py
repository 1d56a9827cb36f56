"""What is current: the day, the database, its revision, and everything computed from it.

The only cache of the program, but for the ground of the map (`map.ground`), which is kept by its content. A
result is kept by (database, dataset, function, arguments) and the frames that were read for it; since
functions in `analysis` depend on nothing else, it never goes stale, nothing is recomputed between two edits,
and after one only what has read what it changed (`kept`).
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from steering.analysis import discretion, reads
from steering.analysis.frames import Frames
from steering.analysis.portfolio import Portfolio, alike
from steering.model.german import TIME_ZONE
from steering.storage import database_state, reading, saving, schema
from steering.storage.engine import database_url
from steering.storage.engine import let_go as let_go_of
from steering.storage.problems import NotReadable
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate, RightMissing, SignedOut, Who
from steering.storage.rights.table import Right
from steering.storage.saving import Origin
from steering.web import identity, sessions
from steering.web.kept import KeptResults, Key, Latest, how_much, made_once
from steering.web.sessions import state

P = ParamSpec("P")
R = TypeVar("R")
logger = logging.getLogger(__name__)
EXAMPLES_HIDDEN = "examples_hidden"
# Session keys: what is for the administration only is off the screen; the screen is shown to a room.
DISCREET, PRESENTING = "discreet", "praesentation"
# Session key: they have no right to what is for the administration only, whatever the switch says.
WITHHELD = "internal_withheld"


def today() -> date:
    """The day on which the data are read; STEERING_TODAY fixes it for demonstrations and tests."""
    reads.note_moment()
    fixed = os.environ.get("STEERING_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(TIME_ZONE).date()


def now() -> datetime:
    """The present moment in UTC, without a zone, as the history stores it."""
    reads.note_moment()
    return datetime.now(UTC).replace(tzinfo=None)


def engine(rests_on: Origin | None = None) -> Engine:
    """The database, prepared at the first call; raises DatabaseRefused with a sentence for the screen.

    What is written through it is refused once other data lie there than those that the write `rests_on`: by
    default those that this browser has been working with. Whoever asks writes in their own name, and what
    they have a right to at that moment.
    """
    opened = rests_on or state().get("origin")
    reads.note_moment()
    mine = acting.acting_as(_database(), who())
    return saving.resting_on(mine, opened) if opened else mine


def reader() -> Engine:
    """The database as who asks reads it while the page is drawn: as who they were when this run began.

    What they have a right to is looked up with each reading all the same.
    """
    reads.note_moment()
    return acting.acting_as(_database(), _asks())


def who() -> Who:
    """Who asks."""
    return sessions.owner() or identity.who(now())


def _asks() -> Who:
    """Who asked as this run began."""
    return cast("Who", _of_this_run("asks"))


def mandate() -> Mandate:
    """What they may, as of this run."""
    return cast("Mandate", _of_this_run("mandate"))


def _of_this_run(name: str) -> Any:
    """What `refresh` has found."""
    if name not in state():
        refresh()
    return state()[name]


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
    asks, whole = _asks(), mandate().rights
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
    reads.note_moment()
    return _database()


def _database() -> Engine:
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
    reads.note_moment()
    return _revision()


def _revision() -> tuple[str, int]:
    return cast("tuple[str, int]", _of_this_run("revision"))


def refresh() -> None:
    """Look up the revision; once at the start of each run and after each write.

    Where the data cannot be read just now, what was read before stays on the screen, with all that stands in
    its inputs. Raises NotReadable where nothing was.
    """
    held = state()
    try:
        held["asks"] = who()
        found = database_state.read(acting.acting_as(_database(), held["asks"]))
        held["mandate"], held["present"], held["revision"] = found.mandate, found.origin, found.revision
        held["schema_is_current"] = found.schema_is_current
        held[WITHHELD] = not may(Right.INTERNAL)
    except NotReadable as trouble:
        if isinstance(asks := held["asks"], SignedOut):
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
    return cast("Origin", _of_this_run("present"))


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
    return bool(_of_this_run(WITHHELD)) or bool(state().get(DISCREET))


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
    return _outlines(*_edition())["boundary"].copy(deep=False)


def of(function: Callable[Concatenate[Portfolio, P], R], *args: P.args, **named: P.kwargs) -> R:
    """`function(portfolio, …)` for the current data, computed once per revision and arguments."""
    result: Any = _result(function, _key(), *args, **named)
    return cast("R", result.copy(deep=False) if isinstance(result, pd.DataFrame) else result)


def unasked(
    engine: Engine, function: Callable[Concatenate[Portfolio, P], R], *args: P.args, **named: P.kwargs
) -> R:
    """`function(portfolio, …)` for all data as they are now, where no page asks: there is no session to ask.

    What is internal is in it: whoever takes this leaves that out for those who may not see it.
    """
    there = database_state.read(engine)
    key = _address(engine), there.origin, there.revision[1], False, False
    result: Any = _result(function, key, *args, **named)
    return cast("R", result)


def derived(function: Callable[..., R], *args: Any) -> R:
    """`function(*args)`, computed once per revision and arguments; for what pages make of results.

    The arguments must be hashable; the function reads what else it needs through `of`.
    """
    return _derived(function, _key(), *args)


def _edition() -> tuple[str, Origin, int]:
    return _address(_database()), present(), _revision()[1]


def _key() -> Key:
    # The origin names the file too: a copy has the same dataset, and goes its own way from there.
    return (*_edition(), bool(state().get(EXAMPLES_HIDDEN)), discreet())


@lru_cache(maxsize=8)
def _address(engine: Engine) -> str:
    return str(engine.url)


@made_once(8)
def _portfolio(url: str, origin: Origin, at: int, hidden: bool, discreetly: bool) -> Portfolio:
    key = url, origin, at, hidden, discreetly
    with reads.apart():
        found = _moment(url, origin, at).portfolio
        found = found.without_examples() if hidden else found
        found = discretion.for_everyone(found) if discreetly else found
        # What an edit leaves as it is stays the very same frame, also where it was made of others.
        found = found.sharing(_before.named(how_much(key)))
        found = replace(found, frames=Frames(found.frames, edition=key))
    _before.put(how_much(key), found)
    return found


@made_once(3)
def _moment(url: str, origin: Origin, at: int) -> reading.Moment:
    before = _moments.named((url, origin))
    found = reading.moment(_database(), before[0] if before else None)
    _moments.put((url, origin), found)
    return found


@made_once(3)
def _outlines(url: str, origin: Origin, at: int) -> Frames:
    read = reading.boundaries(_database())
    found = next((before for before in _drawn.named("outlines") if alike(read, before)), read)
    _drawn.put("outlines", found)
    return Frames({"boundary": found}, edition=(url, origin, at))


_before: Latest[Portfolio] = Latest(8)
_moments: Latest[reading.Moment] = Latest(2)
_drawn: Latest[pd.DataFrame] = Latest(2)


def _left_out(*asked: Any) -> tuple[str, ...]:
    return cast("tuple[str, ...]", _result(discretion.left_out, (*asked, False)))


def _frames_of(key: Key) -> Frames:
    """The frames of data by what `kept` has noted of them."""
    return cast("Frames", _portfolio(*key).frames) if len(key) > 3 else _outlines(*key)


_results, _pieces = KeptResults(256, _frames_of), KeptResults(256, _frames_of)


def _result(function: Callable[..., Any], key: Key, *args: Any, **named: Any) -> Any:
    asked = function, args, tuple(sorted(named.items()))
    return _results.get(key, asked, lambda: function(_portfolio(*key), *args, **named))


def _derived(function: Callable[..., Any], key: Key, *args: Any) -> Any:
    return _pieces.get(key, (function, args), lambda: function(*args))
