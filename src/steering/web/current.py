"""What is current for who asks: the day, the database, its revision, and everything computed from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
from sqlalchemy import Engine

from steering.analysis import discretion, reads
from steering.analysis.portfolio import Portfolio
from steering.storage import clock, database_state, saving
from steering.storage.database_state import DatabaseState
from steering.storage.problems import NotReadable
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate, RightMissing, SignedOut, Who
from steering.storage.rights.table import Right
from steering.storage.saving import Origin
from steering.web import identity, opened, results, sessions
from steering.web.kept import Key
from steering.web.sessions import state

P = ParamSpec("P")
R = TypeVar("R")
# A page looks so often for what others have saved.
LOOK_EVERY_SECONDS = 3
EXAMPLES_HIDDEN = "examples_hidden"
# Session keys: what is for the administration only is off the screen; the screen is shown to a room.
DISCREET, PRESENTING = "discreet", "praesentation"
_LOOKED_UP = "looked_up"


@dataclass(frozen=True)
class LookedUp:
    """What a run of a page begins with: who asks, and what the database says of itself to them.

    `moment`: the data as results are kept for them, the first part of a `Key`. `revision`: dataset and
    number. `withheld`: they have no right to what is for the administration only. `unreadable`: why the data
    could not be read for this run; the rest is then what was read before.
    """

    asks: Who
    mandate: Mandate
    origin: Origin
    revision: tuple[str, int]
    moment: Key
    withheld: bool
    schema_is_current: bool = True
    unreadable: str | None = None


def today() -> date:
    """The day on which the data are read. Raises NotADay."""
    reads.note_moment()
    return clock.today()


def now() -> datetime:
    """The present moment in UTC, without a zone, as the history stores it."""
    reads.note_moment()
    return clock.now()


def engine(rests_on: Origin | None = None) -> Engine:
    """The database, prepared at the first call; raises DatabaseRefused with a sentence for the screen.

    What is written through it is refused once other data lie there than those that the write `rests_on`: by
    default those that this browser has been working with. Whoever asks writes in their own name, and what
    they have a right to at that moment.
    """
    worked_with = rests_on or state().get("origin")
    reads.note_moment()
    mine = acting.acting_as(opened.database(), who())
    return saving.resting_on(mine, worked_with) if worked_with else mine


def reader() -> Engine:
    """The database as who asks reads it while the page is drawn: as who they were when this run began.

    What they have a right to is looked up with each reading all the same.
    """
    reads.note_moment()
    return acting.acting_as(opened.database(), _asks())


def who() -> Who:
    """Who asks."""
    return sessions.owner() or identity.who(now())


def _asks() -> Who:
    """Who asked as this run began."""
    return looked_up().asks


def mandate() -> Mandate:
    """What they may, as of this run."""
    return looked_up().mandate


def looked_up() -> LookedUp:
    """What `refresh` has found for this run. Raises as it does."""
    return known() or refresh()


def known() -> LookedUp | None:
    """The same without looking anything up; None before anything was."""
    found: LookedUp | None = state().get(_LOOKED_UP)
    return found


def may(right: Right) -> bool:
    """Whether they may do something: what is drawn asks this, what writes is asked again in storage."""
    return mandate().may(right)


def may_change(organisation_id: int) -> bool:
    """Whether records of that organisation are among those that they may change."""
    units = mandate().units
    return may(Right.EDIT) and (units is None or organisation_id in units)


def as_entitled(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make` for the data, the choices and the rights of this run; refused once who asks has lost a right, or
    the sign-in, that they had in it.

    A file is made when it is pressed, without a run of the page, and holds what was on the page then.
    """
    asks, whole = _asks(), mandate().rights
    session = sessions.held_fast(asks)
    reads.note_moment()

    def made() -> bytes:
        held = acting.mandate(acting.acting_as(opened.database(), asks))
        if not (held.known and whole <= held.rights and identity.still_counts(asks, now())):
            # Streamlit logs it: it names nobody.
            raise RightMissing("Nicht ausgegeben: Was Sie hier dürfen, hat sich geändert.")
        with session():
            return make()

    return made


def database() -> Engine:
    """The database, prepared at the first call, on nobody's behalf yet: for what no page asks.

    Raises DatabaseRefused.
    """
    reads.note_moment()
    return opened.database()


def revision() -> tuple[str, int]:
    """Dataset and revision as of this run."""
    reads.note_moment()
    return _revision()


def _revision() -> tuple[str, int]:
    return looked_up().revision


def refresh() -> LookedUp:
    """Look up the revision; once at the start of each run and after each write.

    Where the data cannot be read just now, what was read before stays on the screen, with all that stands in
    its inputs. Raises NotReadable where nothing was.
    """
    held, asks, before = state(), who(), known()
    database = opened.database()
    try:
        there = database_state.read(acting.acting_as(database, asks))
    except NotReadable as trouble:
        if before is None:
            raise
        # Nobody need be looked up to be signed out, and what they were shown is not for them any more.
        mine = Mandate(False, ended=asks.ended) if isinstance(asks, SignedOut) else before.mandate
        found = replace(before, asks=asks, mandate=mine, unreadable=str(trouble))
    else:
        moment, withheld = _moment(database, there), not there.mandate.may(Right.INTERNAL)
        found = LookedUp(
            asks, there.mandate, there.origin, there.revision, moment, withheld, there.schema_is_current
        )
        held.setdefault("origin", there.origin)
        results.seen(moment)
    held[_LOOKED_UP] = found
    return found


def unreadable() -> str | None:
    """Why the data could not be read for this run; None where they could."""
    found = known()
    return None if found is None else found.unreadable


def present() -> Origin:
    """The data that are on the screen in this run."""
    return looked_up().origin


def replaced() -> bool:
    """Whether other data have taken the place of those that this browser has been working with."""
    return present() != state()["origin"]


def accept() -> None:
    """Go on with the data that are there now."""
    state()["origin"] = present()


def portfolio() -> Portfolio:
    """All data of this run's revision, without the examples and what is internal where they are hidden."""
    return results.portfolio(*_key())


def discreet() -> bool:
    """Whether what is for the administration only (nur Verwaltung) is kept off the screen.

    As the switch says, and always where who looks has no right to it, or what is made is for everyone.
    """
    if sessions.is_for_everyone():
        return True
    return looked_up().withheld or bool(state().get(DISCREET))


def for_administration() -> tuple[str, ...]:
    """How much is for the administration only, whether it is on the screen just now or not."""
    if not may(Right.INTERNAL):
        return ()
    return cast("tuple[str, ...]", results.result(discretion.left_out, (*_key()[:-1], False)))


def presenting() -> bool:
    """Whether the screen is shown to a room: large, without sidebar and forms."""
    return bool(state().get(PRESENTING))


def offers(right: Right) -> bool:
    """Whether forms and buttons for something are drawn: for those who may, and never before a room."""
    return not presenting() and may(right)


def boundaries() -> pd.DataFrame:
    """The outlines to draw, see `reading.boundaries`."""
    return results.outlines(*looked_up().moment)["boundary"].copy(deep=False)


def of(function: Callable[Concatenate[Portfolio, P], R], *args: P.args, **named: P.kwargs) -> R:
    """`function(portfolio, …)` for the current data, computed once per revision and arguments."""
    found: Any = results.result(function, _key(), *args, **named)
    return cast("R", found.copy(deep=False) if isinstance(found, pd.DataFrame) else found)


def unasked(
    engine: Engine, function: Callable[Concatenate[Portfolio, P], R], *args: P.args, **named: P.kwargs
) -> R:
    """`function(portfolio, …)` for all data as they are now, where no page asks: there is no session to ask.

    What is internal is in it: whoever takes this leaves that out for those who may not see it.
    """
    found: Any = results.result(function, whole_now(engine), *args, **named)
    return cast("R", found)


def whole_now(engine: Engine) -> Key:
    """The key of all data as they are now, where no page asks. Raises NotReadable."""
    return *_moment(engine, database_state.read(engine)), False, False


def derived(function: Callable[..., R], *args: Any) -> R:
    """`function(*args)`, computed once per revision and arguments; for what pages make of results.

    The arguments must be hashable; the function reads what else it needs through `of`.
    """
    found: Any = results.derived(function, _key(), *args)
    return cast("R", found)


@contextmanager
def as_of(key: Key) -> Iterator[None]:
    """Have the data of that key be asked for in here, where no page asks."""
    *moment, hidden, discreetly = key
    origin, at = moment[1:]
    revision = results.portfolio(*key).dataset_id, at
    nobody = SignedOut()
    # Nothing is looked up anew in the middle of a result, and nothing is withheld beyond what the key says.
    found = LookedUp(nobody, Mandate(False), origin, revision, tuple(moment), withheld=False)
    kept = {_LOOKED_UP: found, "origin": origin, EXAMPLES_HIDDEN: hidden, DISCREET: discreetly}
    with sessions.standing_in(nobody, **kept):
        yield


def _moment(database: Engine, there: DatabaseState) -> Key:
    return opened.address(database), there.origin, there.revision[1]


def _key() -> Key:
    # The origin names the file too: a copy has the same dataset, and goes its own way from there.
    held, found = state(), looked_up()
    discreetly = sessions.is_for_everyone() or found.withheld or bool(held.get(DISCREET))
    return (*found.moment, bool(held.get(EXAMPLES_HIDDEN)), discreetly)
