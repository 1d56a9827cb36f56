"""What a page asks at the start of each run is of one moment."""

import pytest
from sqlalchemy import Engine, event

from steering.storage import database_state, reading, saving
from steering.storage.rights import acting


def test_it_says_what_is_said_one_by_one_in_a_single_transaction(engine: Engine) -> None:
    begun = []
    event.listen(engine, "begin", lambda _: begun.append(1))
    found = database_state.read(engine)
    assert len(begun) == 1
    assert (found.mandate, found.origin, found.revision) == (
        acting.mandate(engine),
        saving.origin(engine),
        reading.revision(engine),
    )
    assert found.schema_is_current


@pytest.mark.parametrize("who", [acting.AT_THE_MACHINE, acting.Onlooker(), acting.SignedOut()])
def test_it_is_said_to_who_asks(engine: Engine, who: acting.Who) -> None:
    mine = acting.acting_as(engine, who)
    assert database_state.read(mine).mandate == acting.mandate(mine)
