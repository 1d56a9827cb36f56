"""The child: `python -m steering.confined.child MEGABYTES`, working off requests from stdin.

It ends by itself when the server has gone, and by any error that was not agreed on: then it leaves the
traceback on stderr, and the server starts another one.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from steering.confined import wire

try:
    import resource
except ImportError:  # Windows has no such limits; time is limited there by the server alone.
    resource = None  # type: ignore[assignment]

_MEGABYTE = 1024 * 1024
_STATUS = Path("/proc/self/status")
_BETWEEN_WORDS = 0.1  # seconds from one word about progress to the next


def main() -> None:
    megabytes = int(sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # Whatever a library prints is no answer.
    _limit_memory(megabytes)
    threading.Thread(target=_leave_with_the_server, args=(os.getppid(),), daemon=True).start()
    while True:
        asked = wire.receive(sys.stdin.buffer)
        if asked is None:
            return
        kind, content = _answer(wire.unpack_request(asked[1]), answers)
        if _is_swollen(megabytes):
            wire.send(answers, wire.LAST)
        wire.send(answers, kind, content)


def _answer(asked: tuple[Any, ...], answers: BinaryIO) -> tuple[bytes, bytes]:
    function, arguments, seconds, refusals, tells = asked
    _limit_time(seconds)
    extra = {"progress": _Progress(answers)} if tells else {}
    try:
        return wire.RESULT, wire.pack(function(*arguments, **extra))
    except refusals as refusal:
        return wire.REFUSED, wire.pack(refusal)
    except MemoryError:
        return wire.MEMORY, b""


class _Progress:
    """Tells the server how far the work has come, not oftener than somebody could see."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._next = 0.0

    def __call__(self, share: float) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _BETWEEN_WORDS
            wire.send(self._answers, wire.PROGRESS, wire.pack(float(share)))


def _limit_memory(megabytes: int) -> None:
    """What is written to counts; addresses that are only reserved, as a JavaScript engine does, do not."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MEGABYTE,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_swollen(megabytes: int) -> bool:
    """Whether so much is still held that the next work might lack it; only Linux says."""
    if not _STATUS.exists():
        return False
    # What the limit counts. The highest figure so far would be the server's, from before the child began.
    held = re.search(r"VmData:\s+(\d+) kB", _STATUS.read_text())
    return held is not None and int(held[1]) / 1024 > megabytes * 2 / 3


def _limit_time(seconds: float) -> None:
    """Should the server be killed meanwhile, work in a library that never listens ends all the same."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + 4 * seconds) + 1, hard))


def _leave_with_the_server(server: int) -> None:
    while os.getppid() == server:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    main()
