"""Invitation and minutes as descriptions: what they say for all and for the administration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from steering.analysis.document import (
    Document,
    Heading,
    Note,
    Paragraph,
    SideBySide,
    Signatures,
    Table,
    Title,
    plain,
)
from steering.analysis.rounds import Round, read, round_of, wording
from steering.analysis.rounds.invitation import invitation
from steering.analysis.rounds.minutes import minutes
from steering.model import (
    ActionStatus,
    AgendaGroup,
    AgendaStatus,
    AssessmentState,
    Attendance,
    ExtensionRule,
    Level,
    MeetingStatus,
    OutcomeStatus,
    Progress,
    Subject,
)
from tests.builders import (
    Tables,
    action_item,
    addendum,
    agenda_item,
    internal_finding,
    meeting,
    organisation,
    outcome,
    participant,
    portfolio,
    wish,
)

SECRET = "geheim"
ON = date(2026, 6, 30)
CLOSED = {
    "status": MeetingStatus.CLOSED,
    "closed_on": "2026-06-30",
    "as_of": "2026-07-01",
    "scenario": ExtensionRule.EXPECTED,
    "masterplan": True,
    "revision": 12,
}
GUESTS = [
    participant(meeting_id=2, organisation_id=2, function="Leitung", attendance=Attendance.PRESENT),
    participant(
        meeting_id=2, organisation_id=5, mailbox="fib@caritas.example", attendance=Attendance.PRESENT
    ),
    participant(meeting_id=2, organisation_id=6, function="Vorstand", attendance=Attendance.EXCUSED),
]
POINTS = [
    agenda_item(id=1, meeting_id=1, name="Alt"),
    agenda_item(id=2, meeting_id=2, position=1, name=f"{SECRET} vorab", internal=True, occasion=SECRET),
    agenda_item(
        id=3,
        meeting_id=2,
        position=2,
        name="Zwei Federführende",
        previous_id=1,
        group=AgendaGroup.CHANGED,
        occasion="Seit März führen zwei.",
        internal_note=SECRET,
        status=AgendaStatus.DONE,
    ),
    agenda_item(id=4, meeting_id=2, position=3, name="Sprachkurse", status=AgendaStatus.OPEN),
]
OUTCOMES = [
    outcome(id=1, agenda_item_id=1, text="AWO klärt das Ende"),
    outcome(
        id=2,
        agenda_item_id=3,
        text="Die Caritas führt.\n\n- FIB\n- Lotsen",
        internal_note=SECRET,
        status=OutcomeStatus.RECORDED,
        assessment=AssessmentState.AGREED,
        progress=Progress.IN_PROGRESS,
        resubmit_on="2027-02-01",
    ),
]
ACTIONS = [
    action_item(id=1, agenda_item_id=3, name="einladen", organisation_id=5, function="FIB", due="2026-08-10"),
    action_item(
        id=2, agenda_item_id=4, name="Liste", organisation_id=2, due="2026-07-10",
        status=ActionStatus.DONE, done_on="2026-07-01",
    ),
    action_item(id=3, agenda_item_id=3, name=SECRET, internal=True, organisation_id=2, due="2026-07-01"),
]  # fmt: skip
ADDENDA = [
    addendum(meeting_id=2, agenda_item_id=3, text="Es führt die AWO.", actor="FB 22"),
    addendum(meeting_id=2, text=SECRET, internal=True),
    addendum(meeting_id=2, agenda_item_id=2, text=SECRET),
]


def held(status: dict | None = None, **changed) -> Round:
    """A round with two points, one of them internal; everything internal says so."""
    records = {
        "organisations": [
            organisation(id=2, name="Fachbereich 22", short_name="FB 22"),
            organisation(id=5, name="Caritas Coburg", level=Level.WELFARE),
            organisation(id=6, name="AWO", level=Level.WELFARE),
        ],
        "meetings": [
            meeting(id=1, day="2026-03-01", status=MeetingStatus.CLOSED),
            meeting(
                **{"id": 2, "day": "2026-06-30", "begins": "14:00", "ends": "15:30", "place": "Saal"}
                | {"note": "Willkommen.", "internal_note": SECRET}
                | (status or CLOSED)
            ),
        ],
        "participants": GUESTS,
        "agenda_items": POINTS,
        "outcomes": OUTCOMES,
        "action_items": ACTIONS,
        "addenda": ADDENDA,
    }
    found = round_of(portfolio(**records | changed), 2)
    assert found is not None
    return found


def words(document: Document) -> str:
    """Everything a document says."""
    said = [document.title, document.subject, document.author, document.footer]
    for block in document.blocks:
        match block:
            case Table():
                said += [*block.columns, block.caption, *(plain(cell) for row in block.rows for cell in row)]
            case SideBySide():
                said += [part for label, text in block.rows for part in (label, plain(text))]
            case Title():
                said += [block.text, block.below]
            case Heading() | Paragraph() | Note():
                said.append(plain(block.text))
            case _:
                said.append(str(block))
    return "\n".join(said)


def first_words(document: Document) -> str:
    title = document.blocks[0]
    assert isinstance(title, Title)
    return plain(title.text)


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[plain(cell) for cell in row] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_the_minutes_say_who_was_there_what_came_out_and_what_was_agreed():
    found = minutes(held(), ON, district="Landkreis Coburg")
    title, facts = found.blocks[:2]
    assert title == Title("Niederschrift", "Koordinierungsrunde, Landkreis Coburg\nDienstag, 30. Juni 2026")
    assert facts == SideBySide(
        (
            ("Termin", "Dienstag, 30. Juni 2026, 14:00 bis 15:30 Uhr"),
            ("Ort", "Saal"),
            ("Stand", "geschlossen am 30.06.2026"),
        )
    )
    assert headings(found) == [
        *("Teilnehmende", "Punkte und Ergebnisse", "TOP 1: Zwei Federführende", "TOP 2: Sprachkurse"),
        *("Vereinbart", "Nachträge"),
    ]
    guests, first, second, agreed = tables(found)
    assert guests == [
        ["FB 22", "Leitung", "anwesend"],
        ["Caritas Coburg", "–", "anwesend"],
        ["AWO", "Vorstand", "entschuldigt"],
    ]
    assert first == [["Caritas Coburg, FIB", "einladen", "10.08.2026", "offen"]]
    assert second == [["FB 22", "Liste", "10.07.2026", "erledigt am 01.07.2026"]]
    assert agreed == [["TOP 2", *second[0]], ["TOP 1", *first[0]]]
    said = words(found)
    for sentence in (
        "Vertreten: 2 anwesend und 1 entschuldigt.",
        "Anlass: Seit März führen zwei.",
        "Zuletzt (01.03.2026): AWO klärt das Ende",
        "Ergebnis: Die Caritas führt.",
        "Einschätzung: abgestimmt · Stand: in Klärung · Wiedervorlage: 01.02.2027",
        "Der Punkt ist offen geblieben.",
        "02.07.2026 zu TOP 1, FB 22: Es führt die AWO.",
    ):
        assert sentence in said
    assert found.footer == (
        "Datenstand: 30.06.2026 (Revision 12) · Stichtag: 01.07.2026 · erwartet, mit Masterplan"
    )
    assert isinstance(found.blocks[-1], Signatures)


def test_a_point_that_is_settled_without_a_word_is_not_said_to_be_open():
    settled = POINTS[3] | {"status": AgendaStatus.DONE}
    said = words(minutes(held(agenda_items=[*POINTS[:3], settled]), ON))
    assert "Dazu ist nichts festgehalten." in said
    assert "offen geblieben" not in said


@pytest.mark.parametrize("status", [CLOSED, {"status": MeetingStatus.RUNNING}])
def test_a_point_that_was_recorded_without_words_is_not_said_to_be_open(status):
    wordless = OUTCOMES[1] | {"text": ""}
    said = words(minutes(held(status, agenda_items=POINTS[:3], outcomes=[OUTCOMES[0], wordless]), ON))
    assert "Der Punkt ist behandelt." in said
    assert "Einschätzung: abgestimmt" in said
    assert "offen geblieben" not in said
    assert "steht noch aus" not in said


@pytest.mark.parametrize("status", [CLOSED, {"status": MeetingStatus.RUNNING}])
def test_what_was_agreed_at_a_point_that_was_struck_is_told_without_the_point(status):
    struck = agenda_item(id=9, meeting_id=2, position=9, name="Saal", status=AgendaStatus.DROPPED)
    silent = agenda_item(id=10, meeting_id=2, position=10, name="Nichts", status=AgendaStatus.DROPPED)
    agreed = action_item(id=9, agenda_item_id=9, name="suchen", organisation_id=6, due="2026-08-01")
    found = held(status, agenda_items=[*POINTS, struck, silent], action_items=[*ACTIONS, agreed])
    assert [point.id for point in found.struck] == [9]
    read_back = read(found.to_json())
    assert read_back == found
    said = minutes(read_back, ON)
    assert tables(said)[-1][1] == ["gestrichen", "AWO", "suchen", "01.08.2026", "offen"]
    assert "Saal" not in "".join(headings(said))
    reserved = held(
        status, agenda_items=[*POINTS, struck | {"internal": True}], action_items=[*ACTIONS, agreed]
    )
    assert "suchen" not in words(minutes(reserved, ON))


@pytest.mark.parametrize("compose", [minutes, invitation])
def test_what_is_internal_stands_in_the_version_for_the_administration_alone_and_is_marked(compose):
    whole = compose(held(), ON, administration=True)
    assert SECRET in words(whole)
    assert "Nur für die Verwaltung. " in words(whole)
    assert f"{SECRET} vorab (nur Verwaltung)" in words(whole)
    assert whole.footer.startswith("Nur Verwaltung · ")
    for_all = words(compose(held(), ON))
    assert SECRET not in for_all
    assert "Verwaltung" not in for_all


def test_both_versions_number_the_points_alike():
    whole = [text for text in headings(minutes(held(), ON, administration=True)) if text.startswith("TOP")]
    assert whole == [
        "TOP intern 1: geheim vorab (nur Verwaltung)", "TOP 1: Zwei Federführende", "TOP 2: Sprachkurse",
    ]  # fmt: skip


def test_what_came_of_an_internal_point_last_time_is_internal_too():
    earlier = [agenda_item(id=1, meeting_id=1, name="Alt", internal=True), *POINTS[1:]]
    found = held(agenda_items=earlier)
    assert "AWO klärt das Ende" in words(minutes(found, ON, administration=True))
    assert "AWO klärt das Ende" not in words(minutes(found, ON))


def test_a_point_about_a_finding_that_is_internal_is_internal():
    about = agenda_item(id=7, meeting_id=2, name=SECRET, subject=Subject.FINDING, subject_key="GAP/t1//n1")
    records: Tables = {
        "agenda_items": [*POINTS, about],
        "internal_findings": [internal_finding(key="GAP/t1//n1")],
    }
    found = held(**records)
    assert [point.internal for point in found.points if point.id == 7] == [True]
    assert SECRET not in words(minutes(found, ON))


def test_a_point_about_an_agreed_action_that_is_internal_is_internal():
    about = agenda_item(id=7, meeting_id=2, name=SECRET, subject=Subject.ACTION, subject_key="3")
    assert SECRET not in words(minutes(held(agenda_items=[*POINTS, about]), ON))


def test_an_addendum_to_a_point_that_is_not_shown_is_not_shown():
    struck = agenda_item(id=9, meeting_id=2, internal=True, status=AgendaStatus.DROPPED)
    hidden = addendum(meeting_id=2, agenda_item_id=9, text=SECRET)
    assert SECRET not in words(minutes(held(agenda_items=[*POINTS, struck], addenda=[hidden]), ON))


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (MeetingStatus.RUNNING, "Entwurf: Die Runde ist noch nicht geschlossen"),
        (MeetingStatus.CANCELLED, "Die Runde ist abgesagt."),
    ],
)
def test_the_minutes_of_an_open_round_are_a_draft(status, says):
    found = minutes(held({"status": status}), ON)
    assert first_words(found) == "Niederschrift (Entwurf)"
    assert says in words(found)
    assert found.footer == "Entwurf · Stand: 30.06.2026"
    assert "Ein Ergebnis steht noch aus." in words(found)
    assert not any(isinstance(block, Signatures) for block in found.blocks)


def test_a_result_that_is_not_recorded_yet_says_so():
    draft = replace(held().points[1], outcome_status=OutcomeStatus.DRAFT)
    found = minutes(replace(held({}), points=(draft,)), ON)
    assert "Ergebnis (noch nicht festgehalten): Die Caritas führt." in words(found)


def test_sentences_are_right_for_none_one_and_many():
    empty = held(participants=[], agenda_items=[], outcomes=[], action_items=[], addenda=[])
    said = words(minutes(empty, ON))
    for sentence in (
        "Teilnehmende sind nicht erfasst.",
        "Auf der Tagesordnung stand kein Punkt.",
        "In dieser Runde wurde nichts vereinbart.",
    ):
        assert sentence in said
    assert "Nachträge" not in said
    invited = words(invitation(empty, ON))
    assert "Die Tagesordnung steht noch nicht fest." in invited
    assert "Eingeladene sind noch nicht erfasst." in invited
    one = held(action_items=ACTIONS[:1], agenda_items=[POINTS[0], POINTS[2]])
    assert tables(minutes(one, ON))[-1] == [
        ["TOP 1", "Caritas Coburg, FIB", "einladen", "10.08.2026", "offen"]
    ]
    assert "Vorgesehen ist 1 Punkt." in words(invitation(one, ON))
    assert "Vorgesehen sind 2 Punkte." in words(invitation(held(), ON))


def test_who_was_there_is_unsaid_where_nobody_wrote_it_down():
    found = held(participants=[participant(meeting_id=2, organisation_id=5)])
    assert "Wer anwesend war, ist nicht festgehalten." in words(minutes(found, ON))


def test_a_round_without_time_or_place_says_what_is_open():
    bare = {"status": MeetingStatus.DRAFT, "begins": "", "ends": "", "place": ""}
    said = words(invitation(held(bare), ON))
    assert "wird noch mitgeteilt" in said
    assert "Dienstag, 30. Juni 2026; die Uhrzeit wird noch mitgeteilt." in said
    assert "Dienstag, 30. Juni 2026, 14:00 Uhr" in words(minutes(held({"ends": ""}), ON))


def test_the_invitation_has_the_agenda_with_the_occasions_and_the_mailboxes_for_the_administration_only():
    found = invitation(held({"status": MeetingStatus.INVITED, "invited_on": "2026-06-01"}), ON)
    agenda, guests = tables(found)
    assert agenda == [
        [
            "TOP 1",
            "Zwei Federführende",
            "Seit März führen zwei.",
        ],
        ["TOP 2", "Sprachkurse", ""],
    ]
    assert guests[2] == ["AWO", "Vorstand", "entschuldigt"]
    assert "wir laden ein zur Koordinierungsrunde am Dienstag, 30. Juni 2026 um 14:00 Uhr." in words(found)
    assert "01.06.2026" in words(found)
    assert "caritas.example" not in words(found)
    assert tables(invitation(held(), ON, administration=True))[1][1][3] == "fib@caritas.example"


def test_a_round_that_is_cancelled_is_called_off():
    found = invitation(held({"status": MeetingStatus.CANCELLED}), ON)
    assert first_words(found) == "Absage"
    assert "am Dienstag, 30. Juni 2026 findet nicht statt." in words(found)
    assert tables(found) == []


def test_a_note_for_all_stands_in_the_invitation_and_what_is_due_has_a_word_of_its_own() -> None:
    due = {"group": AgendaGroup.CHANGED, "subject": Subject.ACTION, "subject_key": "3"}
    points = [agenda_item(id=1, meeting_id=2, name="Stand", note="Bitte Zahlen mitbringen.", **due)]
    found = round_of(portfolio(meetings=[meeting(id=2)], agenda_items=points), 2)
    assert found is not None
    (table,) = [each for each in invitation(found, ON).blocks if isinstance(each, Table)]
    assert plain(table.rows[0][-1]).endswith("Bitte Zahlen mitbringen.")
    assert wording.heading(AgendaGroup.CHANGED, Subject.ACTION) == "Vereinbart und fällig"
    assert wording.heading(AgendaGroup.CHANGED, Subject.FINDING) == "Seit der letzten Runde verändert"


WISHED = [
    agenda_item(
        id=21, meeting_id=2, name="Begrüßung", position=1, group=AgendaGroup.OPENING, status=AgendaStatus.DONE
    ),
    agenda_item(
        id=22, meeting_id=2, name="Wohnraum", position=2, group=AgendaGroup.WISH, note="Dauer: 15 Minuten.",
        occasion="Vorgeschlagen von Caritas Coburg am 10.06.2026. Drei Familien.",
    ),
]  # fmt: skip


def test_invitation_and_minutes_say_what_every_round_has_and_who_proposed_the_rest():
    wished = held(agenda_items=WISHED, wishes=[wish(meeting_id=2, organisation_id=5, agenda_item_id=22)])
    assert wished.points[1].proposed_by == "Caritas Coburg"
    (agenda, *_) = tables(invitation(wished, ON))
    assert agenda == [
        ["TOP 1", "Begrüßung", "Standardpunkt"],
        ["TOP 2", "Wohnraum",
         "Vorgeschlagen von Caritas Coburg am 10.06.2026. Drei Familien.\nDauer: 15 Minuten."],
    ]  # fmt: skip
    said = words(minutes(wished, ON))
    assert "Standardpunkt\nDazu ist nichts festgehalten." in said
    assert "Anlass: Vorgeschlagen von Caritas Coburg am 10.06.2026. Drei Familien." in said


def test_the_invitation_says_until_when_topics_are_wanted():
    assert "Themenwünsche bis\n15.06.2026" in words(
        invitation(held({"status": "draft", "wishes_until": "2026-06-15"}), ON)
    )
