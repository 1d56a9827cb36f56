"""What the page of a round hands out, and what it does not while guests look on."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from icalendar import Calendar

from steering.model import ActionItem, AgendaItem, Meeting
from steering.storage import reading
from steering.storage.writing import Edit, Made, write
from steering.web import current, panels
from tests.exchange.word.reading import read, texts
from tests.pages.test_meeting import PAGE, SOMEBODY, close
from tests.stored import row_of

SECRET = "geheim"
FOR_ALL = ["Einladung (Word)", "Niederschrift (Word)", "Kalender · 2 Termine"]
Files = dict[str, Callable[[], bytes]]


@pytest.fixture
def shown(screen):
    """A round with a point, what was agreed on it, and something internal."""
    found = screen("Lagebild")
    organisation = int(reading.portfolio(found.engine).organisations["id"].iloc[0])
    agreed = {"agenda_item_id": Made(1), "organisation_id": organisation, "due": "2027-01-15"}
    write(
        found.engine,
        [
            Edit(Meeting, {"day": "2026-12-10", "begins": "14:00", "ends": "15:30", "place": "Saal"}),
            Edit(AgendaItem, {"meeting_id": Made(0), "name": "Räume", "internal_note": SECRET}),
            Edit(AgendaItem, {"meeting_id": Made(0), "name": SECRET, "internal": True}),
            Edit(ActionItem, {**agreed, "name": "Saal suchen"}),
            Edit(ActionItem, {**agreed, "name": SECRET, "internal": True}),
        ],
        **SOMEBODY,
    )
    found.app.run()
    found.open(PAGE)
    assert not found.app.exception
    return found


@pytest.fixture
def files(shown, monkeypatch) -> Files:
    """What each button of the page writes when it is pressed, by its label."""
    found: Files = {}
    offered = panels.download

    def noted(label: str, make: Callable[[], bytes], *more, **named) -> None:
        found[label] = make
        offered(label, make, *more, **named)

    monkeypatch.setattr(panels, "download", noted)
    shown.app.run()
    return found


def everything(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_the_versions_for_everyone_come_first_and_hold_nothing_internal(files):
    assert [label for label in files if label in FOR_ALL] == FOR_ALL
    for label, title in (
        ("Einladung (Word)", "Einladung"),
        ("Niederschrift (Word)", "Niederschrift (Entwurf)"),
    ):
        content = files[label]()
        assert texts(read(content), "Title") == [title]
        assert "Räume" in everything(content)
        assert SECRET not in everything(content)


def test_the_version_for_the_administration_is_one_click_further(files):
    for label in ("Einladung (nur Verwaltung)", "Niederschrift (nur Verwaltung)"):
        assert SECRET in everything(files[label]())


def test_while_guests_look_on_only_the_versions_for_everyone_are_offered(files, shown):
    files.clear()
    shown.app.session_state[current.DISCREET] = True
    shown.app.run()
    assert [label for label in files if "Verwaltung" in label] == []
    assert set(FOR_ALL) <= set(files)
    assert SECRET not in everything(files["Niederschrift (Word)"]())


def test_the_calendar_has_the_round_and_what_was_agreed_in_it(files):
    first, second = Calendar.from_ical(files["Kalender · 2 Termine"]()).walk("VEVENT")
    assert (first["summary"], first["location"]) == ("Sitzung der Koordinierungsrunde", "Saal")
    assert second["summary"] == "Vereinbart bis: Saal suchen"


def test_what_was_handed_out_with_internal_dates_cancels_none_of_them_for_everyone(files, shown):
    from steering.analysis.dates import WantedDates, dated
    from steering.storage import publishing
    from tests.conftest import TODAY

    rows = dated(reading.portfolio(shown.engine), TODAY)
    publishing.publish(shown.engine, rows, WantedDates(internal=True), today=TODAY, now=SOMEBODY["now"])
    shown.app.session_state[current.DISCREET] = True
    shown.app.run()
    content = files["Kalender · 2 Termine"]().decode()
    assert SECRET not in content
    assert "CANCELLED" not in content


def test_the_minutes_of_a_closed_round_come_first_and_are_no_draft(files, shown, monkeypatch):
    monkeypatch.setenv("STEERING_TODAY", "2026-12-10")
    close(shown)
    files.clear()
    shown.app.run()
    assert [label for label in files if "(Word)" in label] == ["Niederschrift (Word)", "Einladung (Word)"]
    found = read(files["Niederschrift (Word)"]())
    assert texts(found, "Title") == ["Niederschrift"]
    assert "Revision" in found.sections[0].footer.paragraphs[0].text


def test_a_round_that_is_over_has_no_dates_ahead(shown):
    meeting = row_of(shown.engine, Meeting, 1)
    write(shown.engine, [Edit(Meeting, {"day": "2026-01-10"}, id=1, version=meeting["version"])], **SOMEBODY)
    action = row_of(shown.engine, ActionItem, 1)
    write(shown.engine, [Edit(ActionItem, {"status": "done"}, id=1, version=action["version"])], **SOMEBODY)
    shown.app.run()
    assert "Für den Kalender gibt es aus dieser Runde keine Termine ab heute." in shown.texts
