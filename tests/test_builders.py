"""What the builders promise to the other tests."""

import pytest

from steering.analysis.portfolio import REFERENCES
from steering.model import Record
from tests.builders import TYPES, funding, organisation, portfolio, structure, table_name

STAYS = {("participant", "organisation_id"), ("action_item", "organisation_id"), ("wish", "organisation_id")}


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
    for reference in REFERENCES:
        if reference.child in empty.frames:
            assert reference.column in empty.frame(reference.child)
            assert "id" in empty.frame(reference.parent)


def test_a_misspelt_field_is_refused():
    with pytest.raises(TypeError, match="valid_til"):
        structure(valid_til="2026-12-31")


def test_without_its_target_a_row_goes_and_an_optional_reference_is_emptied():
    """Every foreign key is told: a dangling one leaves a name missing somewhere on the screen."""
    everything = portfolio(
        organisations=[organisation(id=1), organisation(id=2, parent_id=1)],
        structures=[structure(id=1, organisation_id=1), structure(id=2, organisation_id=2, department_id=1)],
    )
    rows = everything.organisations
    kept = everything.keeping({"organisation": rows["id"] == 2})
    assert kept.structures["id"].tolist() == [2]
    assert kept.structures["department_id"].isna().all()
    assert kept.organisations["parent_id"].isna().all()
    told = {(each.child, each.column) for each in REFERENCES}
    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.name == "id" for key in column.foreign_keys):
                assert (table.name, column.name) in told | STAYS
