"""A Vorlage is handed in once, and stays; what committees make of it is entered beside it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from steering.analysis.structures import handed_in
from steering.model import Committee, Consultation, Measure, PaperFile, Submission
from steering.storage import archiving, checking, handing_in, reading
from steering.storage.history import undoing
from steering.storage.problems import Invalid, StorageError
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests.storage.conftest import WHO
from tests.stored import batch_of, row_of

ON = date(2026, 11, 25)
PREPARES, DECIDES = 2, 3  # beside the one of the inventory
FILE = b"PK\x03\x04 eine Vorlage \x00\xff"
SAID = {"name": "Vorlage", "about": "whole", "handed_in_on": ON, "file_name": "vorlage.docx"}


@pytest.fixture
def handed(engine: Engine) -> Engine:
    """Two committees, of which the second decides, and a Vorlage that was handed in."""
    committees = [{"name": "Ausschuss", "rank": 1}, {"name": "Kreistag", "rank": 2}]
    write(engine, [Edit(Committee, each) for each in committees], **WHO)
    handing_in.hand_in(engine, SAID, FILE, **WHO)
    return engine


def result(engine: Engine, **values: Any) -> int:
    said = {"submission_id": 1, "committee_id": DECIDES, "day": ON, "result": "decided", **values}
    return int(handing_in.enter(engine, said, **WHO).ids[0])


def test_the_file_comes_back_byte_by_byte_and_the_database_checks_it(handed: Engine, url: str) -> None:
    digest = row_of(handed, Submission, 1)["digest"]
    assert digest == hashlib.sha256(FILE).hexdigest()
    assert handing_in.file_of(handed, digest) == FILE
    assert checking.problems(url) == []


def test_a_file_that_was_tampered_with_is_not_handed_out_and_found_by_the_check(
    handed: Engine, url: str
) -> None:
    with handed.begin() as connection:
        connection.execute(update(table_of(PaperFile)).values(content="UEs="))
    with pytest.raises(handing_in.FileLost):
        handing_in.file_of(handed, row_of(handed, Submission, 1)["digest"])
    assert any("nicht mehr die, die abgegeben wurde" in each for each in checking.problems(url))
    with handed.begin() as connection:
        connection.execute(table_of(PaperFile).delete())
    assert any("Die Datei dieser Vorlage fehlt" in each for each in checking.problems(url))


@pytest.mark.parametrize("content", [b"", b"x" * (handing_in.LARGEST_FILE + 1)], ids=["empty", "large"])
def test_no_file_and_one_too_large_are_refused(engine: Engine, content: bytes) -> None:
    with pytest.raises(Invalid, match="Die Datei ist"):
        handing_in.hand_in(engine, SAID, content, **WHO)
    assert reading.portfolio(engine).submissions.empty


def test_the_same_file_handed_in_twice_lies_there_once(handed: Engine) -> None:
    handing_in.hand_in(handed, SAID, FILE, **WHO)
    with handed.connect() as connection:
        assert len(connection.execute(select(table_of(PaperFile))).all()) == 1
    assert len(reading.portfolio(handed).submissions) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"digest": "0" * 64}, {"wording": "1" * 64}, {"ends": "1 2026-12-31"}, {"about": "plan"},
        {"file_name": "andere.docx"}, {"subject_key": "7"},
    ],
    ids=str,
)  # fmt: skip
def test_what_was_handed_in_does_not_change(handed: Engine, values: dict[str, str]) -> None:
    before = row_of(handed, Submission, 1)
    with pytest.raises(Invalid, match="behält ihren Wortlaut"):
        write(handed, [Edit(Submission, values, id=1, version=1)], **WHO)
    assert row_of(handed, Submission, 1) == before


def test_no_way_leads_to_a_file_beside_handing_in(handed: Engine) -> None:
    with pytest.raises(Invalid, match="bleibt, wie sie ist"):
        write(handed, [Edit(PaperFile, {"digest": "0" * 64, "content": ""})], **WHO)


def test_taking_the_handing_in_back_and_that_back_again_brings_the_same_file(engine: Engine) -> None:
    receipt = handing_in.hand_in(engine, SAID, FILE, **WHO)
    digest = row_of(engine, Submission, receipt.ids[0])["digest"]
    gone = undoing.undo(engine, batch_of(receipt), **WHO)
    assert reading.portfolio(engine).submissions.empty
    undoing.undo(engine, batch_of(gone), **WHO)
    assert handing_in.file_of(engine, digest) == FILE
    assert len(reading.portfolio(engine).submissions) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"day": date(2026, 11, 24)}, "erst am 25.11.2026 abgegeben"),
        ({"votes_for": -1}, "mindestens 0"),
        ({"votes_for": 201}, "höchstens 200"),
        ({"votes_against": 3}, "auch die Ja-Stimmen"),
        ({"votes_for": 12, "votes_against": 31}, "mehr Ja- als Nein-Stimmen"),
        ({"votes_for": 12, "votes_against": 12}, "mehr Ja- als Nein-Stimmen"),
        ({"votes_for": 0, "result": "rejected"}, "Niemand hat abgestimmt"),
        ({"unanimous": True, "votes_for": 31, "votes_against": 1}, "Einstimmig"),
        ({"postponed_to": date(2026, 12, 1)}, "Nur was vertagt ist"),
        ({"result": "postponed", "postponed_to": ON}, "späteren Tag"),
        ({"committee_id": 99}, "gibt es nicht"),
    ],
    ids=str,
)
def test_a_result_that_cannot_be_meant_is_refused_in_a_sentence(
    handed: Engine, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        result(handed, **values)
    assert reading.portfolio(handed).consultations.empty


def test_a_committee_comes_to_one_result_in_a_sitting(handed: Engine) -> None:
    key = result(handed, votes_for=31, votes_against=12)
    with pytest.raises(Invalid, match="schon ein Ergebnis"):
        result(handed)
    handing_in.strike(handed, key, **WHO)
    assert result(handed)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ftp://a.example/", "https://", "http://a b", "https://a.example/)x", "//a"],
)
def test_a_link_is_an_address_of_the_web_or_none(engine: Engine, link: str) -> None:
    with pytest.raises(Invalid, match="keine Webadresse"):
        handing_in.hand_in(engine, SAID | {"link": link}, FILE, **WHO)


def test_the_decision_about_a_measure_is_entered_with_it_and_taken_back_with_it(handed: Engine) -> None:
    (measure,) = write(handed, [Edit(Measure, {"name": "Maßnahme"})], **WHO).ids
    about = SAID | {"about": "measure", "subject_key": str(measure), "number": "7/2026"}
    (key,) = handing_in.hand_in(handed, about, FILE, **WHO).ids
    said = {"submission_id": key, "committee_id": PREPARES, "day": ON, "result": "recommended"}
    handing_in.enter(handed, said, **WHO)
    assert row_of(handed, Measure, measure)["result"] is None
    done = handing_in.enter(handed, said | {"committee_id": DECIDES, "result": "amended"}, **WHO)
    row = row_of(handed, Measure, measure)
    assert (row["result"], row["decided_on"], row["paper_number"]) == ("amended", ON, "7/2026")
    assert row["taken_over_on"] is None
    undoing.undo(handed, batch_of(done), **WHO)
    assert row_of(handed, Measure, measure)["result"] is None


def decision(engine: Engine, measure: int) -> tuple[Any, ...]:
    row = row_of(engine, Measure, measure)
    return row["committee_id"], row["decided_on"], row["result"], row["paper_number"]


@pytest.fixture
def about_measure(handed: Engine) -> tuple[Engine, int, int]:
    """A Vorlage about a measure: with its id and that of the measure."""
    (measure,) = write(handed, [Edit(Measure, {"name": "Maßnahme"})], **WHO).ids
    about = SAID | {"about": "measure", "subject_key": str(measure), "number": "7/2026"}
    (paper,) = handing_in.hand_in(handed, about, FILE, **WHO).ids
    return handed, paper, measure


NOTHING = (None, None, None, "")


@pytest.mark.parametrize("change", [
    {"result": "postponed"}, {"result": "withdrawn"}, {"result": "recommended"}, {"committee_id": PREPARES},
    None,
], ids=str)  # fmt: skip
def test_a_measure_keeps_no_decision_that_is_not_there_any_more(
    about_measure: tuple[Engine, int, int], change: dict[str, Any] | None
) -> None:
    engine, paper, measure = about_measure
    earlier = result(engine, submission_id=paper, result="noted")
    later = result(engine, submission_id=paper, day=date(2026, 12, 17))
    for key, left in ((later, (DECIDES, ON, "noted", "7/2026")), (earlier, NOTHING)):
        assert decision(engine, measure)[2] is not None
        if change is None:
            handing_in.strike(engine, key, **WHO)
        else:
            handing_in.enter(engine, change, key=key, version=1, **WHO)
        assert decision(engine, measure) == left


@pytest.mark.parametrize("said", ["postponed", "withdrawn", "recommended"])
def test_what_decides_nothing_is_no_decision_of_a_measure(
    about_measure: tuple[Engine, int, int], said: str
) -> None:
    engine, paper, measure = about_measure
    result(engine, submission_id=paper, result=said)
    assert decision(engine, measure) == NOTHING


def test_a_decision_that_was_typed_into_a_measure_stays(about_measure: tuple[Engine, int, int]) -> None:
    engine, paper, measure = about_measure
    key = result(engine, submission_id=paper)
    typed = {"committee_id": DECIDES, "decided_on": date(2026, 12, 17), "result": "amended"}
    write(engine, [Edit(Measure, typed, id=measure, version=2)], **WHO)
    kept = (DECIDES, date(2026, 12, 17), "amended", "7/2026")
    handing_in.enter(engine, {"votes_for": 31}, key=key, version=1, **WHO)
    assert decision(engine, measure) == kept
    result(engine, submission_id=paper, day=date(2026, 12, 1), result="rejected")
    assert decision(engine, measure) == kept
    handing_in.strike(engine, key, **WHO)
    assert decision(engine, measure) == kept


WAYS = ("correct", "result", "strike", "again", "archive", "undo", "forge")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(WAYS), max_size=6), st.binary(min_size=1, max_size=40))
def test_the_file_of_a_vorlage_never_changes_whatever_is_edited_later(
    handed: Engine, ways: list[str], other: bytes
) -> None:
    digest = hashlib.sha256(FILE).hexdigest()
    receipts = []
    for way in ways:
        version = reading.record(handed, Submission, 1)
        seen = version["version"] if version else 0
        try:
            match way:
                case "correct":
                    receipts.append(
                        write(handed, [Edit(Submission, {"number": other.hex()}, id=1, version=seen)], **WHO)
                    )
                case "result":
                    receipts.append(
                        handing_in.enter(
                            handed,
                            {"submission_id": 1, "committee_id": 2, "day": ON, "result": "noted"},
                            **WHO,
                        )
                    )
                case "strike":
                    keys = reading.portfolio(handed).consultations["id"].tolist()
                    receipts += [handing_in.strike(handed, key, **WHO) for key in keys]
                case "again":
                    receipts.append(handing_in.hand_in(handed, SAID, other, **WHO))
                case "archive":
                    receipts.append(archiving.archive(handed, Submission, 1, seen, **WHO))
                case "undo" if receipts:
                    receipts.append(undoing.undo(handed, batch_of(receipts[-1]), **WHO))
                case "forge":
                    forged = hashlib.sha256(other).hexdigest()
                    write(handed, [Edit(Submission, {"digest": forged}, id=1, version=seen)], **WHO)
        except StorageError:
            continue
    assert handing_in.file_of(handed, digest) == FILE
    row = reading.record(handed, Submission, 1)
    assert row is not None
    assert row["digest"] == digest


def test_ends_are_read_back_as_they_were_kept() -> None:
    ends = {3: date(2026, 12, 31), 11: date(2027, 6, 30)}
    assert handed_in.ends_from_text(handed_in.ends_as_text(ends)) == ends
    assert handed_in.ends_from_text("x\n3 kein Tag\n4 2026-01-01") == {4: date(2026, 1, 1)}


def test_a_copy_brings_the_files_along(handed: Engine, only_sqlite: None, tmp_path: Path, url: str) -> None:
    from steering.storage.backups import copies
    from steering.storage.schema import prepare

    copies.backup(url, "empty", tmp_path / "copy.db")
    other = prepare(f"sqlite:///{tmp_path / 'copy.db'}", "empty")
    assert handing_in.file_of(other, hashlib.sha256(FILE).hexdigest()) == FILE
    other.dispose()


def test_consultation_knows_its_title(handed: Engine) -> None:
    from steering.storage.titles import title

    key = result(handed)
    with handed.connect() as connection:
        assert title(connection, Consultation, key) == "Beratung Kreistag am 25.11.2026 über »Vorlage«"
