"""The calendar file as a user gets it: a click, a file, and after an edit a file that moves what moved."""

from collections.abc import Callable
from pathlib import Path

from icalendar import Calendar

from steering.model import Funding
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests.browser.serving import Server
from tests.browser.visiting import Visit
from tests.conftest import sqlite_url
from tests.storage.conftest import WHO
from tests.stored import row_of

TODAY = "2026-11-25"


def test_a_click_hands_out_the_dates_and_the_next_one_moves_what_moved(
    serve: Callable[..., Server], visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    visitor = visit(serve(STEERING_TODAY=TODAY))
    first = downloaded(visitor)
    (lotsen,) = [
        uid for uid, (summary, _, _) in first.items() if summary == "Förderung endet: Integrationslotsen"
    ]
    assert first[lotsen][1].isoformat() == "2026-12-31"
    move(next(tmp_path.glob("*.db")), int(lotsen.split("-")[1]), "2027-06-30")
    second = downloaded(visitor)
    assert second[lotsen][1].isoformat() == "2027-06-30"
    assert second[lotsen][2] > first[lotsen][2]
    assert visitor.failures() == []
    assert visitor.foreign == []


def downloaded(visitor: Visit) -> dict[str, tuple]:
    """Summary, day and SEQUENCE of each UID in the file that the Zeitachse offers."""
    visitor.go("/zeitachse")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Kalender ·").click()
    assert download.value.suggested_filename == "Termine Integration Landkreis Coburg.ics"
    content = Path(download.value.path()).read_bytes()
    return {
        str(event["uid"]): (str(event["summary"]), event.decoded("dtstart"), event.decoded("sequence"))
        for event in Calendar.from_ical(content).walk("VEVENT")
    }


def move(database: Path, funding: int, end: str) -> None:
    engine = make_engine(sqlite_url(database))
    version = row_of(engine, Funding, funding)["version"]
    write(engine, [Edit(Funding, {"end": end}, id=funding, version=version)], **WHO)
    engine.dispose()
