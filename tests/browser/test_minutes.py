"""A round hands out its minutes and dates by a click, and after it has moved a file that moves it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar

from steering.model import AgendaItem, Meeting
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, Made, write
from tests.browser.serving import Server
from tests.browser.visiting import Visit
from tests.conftest import sqlite_url
from tests.exchange.word.reading import read, texts
from tests.storage.conftest import WHO
from tests.stored import row_of


def test_minutes_and_dates_are_downloaded_from_the_page_of_the_round(
    serve: Callable[..., Server], visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    visitor = visit(serve(STEERING_TODAY="2026-11-25"))
    visitor.go("/koordinierungsrunde")
    engine = make_engine(sqlite_url(next(tmp_path.glob("*.db"))))
    point = {"meeting_id": Made(0), "name": "Räume"}
    write(engine, [Edit(Meeting, {"day": "2026-12-10", "begins": "14:00"}), Edit(AgendaItem, point)], **WHO)
    name, minutes = downloaded(visitor, "Niederschrift (Word)")
    assert name == "Niederschrift 2026-12-10.docx"
    assert texts(read(minutes), "Heading 2") == ["TOP 1: Räume"]
    first = held(visitor)
    assert first[0] == datetime(2026, 12, 10, 13, tzinfo=UTC)
    version = row_of(engine, Meeting, 1)["version"]
    write(engine, [Edit(Meeting, {"day": "2026-12-17"}, id=1, version=version)], **WHO)
    engine.dispose()
    second = held(visitor)
    assert second[0] == datetime(2026, 12, 17, 13, tzinfo=UTC)
    assert second[1] > first[1]
    assert visitor.failures() == []
    assert visitor.foreign == []


def held(visitor: Visit) -> tuple[datetime, int]:
    """When the round begins by its calendar file, and the SEQUENCE."""
    _, content = downloaded(visitor, "Kalender")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["uid"] == "meeting-1-round@09473.integrationssteuerung"
    return event.decoded("dtstart"), event.decoded("sequence")


def downloaded(visitor: Visit, label: str) -> tuple[str, bytes]:
    visitor.go("/koordinierungsrunde")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_test_id("stMain").get_by_role("button", name=label).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()
