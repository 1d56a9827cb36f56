"""Starts the program as a user does, on a free port and with a database of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.browser.forked import Forked, can_fork

PROJECT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds until a server that says nothing counts as failed


@dataclass(frozen=True)
class Server:
    """A running server: its address without a slash at the end, its log, and its process."""

    url: str
    log: Path
    process: subprocess.Popen[bytes] | Forked

    def kill(self) -> None:
        """End it at once, as a power failure does."""
        self.process.kill()
        self.process.wait(timeout=20)


@contextmanager
def serving(
    folder: Path,
    *,
    script: Path = PROJECT / "app.py",
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
    loaded: bool = False,
) -> Iterator[Server]:
    """Run `script` until the block ends; `folder` holds its database (steering.db) and its log.

    `loaded`: as a copy of a process that has imported everything already, where the machine can do that:
    for a test that is not about starting.
    """
    port = port or free_port()
    written = folder / f"server-{port}.log"
    arguments = ["streamlit", "run", script.name]
    surroundings = {
        "STEERING_DATABASE_URL": f"sqlite:///{(folder / 'steering.db').as_posix()}",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        **(environment or {}),
    }
    with written.open("ab") as log:
        process = (Forked if loaded and can_fork() else started)(
            arguments, script.parent, os.environ | surroundings, log.fileno()
        )
        server = Server(f"http://localhost:{port}", written, process)
        try:
            wait_for_health(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def started(
    arguments: list[str], folder: Path, environment: Mapping[str, str], log: int
) -> subprocess.Popen[bytes]:
    """A Python of its own that runs the module which the first argument names."""
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def wait_for_health(server: Server, patience: float = PATIENCE) -> None:
    """Return as soon as the server answers; raise with its log if it stops or stays silent."""
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up and server.process.poll() is None:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=5):
                return
        except OSError:  # URLError is one
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start. Its log:\n{server.log.read_text(encoding='utf-8')}")


def wait_for(url: str, patience: float = PATIENCE) -> None:
    """Return as soon as something answers there."""
    give_up = time.monotonic() + patience
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port
