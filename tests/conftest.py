"""What holds for every test: a day that stands still, and a database that is not the user's."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
import streamlit as st
from hypothesis import settings

from tests import postgres, selection
from tests.prepared import Prepared, take_part
from tests.screens import as_on_the_server

PROJECT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
PROGRAM = str(PROJECT / "src")
DATABASE_FILE = re.compile(r"\.db(-wal|-shm)?$")
OPEN_FILES = Path("/proc/self/fd")

# What is tried: all of it (`full`), a first look (`quick`), or all of it with new examples (`search`).
PROFILE = os.environ.get("STEERING_TESTS", "full")
selection.register()
settings.load_profile(PROFILE)


def refuse_the_users_data(event: str, arguments: tuple[object, ...]) -> None:
    """Stops whoever opens the database of a developer who runs the tests beside the running program."""
    if event == "sqlite3.connect" and str(PROJECT / "db" / "steering.db") in str(arguments[0]):
        raise PermissionError("A test opened db/steering.db. Take the fixture `database` instead.")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if PROFILE == "quick" and selection.is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    selection.fewer_examples(items, PROFILE)
    selection.not_for_coverage(items)


def refuse_a_database_in_use(event: str, arguments: tuple[object, ...]) -> None:
    """Stops the program where it opens a database past SQLite that this process has open.

    As it closes the file again, all locks of the process on it would be gone.
    """
    if event != "open" or not DATABASE_FILE.search(str(arguments[0])) or not OPEN_FILES.is_dir():
        return
    frame: FrameType | None = sys._getframe(1)
    while frame and not frame.f_code.co_filename.startswith(PROGRAM):
        frame = frame.f_back
    wanted = os.path.realpath(str(arguments[0]))
    if frame and any(_leads_to(file) == wanted for file in OPEN_FILES.iterdir()):
        raise PermissionError(f"{frame.f_code.co_name} opened {wanted} past SQLite while it is in use.")


def _leads_to(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:
        return ""


sys.addaudithook(refuse_the_users_data)
sys.addaudithook(refuse_a_database_in_use)


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which all tests read the data."""
    return TODAY


@pytest.fixture(scope="session", autouse=True)
def _house_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test forgets to say, it is about a new database on the day of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("STEERING_DATASET", raising=False)
        patch.setenv("STEERING_DATABASE_URL", sqlite_url(tmp_path_factory.mktemp("shared") / "steering.db"))
        patch.setenv("STEERING_TODAY", TODAY.isoformat())
        yield


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Databases that are made once: `prepared.copied("coburg", file)` where a test needs one of its own."""
    return Prepared(tmp_path_factory)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this process's own, started by the first test that asks for it."""
    with postgres.running() as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In a run about SQLite some tests are run on both engines: see `postgres.ON_BOTH`."""
    if postgres.runs_on_both(metafunc) and "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", postgres.KINDS, indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """The engine that the test is about."""
    kind: str = getattr(request, "param", postgres.CHOSEN)
    return kind


@pytest.fixture
def only_sqlite(database_kind: str) -> None:
    """Leaves out a test that is about the one file in which SQLite keeps everything."""
    if database_kind != "sqlite":
        pytest.skip("This is about SQLite's file")


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """The address of one more new database, on the engine that the run is about."""

    def made() -> str:
        if postgres.CHOSEN == "sqlite":
            return sqlite_url(tmp_path_factory.mktemp("database") / "steering.db")
        server: postgres.Server = request.getfixturevalue("postgresql")
        return server.url(server.new())

    return made


@pytest.fixture(scope="session", autouse=True)
def _new_databases_are_copies(prepared: Prepared) -> Iterator[None]:
    """Whoever begins a database in this process gets a copy of one that was migrated before."""
    with pytest.MonkeyPatch.context() as patch:
        take_part(patch, prepared)
        yield


@pytest.fixture(scope="session", autouse=True)
def _streamlit_as_on_the_server() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        as_on_the_server(patch)
        yield


@pytest.fixture(autouse=True)
def _no_session_is_handed_on() -> Iterator[None]:
    """What is called outside a page has one session for the whole process: the next test begins a new one."""
    yield
    st.session_state.clear()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of a database of this test's own; there is no file yet."""
    url = sqlite_url(tmp_path / "steering.db")
    monkeypatch.setenv("STEERING_DATABASE_URL", url)
    return url


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"
