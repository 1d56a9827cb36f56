"""Two processes on one PostgreSQL behind nginx: an edit in one shows in the other; who loses one goes on."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from steering.model import AgendaItem, Meeting, MeetingStatus, Outcome
from steering.storage import reading, schema
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, Made, write
from tests import postgres
from tests.browser import nginx
from tests.browser.serving import Server, free_port, serving
from tests.browser.test_together import LOTSEN, WITHIN_FIVE_SECONDS, bars, edit, end_of_funding, save
from tests.browser.test_typing import at_point, is_saved, typed_before_and_into_silence
from tests.browser.visiting import PATIENCE, Visit
from tests.conftest import TODAY
from tests.stored import Who

WHO: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}
POINT = 1


@pytest.fixture
def shared_url(postgresql: postgres.Server) -> Iterator[str]:
    """A database on the server, with a round that is running."""
    name = postgresql.new()
    engine = schema.prepare(postgresql.url(name), "coburg")
    hold = [
        Edit(Meeting, {"day": TODAY, "status": MeetingStatus.RUNNING}),
        Edit(AgendaItem, {"meeting_id": Made(0), "name": "Punkt", "position": POINT}),
    ]
    write(engine, hold, **WHO)
    engine.dispose()
    yield postgresql.url(name)
    postgresql.drop(name)


def outcome(url: str) -> str:
    engine = make_engine(url)
    found = reading.record(engine, Outcome, 1)
    engine.dispose()
    return found["text"] if found else ""


def test_an_edit_shows_in_the_other_process_and_whoever_loses_theirs_goes_on_with_what_was_typed(
    tmp_path: Path, shared_url: str, visit: Callable[[Server], Visit]
) -> None:
    front = free_port()
    said = {
        "STEERING_DATABASE_URL": shared_url,
        "STEERING_DATASET": "coburg",
        "STEERING_ALLOWED_HOSTS": f"localhost:{front}",
    }
    ports = free_port(), free_port()
    with (
        serving(tmp_path, port=ports[0], environment=said) as first,
        serving(tmp_path, port=ports[1], environment=said),
        nginx.in_front_of(ports, front, tmp_path / "nginx") as proxy,
    ):
        mine, theirs = visit(proxy), visit(proxy)
        for visitor, port in zip((mine, theirs), ports, strict=True):
            cookie = {"name": nginx.COOKIE, "value": nginx.cookie_for(proxy, port), "url": proxy.url}
            visitor.page.context.add_cookies([cookie])  # type: ignore[list-item]
            visitor.go("/zeitachse")
            expect(bars(visitor)).to_contain_text("bis 31.12.2026")
        edit(mine, LOTSEN)
        end_of_funding(mine.page).fill("30.06.2028")
        save(mine)
        expect(bars(theirs)).to_contain_text("bis 30.06.2028", timeout=WITHIN_FIVE_SECONDS)

        field = typed_before_and_into_silence(first, at_point(mine, POINT))
        expect(field).to_have_value("Vorher. Währenddessen.", timeout=PATIENCE)
        is_saved(field)
        assert outcome(shared_url) == "Vorher. Währenddessen."
        # The other one noticed nothing, and still writes.
        edit(theirs, LOTSEN)
        end_of_funding(theirs.page).fill("31.12.2029")
        save(theirs)
        expect(bars(theirs)).to_contain_text("bis 31.12.2029")
