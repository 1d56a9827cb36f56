"""What a Ratsinformationssystem says came of a Vorlage, matched by its number and never guessed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.analysis.incoming import IncomingRow, Reading
from steering.exchange.council_results import reading
from steering.exchange.council_results.understanding import result_of, votes_of
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.model import Committee, CommitteeDate, CommitteeResult, Consultation, Measure, Submission
from tests.builders import portfolio, record
from tests.exchange.council_results.papers import BODIES, consultation, item, meeting, paper, saved

TODAY = date(2026, 12, 20)
HANDED_IN = date(2026, 11, 2)


def known(*submissions: dict[str, Any], **more: Any):
    """Two committees of which the second decides, and Vorlagen that were handed in."""
    return portfolio(
        committees=[
            record(
                Committee, id=1, slug="ksa", name="Kreis- und Strategieausschuss", short_name="KSA", rank=1
            ),
            record(Committee, id=2, slug="kt", name="Kreistag", rank=2),
        ],
        submissions=submissions or [handed()],
        **more,
    )


def handed(id: int = 1, number: str = "12/2026", on: date = HANDED_IN, **more: Any):
    values = {"name": "Vorlage", "about": "whole", "file_name": "v.docx", "digest": "0" * 64, **more}
    return record(Submission, id=id, number=number, handed_in_on=on, **values)


def read(content: bytes, of=None) -> Reading:
    return reading.read(IncomingFile("ergebnisse.json", content), of or known(), TODAY)


def taken(found: Reading) -> list[dict[str, Any]]:
    return [dict(row.records[0].values) for row in found.rows if row.records]


def only(found: Reading) -> IncomingRow:
    (row,) = found.rows
    return row


WHOLE = (
    *BODIES,
    meeting(1, "2026-12-03", 1),
    meeting(2, "2026-12-17", 2),
    item(11, "empfohlen", 1),
    item(12, "Mehrheitlich beschlossen", 2, resolutionText="Abstimmung: 31 : 12"),
    paper(7, "12/2026", consultation(11, 1, 1), consultation(12, 2, 2)),
    paper(8, "13/2026", consultation(13, 2, 2)),
    item(13, "abgelehnt", 2),
)


def test_each_committee_has_its_result_and_what_is_not_ours_is_set_apart() -> None:
    found = read(saved(*WHOLE))
    assert [(each["committee_id"], each["day"], each["result"]) for each in taken(found)] == [
        (1, date(2026, 12, 3), CommitteeResult.RECOMMENDED),
        (2, date(2026, 12, 17), CommitteeResult.DECIDED),
    ]
    assert {name: taken(found)[1][name] for name in ("votes_for", "votes_against")} == {
        "votes_for": 31, "votes_against": 12,
    }  # fmt: skip
    assert [row.outside for row in found.rows if row.outside] == [reading.STRANGE]


def test_the_order_of_the_objects_does_not_matter_nor_how_they_are_nested() -> None:
    whole = taken(read(saved(*WHOLE)))
    assert taken(read(saved(*reversed(WHOLE)))) == whole[:2]
    inside = meeting(2, "2026-12-17", 2, agendaItem=[item(12, "beschlossen")])
    nested = {"type": "https://schema.oparl.org/1.1/Body", "paper": [WHOLE[6]], "meeting": [inside, *BODIES]}
    assert [each["day"] for each in taken(read(json.dumps(nested).encode()))] == [date(2026, 12, 17)]


def test_an_address_with_a_wrong_prefix_is_known_by_its_end() -> None:
    text = (
        saved(*WHOLE)
        .decode()
        .replace('"agendaItem": "https://ris.example/oparl', '"agendaItem": "http://intern')
    )
    assert taken(read(text.encode())) == taken(read(saved(*WHOLE)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"result": ""}, "noch kein Ergebnis"),
        ({"start": "2026-12-24T10:00:00+01:00"}, "liegt noch vor uns"),
        ({"reference": "12/2027"}, reading.STRANGE),
    ],
    ids=str,
)
def test_what_is_no_result_of_ours_is_set_apart_with_its_reason(change: dict[str, str], said: str) -> None:
    objects = [
        dict(each)
        for each in (
            *BODIES,
            WHOLE[3],
            item(12, "beschlossen", 2),
            paper(7, "12/2026", consultation(12, 2, 2)),
        )
    ]
    for each in objects:
        each.update({name: value for name, value in change.items() if name in each})
    assert said in only(read(saved(*objects))).outside


@pytest.mark.parametrize(
    ("result", "bodies", "start", "column"),
    [
        ("ohne Abstimmung erledigt", BODIES, "2026-12-17", "Ergebnis"),
        ("beschlossen", (), "2026-12-17", "Gremium"),
        ("beschlossen", BODIES, "", "Sitzung am"),
    ],
    ids=["ambiguous", "unknown committee", "no sitting"],
)
def test_what_is_not_clear_is_refused_and_says_what_to_do(result, bodies, start, column) -> None:
    sitting = [meeting(2, start, 2)] if start else []
    objects = (*bodies, *sitting, item(12, result, 2), paper(7, "12/2026", consultation(12, 2, 2)))
    row = only(read(saved(*objects)))
    assert not row.records
    assert [refusal.column for refusal in row.refusals] == [column]


def test_a_removed_paper_says_nothing_and_one_told_twice_is_entered_once() -> None:
    gone = {**WHOLE[6], "deleted": True}
    assert taken(read(saved(*WHOLE[:6], gone))) == []
    again = {**WHOLE[6], "id": "https://ris.example/oparl/papers/70",
             "consultation": [consultation(52, 2, 2)]}  # fmt: skip
    twice = read(saved(*WHOLE, again, item(52, "beschlossen", 2)))
    assert len(taken(twice)) == 2
    assert any("dasselbe Ergebnis" in row.outside for row in twice.rows)


def test_of_two_versions_under_one_number_the_one_that_lay_there_is_meant() -> None:
    of = known(handed(), handed(2, on=date(2026, 12, 10)))
    assert [each["submission_id"] for each in taken(read(saved(*WHOLE), of))] == [1, 2]


def test_a_result_that_is_there_is_compared_and_typed_votes_stay() -> None:
    there = record(Consultation, id=5, submission_id=1, committee_id=2, day=date(2026, 12, 17),
                   result="decided", votes_for=30, votes_against=1)  # fmt: skip
    found = read(saved(*WHOLE[:5], item(12, "beschlossen", 2), WHOLE[6]), known(consultations=[there]))
    changed = [row.records[0] for row in found.rows if row.records and row.records[0].id]
    assert [(each.id, "votes_for" in each.values) for each in changed] == [(5, False)]


def test_the_sitting_is_known_by_its_reference_where_nobody_is_named() -> None:
    of = known(committee_dates=[
        record(CommitteeDate, id=1, committee_id=2, day=date(2026, 12, 17), papers_due=date(2026, 12, 1),
               reference="meetings/2"),
    ])  # fmt: skip
    bare = consultation(12, 2, 2)
    del bare["organization"]
    (row,) = taken(read(saved(item(12, "beschlossen", 2), paper(7, "12/2026", bare)), of))
    assert (row["committee_id"], row["day"]) == (2, date(2026, 12, 17))


def test_a_decision_about_a_measure_is_entered_with_it_and_takes_nothing_over() -> None:
    of = known(handed(about="measure", subject_key="4"), measures=[record(Measure, id=4, name="Maßnahme")])
    row = read(saved(*WHOLE), of).rows[1]
    assert [wanted.record for wanted in row.records] == [Consultation, Measure]
    assert set(row.records[1].values) == {"committee_id", "decided_on", "result", "paper_number"}


@pytest.mark.parametrize("said", ["vertagt", "zurückgezogen", "empfohlen"])
def test_a_decision_that_is_corrected_leaves_the_measure_unless_it_was_typed(said: str) -> None:
    on = date(2026, 12, 17)
    there = record(Consultation, id=5, submission_id=1, committee_id=2, day=on, result="decided")
    objects = saved(*BODIES, WHOLE[3], item(12, said, 2), paper(7, "12/2026", consultation(12, 2, 2)))
    found = {}
    for result in ("decided", "amended"):
        named = record(
            Measure, id=4, name="M", committee_id=2, decided_on=on, result=result, paper_number="12/2026"
        )
        about = handed(about="measure", subject_key="4")
        for there_before in ([there], []):
            of = known(about, measures=[named], consultations=there_before)
            records = only(read(objects, of)).records
            found[result, bool(there_before)] = [
                dict(each.values) for each in records if each.record is Measure
            ]
    emptied = {"committee_id": None, "decided_on": None, "result": None, "paper_number": ""}
    assert found.pop(("decided", True)) == [emptied]
    assert list(found.values()) == [[], [], []]


def test_what_has_no_result_and_what_has_no_number_is_told() -> None:
    found = read(saved(*WHOLE), known(handed(), handed(2, number="99/2026"), handed(3, number="")))
    assert "Kein Ergebnis steht in der Datei zu: 99/2026." in found.notes
    assert any("noch keine Nummer" in note for note in found.notes)


@pytest.mark.parametrize("content", [b"{}", b"[]", b"{", b"[" * 100_000, b'{"data": []}'], ids=range(5))
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(content)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("Beschlossen", "decided"), ("einstimmig beschlossen", "decided"),
        ("ungeändert beschlossen", "decided"), ("Geändert beschlossen", "amended"),
        ("mit Änderungen angenommen", "amended"), ("vertagt", "postponed"),
        ("von der Tagesordnung abgesetzt", "postponed"), ("abgelehnt", "rejected"),
        ("zur Kenntnis genommen", "noted"), ("Beschluss empfohlen", "recommended"),
        ("empfohlen, wie geändert beschlossen", "recommended"), ("zurückgezogen", "withdrawn"),
        ("nicht beschlossen", None), ("angenommen; Änderungsantrag abgelehnt", None), ("erledigt", None),
        ("geändert", None), ("", None),
        ("nicht genehmigt", None), ("keine Zustimmung", None), ("Zustimmung verweigert", None),
        ("Zustimmung nicht erteilt", None), ("Ohne Zustimmung", None), ("Die Zustimmung fehlt", None),
        ("Zustimmung versagt", None), ("nicht vertagt", None), ("nicht zur Kenntnis genommen", None),
        ("weder beschlossen noch vertagt", None), ("nicht abgelehnt", None), ("keine Empfehlung", None),
        ("unter Vorbehalt beschlossen", None), ("ohne Aussprache und Zustimmung", None),
        ("nicht öffentlich beschlossen", "decided"), ("Nichtöffentlich: vertagt", "postponed"),
        ("nicht-öffentlich zugestimmt", "decided"), ("ohne Gegenstimmen beschlossen", "decided"),
        ("abgelehnt, Mehrheit nicht erreicht", "rejected"),
    ],
    ids=str,
)  # fmt: skip
def test_a_result_in_words_means_one_of_ours_or_none(said: str, result: str | None) -> None:
    assert result_of(said) == result


@pytest.mark.parametrize(
    ("said", "votes"),
    [
        ("Ja: 31, Nein: 12, Enthaltungen: 2", (31, 12, 2, None)),
        ("31 Ja, 12 Nein, 2 Enthaltungen", (31, 12, 2, None)),
        ("Ja-Stimmen: 31 Nein-Stimmen: 12", (31, 12, None, None)),
        ("Abstimmungsergebnis: 31:12", (31, 12, None, None)),
        ("einstimmig", (None, None, None, True)),
        ("nicht einstimmig", (None, None, None, None)),
        ("Beginn 14:30 Uhr", (None, None, None, None)),
        ("Ja 0", (0, None, None, None)),
        ("mit 2/3 Mehrheit beschlossen", (None, None, None, None)),
        ("mit 1/2 VZÄ fortgeführt", (None, None, None, None)),
        ("2/3 Ja-Stimmen", (None, None, None, None)),
        ("Abstimmung 14:30 Uhr", (None, None, None, None)),
        ("mit 31/12 Stimmen", (31, 12, None, None)),
        ("mit 31:12 Stimmen", (31, 12, None, None)),
        ("31 Ja 12 Nein 2 Enthaltungen", (31, 12, 2, None)),
        ("31 Ja-Stimmen 12 Nein-Stimmen", (31, 12, None, None)),
        ("31 Ja,12 Nein", (31, 12, None, None)),
        ("Ja 31 Nein 12 Enthaltungen 2", (31, 12, 2, None)),
        ("Enthaltungen 2 Ja 31 Nein 12", (31, 12, 2, None)),
        ("TOP 5 Ja 31 Nein 12", (None, None, None, None)),
        ("12 Ja: 31", (None, None, None, None)),
        ("Ja 31 Nein 12, Änderungsantrag: Ja 5 Nein 38", (None, None, None, None)),
    ],
    ids=str,
)
def test_votes_are_read_where_they_are_named_as_such(said: str, votes: tuple[Any, ...]) -> None:
    found = votes_of("", said)
    names = ("votes_for", "votes_against", "abstentions", "unanimous")
    assert tuple(found.get(name) for name in names) == votes


@given(st.text(max_size=60))
def test_any_words_are_borne(said: str) -> None:
    assert isinstance(result_of(said), CommitteeResult | None)
    assert all(isinstance(each, int) for each in votes_of(said).values())
