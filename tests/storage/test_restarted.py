"""PostgreSQL restarted, or gone without a word, while people write and read."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, make_url

from steering.storage import checking, troubles
from tests import postgres
from tests.storage.crowd import Crowd

WRITERS, READERS, TIMES = 8, 12, 2
ENDS: dict[str, Callable[[postgres.Server], None]] = {
    "restarted": postgres.Server.stop,
    "crashed": postgres.Server.crash,
}


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.mark.parametrize("ends", ENDS)
def test_under_load_it_is_a_sentence_for_each_and_nothing_acknowledged_is_lost(
    ends: str, engine: Engine, url: str, postgresql: postgres.Server
) -> None:
    # As on a server that people rely on: what is acknowledged is written down before.
    postgresql.say(f'ALTER DATABASE "{make_url(url).database}" SET synchronous_commit = on')
    engine.dispose()
    crowd = Crowd(engine)
    crowd.joined_by_writers(WRITERS)
    crowd.joined_by_readers(READERS)
    with crowd.at_work():
        for _ in range(TIMES):
            crowd.each_has_written()
            refused = crowd.refused.total()
            ENDS[ends](postgresql)
            try:
                crowd.goes_on_until(
                    lambda before=refused: crowd.refused.total() > before + WRITERS,  # type: ignore[misc]
                    "A refusal",
                )
            finally:
                postgresql.start()
        crowd.each_has_written()
    crowd.nothing_is_lost_or_half_there()
    assert set(crowd.refused) == {troubles.UNREACHABLE}
    assert checking.problems(url) == []
