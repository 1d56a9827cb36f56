"""PostgreSQL: what it refuses at the start, what it says in trouble, and that all goes on afterwards."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Engine, Integer, String, make_url
from sqlalchemy import Enum as OneOf

from steering.model import Record, Structure
from steering.storage import checking, database_server, reading, schema, troubles
from steering.storage import engine as opening
from steering.storage.backups import copies
from steering.storage.problems import DatabaseRefused, DatasetReplaced, NotReadable, NotSaved
from steering.storage.saving import origin, resting_on
from steering.storage.tables import TYPES, table_of
from steering.storage.validation import check
from steering.storage.writing import Edit, write
from tests import postgres
from tests.storage.conftest import LOTSEN, WHO
from tests.stored import row_of

LARGEST = 2**31 - 1
# What the program numbers by itself.
OWN = {("confirmation_item", "record_key"), ("change", "undoes_change"), ("calendar_entry", "sequence")}


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


def name(url: str) -> str:
    return str(make_url(url).database)


def note(engine: Engine, text: str) -> None:
    version = row_of(engine, Structure, LOTSEN)["version"]
    write(engine, [Edit(Structure, {"note": text}, id=LOTSEN, version=version)], **WHO)


def whole_state(engine: Engine) -> tuple[tuple[str, int], str]:
    return reading.revision(engine), row_of(engine, Structure, LOTSEN)["note"]


@contextmanager
def every_change_fails(server: postgres.Server, database: str, body: str) -> Iterator[None]:
    """The server answers each row of the history as the body says."""
    server.say(
        f"CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {body}; RETURN NEW; END';"
        "CREATE TRIGGER trouble BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION trouble()",
        database,
    )
    try:
        yield
    finally:
        server.say("DROP TRIGGER trouble ON change; DROP FUNCTION trouble()", database)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("53100", troubles.FULL),
        ("53200", troubles.OVERLOADED),
        ("57014", troubles.SLOW),
        ("40P01", troubles.LOCKED),
        ("42501", troubles.FORBIDDEN),
        ("58030", troubles.FAILING),
        ("XX001", troubles.DAMAGED),
    ],
)
def test_what_the_server_reports_is_a_sentence_and_nothing_is_half_written(
    engine: Engine, url: str, postgresql: postgres.Server, state: str, sentence: str
) -> None:
    before = whole_state(engine)
    with every_change_fails(postgresql, name(url), f"RAISE EXCEPTION USING ERRCODE = ''{state}''"):
        with pytest.raises(NotSaved) as refused:
            note(engine, "verloren")
        assert refused.value.cause == sentence
        assert whole_state(engine) == before
    note(engine, "nachher")
    assert whole_state(engine)[1] == "nachher"


def test_a_server_that_is_restarted_is_a_sentence_and_then_all_goes_on_by_itself(
    engine: Engine, postgresql: postgres.Server
) -> None:
    note(engine, "vorher")
    postgresql.stop()
    try:
        for attempt in (lambda: note(engine, "verloren"), lambda: reading.portfolio(engine)):
            with pytest.raises(NotReadable) as refused:
                attempt()
            assert refused.value.cause == troubles.UNREACHABLE
    finally:
        postgresql.start()
    assert whole_state(engine)[1] == "vorher"
    note(engine, "nachher")
    assert whole_state(engine)[1] == "nachher"


def test_a_connection_cut_while_something_is_written_takes_all_of_it_along(
    engine: Engine, url: str, postgresql: postgres.Server
) -> None:
    before = whole_state(engine)
    cut = "PERFORM pg_terminate_backend(pg_backend_pid())"
    with every_change_fails(postgresql, name(url), cut):
        with pytest.raises(NotSaved) as refused:
            note(engine, "verloren")
        assert refused.value.cause == troubles.UNREACHABLE
        assert whole_state(engine) == before
    note(engine, "nachher")


def test_a_server_that_only_lets_read_is_a_sentence_and_later_takes_again(
    engine: Engine, url: str, postgresql: postgres.Server
) -> None:
    for allowed in ("on", "off"):
        postgresql.say(f'ALTER DATABASE "{name(url)}" SET default_transaction_read_only = {allowed}')
        if allowed == "on":
            engine.dispose()  # Whoever is connected keeps what was the rule then.
            with pytest.raises(NotSaved) as refused:
                note(engine, "verloren")
            assert refused.value.cause == troubles.READ_ONLY
    note(engine, "nachher")
    assert whole_state(engine)[1] == "nachher"


def test_a_writer_in_another_process_is_waited_for_and_then_named(
    engine: Engine, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_server, "LOCK_MILLISECONDS", 100)
    other, impatient = opening.make_engine(url), opening.make_engine(url)
    with opening.writing(other):
        # The queue within this process is told apart by the address: here it would be the same.
        monkeypatch.setattr(opening, "QUEUE_SECONDS", 0.1)
        with pytest.raises(NotSaved) as refused:
            note(impatient, "verloren")
        assert refused.value.cause == troubles.LOCKED
        assert reading.portfolio(impatient).revision == 1, "readers wait for nobody"
    note(impatient, "nachher")
    for each in (other, impatient):
        each.dispose()


def test_writers_at_once_follow_each_other_and_none_is_lost(engine: Engine, url: str) -> None:
    """Each in a queue of its own, as in processes of their own: what it has read stays true."""
    engines = [opening.make_engine(f"{url}&application_name=writer-{number}") for number in range(4)]

    def adds(own: Engine) -> list[int]:
        return [
            write(own, [Edit(Structure, {"name": "Neu", "kind": "post", "organisation_id": 2})], **WHO).ids[0]
            for _ in range(5)
        ]

    with ThreadPoolExecutor(len(engines)) as pool:
        made = [key for keys in pool.map(adds, engines) for key in keys]
    assert sorted(made) == list(range(3, 23)), "every key once, and none left out"
    assert reading.portfolio(engine).revision == 21
    for each in engines:
        each.dispose()


def test_a_database_taken_back_by_the_servers_tools_is_noticed_as_other_data(
    engine: Engine, url: str, postgresql: postgres.Server
) -> None:
    here = resting_on(engine, origin(engine))
    archive = postgresql.dump(name(url))
    note(engine, "nach der Sicherung")
    postgresql.restore(name(url), archive)
    with pytest.raises(DatasetReplaced):
        note(here, "davor begonnen")
    assert checking.problems(url) == []
    note(resting_on(engine, origin(engine)), "danach")


def test_a_drifted_schema_is_found(engine: Engine, url: str, postgresql: postgres.Server) -> None:
    assert checking.problems(url) == []
    postgresql.say("ALTER TABLE structure DROP CONSTRAINT ck_structure_structure_kind", name(url))
    postgresql.say("ALTER TABLE funding ALTER COLUMN fte TYPE integer", name(url))
    found = checking.problems(url)
    assert [line for line in found if "Prüfung (CHECK) fehlt: kind IN ('post'" in line]
    assert [line for line in found if "Spalte »fte«: Der Typ ist INTEGER, nicht FLOAT." in line]


def test_what_cannot_be_reached_or_holds_something_else_is_refused_with_the_remedy(
    postgresql: postgres.Server,
) -> None:
    with pytest.raises(DatabaseRefused, match=r"»nirgends« .* ist nicht zu erreichen .*läuft"):
        schema.prepare(postgresql.url("nirgends"), "coburg")
    foreign = postgresql.new()
    postgresql.say("CREATE TABLE kasse (id integer)", foreign)
    with pytest.raises(DatabaseRefused, match="gehört zu einem anderen Programm"):
        schema.prepare(postgresql.url(foreign), "coburg")
    assert postgresql.say("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", foreign) == [
        ("kasse",)
    ]
    latin = postgresql.new(encoding="LATIN1")
    with pytest.raises(DatabaseRefused, match="als LATIN1, nicht als UTF8"):
        schema.prepare(postgresql.url(latin), "coburg")
    own = postgresql.new()
    postgresql.say("REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE guest LOGIN", own)
    with pytest.raises(DatabaseRefused, match="erlaubt dieser Anmeldung nicht, Tabellen anzulegen"):
        schema.prepare(postgresql.url(own).replace("//steering@", "//guest@"), "coburg")
    postgresql.say("DROP ROLE guest", own)
    for made in (foreign, latin, own):
        postgresql.drop(made)


def test_a_newer_schema_is_refused_and_left_as_it_is(
    engine: Engine, url: str, postgresql: postgres.Server
) -> None:
    postgresql.say("UPDATE alembic_version SET version_num = '9999'", name(url))
    with pytest.raises(DatabaseRefused, match="ist neuer als das Programm"):
        schema.prepare(url, "coburg")


def test_no_password_is_said(postgresql: postgres.Server) -> None:
    address = "postgresql+psycopg://steering:geheim@localhost:1/steering?connect_timeout=1"
    with pytest.raises(DatabaseRefused) as refused:
        schema.prepare(address, "coburg")
    assert "geheim" not in str(refused.value)


def test_a_missing_driver_is_named_with_the_command() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from steering import cli\n"
        "sys.exit(cli.main(['check', '--database', 'postgresql+psycopg://localhost/steering']))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "fehlt der Treiber »psycopg«" in said.stderr
    assert "requirements-postgres.txt" in said.stderr


def test_backups_are_for_the_tools_of_the_server(url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefused, match=r"pg_dump.*pg_restore"):
        copies.backup(url, "coburg", tmp_path / "sicherung.db")
    assert not copies.possible(url)
    assert list(tmp_path.iterdir()) == []


def test_a_start_waits_for_another_and_says_so_in_the_end(
    url: str, monkeypatch: pytest.MonkeyPatch, open_database: Callable[..., Engine]
) -> None:
    monkeypatch.setattr(schema, "LOCK_SECONDS", 1)
    with schema.taking_turns(url), pytest.raises(DatabaseRefused, match=r"bereitet die Datenbank .* vor"):
        open_database()
    open_database()


def typed() -> Iterator[tuple[type[Record], str, Any]]:
    """For each column that people fill in: what is too much for it on a server."""
    for record in TYPES.values():
        for column in table_of(record).columns:
            if column.foreign_keys or column.primary_key or column.name in ("version", "revision"):
                continue
            if (column.table.name, column.name) in OWN:
                continue
            kind = column.type
            if isinstance(kind, Integer) and not isinstance(kind, BigInteger):
                yield record, column.name, LARGEST + 1
            elif isinstance(kind, BigInteger):
                yield record, column.name, 2**63
            elif isinstance(kind, String) and not isinstance(kind, OneOf) and kind.length:
                yield record, column.name, "1" * (kind.length + 1)


def test_what_is_too_much_for_a_column_is_refused_before() -> None:
    """SQLite takes more than a column says; a server does not."""
    taken = [
        f"{record.__name__}.{field}"
        for record, field, value in typed()
        if field not in check(record, {field: value})[1]
    ]
    assert taken == []
