"""Einschätzungen: one for each key, with who and when, and nobody's overwritten unseen."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.model import Assessment, AssessmentState, Progress
from steering.storage import archiving, reading
from steering.storage.assessing import assess
from steering.storage.history.undoing import undo
from steering.storage.problems import Conflict, Invalid
from tests.builders import records_of
from tests.changed import history
from tests.storage.conftest import ACTOR, AHORN, NEUSTADT, NOW, WHO
from tests.stored import Who, batch_of, row_of

KEY = "overlap:1:o2 o3"
AGREED, TO_CLARIFY = AssessmentState.AGREED, AssessmentState.TO_CLARIFY
TOMORROW: Who = {"actor": "Fachbereich 22", "now": NOW + timedelta(days=1)}


def only(engine: Engine) -> dict[str, Any]:
    """The one Einschätzung that there is."""
    [row] = records_of(reading.portfolio(engine).assessments)
    return row


def test_an_assessment_keeps_who_when_and_what_was_seen(engine: Engine) -> None:
    seen = {"seen_from": date(2024, 1, 1), "seen_until": None, "seen_municipalities": f"{AHORN} {NEUSTADT}"}
    values = {"state": AGREED, "reason": "seit Jahren so", "resubmit_on": date(2027, 3, 1), **seen}
    receipt = assess(engine, KEY, values, **WHO)
    stored = row_of(engine, Assessment, receipt.ids[0])
    assert stored == {
        "id": 1, "version": 1, "archived_on": None, "key": KEY, "progress": Progress.OPEN,
        "actor": ACTOR, "decided_on": NOW.date(), **values,
    }  # fmt: skip
    assert history(engine)["record"].tolist() == ["assessment"]


def test_a_second_decision_on_a_finding_takes_the_place_of_the_first(engine: Engine) -> None:
    assess(engine, KEY, {"state": TO_CLARIFY, "reason": "zwei Häuser"}, **WHO)
    assess(engine, KEY, {"progress": Progress.DONE}, version=1, **TOMORROW)
    row = only(engine)
    assert (row["state"], row["reason"], row["progress"]) == (TO_CLARIFY, "zwei Häuser", Progress.DONE)
    assert (row["actor"], row["decided_on"].date()) == ("Fachbereich 22", date(2026, 11, 23))


def test_each_finding_has_its_own(engine: Engine) -> None:
    for key in (KEY, "gap:4"):
        assess(engine, key, {"state": TO_CLARIFY}, **WHO)
    assert set(reading.portfolio(engine).assessments["key"]) == {KEY, "gap:4"}


def test_saying_the_same_again_writes_nothing(engine: Engine) -> None:
    assess(engine, KEY, {"state": AGREED}, **WHO)
    assert assess(engine, KEY, {"state": AGREED}, version=1, **WHO).batch is None


@pytest.mark.parametrize("version", [None, 1])
def test_who_decides_on_what_somebody_else_has_decided_meanwhile_sees_both(
    engine: Engine, version: int | None
) -> None:
    assess(engine, KEY, {"state": TO_CLARIFY}, **WHO)
    if version:
        assess(engine, KEY, {"state": AssessmentState.ACCEPTED}, version=1, **WHO)
    before = reading.revision(engine)
    with pytest.raises(Conflict) as refusal:
        assess(engine, KEY, {"state": AGREED}, version=version, **TOMORROW)
    assert reading.revision(engine) == before
    found = {field.field: (field.base, field.theirs, field.mine) for field in refusal.value.fields}
    was, theirs = (TO_CLARIFY, AssessmentState.ACCEPTED) if version else (None, TO_CLARIFY)
    assert found["state"] == (was, theirs, AGREED)
    assert (refusal.value.actor, refusal.value.version) == (ACTOR, version + 1 if version else 1)


def test_a_decision_can_be_taken_back(engine: Engine) -> None:
    assess(engine, KEY, {"state": TO_CLARIFY}, **WHO)
    second = assess(engine, KEY, {"state": AGREED}, version=1, **WHO)
    undo(engine, batch_of(second), **WHO)
    assert only(engine)["state"] == TO_CLARIFY
    first = history(engine)["batch"].iloc[-1]
    undo(engine, first, **WHO)
    assert reading.portfolio(engine).assessments.empty


def test_a_finding_whose_assessment_was_archived_is_assessed_anew(engine: Engine) -> None:
    (key,) = assess(engine, KEY, {"state": AGREED}, **WHO).ids
    archiving.archive(engine, Assessment, key, 1, **WHO)
    assess(engine, KEY, {"state": TO_CLARIFY}, **WHO)
    assert only(engine)["state"] == TO_CLARIFY


def test_what_is_wrong_is_said_in_german(engine: Engine) -> None:
    with pytest.raises(Invalid) as refusal:
        assess(engine, KEY, {"state": "egal", "resubmit_on": "irgendwann"}, **WHO)
    found = {problem.field: problem.message for problem in refusal.value.problems}
    assert "abgestimmt, vorübergehend hingenommen, zu klären" in found["state"]
    assert found["resubmit_on"].startswith("Bitte ein Datum eingeben")
