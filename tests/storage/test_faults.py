"""What was acknowledged stays, whatever happens to the process, the file and the disk under it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest
from sqlalchemy import Engine

from steering.model import Structure
from steering.storage import archiving, confirming, paper_texts, reading, schema
from steering.storage import engine as engine_module
from steering.storage.backups import copies
from steering.storage.engine import PROJECT_ROOT
from steering.storage.history import undoing
from steering.storage.problems import DatabaseRefused, DatasetReplaced, NotReadable, NotSaved
from steering.storage.saving import origin, resting_on
from steering.storage.transaction import transaction
from steering.storage.writing import Edit, write
from tests.storage.conftest import LOTSEN, WHO, restore
from tests.stored import row_of

SECONDS = 60
NOBODY = 65534

# Obeys its standard input, line by line: "write" changes a record, "backup FILE" is the press on the page.
SERVER = """
    import sys
    from datetime import datetime
    from pathlib import Path
    from steering.model import Structure
    from steering.storage import schema
    from steering.storage.backups import copies
    from steering.storage.problems import StorageError
    from steering.storage.writing import Edit, write

    engine = schema.prepare(sys.argv[1], "coburg")
    version = int(sys.argv[2])
    print("ready", flush=True)
    for line in sys.stdin:
        order, *arguments = line.split()
        try:
            if order == "backup":
                copies.backup(sys.argv[1], "coburg", Path(arguments[0]))
            else:
                edit = Edit(Structure, {"note": f"Stand {version}"}, id=1, version=version)
                write(engine, [edit], actor="Planungsstab", now=datetime(2026, 11, 22))
                version += 1
            print("done", flush=True)
        except StorageError as refused:
            print(refused, flush=True)
"""
PASSER_BY = """
    import sys
    from steering.storage import checking, schema
    schema.prepare(sys.argv[1], "coburg").dispose()
    print(checking.problems(sys.argv[1]))
"""


def other_process(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Python in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", dedent(code), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT_ROOT,
    )


class Server:
    """A running program that does what it is told and says how that went."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert self.said() == "ready"

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def told(self, order: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        return self.said()

    def killed(self) -> None:
        self.process.kill()
        self.process.wait(SECONDS)


@contextmanager
def running(url: str, version: int = 1) -> Iterator[Server]:
    process = other_process(SERVER, url, str(version))
    try:
        yield Server(process)
    finally:
        process.kill()
        process.communicate(timeout=SECONDS)


def passes_by(url: str) -> str:
    """What another program says that opens the database, looks, and leaves."""
    told, _ = other_process(PASSER_BY, url).communicate(timeout=SECONDS)
    return told.strip()


def note(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT note FROM structure WHERE id = ?", (LOTSEN,)).fetchone()[0])


def test_what_is_saved_after_a_backup_and_a_visitor_outlives_the_server(ready: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{ready}"
    with running(url) as server:
        assert server.told("write") == "done"
        assert server.told(f"backup {tmp_path / 'first.db'}") == "done"
        assert passes_by(url) == "[]"
        assert [server.told("write") for _ in range(3)] == ["done"] * 3
        assert server.told(f"backup {tmp_path / 'second.db'}") == "done"
        assert server.told("write") == "done"
        server.killed()
    assert passes_by(url) == "[]"
    assert note(ready) == "Stand 5"
    assert (note(tmp_path / "first.db"), note(tmp_path / "second.db")) == ("Stand 1", "Stand 4")


WRITER = """
    import sys
    from datetime import datetime
    from steering.model import TargetGroup
    from steering.storage import schema
    from steering.storage.writing import Edit, write

    engine = schema.prepare(sys.argv[1], "coburg")
    for number, _ in enumerate(sys.stdin):
        slug = f"{sys.argv[2]}-{number}"
        edit = Edit(TargetGroup, {"slug": slug, "name": slug})
        write(engine, [edit], actor="Planungsstab", now=datetime(2026, 11, 22))
        print(slug, flush=True)
"""


def test_what_three_writers_were_told_is_there_after_all_of_them_were_killed(ready: Path) -> None:
    url = f"sqlite:///{ready}"
    bounded = "\n" * 40
    writers = [other_process(WRITER, url, name) for name in "abc"]
    try:
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write(bounded)
            writer.stdin.flush()
        heard = {writer.stdout.readline().strip() for writer in writers if writer.stdout}
        assert heard == {"a-0", "b-0", "c-0"}
    finally:
        for writer in writers:
            writer.kill()
    told = [line for writer in writers for line in writer.communicate(timeout=SECONDS)[0].splitlines()]
    assert passes_by(url) == "[]"
    with closing(sqlite3.connect(ready)) as connection:
        stored = {row[0] for row in connection.execute("SELECT slug FROM target_group")}
    assert heard | set(told) <= stored


FULL_DISK = """
    import resource, sys
    from datetime import datetime
    from steering.model import Structure
    from steering.storage import schema
    from steering.storage.problems import NotSaved
    from steering.storage.writing import Edit, write

    engine = schema.prepare(sys.argv[1], "coburg")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def save(version, text):
        edit = Edit(Structure, {"note": text}, id=1, version=version)
        write(engine, [edit], actor="Planungsstab", now=datetime(2026, 11, 22))

    save(1, "vorher")
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        save(2, "zu viel")
    except NotSaved as refused:
        print(refused)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    save(2, "nachher")
"""


def test_a_disk_that_takes_no_more_is_a_sentence_and_with_room_it_goes_on(ready: Path) -> None:
    said, _ = other_process(FULL_DISK, f"sqlite:///{ready}").communicate(timeout=SECONDS)
    assert said.strip() == (
        "Nicht gespeichert: Der Datenträger ist voll oder meldet einen Fehler; bitte die Betreuung fragen. "
        "Bitte noch einmal speichern."
    )
    assert note(ready) == "nachher"


OPENED_ON_A_FULL_DISK = """
    import resource, sys
    from steering.storage import checking, schema
    from steering.storage.problems import DatabaseRefused

    resource.setrlimit(resource.RLIMIT_FSIZE, (99, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    for look in schema.revision_found, checking.problems:
        try:
            print(look(sys.argv[1]))
        except DatabaseRefused as refused:
            print(refused)
"""


def test_a_sound_database_on_a_full_disk_is_not_called_damaged(ready: Path) -> None:
    ready.with_name(f"{ready.name}-wal").touch()  # as a start leaves one that found no room
    process = other_process(OPENED_ON_A_FULL_DISK, f"sqlite:///{ready}")
    opened, checked = process.communicate(timeout=SECONDS)[0].splitlines()
    full = "Der Datenträger ist voll; bitte Platz schaffen lassen."
    assert opened == f"»{ready}« lässt sich gerade nicht öffnen und wurde nicht verändert: {full}"
    assert checked == f"Die Prüfung ging nicht zu Ende. {full}"


# In one process, on the `engine` fixture.


def save(engine: Engine, text: str, version: int = 1) -> None:
    write(engine, [Edit(Structure, {"note": text}, id=LOTSEN, version=version)], **WHO)


def save_and_meanwhile(engine: Engine, happens: Callable[[], object]) -> None:
    with transaction(engine, **WHO) as batch:
        batch.update(Structure, LOTSEN, {"note": "unterwegs"})
        happens()


def on_screen(engine: Engine) -> str:
    found = row_of(engine, Structure, LOTSEN)
    assert found is not None
    return str(found["note"])


def impatient(engine: Engine) -> None:
    """Have the pooled connection give up at once instead of after seconds."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")


def test_a_locked_database_is_a_sentence_and_goes_on_by_itself(engine: Engine, ready: Path) -> None:
    impatient(engine)
    with closing(sqlite3.connect(ready, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            NotSaved, match=r"^Nicht gespeichert: .* gesperrt\. Bitte noch einmal speichern\.$"
        ):
            save(engine, "gesperrt")
        assert on_screen(engine) == ""
    save(engine, "frei")
    assert on_screen(engine) == "frei"


def test_what_nobody_else_may_even_read_is_a_sentence(engine: Engine, ready: Path) -> None:
    engine.dispose()
    with closing(sqlite3.connect(ready, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine_module, "BUSY_MILLISECONDS", 0)
            patch.setattr(engine.pool, "_creator", lambda *_: sqlite3.connect(ready, timeout=0))
            with pytest.raises(NotReadable, match="gesperrt"):
                on_screen(engine)
    assert on_screen(engine) == ""


def test_a_full_database_is_a_sentence_and_with_room_it_goes_on(engine: Engine, ready: Path) -> None:
    with closing(sqlite3.connect(ready, isolation_level=None)) as other:
        other.execute("VACUUM")  # pages that a migration has left free would hold the text
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
    with pytest.raises(NotSaved, match=r"Der Datenträger ist voll.*noch einmal speichern"):
        save(engine, "x" * 5_000)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    save(engine, "x" * 5_000)
    assert len(on_screen(engine)) == 5_000


@contextmanager
def as_somebody_with_few_rights(folder: Path) -> Iterator[None]:
    """root may write what is read-only: so as nobody, to whom the folder is given."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.iterdir()):
        os.chown(path, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_file_is_a_sentence_and_may_be_written_again_without_a_restart(template: Path) -> None:
    # pytest's own folders are closed to anybody else.
    with TemporaryDirectory() as folder:
        file = Path(shutil.copy(template, Path(folder) / "steering.db"))
        with as_somebody_with_few_rights(Path(folder)):
            engine = schema.prepare(f"sqlite:///{file}", "coburg")
            file.chmod(0o444)
            engine.dispose()
            with pytest.raises(NotSaved, match=r"schreibgeschützt.*noch einmal speichern"):
                save(engine, "verboten")
            assert on_screen(engine) == ""
            file.chmod(0o644)
            save(engine, "erlaubt")
            assert on_screen(engine) == "erlaubt"
            engine.dispose()


def test_a_read_only_folder_is_a_sentence_and_may_be_written_again_without_a_restart(template: Path) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        file = Path(shutil.copy(template, place / "steering.db"))
        url = f"sqlite:///{file}"
        with as_somebody_with_few_rights(place):
            engine = schema.prepare(url, "coburg")
            save(engine, "vorher")
            engine.dispose()
            place.chmod(0o500)
            try:
                with pytest.raises(NotSaved, match=r"^Nicht gespeichert: .*Bitte noch einmal speichern"):
                    save(engine, "verboten", version=2)
                with pytest.raises(DatabaseRefused, match=r"keine Sicherung anlegen.*Schreibrechte"):
                    copies.hourly(url, WHO["now"])
            finally:
                place.chmod(0o700)
            assert on_screen(engine) == "vorher"
            save(engine, "erlaubt", version=2)
            assert copies.hourly(url, WHO["now"]).is_new
            engine.dispose()
            assert note(file) == "erlaubt"


def test_a_file_moved_away_is_noticed_and_goes_on_when_it_is_back(engine: Engine, ready: Path) -> None:
    save(engine, "vorher")
    away = ready.with_name("weg.db")
    ready.rename(away)
    with pytest.raises(NotSaved, match="verschoben, ersetzt oder gelöscht"):
        save(engine, "ins Leere", version=2)
    with pytest.raises(NotReadable, match="verschoben, ersetzt oder gelöscht"):
        on_screen(engine)
    assert not ready.exists(), "a missing database came back empty"
    away.rename(ready)
    assert on_screen(engine) == "vorher"
    save(engine, "wieder da", version=2)
    engine.dispose()
    assert note(ready) == "wieder da"


def test_a_file_moved_away_while_something_is_written_takes_nothing(engine: Engine, ready: Path) -> None:
    away = ready.with_name("weg.db")
    with pytest.raises(NotSaved, match="verschoben"):
        save_and_meanwhile(engine, lambda: ready.rename(away))
    away.rename(ready)
    assert on_screen(engine) == ""


def test_another_file_in_its_place_takes_nothing_that_was_begun_before(
    engine: Engine, ready: Path, template: Path
) -> None:
    here = resting_on(engine, origin(engine))
    save(here, "vorher")
    away = ready.with_name("weg.db")
    ready.rename(away)
    shutil.copy(template, ready)
    with pytest.raises(DatasetReplaced, match=r"^Nicht gespeichert: Die Daten wurden inzwischen"):
        save(here, "anderswo")
    assert on_screen(engine) == ""
    save(resting_on(engine, origin(engine)), "hier")
    engine.dispose()
    # The one that was moved away is whole, and the other one is not spoiled by its log.
    assert (note(away), note(ready)) == ("vorher", "hier")


@pytest.mark.parametrize("endings", [["-wal"], ["-shm"], ["-wal", "-shm"]])
def test_a_deleted_log_takes_nothing_along(engine: Engine, ready: Path, endings: list[str]) -> None:
    save(engine, "vorher")
    for ending in endings:
        ready.with_name(ready.name + ending).unlink()
    assert on_screen(engine) == "vorher"
    save(engine, "nachher", version=2)
    # Another connection, as another program has, comes and goes.
    assert note(ready) == "nachher"
    save(engine, "zuletzt", version=3)
    engine.dispose()
    assert note(ready) == "zuletzt"


def test_a_log_deleted_while_something_is_written_takes_nothing_in(engine: Engine, ready: Path) -> None:
    save(engine, "vorher")
    with pytest.raises(NotSaved, match="verschoben"):
        save_and_meanwhile(engine, ready.with_name(ready.name + "-wal").unlink)
    assert on_screen(engine) == "vorher"
    engine.dispose()
    assert note(ready) == "vorher"


def test_something_else_in_the_place_of_the_database_is_left_as_it_is(engine: Engine, ready: Path) -> None:
    ready.rename(ready.with_name("weg.db"))
    with closing(sqlite3.connect(ready)) as other:
        other.execute("CREATE TABLE letters (text TEXT)")
    before = ready.read_bytes()
    with pytest.raises(NotSaved, match="etwas anderes"):
        save(engine, "Brief")
    engine.dispose()
    assert ready.read_bytes() == before


@pytest.mark.usefixtures("only_sqlite")
def test_after_a_restore_nothing_goes_into_another_record_by_its_number(
    engine: Engine, tmp_path: Path
) -> None:
    url = engine.url.render_as_string()
    copies.backup(url, "coburg", tmp_path / "kopie.db")
    here = resting_on(engine, origin(engine))
    restore(url, tmp_path / "kopie.db")
    refused = [
        lambda: save(here, "vor dem Einspielen begonnen"),
        lambda: archiving.archive(here, Structure, LOTSEN, 1, **WHO),
        lambda: confirming.confirm(here, Structure, LOTSEN, 1, **WHO, on=WHO["now"].date()),
        lambda: paper_texts.keep(here, "p", "t", '"x"', based_on='""', seen=0, **WHO),
        lambda: paper_texts.follow_the_data(here, "p", **WHO),
        lambda: undoing.undo(here, "b", **WHO),
    ]
    before = reading.revision(engine)
    for attempt in refused:
        with pytest.raises(DatasetReplaced):
            attempt()
    assert reading.revision(engine) == before
    save(resting_on(engine, origin(engine)), "danach")


@pytest.mark.usefixtures("only_sqlite")
def test_whatever_writes_a_database_waits_for_the_disk(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, int] = {}

    class Asked(sqlite3.Connection):
        def close(self) -> None:
            file = self.execute("PRAGMA database_list").fetchone()[2]
            seen[Path(file).name] = self.execute("PRAGMA synchronous").fetchone()[0]
            super().close()

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **more, factory=Asked))
    url = engine.url.render_as_string()
    copies.backup(url, "coburg", tmp_path / "kopie.db")
    restore(url, tmp_path / "kopie.db")
    assert {"kopie.db-part", "steering.db"} <= seen.keys()
    assert set(seen.values()) == {2}
