"""Measures written by hand: checked, with their lists, steps and costs, and gone with what they hang on."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.analysis.changes import ExtendFunding
from steering.analysis.masterplan import plan
from steering.analysis.scenarios import stored_changes
from steering.model import Funding, Measure, MeasureCost, MeasureStatus, Milestone, Need, NeedKind, Period
from steering.storage import archiving, examples, reading
from steering.storage.history.undoing import undo
from steering.storage.problems import Invalid
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import CARITAS, CARRYING, COUNSEL, DISTRICT, LANDRATSAMT, WHO
from tests.stored import batch_of

EFFECTS = stored_changes.as_text([ExtendFunding(CARRYING, date(2028, 12, 31))])
SUCCESSOR = {"name": "Nachfolge", "status": MeasureStatus.PLANNED, "effects": EFFECTS}
NEED = {"name": "Beratung", "kind": NeedKind.SERVICE, "task_id": COUNSEL, "area_id": DISTRICT}


def whole(**values: Any) -> list[Edit]:
    """A measure with everything that hangs on it."""
    lists = {"tasks": [COUNSEL], "partners": [CARITAS], "needs": [Made(0)], "organisation_id": LANDRATSAMT}
    return [
        Edit(Need, NEED),
        Edit(Measure, SUCCESSOR | lists | values),
        Edit(Milestone, {"measure_id": Made(1), "name": "Antrag", "day": date(2026, 11, 15)}),
        Edit(MeasureCost, {"measure_id": Made(1), "year": 2027, "payer": "own", "amount_cents": 1_300_000}),
    ]


def complaints(engine: Engine, *edits: Edit) -> dict[str, str]:
    """What storage has to say against an edit, by field."""
    with pytest.raises(Invalid) as refusal:
        write(engine, edits, **WHO)
    return {problem.field: problem.message for problem in refusal.value.problems}


def test_a_measure_is_read_with_its_lists_steps_and_costs(engine: Engine) -> None:
    _, key, _, _ = write(engine, whole(), **WHO).ids
    found = reading.portfolio(engine)
    assert found.measures["name"].tolist() == ["Nachfolge"]
    assert found.measure_tasks["task_id"].tolist() == [COUNSEL]
    assert found.measure_partners["organisation_id"].tolist() == [CARITAS]
    assert found.measure_needs["measure_id"].tolist() == [key]
    assert found.milestones["name"].tolist() == ["Antrag"]
    assert found.measure_costs["amount_cents"].tolist() == [1_300_000]
    assert plan.changes(found) == (ExtendFunding(CARRYING, date(2028, 12, 31)),)


def test_the_keys_of_findings_are_kept_each_once(engine: Engine) -> None:
    write(engine, whole(answers="GAP/a\n\n GAP/b \nGAP/a"), **WHO)
    assert reading.portfolio(engine).measures["answers"].tolist() == ["GAP/a\nGAP/b"]


def test_every_problem_of_a_measure_is_named_at_once_in_german(engine: Engine) -> None:
    wrong = {"name": "", "status": "bald", "start": date(2028, 1, 1), "end": date(2027, 1, 1)}
    found = complaints(engine, Edit(Measure, wrong | {"effects": "{", "tasks": [99], "committee_id": 99}))
    assert found["name"] == "Bitte ausfüllen."
    assert "»bald« steht nicht zur Wahl. Möglich sind: Idee, geplant" in found["status"]
    assert "keine lesbare Liste" in found["effects"]
    assert "gibt es nicht (mehr)" in found["tasks"]
    assert "gibt es nicht (mehr)" in found["committee_id"]
    assert (
        "vor dem Beginn" in complaints(engine, Edit(Measure, wrong | {"name": "x", "status": "idea"}))["end"]
    )


def test_a_cost_has_a_year_and_no_amount_below_zero(engine: Engine) -> None:
    found = complaints(
        engine,
        Edit(Measure, SUCCESSOR),
        Edit(MeasureCost, {"measure_id": Made(0), "year": 27, "payer": "own", "amount_cents": -1}),
    )
    assert set(found) == {"year", "amount_cents"}


def test_a_measure_archived_takes_its_steps_and_costs_along_and_comes_back_with_undo(engine: Engine) -> None:
    key = write(engine, whole(), **WHO).ids[1]
    assert archiving.dependants(engine, Measure, key) == [
        "Kosten 2027 von »Nachfolge«",
        "Meilenstein »Antrag« von »Nachfolge«",
    ]
    put_away = archiving.archive(engine, Measure, key, 1, **WHO)
    left = reading.portfolio(engine)
    assert [len(left.frame(name)) for name in ("measure", "milestone", "measure_cost", "measure_need")] == [
        0
    ] * 4
    undo(engine, batch_of(put_away), **WHO)
    assert len(reading.portfolio(engine).milestones) == 1


def test_what_an_effect_names_may_be_archived_and_the_effect_then_does_nothing(engine: Engine) -> None:
    key = write(engine, whole(), **WHO).ids[1]
    archiving.archive(engine, Funding, CARRYING, 1, **WHO)
    (told,) = plan.told(reading.portfolio(engine), key)
    assert "archiviert" in told.problem


def test_an_archived_need_or_unit_leaves_the_measure(engine: Engine) -> None:
    need = write(engine, whole(), **WHO).ids[0]
    archiving.archive(engine, Need, need, 1, **WHO)
    found = reading.portfolio(engine)
    assert (len(found.measures), len(found.measure_needs)) == (1, 0)


def test_example_measures_are_hidden_and_removed_with_all_that_hangs_on_them(engine: Engine) -> None:
    example = {"provenance": "example", "provenance_note": "Beispiel: erfunden"}
    edits = [Edit(edit.record, dict(edit.values) | example) for edit in whole()]
    write(engine, edits, **WHO)
    hidden = reading.portfolio(engine).without_examples()
    assert [len(hidden.frame(name)) for name in ("measure", "milestone", "measure_cost", "measure_task")] == [
        0
    ] * 4
    removed = examples.remove(engine, **WHO)
    assert reading.portfolio(engine).milestones.empty
    undo(engine, batch_of(removed), **WHO)
    assert len(reading.portfolio(engine).milestones) == 1


def test_an_example_measure_that_somebody_corrects_becomes_a_fact(engine: Engine) -> None:
    example = {"provenance": "example", "provenance_note": "Beispiel: erfunden"}
    [key] = write(engine, [Edit(Measure, SUCCESSOR | example)], **WHO).ids
    write(engine, [Edit(Measure, {"status": "decided"}, id=key, version=1)], **WHO)
    assert reading.portfolio(engine).measures["provenance"].tolist() == ["documented"]


def test_planning_periods_have_no_day_in_common(engine: Engine) -> None:
    periods = [
        Edit(Period, {"first": date(year, 1, 1), "last": date(year, 12, 31)}) for year in (2026, 2027, 2028)
    ]
    write(engine, periods, **WHO)
    again = {"first": date(2028, 12, 31), "last": date(2030, 12, 31)}
    assert "überschneidet sich mit 01.01.2028–31.12.2028" in complaints(engine, Edit(Period, again))["first"]
    wrong = Edit(Period, {"first": date(2031, 1, 1), "last": date(2030, 1, 1)})
    assert "vor dem Beginn" in complaints(engine, wrong)["last"]
