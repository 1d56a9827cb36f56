"""A backup taken back: as a whole, or not at all and with the reason."""

import os
import random
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from steering.model import Settings, Structure
from steering.storage import checking, reading, schema
from steering.storage.backups import copies, losing, restoring
from steering.storage.copying import pouring
from steering.storage.engine import make_engine, writing
from steering.storage.problems import DatabaseRefused
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests.changed import history
from tests.conftest import sqlite_url
from tests.storage.conftest import LOTSEN, NOW, WHO, restore

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in another way")
STATES = "SELECT * FROM change", "SELECT * FROM structure", "SELECT * FROM dataset"


@pytest.fixture
def present(tmp_path: Path, template: Path) -> Path:
    """The database into which something is to be restored, closed."""
    file = tmp_path / "steering.db"
    shutil.copy(template, file)
    opened = schema.prepare(sqlite_url(file), "coburg")
    write(opened, [Edit(Structure, {"name": "Von heute"}, id=LOTSEN, version=1)], **WHO)
    opened.dispose()
    return file


@pytest.fixture
def backup(template: Path, tmp_path: Path) -> Path:
    """A backup of another state."""
    (tmp_path / "given").mkdir()
    file = tmp_path / "given" / "sicherung.db"
    copies.backup(sqlite_url(template), "coburg", file)
    return file


def name_in(file: Path) -> str:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        name: str = connection.execute("SELECT name FROM structure WHERE id = 1").fetchone()[0]
    return name


def state(file: Path) -> list[list[tuple]]:
    with closing(sqlite3.connect(file)) as connection:
        return [connection.execute(query).fetchall() for query in STATES]


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_what_was_there_is_set_aside_and_what_was_put_away_comes_back(present: Path, backup: Path) -> None:
    before = state(present)
    kept = restore(sqlite_url(present), backup)
    assert kept is not None
    assert state(kept) == before
    assert name_in(present) == "Integrationslotsen"
    assert checking.problems(sqlite_url(present)) == checking.problems(sqlite_url(kept)) == []


def test_where_no_database_is_nothing_is_set_aside(tmp_path: Path, backup: Path) -> None:
    assert restore(sqlite_url(tmp_path / "new.db"), backup) is None
    assert name_in(tmp_path / "new.db") == "Integrationslotsen"


def with_a_wal(backup: Path) -> None:
    """Leave a file as somebody finds it who copies it, with its companion, while the program runs."""
    file = backup.with_name("running.db")
    backup.replace(file)
    running = schema.prepare(sqlite_url(file), "coburg")
    with running.connect():
        write(running, [Edit(Structure, {"name": "Im WAL"}, id=LOTSEN, version=1)], **WHO)
        for ending in ("", "-wal"):
            shutil.copy(f"{file}{ending}", f"{backup}{ending}")
    running.dispose()
    for path in backup.parent.glob("running.db*"):
        path.unlink()


@pytest.mark.parametrize(
    "mode", [0o700, pytest.param(0o500, marks=POSIX)], ids=["as it is", "read-only folder"]
)
def test_what_lies_beside_a_copied_file_belongs_to_it_and_both_stay_as_they_are(
    mode: int, present: Path, backup: Path
) -> None:
    with_a_wal(backup)
    before = everything_in(backup.parent)
    backup.parent.chmod(mode)
    try:
        restore(sqlite_url(present), backup)
    finally:
        backup.parent.chmod(0o700)
    assert name_in(present) == "Im WAL"
    assert everything_in(backup.parent) == before


def test_an_open_program_goes_on_with_what_was_restored(present: Path, backup: Path) -> None:
    running = schema.prepare(sqlite_url(present), "coburg")
    dataset, _ = reading.revision(running)
    with running.connect() as looking:
        looking.execute(select(table_of(Structure))).all()
        restore(sqlite_url(present), backup)
    assert reading.revision(running)[0] != dataset
    write(running, [Edit(Structure, {"name": "Danach"}, id=LOTSEN, version=1)], **WHO)
    running.dispose()
    assert name_in(present) == "Danach"


def test_a_database_that_somebody_else_writes_into_says_so_and_keeps_what_it_holds(
    present: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pouring, "BUSY_SECONDS", 0.0)
    before = state(present)
    with restoring.opened(backup) as found, closing(sqlite3.connect(present)) as other:
        monkeypatch.setattr(schema, "prepare", lambda url, *_: make_engine(url))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseRefused, match=r"nicht einspielen .*unverändert"):
            restoring.put_in_place(sqlite_url(present), found, NOW)
        other.rollback()
    assert state(present) == before


def test_pages_of_another_size_are_no_obstacle(present: Path, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA page_size=1024")
        connection.execute("VACUUM")
    restore(sqlite_url(present), backup)
    assert name_in(present) == "Integrationslotsen"


def test_an_older_backup_is_brought_up_to_date_and_stays_old(
    present: Path, backup: Path, tmp_path: Path
) -> None:
    from tests.storage.test_schema import go_back

    old = schema.prepare(sqlite_url(backup), "coburg")
    go_back(old, "0008")
    old.dispose()
    before = everything_in(backup.parent)
    restore(sqlite_url(present), backup)
    assert checking.problems(sqlite_url(present)) == []
    assert everything_in(backup.parent) == before


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('0009')")
        connection.execute("CREATE TABLE customers (name)")
        connection.commit()


def told(*statements: str) -> object:
    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            for statement in statements:
                connection.execute(statement)

    return spoil


def only_the_wal(file: Path) -> None:
    with_a_wal(file)
    file.with_name(f"{file.name}-wal").replace(file)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILT = {
    "missing": (Path.unlink, "gibt es nicht"),
    "a folder": (a_folder, "keine Datei"),
    "empty": (lambda file: file.write_bytes(b""), "Die Datei ist leer"),
    "header only": (lambda file: file.write_bytes(file.read_bytes()[:100]), "keine unbeschädigte Sicherung"),
    "text": (lambda file: file.write_text("Sicherung"), "keine unbeschädigte Sicherung"),
    "the WAL only": (only_the_wal, "keine unbeschädigte Sicherung"),
    "of another program": (of_another_program, "zu einem anderen Programm"),
    "newer": (told("UPDATE alembic_version SET version_num = '9999'"), "neuer als das Programm"),
    "a day": (told("UPDATE funding SET \"end\" = 'gestern' WHERE id = 1"), "»gestern« ist kein Tag"),
    "a missing table": (told("DROP TABLE calendar_entry"), "»calendar_entry« fehlt"),
    "a second dataset": (told("INSERT INTO dataset VALUES (2, 'x', 1)"), "nicht genau eine Zeile"),
    "a trigger": (
        told("CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM structure; END"), "Auslöser"),
    "an older one that is none": (
        told("UPDATE alembic_version SET version_num = '0002'"), "ließ sich nicht auf seinen Stand bringen"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_no_sound_backup_is_refused_by_the_name_people_gave_it(
    kind: str, present: Path, backup: Path
) -> None:
    spoil, reason = SPOILT[kind]
    spoil(backup)  # type: ignore[operator]
    before = state(present)
    with pytest.raises(DatabaseRefused, match=reason) as refused:
        restore(sqlite_url(present), backup, "meine.db")
    assert str(refused.value).startswith("»meine.db« ")
    assert "/tmp" not in str(refused.value)
    assert "Bitte" in str(refused.value)
    assert state(present) == before
    assert copies.kept(sqlite_url(present)) == []


@pytest.mark.parametrize("name", ["x" * 300 + ".db", "\udcff.db", "a\x00b.db"])
def test_a_name_that_no_file_can_have_is_refused(name: str, present: Path) -> None:
    with pytest.raises(DatabaseRefused, match="Bitte"):
        restore(sqlite_url(present), present.with_name(name))
    if name != "\udcff.db":
        with pytest.raises(DatabaseRefused, match="Bitte"):
            copies.backup(sqlite_url(present), "coburg", present.with_name(name))


def mutations(content: bytes) -> Iterator[bytes]:
    """The ways in which a file comes back from a broken stick."""
    dice = random.Random(20261122)
    for length in [1, 15, 16, 17, 99, 100, 101, 512, 4095, 4096, 4097, len(content) - 1]:
        yield content[:length]
    for _ in range(18):
        yield content[: dice.randrange(len(content))]
    for place in range(0, 100, 4):
        yield content[:place] + bytes([content[place] ^ 1 << dice.randrange(8)]) + content[place + 1 :]
    for _ in range(60):
        spoilt = bytearray(content)
        for _ in range(dice.choice([1, 1, 3, 20])):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        yield bytes(spoilt)
    for _ in range(20):
        start = dice.randrange(len(content))
        yield content[:start] + dice.randbytes(700) + content[start + 700 :]
    for _ in range(10):
        start = dice.randrange(0, len(content), 4096)
        yield content[:start] + bytes(4096) + content[start + 4096 :]
    for _ in range(8):
        yield dice.randbytes(dice.randrange(1, 20_000))


def test_whatever_happened_to_a_backup_it_is_taken_back_soundly_or_refused_with_a_sentence(
    present: Path, backup: Path
) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        # Small pages leave little room in which a spoilt byte means nothing.
        connection.execute("PRAGMA page_size=512")
        connection.execute("VACUUM")
    content, before = backup.read_bytes(), state(present)
    backup.unlink()
    given = backup.with_name("stick.db")
    other = sqlite_url(present.with_name("other.db"))
    done, said = 0, []
    for spoilt in mutations(content):
        given.write_bytes(spoilt)
        try:
            with restoring.opened(given) as found:
                done += 1
                # Elsewhere, so that the next one finds the present data again.
                if done % 6 == 1:
                    restoring.put_in_place(other, found, NOW)
                    assert checking.problems(other) == []
                    opened = schema.prepare(other, "coburg")
                    reading.portfolio(opened), reading.boundaries(opened), history(opened)
                    opened.dispose()
        except DatabaseRefused as refusal:
            said.append(str(refusal))
        assert given.read_bytes() == spoilt
    assert state(present) == before
    assert all(each.startswith(f"»{given}« ") and each.endswith("angeben.") for each in said), said
    assert done + len(said) > 150
    assert done
    assert len(said) > 80


@POSIX
def test_the_database_its_companions_and_its_copies_are_for_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        file = tmp_path / "steering.db"
        running = schema.prepare(sqlite_url(file), "empty")
        with writing(running) as connection:
            connection.execute(update(table_of(Settings)).values(warning_months=3))
        for made in (file, file.with_name("steering.db-wal")):
            assert stat.S_IMODE(made.stat().st_mode) == 0o600, made
        running.dispose()
        copies.backup(sqlite_url(file), "empty", tmp_path / "copy.db")
        kept = restore(sqlite_url(file), tmp_path / "copy.db")
        assert kept is not None
        for made in (file, tmp_path / "copy.db", kept):
            assert stat.S_IMODE(made.stat().st_mode) == 0o600, made
    finally:
        os.umask(before)


@POSIX
def test_a_database_that_was_open_to_all_is_closed_to_them_when_it_is_opened(engine: Engine) -> None:
    file = Path(engine.url.database or "")
    with engine.connect():
        paths = [file, *(file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm"))]
        for path in paths:
            path.touch()
            path.chmod(0o664)
        schema.prepare(sqlite_url(file), "coburg").dispose()
        assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want names in UTF-8")
def test_a_file_whose_name_is_no_utf8_is_a_file(present: Path, backup: Path) -> None:
    odd = backup.with_name("\udcfcbung.db")
    backup.replace(odd)
    restore(sqlite_url(present), odd)
    assert name_in(present) == "Integrationslotsen"


def test_what_would_be_lost_is_counted_by_the_writes_whatever_the_clock_says(
    present: Path, backup: Path
) -> None:
    url = sqlite_url(present)
    running = schema.prepare(url, "coburg")
    early = NOW - timedelta(days=300)
    write(running, [Edit(Structure, {"note": "x"}, id=LOTSEN, version=2)], actor=WHO["actor"], now=early)
    with restoring.opened(backup) as found:
        assert losing.lost(url, found) == losing.Lost(None, 2, early)
    same = present.with_name("same.db")
    copies.backup(url, "coburg", same)
    running.dispose()
    with restoring.opened(same) as found:
        assert losing.lost(url, found) == losing.Lost(early, 0, None)
    present.write_bytes(b"damaged")
    with restoring.opened(same) as found:
        assert losing.lost(url, found) == losing.Lost(early, None, None)
