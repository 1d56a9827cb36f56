"""The examples of Coburg: recognisable, harmless to the facts, and enough of each kind."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from steering.analysis.findings import standing
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, View
from steering.model import (
    Agreement,
    CommitteeDate,
    EndKind,
    Funding,
    Measure,
    MeasureCost,
    MeasureStatus,
    Milestone,
    Need,
    NeedKind,
    NeedUnit,
    Organisation,
    PersonnelCost,
    Provenance,
    Responsibility,
    Structure,
    Task,
    Traced,
)
from steering.storage import examples, reading, schema, starter
from steering.storage.history.undoing import undo
from tests.storage.conftest import WHO, without_versions
from tests.stored import batch_of

COBURG = starter.records("coburg")
EXAMPLES: list[Any] = [r for r in COBURG if isinstance(r, Traced) and r.provenance == Provenance.EXAMPLE]
NAMED = Structure | Organisation | Agreement | Measure | Milestone
NEEDS = [need for need in EXAMPLES if isinstance(need, Need)]


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The Landkreis as it is delivered."""
    engine = schema.prepare(url, "coburg")
    yield engine
    engine.dispose()


def rows_of(file: str) -> int:
    """How many rows a file of facts has."""
    with (starter.COBURG / file).open(encoding="utf-8", newline="") as content:
        return len(list(csv.DictReader(content)))


def test_there_are_few_of_what_exists_and_many_of_what_is_needed() -> None:
    assert Counter(type(record) for record in EXAMPLES) == {
        CommitteeDate: 26,
        Need: 24,
        Responsibility: 12,
        Structure: 4,
        Organisation: 3,
        Agreement: 1,
        Measure: 6,
        Milestone: 9,
        MeasureCost: 5,
        PersonnelCost: 1,
    }


def test_an_example_is_recognised_by_its_note_and_what_exists_by_its_name_too() -> None:
    assert {record.provenance_note.split(":")[0] for record in EXAMPLES} == {
        "Beispiel", "Beispieltermin", "Beispielwert",
    }  # fmt: skip
    named = [r.name for r in EXAMPLES if isinstance(r, NAMED)]
    assert all(name.startswith("Beispiel") for name in named)
    assert not any(record.source or record.origin for record in EXAMPLES)


def test_no_example_ends_or_pays_for_anything_so_that_decisions_are_about_facts() -> None:
    assert not [record for record in EXAMPLES if isinstance(record, Funding)]
    structures = [record for record in EXAMPLES if isinstance(record, Structure)]
    assert {structure.end_kind for structure in structures} == {EndKind.OPEN}
    assert {structure.fte for structure in structures} == {None}


def test_hidden_examples_leave_the_documented_inventory(engine: Engine) -> None:
    everything = reading.portfolio(engine)
    facts = everything.without_examples()
    assert facts.needs.empty
    assert facts.need_groups.empty
    assert facts.committee_dates.empty
    assert facts.measures.empty
    assert facts.milestones.empty
    for table, file in (
        ("structure", "structures.csv"),
        ("organisation", "organisations.csv"),
        ("responsibility", "responsibilities.csv"),
        ("agreement", "agreements.csv"),
        ("funding", "fundings.csv"),
    ):
        assert len(facts.frame(table)) == rows_of(file)
        assert facts.frame(table)["id"].tolist() == everything.frame(table)["id"].tolist()[: rows_of(file)]
    assert set(facts.responsibility_groups["responsibility_id"]) == set(facts.responsibilities["id"])


def test_removed_examples_leave_the_facts_alone_and_come_back_with_undo(engine: Engine) -> None:
    before = reading.portfolio(engine)
    assert examples.dependants(engine) == []
    removed = examples.remove(engine, **WHO)
    left = reading.portfolio(engine)
    assert said(left) == said(before.without_examples())
    undo(engine, batch_of(removed), **WHO)
    assert without_versions(reading.portfolio(engine)) == without_versions(before)


def said(portfolio: Portfolio) -> dict[str, str]:
    return {table: text for table, text in without_versions(portfolio).items() if text.count("\n") > 1}


def test_needs_are_of_both_kinds_for_a_dozen_tasks_and_more_in_each_unit() -> None:
    service = [need for need in NEEDS if need.kind == NeedKind.SERVICE]
    assert (len(service), len(NEEDS) - len(service)) == (19, 5)
    assert len({need.task_id for need in service}) > 12
    assert {need.unit for need in NEEDS} == {None, *NeedUnit}
    assert len({need.area_id for need in NEEDS}) == 5


def test_example_measures_act_answer_findings_that_exist_and_close_some_of_them(engine: Engine) -> None:
    everything = reading.portfolio(engine)
    day = date(2026, 11, 25)
    look = View(day, day, Horizon.around(day, 1, 9))
    found, left = (
        standing(everything, each) for each in (look, plan.with_masterplan(everything, look, ideas=True))
    )
    named = {key for answers in everything.measures["answers"] for key in answers.split()}
    assert named <= set(found["key"])
    missing = {status.value for status in MeasureStatus} - set(everything.measures["status"])
    assert missing == {"decided", "discarded"}
    assert not any(everything.measures["result"].notna())
    told = [plan.told(everything, int(key)) for key in everything.measures["id"]]
    assert [len(effects) for effects in told] == [1, 2, 1, 1, 0, 0]
    assert not any(effect.problem for effects in told for effect in effects)
    in_2028 = [set(holds_on(rows, "2028-12-31")) for rows in (found, left)]
    assert len(in_2028[0] - in_2028[1]) >= 8


def holds_on(rows: pd.DataFrame, day: str) -> list[str]:
    """The keys of the findings of that day."""
    begun, lasts = (rows[side].isna() for side in ("start", "end"))
    return rows.loc[(begun | (rows["start"] <= day)) & (lasts | (rows["end"] >= day)), "key"].tolist()


def test_a_need_names_a_site_only_where_the_task_is_judged_per_site() -> None:
    per_site = {task.id for task in COBURG if isinstance(task, Task) and task.per_site}
    sited = [need for need in NEEDS if need.site]
    assert {need.site for need in sited} == {"Beispielschule", "Gemeinschaftsunterkunft Ebersdorf"}
    assert {need.task_id for need in sited} <= per_site
