"""`steering copy`: a database in another engine and back is the same row for row, or nothing was copied."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, make_url, update

from steering import cli
from steering.model import Change, Level, Municipality, Organisation, Programme, Structure, TaskField
from steering.storage import checking, reading, schema, transfer
from steering.storage.engine import writing
from steering.storage.problems import DatabaseRefused
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests import postgres
from tests.conftest import sqlite_url
from tests.storage.conftest import LOTSEN, WHO

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31))
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1))  # noqa: DTZ001
CENTS = st.none() | st.integers(0, 10**13)


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[type, list[dict[str, Any]]]]:
    """What a hand past the program could leave: any characters, figures, days, parents behind children."""
    towns = [
        {
            "ags": f"9{n:07}",
            "ars": "9",
            "name": draw(TEXT),
            "kind": draw(TEXT),
            "inhabited": draw(st.booleans()),
        }
        | {"area_km2": draw(NUMBERS), "reference_date": draw(DAYS), "postcode": "", "source": draw(TEXT)}
        for n in range(draw(st.integers(0, 3)))
    ]
    traced = {"provenance": "example", "source": draw(TEXT), "provenance_note": draw(TEXT), "origin": ""}
    number = draw(st.integers(1, 5))
    above = draw(st.permutations(range(100, 100 + number)))
    # Along a chain in any order of keys: each below the one before it, the first below none.
    parents = dict(zip(above[1:], above, strict=False))
    units = [
        Organisation(id=key, slug=f"u{key}", name="Träger", level=Level.COUNTY).model_dump()
        | traced
        | {"name": draw(TEXT), "parent_id": parents.get(key)}
        for key in range(100, 100 + number)
    ]
    programmes = [
        Programme(id=100 + n, slug=f"p{n}", name="Programm").model_dump()
        | {"name": draw(TEXT), "rate_cents": draw(CENTS)}
        for n in range(draw(st.integers(0, 3)))
    ]
    changes = [
        {
            "id": key,
            "batch": draw(TEXT)[:36],
            "at": draw(MOMENTS),
            "actor": draw(TEXT),
        }
        | {"revision": draw(st.integers(0, 2**31 - 1)), "record": "field", "record_key": "1", "field": "*"}
        | {"before": draw(TEXT), "after": draw(TEXT), "undoes": draw(st.none() | st.just(""))}
        | {"imported": draw(TEXT), "erased": draw(st.booleans())}
        for key in sorted(draw(st.sets(st.integers(1, 2**31 - 1), max_size=3)))
    ]
    made = [(Municipality, towns), (Organisation, units), (Programme, programmes), (Change, changes)]
    return [(record, listed) for record, listed in made if listed]


def everything(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, as SQLite itself gives them."""
    with closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608
            for name in names
        }


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


@pytest.mark.parametrize("kind", ["coburg", "empty"])
def test_the_delivered_data_are_the_same_row_for_row_there_and_back(
    url: str, folder: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, back = folder / "a.db", folder / "b.db"
    engine = schema.prepare(sqlite_url(first), kind)
    before = reading.portfolio(engine)
    engine.dispose()
    assert cli.main(["copy", sqlite_url(first), url]) == 0
    assert cli.main(["copy", url, sqlite_url(back)]) == 0
    said = capsys.readouterr().out
    assert f"Kopiert und verglichen: {sum(map(len, everything(back).values())) - 1} Zeilen" in said
    assert everything(back) == everything(first)
    assert checking.problems(url) == checking.problems(sqlite_url(back)) == []
    there = schema.prepare(url, kind)
    after = reading.portfolio(there)
    assert all(after.frame(name).equals(frame) for name, frame in before.frames.items())
    assert (after.dataset_id, after.revision) == (before.dataset_id, before.revision)
    there.dispose()


@settings(max_examples=5)
@given(made=rows())
def test_whatever_the_tables_hold_comes_back_as_it_was(
    template: Path, postgresql: postgres.Server, made: list[tuple[type, list[dict[str, Any]]]]
) -> None:
    with TemporaryDirectory() as folder:
        first, back = Path(folder) / "a.db", Path(folder) / "b.db"
        first.write_bytes(template.read_bytes())
        engine = schema.prepare(sqlite_url(first), "coburg")
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for record, listed in made:
                connection.execute(insert(table_of(record)), listed)
        engine.dispose()
        name = postgresql.new()
        transfer.copy(sqlite_url(first), postgresql.url(name))
        transfer.copy(postgresql.url(name), sqlite_url(back))
        postgresql.drop(name)
        assert everything(back) == everything(first)


def test_keys_and_history_go_on_where_they_ended(url: str, folder: Path, template: Path) -> None:
    first = folder / "a.db"
    first.write_bytes(template.read_bytes())
    engine = schema.prepare(sqlite_url(first), "coburg")
    added = [Edit(TaskField, {"slug": "neu", "name": "Neu"})]
    (key,) = write(engine, added, **WHO).ids
    write(engine, [Edit(Structure, {"note": "vorher"}, id=LOTSEN, version=1)], **WHO)
    engine.dispose()
    transfer.copy(sqlite_url(first), url)
    there = schema.prepare(url, "coburg")
    (next_key,) = write(there, [Edit(TaskField, {"slug": "neuer", "name": "Neuer"})], **WHO).ids
    assert next_key == key + 1
    with reading.reading(there) as connection:
        ids = list(connection.execute(table_of(Change).select().order_by(table_of(Change).c.id)).scalars())
    assert ids == [1, 2, 3]
    assert checking.problems(url) == []
    there.dispose()


def test_a_target_that_holds_something_is_refused_and_left_as_it_is(
    engine: Engine, url: str, folder: Path, template: Path
) -> None:
    file = folder / "a.db"
    file.write_bytes(template.read_bytes())
    before = reading.revision(engine)
    for source, target in ((sqlite_url(file), url), (url, sqlite_url(file))):
        with pytest.raises(DatabaseRefused, match="enthält schon Daten"):
            transfer.copy(source, target)
    assert reading.revision(engine) == before
    assert file.read_bytes() == template.read_bytes()


def test_what_is_no_source_is_refused_and_no_target_is_left_behind(
    url: str, folder: Path, template: Path, postgresql: postgres.Server
) -> None:
    older, target = folder / "a.db", folder / "b.db"
    older.write_bytes(template.read_bytes())
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0012'")
        connection.commit()
    for source, where, why in (
        (sqlite_url(older), url, "ist auf dem Stand 0012, das Programm auf"),
        (sqlite_url(folder / "nirgends.db"), url, "enthält nichts oder ist nicht da"),
        (url, sqlite_url(target), "enthält nichts oder ist nicht da"),
        (sqlite_url(older), sqlite_url(folder / "." / "a.db"), "dieselbe Datenbank"),
        (url, url, "dieselbe Datenbank"),
    ):
        with pytest.raises(DatabaseRefused, match=why):
            transfer.copy(source, where)
    assert not target.exists()
    assert postgresql.say("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database(url)) == [
        (0,)
    ]


def test_a_value_that_does_not_fit_or_comes_out_otherwise_takes_all_of_it_back(
    url: str, folder: Path, template: Path, postgresql: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = folder / "a.db"
    first.write_bytes(template.read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(transfer, "_in_order", lambda table, parts: ())
        with pytest.raises(DatabaseRefused, match="stehen nach dem Kopieren andere Werte"):
            transfer.copy(sqlite_url(first), url)
    engine = schema.prepare(sqlite_url(first), "coburg")
    with writing(engine) as connection:
        connection.execute(update(table_of(Structure)).values(name="x" * 201))
    engine.dispose()
    with pytest.raises(DatabaseRefused, match="Ein Wert passt nicht"):
        transfer.copy(sqlite_url(first), url)
    assert postgresql.say("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database(url)) == [
        (0,)
    ]


def database(url: str) -> str:
    return str(make_url(url).database)
