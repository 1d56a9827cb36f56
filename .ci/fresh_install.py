"""Does what a new user does: takes what is committed, types the README's first command, opens the page."""

import os
import signal
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from readme import shell_command

from tests.browser.serving import Server, free_port, wait_for_health
from tests.browser.visiting import Visit, chromium, find_chromium, new_user

PATIENCE = 600  # seconds for installing everything


def copy_of_the_commit(folder: Path) -> Path:
    """What a fresh clone would hold."""
    committed = subprocess.run(["git", "archive", "HEAD"], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(committed)) as archive:
        archive.extractall(folder / "clone", filter="data")
    return folder / "clone"


@contextmanager
def typed(command: str, clone: Path) -> Iterator[Server]:
    """The server that the command starts; its database lies beside the clone."""
    port = free_port()
    written = clone.parent / "server.log"
    surroundings = {
        "STEERING_DATABASE_URL": f"sqlite:///{clone.parent}/steering.db",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_PORT": str(port),
    }
    with written.open("wb") as log:
        process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=clone,
            env=os.environ | surroundings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        server = Server(f"http://localhost:{port}", written, process)
        try:
            wait_for_health(server, PATIENCE)
            yield server
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def problems_of_the_first_page(server: Server) -> list[str]:
    """What is wrong with it, seen in Chromium."""
    executable = find_chromium()
    if executable is None:
        return ["There is no Chromium to look with."]
    with chromium(executable) as browser, new_user(browser) as window:
        visitor = Visit(window, server.url)
        title = visitor.go("/").locator("h1").first.inner_text()
        wrong_title = [] if title == "Lagebild" else [f"Its title is {title!r}."]
        return wrong_title + visitor.failures() + visitor.foreign + visitor.complaints


def main() -> int:
    command = shell_command(1)
    sys.stdout.write(f"{command}\n")
    with tempfile.TemporaryDirectory() as folder:
        with typed(command, copy_of_the_commit(Path(folder))) as server:
            problems = problems_of_the_first_page(server)
        log = server.log.read_text(encoding="utf-8")
    sys.stdout.write("\n".join([*problems, log] if problems else ["The first page shows the Lagebild.", ""]))
    return len(problems)


if __name__ == "__main__":
    sys.exit(main())
