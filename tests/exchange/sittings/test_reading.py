"""Sittings out of calendars of three shapes: which committee, which day, what has become of it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from steering.analysis.incoming import Reading
from steering.exchange.incoming_files import FileRefused, received
from steering.exchange.sittings import reading
from steering.model import CommitteeDate
from tests.exchange.files import workbook
from tests.exchange.sittings.calendars import (
    COMMITTEES,
    TODAY,
    csv,
    event,
    ics,
    known,
    meeting,
    oparl,
    page,
    pasted,
    recorded,
    stub,
)

PLAN = [
    ("2026-12-10", "Kreis- und Strategieausschuss"),
    ("2026-12-17", "Kreistag"),
    ("2027-03-04", "KSA"),
    ("2027-03-11", "Sitzung des Kreistages"),
    ("2027-03-12", "Bauausschuss"),
]
DAYS = [
    (1, "2026-12-10", "2026-11-26"),
    (2, "2026-12-17", "2026-12-03"),
    (1, "2027-03-04", "2027-02-18"),
    (2, "2027-03-11", "2027-02-25"),
]
START = (
    "2026-12-10T16:00:00+01:00",
    "2026-12-17T15:00:00+01:00",
    "2027-03-04T16:00:00+01:00",
    "2027-03-11T14:00:00Z",
)


def read(content: bytes, *dates, name: str = "ris", today: date = TODAY, committees=None) -> Reading:
    return reading.read(received(name, content), known(*dates, committees=committees), today)


def new(found: Reading) -> list[tuple[int, str, str]]:
    """Committee, day and Vorlagenschluss of what would be new."""
    return [
        (wanted.values["committee_id"], str(wanted.values["day"]), str(wanted.values["papers_due"]))
        for row in found.rows
        for wanted in row.records
        if wanted.record is CommitteeDate and wanted.id is None
    ]


def changed(found: Reading) -> dict[int, dict[str, str]]:
    return {
        wanted.id: {name: str(value) for name, value in wanted.values.items()}
        for row in found.rows
        for wanted in row.records
        if wanted.id is not None
    }


def notes(found: Reading) -> str:
    return " ".join([*found.notes, *(note for row in found.rows for note in row.notes)])


def of_session() -> bytes:
    return oparl(
        *(meeting(at, 11 + at % 2, start) for at, start in enumerate(START)), meeting(9, 13, START[3])
    )


@pytest.mark.parametrize(
    "content",
    [
        ics(
            *(
                event(f"{at}@ris", name, f";VALUE=DATE:{day.replace('-', '')}")
                for at, (day, name) in enumerate(PLAN)
            )
        ),
        of_session(),
        pasted(PLAN),
        page(PLAN),
        csv(PLAN),
        workbook([["Sitzung", "Termin"], *([name, date.fromisoformat(day)] for day, name in PLAN)]),
    ],
    ids=["iCalendar", "OParl", "pasted", "HTML", "CSV", "XLSX"],
)
def test_every_shape_says_the_same(content):
    found = read(content)
    assert new(found) == DAYS
    assert [row.outside for row in found.rows if row.outside] == ["das Gremium ist hier nicht erfasst"]
    assert "Bauausschuss (1)" in notes(found)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("20261217", "20261216"),
    ],
)
def test_what_is_the_same_stays_and_what_has_another_day_has_moved(change):
    content = change(ics(event("kt-1@ris", "Kreistag", ";VALUE=DATE:20261217")).decode()).encode()
    found = read(content, recorded(7, 2, "2026-12-17", "kt-1@ris"))
    day = "2026-12-16" if b"20261216" in content else "2026-12-17"
    assert new(found) == []
    assert changed(found)[7]["day"] == day
    assert ("Kreistag vom 17.12.2026 auf 16.12.2026 verlegt" in notes(found)) == (day == "2026-12-16")


def test_a_moved_sitting_says_how_many_deadlines_move_with_it():
    before = [recorded(1, 1, "2026-12-10", "a"), recorded(2, 2, "2026-12-17", "b")]
    found = read(ics(event("b", "Kreistag", ";VALUE=DATE:20261214")), *before)
    assert "Kreistag vom 17.12.2026 auf 14.12.2026 verlegt: 1 Frist früher." in notes(found)
    assert str(changed(found)[2]["papers_due"]) == "2026-11-30"


def test_without_ids_a_near_sitting_that_is_gone_has_moved_and_a_far_one_is_new():
    near = read(csv([("2026-12-10", "Kreistag")]), recorded(2, 2, "2026-12-17"))
    assert changed(near)[2]["day"] == "2026-12-10"
    far = read(csv([("2027-03-11", "Kreistag")]), recorded(2, 2, "2026-12-17"))
    assert (changed(far), len(new(far))) == ({}, 1)
    both = read(csv([("2026-12-10", "Kreistag"), ("2026-12-17", "Kreistag")]), recorded(2, 2, "2026-12-17"))
    assert (changed(both)[2]["day"], len(new(both))) == ("2026-12-17", 1)


@pytest.mark.parametrize(
    "content",
    [
        ics(event("b", "Kreistag", ";VALUE=DATE:20261217", "STATUS:CANCELLED")),
        ics(event("b", "Kreistag", ";VALUE=DATE:20261217"), method="CANCEL"),
        ics(event("x", "Kreistag - abgesagt", ";VALUE=DATE:20261217")),
        csv([("2026-12-17", "Kreistag (entfällt)")]),
    ],
)
def test_a_sitting_that_is_called_off_is_put_away(content):
    found = read(content, recorded(2, 2, "2026-12-17", "b"))
    assert changed(found) == {2: {"archived_on": str(TODAY)}}
    assert "Kreistag, 17.12.2026 entfällt" in notes(found)


def test_a_removed_entry_without_name_is_known_by_its_id_alone():
    content = oparl(stub(5), stub(6))
    found = read(content, recorded(2, 2, "2026-12-17", "meetings/5"))
    assert changed(found) == {2: {"archived_on": str(TODAY)}}
    assert [row.outside for row in found.rows if row.outside] == ["entfernter Eintrag ohne Namen"]


def test_a_removed_entry_of_a_joint_sitting_is_called_off_for_each_committee():
    content = oparl(stub(5))
    joint = (recorded(2, 2, "2026-12-17", "meetings/5"), recorded(3, 1, "2026-12-17", "meetings/5"))
    assert set(changed(read(content, *joint))) == {2, 3}


def test_what_the_file_no_longer_has_stays_and_is_named():
    found = read(
        csv([("2026-12-01", "Kreistag"), ("2027-03-11", "Kreistag")]),
        recorded(2, 2, "2026-12-01"),
        recorded(3, 2, "2027-02-04"),
        recorded(4, 2, "2027-03-11"),
    )
    assert set(changed(found)) == {2, 4}
    assert "Kreistag am 04.02.2027 ist erfasst und steht nicht in der Datei; das bleibt so." in notes(found)


def test_a_wrong_prefix_pages_of_ten_and_a_file_that_goes_on():
    many = [meeting(at, 12, f"2027-{1 + at % 12:02}-{1 + at // 12:02}T10:00:00+01:00") for at in range(24)]
    found = read(oparl(*many, goes_on=True))
    assert len(new(found)) == 24
    assert "nur ein Teil der Liste" in notes(found)
    assert {row.records[0].values["reference"] for row in found.rows} == {
        f"meetings/{at}" for at in range(24)
    }
    again = json.loads(oparl(*many))
    for page_ in again[1:]:
        for each in page_["data"]:
            each["id"] = each["id"].replace("http://localhost", "https://ris.example.org")
    known_before = [
        recorded(50 + at, 2, str(date(2027, 1 + at % 12, 1 + at // 12)), f"meetings/{at}") for at in range(24)
    ]
    assert new(read(json.dumps(again).encode(), *known_before)) == []


def test_an_end_before_the_start_is_said_and_the_day_of_the_start_counts():
    found = read(oparl(meeting(1, 12, "2026-12-17T15:00:00+01:00", end="2026-12-16T15:00:00+01:00")))
    assert new(found) == [(2, "2026-12-17", "2026-12-03")]
    assert "Das Ende liegt vor dem Beginn" in notes(found)


@pytest.mark.parametrize(
    ("begins", "day"),
    [
        (":20261216T233000Z", "2026-12-17"),
        (";TZID=Europe/Berlin:20261217T003000", "2026-12-17"),
        (";TZID=America/New_York:20261216T190000", "2026-12-17"),
        (":20261217T150000", "2026-12-17"),
    ],
)
def test_the_day_is_that_in_germany_whatever_the_time_zone(begins, day):
    assert new(read(ics(event("a", "Kreistag", begins)))) == [(2, day, "2026-12-03")]


def test_a_sitting_that_repeats_is_each_of_its_days_without_those_taken_out_and_with_those_moved():
    content = ics(
        event("r", "KSA", ";TZID=Europe/Berlin:20270107T160000",
              "RRULE:FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270401T220000Z",
              "EXDATE;TZID=Europe/Berlin:20270204T160000"),
        event("r", "KSA", ";TZID=Europe/Berlin:20270311T160000",
              "RECURRENCE-ID;TZID=Europe/Berlin:20270304T160000"),
    )  # fmt: skip
    assert [day for _, day, _ in new(read(content))] == ["2027-01-07", "2027-04-01", "2027-03-11"]
    endless = read(ics(event("r", "KSA", ";VALUE=DATE:20270107", "RRULE:FREQ=WEEKLY")))
    assert len(new(endless)) < 300
    assert "wiederholt" in notes(endless)
    every_second = read(ics(event("r", "KSA", ":20270107T160000Z", "RRULE:FREQ=SECONDLY")))
    assert [day for _, day, _ in new(every_second)] == ["2027-01-07"]
    broken = read(ics(event("r", "KSA", ";VALUE=DATE:20270107", "RRULE:FREQ=MANCHMAL")))
    assert "Wiederholung" in broken.rows[0].refusals[0].reason
    no_day = read(ics(event("r", "KSA", ":202703x", "DTEND:morgen", "EXDATE:nie")))
    assert "keinen lesbaren Beginn" in no_day.rows[0].refusals[0].reason
    no_exception = read(ics(event("r", "KSA", ":20270107", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:nie")))
    assert no_exception.rows[0].refusals


def test_an_event_that_is_published_twice_is_read_once_in_its_newest_version():
    content = ics(
        event("a", "Kreistag", ";VALUE=DATE:20261210", "SEQUENCE:2"),
        event("a", "Kreistag", ";VALUE=DATE:20261217", "SEQUENCE:1"),
        event("b", "Kreistag", ";VALUE=DATE:20261210"),
    )
    found = read(content)
    assert [day for _, day, _ in new(found)] == ["2026-12-10"]
    assert "mehrfach in der Datei" in notes(found)
    assert any("dieselbe Sitzung wie in Zeile" in row.outside for row in found.rows)


@pytest.mark.parametrize(
    "title",
    ["Kreistag", "KREISTAG", "12. Sitzung des Kreistags", "Öffentliche Sitzung des Kreistages",
     "Kreistag (nichtöffentlich)", "Kreistagssitzung", "Kreistag: Haushalt",
     "Sitzung des Kreistages des Landkreises Coburg"],
)  # fmt: skip
def test_a_committee_is_recognised_by_what_titles_say(title):
    assert new(read(csv([("2026-12-17", title)]))) == [(2, "2026-12-17", "2026-12-03")]


@pytest.mark.parametrize(
    "title",
    ["Ältestenrat des Kreistags", "Fraktion im Kreistag", "Ausschuss (Vorberatung Kreistag)",
     "Jugendhilfeausschuss", "Bauausschuss und Kreistag"],
)  # fmt: skip
def test_another_body_is_none_of_ours_and_named(title):
    found = read(csv([("2026-12-17", title), ("2026-12-18", "Kreistag")]))
    assert [day for _, day, _ in new(found)] == ["2026-12-18"]
    assert title.split(" (")[0] in notes(found)


def test_the_calendar_of_another_house_and_of_another_year_is_told():
    other = read(csv([("2027-01-15", "Stadtrat"), ("2027-02-15", "Bausenat")]))
    assert "Kein Gremium der Datei ist hier erfasst" in notes(other)
    old = read(csv([("2026-02-15", "Kreistag")]))
    assert "Alle Sitzungen der Datei liegen vor heute (2026)" in notes(old)
    older = read(csv([("2019-02-15", "Kreistag")]))
    assert (new(older), older.rows[0].outside) == ([], "vor über einem Jahr")


def test_without_a_lead_time_one_is_assumed_told_and_corrected_when_read_again():
    without = [each | {"lead_days": None} for each in COMMITTEES]
    found = read(csv([("2026-12-17", "Kreistag")]), committees=without)
    assert new(found) == [(2, "2026-12-17", "2026-12-03")]
    assert "ist kein Vorlagenschluss hinterlegt; angenommen sind 14 Tage" in notes(found)
    note = found.rows[0].records[0].values["provenance_note"]
    by_rule = [each | {"lead_days": 21} for each in COMMITTEES]
    again = read(
        csv([("2026-12-17", "Kreistag")]),
        recorded(2, 2, "2026-12-17", provenance_note=note),
        committees=by_rule,
    )
    assert changed(again)[2] == {"day": "2026-12-17", "papers_due": "2026-11-26", "provenance_note": ""}
    by_hand = read(csv([("2026-12-17", "Kreistag")]), recorded(2, 2, "2026-12-17"), committees=by_rule)
    assert changed(by_hand)[2]["papers_due"] == "2026-12-03"


def test_five_thousand_events_are_read():
    events = [
        event(
            f"{at}@x",
            "Bauausschuss" if at % 50 else "Kreistag",
            f":2027{1 + at % 12:02}{1 + at % 28:02}T1{at % 10}0000",
        )
        for at in range(5_000)
    ]
    assert len(read(ics(*events)).rows) == 5_000


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "kein vollständiger iCalendar-Kalender"),
        (b'{"data": [', "kein vollständiges JSON"),
        (b'{"type": "https://schema.oparl.org/1.1/System", "id": "x"}', "kein OParl-Verzeichnis"),
        (b"[" * 100_000, "JSON"),
        (b"<html><body>Anmelden</body></html>", "ohne Tabelle"),
        (b"Name;Ort\r\nAhorn;Coburg\r\n", "enthält keine Sitzungstermine"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(content, says):
    with pytest.raises(FileRefused, match=says):
        read(content)


def test_a_day_that_does_not_exist_or_is_missing_refuses_its_row_alone():
    content = b"Datum;Gremium\r\n31.02.2027;Kreistag\r\n;Kreistag\r\n17.12.2026;Kreistag"
    found = read(content)
    assert [refusal.reason[:20] for row in found.rows for refusal in row.refusals] == [
        "Den Tag »31.02.2027«", "In der Zeile steht k",
    ]  # fmt: skip
    assert len(new(found)) == 1


def test_a_vorlagenschluss_that_does_not_exist_is_refused_in_its_own_column():
    found = read(b"Datum;Gremium;Vorlagenschluss\r\n17.12.2026;Kreistag;31.11.2026")
    (refusal,) = (each for row in found.rows for each in row.refusals)
    assert (refusal.column, refusal.reason[:20]) == ("Vorlagenschluss", "Den Tag »31.11.2026«")


def test_a_repetition_that_cannot_be_read_is_refused_in_a_whole_sentence():
    found = read(ics(event("a", "Kreistag", ";VALUE=DATE:20261217", "RRULE:FREQ=NIE")))
    (refusal,) = (each for row in found.rows for each in row.refusals)
    assert refusal.reason.endswith("oder von Hand erfassen.")
