"""Where the database is, and how SQLite is set up."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from steering.model import Funding, Structure
from steering.storage import engine as opening
from steering.storage.engine import PROJECT_ROOT, database_file, database_url, reading, writing
from steering.storage.problems import DatabaseRefused
from steering.storage.tables import table_of
from tests.storage.conftest import LOTSEN


@pytest.mark.parametrize(
    ("said", "file"),
    [
        (None, PROJECT_ROOT / "db" / "steering.db"),
        ("sqlite:///data/own.db", PROJECT_ROOT / "data" / "own.db"),
        ("sqlite:////srv/own.db", Path("/srv/own.db")),
    ],
)
def test_a_relative_path_counts_from_the_project_root(said: str | None, file: Path) -> None:
    environ = {"STEERING_DATABASE_URL": said} if said else {}
    assert database_file(database_url(environ)) == file


def test_a_database_server_keeps_its_address_with_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "create_engine", lambda _: "as if its driver were there")
    address = "postgresql+psycopg://unit:secret@host/steering"
    assert database_url({"STEERING_DATABASE_URL": address}) == address
    assert database_file(address) is None


@pytest.mark.parametrize(
    "said",
    [
        "steering.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///a.db?timeout=never",
        "sqlite:///a.db?unknown=1",
        "sqlite://host/a.db",
        "sqlite+aiosqlite:///a.db",
        "sqlite+pysqlcipher://:secret@/a.db",
        f"sqlite:///{'x' * 300}.db",
        f"sqlite:///{'x' * 240}.db",
        "sqlite:///a\x00b.db",
        "sqlite:///a\udcff.db",
        "mysql://host/steering",
        "mysql+pymysql://unit:secret@host/steering",
        "mysql+unknown://host/steering",
        "mariadb://host/steering",
        "oracle://host/steering",
        "mssql+pyodbc://host/steering",
        "postgresql://host:port/steering",
        "quatsch://host/steering",
        "://",
        "\udcff",
    ],
)
def test_an_address_that_cannot_hold_the_data_is_refused_with_the_remedy(said: str) -> None:
    with pytest.raises(DatabaseRefused, match="Bitte"):
        database_url({"STEERING_DATABASE_URL": said})


def test_a_driver_that_is_not_installed_is_named() -> None:
    with pytest.raises(DatabaseRefused, match="fehlt der Treiber »MySQLdb«"):
        database_url({"STEERING_DATABASE_URL": "mysql://host/steering"})


@pytest.mark.usefixtures("only_sqlite")
def test_every_connection_waits_for_others_and_checks_references(engine: Engine) -> None:
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        }
    assert settings == {"journal_mode": "wal", "busy_timeout": 5000, "foreign_keys": 1, "synchronous": 2}


def test_a_reader_sees_one_state_while_another_writes(engine: Engine) -> None:
    funding = table_of(Funding)
    with reading(engine) as reader:
        before = reader.execute(funding.select()).all()
        with writing(engine) as writer:
            writer.execute(funding.update().values(fte=9))
        assert reader.execute(funding.select()).all() == before
    with reading(engine) as reader:
        assert reader.execute(funding.select()).all() != before


def test_a_structure_with_fundings_cannot_be_deleted_behind_storage(engine: Engine) -> None:
    structure = table_of(Structure)
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(structure.delete().where(structure.c.id == LOTSEN))
