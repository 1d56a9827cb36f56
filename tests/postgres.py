"""A PostgreSQL server for the tests: Debian's programs, a folder and socket of its own, gone with us.

Its texts are sorted as German is, as a house's server might: what only holds under SQLite's order fails here.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pytest

KINDS = ("sqlite", "postgresql")
# Which engine all tests of storage and pages run on that do not name one: see docs/decisions.md.
CHOSEN = os.environ.get("STEERING_TESTS_ENGINE", "sqlite")
# What the gate runs on both: where SQL is written, many at once, and a page while the database is away.
ON_BOTH = {
    "tests.storage.test_writing",
    "tests.storage.test_reading",
    "tests.storage.test_engine",
    "tests.storage.test_crowd",
    "tests.storage.test_closed_years",
    "tests.storage.history.test_undoing",
    "tests.storage.history.test_searching",
    "tests.pages.test_faults",
}
_PATIENCE = 60.0
# Nothing is to outlive the run, so nothing need reach the disk.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "lc_messages": "C",
}


def programs() -> Path | None:
    """The folder of Debian's latest server, else of the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def require() -> Path:
    """The same; a test that asks for the server is left out where there is none but in the gate."""
    found = programs()
    if found is None or sys.platform == "win32":
        if os.environ.get("STEERING_REQUIRE_POSTGRESQL"):
            pytest.fail("There is no PostgreSQL server: apt-get install postgresql")
        pytest.skip("There is no PostgreSQL server")
    return found


def runs_on_both(test: pytest.Metafunc) -> bool:
    """Whether a test is to be run on both engines in a run about SQLite."""
    first_look = os.environ.get("STEERING_TESTS") == "quick" or "only_sqlite" in test.fixturenames
    return CHOSEN == "sqlite" and not first_look and test.module.__name__ in ON_BOTH


class Server:
    """A running server; every database it is asked for is a new one."""

    def __init__(self, programs: Path, settings: Mapping[str, str] | None = None) -> None:
        self._programs = programs
        self._settings = _SETTINGS | dict(settings or {})
        # Not under pytest's folders: the server's user may not enter those; a socket's path must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="steering-pg-"))
        self._numbers = count(1)
        # Databases that were made once to be copied, by what they hold; nobody keeps them open.
        self._templates: dict[str, str] = {}
        # And databases that several tests look at.
        self.shared: dict[str, str] = {}
        self._as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            # The server refuses to run as root.
            owner = _somebody_else()
            shutil.chown(self.folder, owner, owner if owner == "postgres" else "nogroup")
            self._as_user = {"user": owner, "group": owner if owner == "postgres" else "nogroup"}
            self._as_user["extra_groups"] = []
        self._process: subprocess.Popen[bytes] | None = None
        made = ["initdb", "-D", self._data, "-U", "steering", "-A", "trust", "-E", "UTF8"]
        # Without ICU (PostgreSQL 14 and older) the server's own order of bytes has to do.
        order = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=de-DE"]
        if self._run([*made, "--no-sync", *order]).returncode:
            shutil.rmtree(self._data, ignore_errors=True)
            self._run([*made, "--no-sync", "--locale=C.UTF-8"]).check_returncode()
        self.start()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, command: list[Any]) -> subprocess.CompletedProcess[bytes]:
        program, *arguments = command
        return subprocess.run(
            [self._programs / program, *arguments], cwd=self.folder, capture_output=True, **self._as_user
        )

    def start(self) -> None:
        """Start it, and return once it answers."""
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *_until_we_end(),
                    self._programs / "postgres",
                    "-D",
                    self._data,
                    "-k",
                    self.folder,
                    *settings,
                ],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                **self._as_user,
            )
        give_up = time.monotonic() + _PATIENCE
        while self._run(["pg_isready", "-q", "-h", self.folder]).returncode:
            if time.monotonic() > give_up or self._process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as its administrator would: whoever is connected is cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=_PATIENCE)
            self._process = None

    def crash(self) -> None:
        """End it as a power failure of its machine does: what it has not written down is gone."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=_PATIENCE)
            self._process = None

    def close(self) -> None:
        """End it for good, and leave nothing behind."""
        with suppress(subprocess.TimeoutExpired):
            self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://steering@/{database}?host={self.folder}"

    def say(self, sentence: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Have the server do something, past the program; its answer."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user="steering", dbname=database, autocommit=True
        ) as connection:
            done = connection.execute(sentence.encode())
            return done.fetchall() if done.description else []

    def new(self, template: str = "template1", encoding: str = "") -> str:
        """A database of its own, a copy of the template or with another encoding; its name."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        other = f"TEMPLATE template0 ENCODING {encoding} LOCALE 'C' LOCALE_PROVIDER libc"
        self.say(f'CREATE DATABASE "{name}" ' + (other if encoding else f'TEMPLATE "{template}"{self._how}'))
        return name

    @cached_property
    def _how(self) -> str:
        """How a copy is made: what PostgreSQL 15 has as its rule writes every page into its log first."""
        ((version,),) = self.say("SHOW server_version_num")
        return " STRATEGY FILE_COPY" if int(version) >= 150_000 else ""

    def dump(self, name: str) -> Path:
        """A backup by the server's own tools, as the README has it."""
        archive = self.folder / f"{name}.dump"
        self._run(
            ["pg_dump", "-Fc", "-h", self.folder, "-U", "steering", "-f", archive, name]
        ).check_returncode()
        return archive

    def restore(self, name: str, archive: Path) -> None:
        """The way back, as the README has it."""
        how = ["--clean", "--if-exists", "--single-transaction", "--no-owner"]
        self._run(
            ["pg_restore", *how, "-h", self.folder, "-U", "steering", "-d", name, archive]
        ).check_returncode()

    def template(self, kind: str, fill: Callable[[str], None]) -> str:
        """A database to be copied, filled the first time somebody asks for this kind; its name."""
        if kind not in self._templates:
            name = self.new()
            fill(self.url(name))
            self._templates[kind] = name
        return self._templates[kind]

    def drop(self, name: str) -> None:
        """Take a database away, whoever has it open."""
        self.say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def running(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server until the block ends; `settings`: what is to be otherwise than the tests have it."""
    server = Server(require(), settings)
    try:
        yield server
    finally:
        server.close()


def _somebody_else() -> str:
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("There is no user but root to run PostgreSQL as")


def _until_we_end() -> list[str]:
    """Where Linux can, the server hears when we are gone without a word."""
    return ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
