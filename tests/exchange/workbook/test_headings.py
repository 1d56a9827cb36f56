"""A heading belongs to its record, and the headings of earlier workbooks are still read."""

import pytest

from steering.exchange.workbook.columns import columns_of
from steering.exchange.workbook.tables import understood
from steering.model import Addendum, Measure, Record

RENAMED = [
    (Measure, "decided_on", "beschlossen am", "eingeschätzt am"),
    (Addendum, "actor", "nachgetragen von", "eingeschätzt von"),
]


@pytest.mark.parametrize(("record", "field", "heading", "former"), RENAMED)
def test_both_headings_are_read(record: type[Record], field: str, heading: str, former: str) -> None:
    columns = columns_of(record, {})
    assert next(column.heading for column in columns if column.field == field) == heading
    for said in (heading, former):
        table, notes = understood(record, "Blatt", [["Nr.", said], ["1", "x"]], columns)
        assert table is not None
        assert [column.field for column in table.columns] == ["id", field]
        assert notes == []
