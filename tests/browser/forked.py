"""A server as a copy of a process that has everything imported: half of what a start takes is importing.

The process that is copied has run nothing yet and holds no thread, so that a copy is as good as a start.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any

LOADED = "tests.browser.everything"


def can_fork() -> bool:
    return "forkserver" in get_all_start_methods()


class Forked:
    """`streamlit run` in a copy, with what tests ask of `subprocess.Popen`."""

    def __init__(self, arguments: list[str], folder: Path, environment: Mapping[str, str], log: int) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload([LOADED])
        self._process = context.Process(
            target=run, args=(arguments, str(folder), dict(environment), Log(log)), daemon=True
        )
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, sign: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("streamlit run", timeout)
        return code


class Log:
    """The number of an open file, which a copy is handed under a number of its own."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return taken, (DupFd(self.number),)


def taken(handed: Any) -> Log:
    return Log(handed.detach())


def run(arguments: list[str], folder: str, environment: dict[str, str], log: Log) -> None:
    """In the copy: be `python -m streamlit`, in that folder, with that environment and that log."""
    from streamlit.web.cli import main

    os.dup2(log.number, 1)
    os.dup2(log.number, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, folder)
    sys.argv = arguments
    main(prog_name=arguments[0])
