"""Two processes on one PostgreSQL behind nginx: an edit in one shows in the other; who loses one goes on."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from steering import cli
from steering.model import AgendaItem, Meeting, MeetingStatus, Outcome
from steering.storage import reading, schema
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, Made, write
from tests import postgres
from tests.browser.serving import free_port, serving
from tests.browser.test_together import LOTSEN, WITHIN_FIVE_SECONDS, bars, edit, end_of_funding, save
from tests.browser.test_typing import at_point, is_saved, typed_before_and_into_silence
from tests.browser.visiting import PATIENCE, Visit, new_user
from tests.conftest import TODAY
from tests.proxied import cookie_for, nginx
from tests.stored import Who

WHO: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}
POINT = 1
PERSON = "planung"


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
    allowed = ["grant", PERSON, "verwalten", "--all", "--issuer", "proxy", "--database", postgresql.url(name)]
    assert cli.main(allowed) == 0
    yield postgresql.url(name)
    postgresql.drop(name)


def outcome(url: str) -> str:
    engine = make_engine(url)
    found = reading.record(engine, Outcome, 1)
    engine.dispose()
    return found["text"] if found else ""


@pytest.fixture
def windows(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Two users, who trust the certificate of the test."""
    with (
        new_user(browser, ignore_https_errors=True) as one,
        new_user(browser, ignore_https_errors=True) as other,
    ):
        yield [one, other]


def test_an_edit_shows_in_the_other_process_and_whoever_loses_theirs_goes_on_with_what_was_typed(
    tmp_path: Path, shared_url: str, windows: list[BrowserContext]
) -> None:
    ports = free_port(), free_port()
    (tmp_path / "nginx").mkdir()
    with nginx(tmp_path / "nginx", ports, PERSON) as proxy:
        said = {
            "STEERING_DATABASE_URL": shared_url,
            "STEERING_DATASET": "coburg",
            "STEERING_ALLOWED_HOSTS": f"localhost:{proxy.port}",
            "STEERING_SIGN_IN_HEADER": "X-Remote-User",
            "STEERING_SIGN_IN_PROXIES": "127.0.0.1",
        }
        with (
            serving(tmp_path, port=ports[0], environment=said) as first,
            serving(tmp_path, port=ports[1], environment=said),
        ):
            mine, theirs = (Visit(window, f"https://localhost:{proxy.port}") for window in windows)
            for visitor, window, port in zip((mine, theirs), windows, ports, strict=True):
                window.add_cookies([cookie_for(proxy, port)])  # type: ignore[list-item]
                visitor.go("/zeitachse")
                expect(bars(visitor)).to_contain_text("bis 31.12.2026")
            change_end(mine, "30.06.2028")
            expect(bars(theirs)).to_contain_text("bis 30.06.2028", timeout=WITHIN_FIVE_SECONDS)

            field = typed_before_and_into_silence(first, at_point(mine, POINT))
            expect(field).to_have_value("Vorher. Währenddessen.", timeout=PATIENCE)
            is_saved(field)
            assert outcome(shared_url) == "Vorher. Währenddessen."
            # The other one noticed nothing, and still writes.
            change_end(theirs, "31.12.2029")
            expect(bars(theirs)).to_contain_text("bis 31.12.2029")


def change_end(visitor: Visit, end: str) -> None:
    edit(visitor, LOTSEN)
    end_of_funding(visitor.page).fill(end)
    save(visitor)
