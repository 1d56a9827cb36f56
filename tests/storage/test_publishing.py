"""The dates that calendar files hand out, remembered in the database."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from steering.analysis.dates import WantedDates, dated
from steering.exchange.calendar import ics
from steering.model import Funding, Meeting
from steering.storage import archiving, publishing, reading, schema
from steering.storage.backups import copies
from steering.storage.writing import Edit, write
from tests.changed import history
from tests.storage.conftest import CARRYING, NOW, OTHER_CARRYING, WHO, restore
from tests.stored import row_of

TODAY = date(2026, 11, 22)
LOTSEN_END, BERATUNG_END = (
    f"funding-{key}-end@09473.integrationssteuerung" for key in (CARRYING, OTHER_CARRYING)
)


def exported(engine: Engine, later: int = 0) -> dict[str, tuple[date, str, int]]:
    """What a calendar file says so many days later: day, status and SEQUENCE by UID."""
    portfolio, now = reading.portfolio(engine), NOW + timedelta(days=later)
    rows = dated(portfolio, TODAY)
    found = publishing.publish(engine, rows, WantedDates(), today=TODAY, now=now)
    events = Calendar.from_ical(ics(found, portfolio.settings, now=now)).walk("VEVENT")
    return {
        str(event["uid"]): (event.decoded("dtstart"), str(event["status"]), event.decoded("sequence"))
        for event in events
    }


def set_end(engine: Engine, end: str) -> None:
    version = row_of(engine, Funding, CARRYING)["version"]
    write(engine, [Edit(Funding, {"end": end}, id=CARRYING, version=version)], **WHO)


def test_a_second_file_says_the_same(engine: Engine) -> None:
    first = exported(engine)
    assert first[LOTSEN_END][:2] == (date(2026, 12, 31), "CONFIRMED")
    assert exported(engine, later=3) == first


def test_after_an_end_was_moved_the_same_uid_moves_it(engine: Engine) -> None:
    first = exported(engine)
    set_end(engine, "2027-06-30")
    second = exported(engine, later=1)
    day, status, sequence = second[LOTSEN_END]
    assert (day, status) == (date(2027, 6, 30), "CONFIRMED")
    assert sequence > first[LOTSEN_END][2]
    assert second[BERATUNG_END] == first[BERATUNG_END]


def test_after_an_end_was_removed_the_same_uid_cancels_it(engine: Engine) -> None:
    first = exported(engine)
    archiving.archive(engine, Funding, OTHER_CARRYING, 1, **WHO)
    day, status, sequence = exported(engine, later=1)[BERATUNG_END]
    assert (day, status) == (date(2026, 12, 31), "CANCELLED")
    assert sequence > first[BERATUNG_END][2]


def test_a_round_moves_and_is_called_off_by_the_same_uid(engine: Engine) -> None:
    key = write(engine, [Edit(Meeting, {"day": "2026-12-10", "begins": "14:00"})], **WHO).ids[0]
    uid = f"meeting-{key}-round@09473.integrationssteuerung"
    first = exported(engine)[uid]
    assert first[1] == "CONFIRMED"
    for later, (values, status) in enumerate(
        [({"day": "2026-12-17"}, "CONFIRMED"), ({"status": "cancelled"}, "CANCELLED")], start=1
    ):
        version = row_of(engine, Meeting, key)["version"]
        write(engine, [Edit(Meeting, values, id=key, version=version)], **WHO)
        found = exported(engine, later=later)[uid]
        assert found[1] == status
        assert found[2] > first[2]
        first = found


def test_a_file_raises_no_revision_and_leaves_no_history(engine: Engine) -> None:
    before = reading.revision(engine)
    exported(engine)
    assert reading.revision(engine) == before
    assert history(engine).empty


@pytest.mark.usefixtures("only_sqlite")
def test_after_a_restore_every_date_outranks_what_was_handed_out_since(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    exported(engine)
    copies.backup(url, "coburg", tmp_path / "backup.db")
    set_end(engine, "2027-06-30")
    since = exported(engine, later=1)
    engine.dispose()
    restore(url, tmp_path / "backup.db")
    restored = exported(schema.prepare(url, "coburg"), later=2)
    assert restored[LOTSEN_END][:2] == (date(2026, 12, 31), "CONFIRMED")
    assert restored[LOTSEN_END][2] > since[LOTSEN_END][2]
