"""What the builders promise to the other tests."""

import pytest

from steering.analysis.portfolio import REFERENCES
from tests.builders import TYPES, funding, portfolio, structure, table_name


def test_a_portfolio_of_nothing_has_every_frame_with_the_types_of_a_full_one():
    empty = portfolio()
    full = portfolio(structures=[structure(id=1, valid_until="2026-12-31")], fundings=[funding(places=3)])
    for table in map(table_name, TYPES.values()):
        assert list(empty.frame(table).dtypes) == list(full.frame(table).dtypes), table
    assert empty.structures["valid_until"].dtype == "datetime64[s]"
    assert empty.structures["id"].dtype == "int64"
    assert empty.fundings["places"].dtype == "Int64"
    assert empty.fundings["fte"].dtype == "float64"
    assert empty.fundings["end_kind"].dtype == "str"
    assert empty.settings["warning_months"] == 18


def test_every_reference_of_the_portfolio_names_columns_that_exist():
    empty = portfolio()
    for child, column, parent in REFERENCES:
        assert column in empty.frame(child)
        assert "id" in empty.frame(parent)


def test_a_misspelt_field_is_refused():
    with pytest.raises(TypeError, match="valid_til"):
        structure(valid_til="2026-12-31")
