"""How a Vorlage stands that was handed in, and which ends are decided by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from steering.analysis.decision.open_question import asked
from steering.analysis.structures import handed_in
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.deadlines import deadlines
from steering.analysis.structures.decisions import upcoming
from steering.analysis.structures.handed_in import HandedIn, Standing, votes
from steering.analysis.view import Horizon, View
from steering.model import Consultation, Submission
from tests.builders import (
    committee,
    committee_date,
    funding,
    organisation,
    portfolio,
    programme,
    record,
    structure,
)

TODAY = date(2026, 11, 27)
END = date(2026, 12, 31)
SITTINGS = [(1, 1, "2026-11-12"), (2, 2, "2026-11-19"), (3, 1, "2026-12-10"), (4, 2, "2027-02-04")]


def world(*results: dict[str, Any], ends: str = "1 2026-12-31", **more: Any):
    """A post of the Landkreis whose money ends, and the Vorlage about that with its results."""
    submission = record(
        Submission, id=1, name="Vorlage", number="14/2026", about="programme", subject_key="7", ends=ends,
        handed_in_on=date(2026, 11, 2), file_name="v.docx", digest="0" * 64,
    )  # fmt: skip
    said = {
        "organisations": [organisation(id=1, level="county")],
        "structures": [structure(id=1, organisation_id=1)],
        "fundings": [funding(id=1, structure_id=1, end="2026-12-31", programme_id=7)],
        "programmes": [programme(id=7)],
        "committees": [
            committee(id=1, short_name="KSA", rank=1),
            committee(id=2, short_name="Kreistag", rank=2),
        ],
        "committee_dates": [
            committee_date(id=key, committee_id=of, day=on, papers_due="2026-11-01")
            for key, of, on in SITTINGS
        ],
        "submissions": [submission],
        "consultations": [
            record(Consultation, id=at, submission_id=1, **each) for at, each in enumerate(results, start=1)
        ],
    }
    return portfolio(**{**said, **more})


def of(committee_id: int, day: str, result: str, **more: Any) -> dict[str, Any]:
    return {"committee_id": committee_id, "day": date.fromisoformat(day), "result": result, **more}


def only(found) -> HandedIn:
    (paper,) = handed_in.handed_in(found)
    return paper


RECOMMENDED = of(1, "2026-11-12", "recommended")


@pytest.mark.parametrize(
    ("results", "standing", "words"),
    [
        ([], Standing.HANDED_IN, "abgegeben am 02.11.2026"),
        ([RECOMMENDED], Standing.HANDED_IN, "empfohlen am 12.11.2026 (KSA)"),
        ([of(1, "2026-11-12", "decided")], Standing.HANDED_IN, "beschlossen am 12.11.2026 (KSA)"),
        (
            [RECOMMENDED, of(2, "2026-11-19", "decided", votes_for=31, votes_against=12)],
            Standing.PASSED, "beschlossen am 19.11.2026 (Kreistag, 31:12)",
        ),
        ([of(2, "2026-11-19", "rejected")], Standing.REJECTED, "abgelehnt am 19.11.2026 (Kreistag)"),
        (
            [of(2, "2026-11-19", "postponed"), of(2, "2026-11-26", "amended", unanimous=True)],
            Standing.PASSED, "geändert beschlossen am 26.11.2026 (Kreistag, einstimmig)",
        ),
        ([of(1, "2026-11-12", "withdrawn")], Standing.WITHDRAWN, "zurückgezogen am 12.11.2026 (KSA)"),
    ],
    ids=lambda each: str(each) if isinstance(each, Standing) else "",
)  # fmt: skip
def test_the_last_word_is_that_of_who_decides(results, standing: Standing, words: str) -> None:
    paper = only(world(*results))
    assert (paper.standing, paper.words) == (standing, words)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            of(2, "2026-11-19", "postponed"),
            "nächste Sitzung Kreistag am 04.02.2027, dann Beschluss frühestens am 04.02.2027, "
            "nach dem Ende der Förderung am 31.12.2026",
        ),
        (
            of(2, "2026-11-19", "postponed", postponed_to=date(2026, 12, 17)),
            "auf die Sitzung Kreistag am 17.12.2026, dann Beschluss frühestens am 17.12.2026",
        ),
        (
            of(1, "2026-11-12", "postponed"),
            "nächste Sitzung KSA am 10.12.2026, dann Beschluss frühestens am 04.02.2027, "
            "nach dem Ende der Förderung am 31.12.2026",
        ),
        (
            of(1, "2026-12-10", "postponed"),
            "auf wann, ist offen: eine weitere Sitzung KSA ist noch nicht erfasst",
        ),
    ],
    ids=["next one", "named", "who prepares", "none"],
)
def test_what_was_put_off_says_what_that_does_to_the_decision(result, said: str) -> None:
    assert only(world(result)).words.endswith(f"), {said}")


def question(found):
    return asked(found, upcoming(found, View(TODAY, TODAY, Horizon(TODAY, TODAY))))


@pytest.mark.parametrize(
    ("results", "ends", "is_asked"),
    [
        ([], "1 2026-12-31", True),
        ([RECOMMENDED], "1 2026-12-31", True),
        ([of(2, "2026-11-19", "postponed")], "1 2026-12-31", True),
        ([of(2, "2026-11-19", "noted")], "1 2026-12-31", True),
        ([of(2, "2026-11-19", "decided")], "1 2026-12-31", False),
        ([of(2, "2026-11-19", "rejected")], "1 2026-12-31", False),
        ([of(2, "2026-11-19", "decided")], "1 2026-06-30", True),
        ([of(2, "2026-11-19", "decided")], "2 2026-12-31", True),
    ],
    ids=["handed in", "recommended", "postponed", "noted", "decided", "rejected", "goes on", "another"],
)
def test_a_question_is_asked_until_it_is_decided(results, ends: str, is_asked: bool) -> None:
    found = question(world(*results, ends=ends))
    assert (found.question is not None) == is_asked
    assert bool(found.settled) != is_asked


def test_of_a_question_only_what_is_not_decided_is_left() -> None:
    two = world(
        of(2, "2026-11-19", "decided"),
        structures=[structure(id=1, organisation_id=1), structure(id=2, organisation_id=1)],
        fundings=[funding(id=key, structure_id=key, end="2026-12-31", programme_id=7) for key in (1, 2)],
    )
    found = question(two)
    assert found.question is not None
    assert found.question.structures == (2,)
    assert [each.question.structures for each in found.settled] == [(1,)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((31, 12, None, False), "31:12"), ((31, None, None, False), "31:0"),
        ((31, 12, 2, False), "31:12 bei 2 Enthaltungen"), ((31, 0, 1, False), "31:0 bei 1 Enthaltung"),
        ((None, None, None, True), "einstimmig"), ((43, 0, None, True), "einstimmig, 43:0"),
        ((None, None, None, False), ""),
    ],
    ids=str,
)  # fmt: skip
def test_votes_in_words(values, said: str) -> None:
    names = ("votes_for", "votes_against", "abstentions", "unanimous")
    assert votes(dict(zip(names, values, strict=True))) == said


@pytest.mark.parametrize("deadline", ["2026-11-30", "2026-12-15", None])
def test_the_chain_names_the_last_day_to_apply_where_the_programme_does(deadline) -> None:
    found = portfolio(
        structures=[structure(id=1)],
        fundings=[funding(id=1, structure_id=1, end="2027-12-31", programme_id=7)],
        programmes=[programme(id=7, deadline_on=deadline)],
        committees=[committee(id=1, short_name="Kreistag")],
        committee_dates=[
            committee_date(id=1, day="2026-12-20", papers_due="2026-12-10"),
            committee_date(id=2, day="2027-12-20", papers_due="2027-12-10"),
            committee_date(id=3, day="2026-12-01", papers_due="2026-11-28"),
        ],
    )
    (words,) = chain_words(found, deadlines(found, TODAY))
    steps = [each.split(" ")[0] for each in words.split(", ")]
    assert ("Antrag" in steps) == (deadline is not None)
    days = [each for each in words.replace(",", "").split() if each[:2].isdigit()]
    in_order = [date(int(each[6:]), int(each[3:5]), int(each[:2])) for each in days]
    assert in_order == sorted(in_order)
