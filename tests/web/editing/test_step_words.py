"""The Verlauf speaks German: every field and every closed list by its word."""

import json
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Column

from steering.model import Record
from steering.model.labels import RECORD_WORDS
from steering.model.vocabulary import WORDS
from steering.storage.history.searching import OneChange
from steering.web.editing import step_words
from steering.web.text import plain

FIELDS = [
    (table.name, column)
    for table in Record.metadata.sorted_tables
    if table.name in RECORD_WORDS and "version" in table.c
    for column in table.columns
    if not column.primary_key and column.name != "version" and not column.foreign_keys
]


@pytest.mark.parametrize(("table", "column"), FIELDS, ids=lambda each: getattr(each, "name", each))
def test_a_line_has_no_name_of_the_code(table: str, column: Column[Any]) -> None:
    listed: type[StrEnum] | None = getattr(column.type, "enum_class", None)
    values: list[Any] = [*listed] if listed else ["2026-05-01" if "DATE" in str(column.type) else None]
    for value in values:
        after = json.dumps(value)
        told = OneChange(1, table, "1", "", column.name, "null", after, erased=False, taken_back=False)
        said = step_words.step(told)
        assert not said.startswith(f"{column.name}:")
        assert "2026-05-01" not in said
        if listed:
            assert f"**{plain(WORDS[listed][value])}**" in said
