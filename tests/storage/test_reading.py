"""Reading: one moment as frames, frozen, without what is archived."""

from collections.abc import Callable

import pandas as pd
import pytest
from sqlalchemy import Date, Engine, Enum, Float, Integer, Table

from steering.analysis.portfolio import Portfolio
from steering.model import Organisation, Programme, Record, Structure
from steering.storage import archiving, reading, schema
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests.changed import history
from tests.storage.conftest import (
    BERATUNG,
    CARITAS,
    LANDKREIS,
    LANDRATSAMT,
    LOTSEN,
    NOW,
    OWN_SHARE,
    WHO,
    inventory,
)
from tests.stored import row_of

FRAMED = [
    table
    for table in Record.metadata.sorted_tables
    if table.name
    not in (
        "boundary",
        "calendar_entry",
        "change",
        "dataset",
        "paper_file",
        "list_mapping",
        "own_unit",
        "paper_text",
        "person",
        "release",
        "saved_view",
        "snapshot",
        "subscription",
        "told_fact",
    )
]


@pytest.fixture(scope="module")
def read(new_url: Callable[[], str]) -> dict[bool, Portfolio]:
    """What is read of a database with the small inventory (True), and of one that holds nothing."""
    fills: dict[bool, Callable[[str], list[Record]]] = {True: inventory, False: lambda _: []}
    return {
        filled: reading.portfolio(schema.prepare(new_url(), "coburg", fill=fills[filled]))
        for filled in (True, False)
    }


@pytest.mark.parametrize("table", FRAMED, ids=[table.name for table in FRAMED])
@pytest.mark.parametrize("filled", [True, False])
def test_columns_are_the_fields_in_their_types_also_without_rows(
    read: dict[bool, Portfolio], table: Table, filled: bool
) -> None:
    frame = read[filled].frame(table.name)
    assert list(frame.columns) == [column.name for column in table.columns]
    assert isinstance(frame.index, pd.RangeIndex)
    for column in table.columns:
        found = str(frame[column.name].dtype)
        if isinstance(column.type, Date):
            assert found == "datetime64[s]"
        elif isinstance(column.type, Float):
            assert found == "float64"
        elif isinstance(column.type, Integer):
            assert found == ("Int64" if column.nullable else "int64")
        elif isinstance(column.type, Enum):
            assert found == "str"
        else:
            assert found in ("str", "bool")


def test_enumerations_are_their_values_and_empty_days_are_missing(engine: Engine) -> None:
    fundings = reading.portfolio(engine).fundings.set_index("id")
    assert fundings["part"].tolist() == ["carrying", "co_financing", "carrying"]
    assert fundings.loc[OWN_SHARE, "end"] == pd.Timestamp(2026, 12, 31)
    assert fundings["start"].isna().all()


def test_writing_to_a_frame_leaves_the_portfolio_as_it_is(engine: Engine) -> None:
    portfolio = reading.portfolio(engine)
    for name, frame in portfolio.frames.items():
        before = frame.copy()
        handed_out = portfolio.frame(name)
        for column in handed_out.columns:
            handed_out[column] = None
        pd.testing.assert_frame_equal(portfolio.frame(name), before)
    cells = portfolio.structures
    cells.loc[0, "name"] = "überschrieben"
    assert "überschrieben" not in set(portfolio.structures["name"])


def test_an_archived_structure_takes_what_hangs_on_it_out_of_view(engine: Engine) -> None:
    archiving.archive(engine, Structure, LOTSEN, 1, **WHO)
    portfolio = reading.portfolio(engine)
    assert portfolio.structures["id"].tolist() == [BERATUNG]
    assert portfolio.fundings["structure_id"].tolist() == [BERATUNG]
    assert portfolio.responsibilities.empty
    assert portfolio.responsibility_groups.empty


def test_an_archived_organisation_takes_the_units_below_it_out_of_view(engine: Engine) -> None:
    archiving.archive(engine, Organisation, LANDKREIS, 1, **WHO)
    portfolio = reading.portfolio(engine)
    assert portfolio.organisations["id"].tolist() == [CARITAS]
    assert portfolio.structures["id"].tolist() == [BERATUNG]


def test_an_archived_programme_takes_its_fundings_out_of_view(engine: Engine) -> None:
    archiving.archive(engine, Programme, 1, 1, **WHO)
    portfolio = reading.portfolio(engine)
    assert portfolio.fundings.empty
    assert len(portfolio.structures) == 2


def test_the_archive_lists_the_latest_first(engine: Engine) -> None:
    archiving.archive(engine, Organisation, CARITAS, 1, **WHO)
    archiving.archive(engine, Organisation, LANDRATSAMT, 1, actor="x", now=NOW.replace(day=23))
    assert reading.archived(engine, Organisation)["id"].tolist() == [LANDRATSAMT, CARITAS]
    assert reading.archived(engine, Structure).empty


def test_the_outlines_come_as_geometry(engine: Engine) -> None:
    (outline,) = reading.boundaries(engine).to_dict("records")
    assert (outline["key"], outline["role"]) == ("09463", "neighbour")
    assert outline["geometry"] == {"type": "Polygon", "coordinates": []}


def test_a_record_that_does_not_exist_is_none(engine: Engine) -> None:
    assert reading.record(engine, Structure, 99) is None
    stored = row_of(engine, Structure, LOTSEN)
    assert stored is not None
    assert set(stored) == set(table_of(Structure).c.keys())


def test_the_history_is_limited_and_newest_first(engine: Engine) -> None:
    for version in range(1, 6):
        write(engine, [Edit(Structure, {"places": version}, id=LOTSEN, version=version)], **WHO)
    found = history(engine, limit=3)
    assert found["after"].tolist() == ["5", "4", "3"]
    assert history(engine, "structure", str(BERATUNG)).empty
