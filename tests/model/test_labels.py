"""Every record and field has a word for the screen."""

import pytest
from sqlalchemy import Table

from steering.model import Record
from steering.model.labels import _USUAL, COUNTED_WORDS, RECORD_WORDS, field_word

NOT_SHOWN = {
    "calendar_entry", "change", "dataset", "list_mapping", "own_unit", "paper_file", "paper_text",
    "release", "saved_view", "subscription", "told_fact",
}  # fmt: skip
LISTS = {
    "fields", "municipalities", "needs", "organisations", "partners", "potentials", "target_groups", "tasks",
}  # fmt: skip
LINKS = {
    "agreement_organisation",
    "agreement_task",
    "area_municipality",
    "measure_need",
    "measure_partner",
    "measure_potential",
    "measure_task",
    "need_group",
    "potential_need",
    "programme_field",
    "programme_task",
    "responsibility_group",
    "survey_answer_group",
    "survey_request_task",
}
SHOWN = [table for table in Record.metadata.sorted_tables if table.name not in NOT_SHOWN | LINKS]


def test_each_record_has_a_word() -> None:
    assert set(RECORD_WORDS) == {table.name for table in SHOWN}


@pytest.mark.parametrize("table", SHOWN, ids=lambda table: table.name)
def test_each_field_has_a_word(table: Table) -> None:
    assert set(table.c.keys()) - {"id", "version"} <= set(_USUAL)


def test_no_word_is_left_over() -> None:
    fields = {column.name for table in SHOWN for column in table.columns}
    assert set(_USUAL) <= fields | LISTS


def test_each_record_that_can_be_an_example_is_counted() -> None:
    with_provenance = {table.name for table in Record.metadata.sorted_tables if "provenance" in table.c}
    assert set(COUNTED_WORDS) == with_provenance


def test_a_word_may_belong_to_one_record() -> None:
    assert field_word("measure", "decided_on") == "beschlossen am"
    assert field_word("assessment", "decided_on") == "eingeschätzt am"
    assert field_word("addendum", "actor") == "nachgetragen von"
    assert field_word("assessment", "actor") == "eingeschätzt von"
