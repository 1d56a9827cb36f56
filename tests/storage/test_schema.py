"""A database made ready: refused, migrated and filled, once for all servers."""

import contextlib
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, Enum, String, Table, insert, select, type_coerce, update
from sqlalchemy.exc import IntegrityError, OperationalError

from steering.analysis.dates import WantedDates
from steering.model import (
    ActionItem,
    AgendaItem,
    AssessmentState,
    ConfirmationItem,
    ConfirmationRequest,
    ConfirmationRound,
    Consultation,
    Dataset,
    Forecast,
    ForecastRule,
    Housing,
    Indicator,
    Meeting,
    Observation,
    Outcome,
    Participant,
    Potential,
    PublicSite,
    PublicText,
    Record,
    Settings,
    Structure,
    Submission,
    SubscriptionKind,
    SurveyAnswer,
    SurveyRequest,
    SurveyRound,
    ToldFact,
    Wish,
)
from steering.storage import database_state, reading, schema, subscribing
from steering.storage.assessing import assess
from steering.storage.copying import shelf
from steering.storage.engine import PROJECT_ROOT, migrating, writing
from steering.storage.problems import DatabaseRefused, SchemaChanged
from steering.storage.rows import fetch_row
from steering.storage.rules import references, relations
from steering.storage.tables import OWNER_OF, TYPES, key_of, table_of
from steering.storage.validation import check
from steering.storage.writing import Edit, Made, write
from tests.changed import history
from tests.storage.conftest import LOTSEN, WHO, inventory

CHOICES = [
    (table, column.name, column.type.enums)
    for table in Record.metadata.sorted_tables
    for column in table.columns
    # Nobody is delivered with the program; `test_rights` enters persons.
    if isinstance(column.type, Enum) and table.name != "person"
]


@pytest.fixture
def file(only_sqlite: None, tmp_path: Path) -> Path:
    """The file behind the `url` fixture."""
    return tmp_path / "steering.db"


@pytest.fixture(scope="module")
def coburg(new_url: Callable[[], str]) -> Engine:
    """The Landkreis as it is delivered, with an Einschätzung and a round; to be left as it is."""
    engine = schema.prepare(new_url(), "coburg")
    assess(engine, "gap:1", {"state": AssessmentState.TO_CLARIFY}, **WHO)
    due = date(2026, 12, 31)
    hold = [
        Edit(Meeting, {"day": due}),
        Edit(Participant, {"meeting_id": Made(0), "organisation_id": 1}),
        Edit(AgendaItem, {"meeting_id": Made(0), "name": "Punkt"}),
        Edit(Outcome, {"agenda_item_id": Made(2)}),
        Edit(ActionItem, {"agenda_item_id": Made(2), "name": "klären", "organisation_id": 1, "due": due}),
        Edit(ConfirmationRound, {"name": "Rückmeldung", "sent_on": due, "due": due}),
        Edit(ConfirmationRequest, {"round_id": Made(5), "organisation_id": 1, "token": "kennung-00000001"}),
        Edit(ConfirmationItem, {"request_id": Made(6), "record": "structure", "record_key": 1}),
        Edit(Indicator, {"name": "Kennzahl"}),
        Edit(SurveyRound, {"name": "Bedarfserhebung", "sent_on": due, "due": due}),
        Edit(SurveyRequest, {"round_id": Made(9), "ags": "09473112", "token": "kennung-00000002"}),
        Edit(
            SurveyAnswer,
            {
                "request_id": Made(10),
                "task_id": 1,
                "area_id": 1,
                "needed": "no",
                "received_on": due,
                "digest": "0" * 64,
            },
        ),
        Edit(
            Forecast,
            {
                "indicator_id": Made(8),
                "ags": "09473112",
                "variant": "low",
                "reference_date": due,
                "value": 1.0,
            },
        ),
        Edit(Housing, {"ags": "09473112", "kind": "shared", "reference_date": due, "persons": 5}),
        Edit(
            Submission,
            {"name": "Vorlage", "about": "whole", "handed_in_on": due, "file_name": "v", "digest": "0" * 64},
        ),
        Edit(
            Consultation,
            {"submission_id": Made(14), "committee_id": 1, "day": due, "result": "decided"},
        ),
        Edit(Potential, {"name": "Potenzial", "kind": "other"}),
        Edit(Wish, {"meeting_id": Made(0), "name": "Wohnraum", "organisation_id": 1, "proposed_on": due}),
        Edit(Observation, {"indicator_id": Made(8), "ags": "09473112", "reference_date": due, "value": 1.0}),
        Edit(PublicSite, {"name": "Angebote"}),
        Edit(PublicText, {"potential_id": Made(16), "language": "en", "title": "Potential"}),
        Edit(
            ForecastRule,
            {
                "indicator_id": Made(8),
                "kind": "arrivals",
                "arrivals": "2027: 1 / 2 / 3",
                "share_key": "population",
                "source": "Annahme",
            },
        ),
    ]
    write(engine, hold, **WHO)
    subscribing.subscribe(engine, SubscriptionKind.CALENDAR, "Termine", WantedDates(), now=WHO["now"])
    with engine.begin() as connection:
        told = {
            "key": "a/b",
            "recipient": "a",
            "thing": "b",
            "day": due,
            "stage": "due",
            "told_at": WHO["now"],
        }
        connection.execute(insert(table_of(ToldFact)).values(told))
    return engine


def content(file: Path) -> dict[str, list[tuple]]:
    """All rows of all tables."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}  # noqa: S608


def started(code: str, *arguments: str) -> subprocess.Popen:
    """Another Python process that runs the code."""
    return subprocess.Popen(
        [sys.executable, "-c", dedent(code), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT_ROOT,
    )


def test_the_migrations_lead_from_nothing_to_the_model(engine: Engine) -> None:
    config = schema.alembic_config()
    with migrating(engine) as connection:
        config.attributes["connection"] = connection
        command.check(config)
    assert database_state.read(engine).schema_is_current


def go_back(engine: Engine, revision: str) -> None:
    """Leave a database as the program of an earlier revision had it."""
    config = schema.alembic_config()
    with migrating(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_the_migrations_lead_back_to_nothing(engine: Engine, file: Path) -> None:
    go_back(engine, "base")
    assert set(content(file)) == {"alembic_version"}


@pytest.mark.parametrize(
    ("table", "name", "values"), CHOICES, ids=[f"{table.name}.{name}" for table, name, _ in CHOICES]
)
def test_the_database_itself_checks_each_enumeration(
    coburg: Engine, table: Table, name: str, values: list[str]
) -> None:
    with coburg.connect() as connection:
        assert connection.execute(select(table)).first(), "nothing to try it on"
        for value in values:
            connection.execute(update(table).values({name: value}))
        with pytest.raises(IntegrityError):
            connection.execute(update(table).values({name: type_coerce("-", String)}))
        connection.rollback()


def test_the_checks_name_exactly_the_values_of_the_model(engine: Engine, file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table, name, listed in CHOICES:
        values = ", ".join(f"'{value}'" for value in listed)
        column = f'"{name}"' if name in ("end", "group") else name
        assert f"CHECK ({column} IN ({values}))" in made[table.name]


def test_a_new_database_is_filled_at_revision_one_without_a_history(engine: Engine) -> None:
    dataset_id, revision = reading.revision(engine)
    assert len(dataset_id) == 36
    assert revision == 1
    assert history(engine).empty
    assert len(reading.portfolio(engine).structures) == 2


def test_an_empty_file_is_a_new_database(file: Path, open_database: Callable[..., Engine]) -> None:
    file.touch()
    assert reading.revision(open_database())[1] == 1


def test_a_database_is_filled_once(open_database: Callable[..., Engine]) -> None:
    first = reading.revision(open_database())
    assert reading.revision(open_database(fill=lambda _: pytest.fail("filled again"))) == first


def test_a_database_without_settings_gets_the_usual_ones(open_database: Callable[..., Engine]) -> None:
    engine = open_database(fill=lambda _: [])
    assert reading.portfolio(engine).settings["warning_months"] == Settings().warning_months


def test_a_fill_that_fails_leaves_an_empty_database_for_the_next_start(
    open_database: Callable[..., Engine],
) -> None:
    with pytest.raises(ValueError, match="no records"):
        open_database(fill=lambda _: (_ for _ in ()).throw(ValueError("no records")))
    assert reading.revision(open_database())[1] == 1


@pytest.mark.parametrize("dataset", ["coburg", "empty"])
def test_what_the_starter_files_say_passes_every_check_of_a_write(url: str, dataset: str) -> None:
    engine = schema.prepare(url, dataset)
    with engine.connect() as connection:
        for name, record in TYPES.items():
            if name in OWNER_OF:
                continue
            for key in connection.execute(select(key_of(record))).scalars().all():
                row = fetch_row(connection, record, key)
                assert row is not None
                findings = check(record, row)[1] | references(connection, record, row)
                assert not findings | relations(connection, record, key), f"{name} {key}"


def test_two_servers_that_start_at_once_fill_a_new_database_once(url: str, tmp_path: Path) -> None:
    fills = tmp_path / "fills"
    code = """
        import sys, time
        from steering.storage import reading, schema
        from tests.storage.conftest import inventory

        def fill(dataset):
            with open(sys.argv[2], "a") as log:
                log.write("filled\\n")
            time.sleep(0.5)
            return inventory()

        print(reading.revision(schema.prepare(sys.argv[1], "coburg", fill=fill)))
    """
    servers = [started(code, url, str(fills)) for _ in range(2)]
    told = {server.communicate(timeout=60)[0] for server in servers}
    assert [server.returncode for server in servers] == [0, 0]
    assert fills.read_text() == "filled\n"
    assert len(told) == 1


def test_a_server_killed_during_a_long_write_leaves_the_database_as_it_was(
    url: str, file: Path, open_database: Callable[..., Engine]
) -> None:
    open_database().dispose()
    before = content(file)
    code = """
        import sys, time
        from datetime import datetime
        from steering.model import Structure, TargetGroup
        from steering.storage import schema
        from steering.storage.transaction import transaction

        engine = schema.prepare(sys.argv[1], "coburg")
        with transaction(engine, "Planungsstab", datetime(2026, 11, 22)) as batch:
            batch.connection.exec_driver_sql("PRAGMA cache_size=1")
            for number in range(500):
                batch.insert(TargetGroup, TargetGroup(slug=f"s{number}", name="x" * 9000).model_dump())
            batch.update(Structure, 1, {"name": "halb"})
            print("written", flush=True)
            time.sleep(60)
    """
    server = started(code, url)
    assert server.stdout is not None
    assert server.stdout.readline() == "written\n"
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert content(file) == before
    write(open_database(), [Edit(Structure, {"fte": 1}, id=LOTSEN, version=1)], **WHO)


def test_a_server_killed_during_its_first_start_does_not_spoil_the_next(
    url: str, open_database: Callable[..., Engine]
) -> None:
    code = """
        import sys, time
        from steering.storage import schema

        def fill(dataset):
            print("filling", flush=True)
            time.sleep(60)

        schema.prepare(sys.argv[1], "coburg", fill=fill)
    """
    server = started(code, url)
    assert server.stdout is not None
    assert server.stdout.readline() == "filling\n"
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert reading.revision(open_database())[1] == 1


def text_file(file: Path) -> None:
    file.write_text("Name;Träger\nLotsen;Landkreis\n", encoding="utf-8")


def damaged(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)


def of_another_program(file: Path, mode: str = "DELETE") -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("CREATE TABLE letters (id INTEGER, text TEXT)")
        connection.execute("INSERT INTO letters VALUES (1, 'Sehr geehrte')")
        connection.commit()


def of_another_program_with_alembic(file: Path) -> None:
    of_another_program(file, "WAL")
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()


def newer(file: Path) -> None:
    schema.prepare(f"sqlite:///{file}", "coburg", fill=inventory).dispose()
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (text_file, "keine SQLite-Datenbank"),
        (damaged, "beschädigt"),
        (of_another_program, "anderen Programm"),
        (of_another_program_with_alembic, "anderen Programm"),
        (newer, "neuer als das Programm"),
    ],
)
def test_a_database_that_is_not_ours_is_refused_with_the_remedy_and_left_byte_for_byte(
    file: Path, url: str, make: Callable[[Path], None], reason: str
) -> None:
    make(file)
    before = file.read_bytes()
    with pytest.raises(DatabaseRefused, match=reason) as refusal:
        schema.prepare(url, "coburg", fill=inventory)
    assert "Bitte" in str(refusal.value)
    assert str(file) in str(refusal.value)
    assert file.read_bytes() == before
    assert {path.name for path in file.parent.iterdir()} <= {file.name, f"{file.name}.lock"}


def test_a_database_that_cannot_be_written_is_refused_with_the_reason(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise OperationalError("BEGIN", {}, sqlite3.OperationalError("attempt to write a readonly database"))

    monkeypatch.setattr(schema, "_fill_once", read_only)
    with pytest.raises(DatabaseRefused, match=r"readonly.*Schreibrechte"):
        schema.prepare(url, "coburg")


def test_a_folder_is_no_database(file: Path, url: str) -> None:
    file.mkdir()
    with pytest.raises(DatabaseRefused, match="keine SQLite-Datenbank"):
        schema.prepare(url, "coburg")


def test_a_missing_folder_and_an_unknown_dataset_are_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(DatabaseRefused, match="Ordner"):
        schema.prepare(f"sqlite:///{tmp_path / 'nowhere' / 'steering.db'}", "coburg")
    with pytest.raises(DatabaseRefused, match="»bamberg«"):
        schema.prepare(url, "bamberg")


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Turns the program into its next version, with one migration more."""

    def release(upgrade: str) -> None:
        later = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, later, ignore=shutil.ignore_patterns("__pycache__"))
        head = schema.program_revision()
        (later / "versions" / "9998_next.py").write_text(
            f"import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = '9998'\ndown_revision = {head!r}\n\n\ndef upgrade():\n    {upgrade}\n"
        )
        monkeypatch.setattr(schema, "MIGRATIONS", later)

    return release


ADD = "op.add_column('structure', sa.Column('colour', sa.String(), nullable=True))"
REBUILD = (
    "with op.batch_alter_table('structure', recreate='always') as table:\n"
    "        table.add_column(sa.Column('colour', sa.String(), nullable=True))"
)


def copies(file: Path) -> list[Path]:
    """The copies made before migrations."""
    return sorted(file.parent.glob("sicherungen/steering-vor-umstellung-*.db"))


def test_a_copy_is_made_before_a_migration_with_what_was_written_last(
    file: Path, open_database: Callable[..., Engine], next_version: Callable[[str], None]
) -> None:
    old_server = open_database()
    old_revision = schema.program_revision()
    # Still open, so that its last write is in the write-ahead log only.
    write(old_server, [Edit(Structure, {"note": "zuletzt"}, id=LOTSEN, version=1)], **WHO)
    before = content(file)
    next_version(REBUILD)
    open_database()
    (copy,) = copies(file)
    assert copy.name.startswith(f"steering-vor-umstellung-{old_revision}-20")
    assert content(copy) == before
    after = content(file)
    assert after["alembic_version"] == [("9998",)]
    assert [row[:-1] for row in after["structure"]] == before["structure"]
    assert after["funding"] == before["funding"]


def test_the_inventory_of_the_first_version_is_kept_where_needs_are_added(
    file: Path, open_database: Callable[..., Engine]
) -> None:
    server = open_database()
    write(server, [Edit(Structure, {"note": "zuletzt"}, id=LOTSEN, version=1)], **WHO)
    go_back(server, "0001")
    server.dispose()
    before = content(file)
    assert "need" not in before
    assert len(before["structure"]) == 2
    open_database()
    (copy,) = copies(file)
    assert copy.name.startswith("steering-vor-umstellung-0001-20")
    assert content(copy) == before
    after = content(file)
    since = {
        "alembic_version": after["alembic_version"],
        "responsibility": [(*row, None) for row in before["responsibility"]],
        "programme": [
            (*row, None, None, 0, "", 0, *[None] * 8, None, None, *[""] * 4) for row in before["programme"]
        ],
        "committee": [(*row, None, "days", None, "days") for row in before["committee"]],
        "settings": [(*row, 10, 24) for row in before["settings"]],
        "change": [(*row, None, "", 0) for row in before["change"]],
    }
    assert {name: after[name] for name in before} == before | since
    assert after["need"] == after["need_group"] == after["assessment"] == []


def test_a_new_database_is_migrated_without_a_copy(
    file: Path, open_database: Callable[..., Engine], next_version: Callable[[str], None]
) -> None:
    next_version(REBUILD)
    open_database()
    assert not copies(file)


def test_without_a_copy_nothing_is_migrated(
    file: Path,
    open_database: Callable[..., Engine],
    next_version: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_database().dispose()
    before = content(file)
    next_version(REBUILD)

    def disk_full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(shelf, "copy_verified", disk_full)
    with pytest.raises(DatabaseRefused, match="freien Platz"):
        open_database()
    assert content(file) == before
    assert not copies(file)


def test_a_migration_that_fails_leaves_everything_as_it_was(
    file: Path, open_database: Callable[..., Engine], next_version: Callable[[str], None]
) -> None:
    open_database().dispose()
    before = content(file)
    next_version(f"{REBUILD}\n    op.drop_column('structure', 'no_such_column')")
    with pytest.raises(Exception, match="no_such_column"):
        open_database()
    assert content(file) == before


def test_a_migration_that_tears_references_apart_is_taken_back(
    file: Path, open_database: Callable[..., Engine], next_version: Callable[[str], None]
) -> None:
    open_database().dispose()
    before = content(file)
    next_version("op.execute('DELETE FROM structure')")
    with pytest.raises(DatabaseRefused, match="Verweise"):
        open_database()
    assert content(file) == before


def test_a_running_server_stops_writing_when_a_newer_program_has_taken_over(
    open_database: Callable[..., Engine], next_version: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    old_server = open_database()
    own_migrations = schema.MIGRATIONS
    next_version(ADD)
    open_database()
    monkeypatch.setattr(schema, "MIGRATIONS", own_migrations)
    assert not database_state.read(old_server).schema_is_current
    before = reading.revision(old_server)
    with pytest.raises(SchemaChanged, match="aktualisieren"):
        write(old_server, [Edit(Structure, {"fte": 1}, id=LOTSEN, version=1)], **WHO)
    assert reading.revision(old_server) == before


def test_the_dataset_row_is_alone(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(table_of(Dataset)), {"id": 1, "dataset_id": "x", "revision": 1})


@pytest.mark.parametrize(
    ("status", "known"), [("draft", [False, False]), ("invited", [True, False]), ("running", [True, False])]
)
def test_of_a_round_that_was_under_way_before_everybody_knows_the_points_for_all(
    engine: Engine, url: str, status: str, known: list[bool]
) -> None:
    points: list[dict[str, Any]] = [{"name": "für alle"}, {"name": "intern", "internal": True}]
    edits = [Edit(AgendaItem, {"meeting_id": Made(0), **point}) for point in points]
    write(engine, [Edit(Meeting, {"day": date(2026, 12, 1), "status": status}), *edits], **WHO)
    go_back(engine, "0011")
    engine.dispose()
    assert list(reading.portfolio(schema.prepare(url, "coburg")).agenda_items["announced"]) == known
