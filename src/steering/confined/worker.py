"""One child as the server sees it: started, asked, waited for with limits, and killed."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from steering.confined import wire

_LOG = logging.getLogger(__name__)
_LOOK_UP = 0.2  # seconds after which whoever waits is asked whether to go on
_MOST_SAID = 4_000  # characters of what a child said at its end


@dataclass(frozen=True)
class Limits:
    """`seconds` from asking to the answer; `megabytes` of memory that a child may write to."""

    seconds: float = 120
    megabytes: int = 1_500


class Reason(StrEnum):
    """Why a work came to no end."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


class Stopped(Exception):
    """A work that was not finished; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Job:
    """What is to be done: a function of a module with its arguments, and what may come of it.

    `refusals`: exceptions that count as an answer and are raised again here. `progress` hears shares from 0
    to 1. `waiting` hears every moment how many seconds it has taken so far; what it raises ends the work.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    refusals: tuple[type[Exception], ...] = ()
    progress: Callable[[float], None] | None = None
    waiting: Callable[[float], None] | None = None


class Worker:
    """A child that is running. One that `is_spent` is not to be asked again."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.is_spent = False
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "steering.confined.child", str(limits.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            # Nothing of what a stranger sent needs to know where the data are.
            env={name: value for name, value in os.environ.items() if not name.startswith("STEERING_")},
        )
        self._frames: queue.SimpleQueue[tuple[bytes, bytes] | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def process_id(self) -> int:
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    def ask(self, job: Job) -> Any:
        """The answer; raises one of the refusals, `Stopped`, or what `progress` and `waiting` raise.

        Only after a result or a refusal the child may be asked again.
        """
        began = time.monotonic()
        refusals, tells = job.refusals, job.progress is not None
        request = wire.pack((job.function, job.arguments, self._limits.seconds, refusals, tells))
        assert self._child.stdin is not None
        try:
            wire.send(self._child.stdin, wire.REQUEST, request)
        except OSError:
            raise self._ended() from None
        while True:
            kind, content = self._next(job, began)
            match kind:
                case wire.PROGRESS if job.progress:
                    job.progress(float(self._value(content)))
                case wire.LAST:
                    self.is_spent = True
                case wire.RESULT:
                    return self._value(content)
                case wire.REFUSED:
                    refusal = self._value(content)
                    raise refusal if isinstance(refusal, job.refusals) else self._ended()
                case wire.MEMORY:
                    raise Stopped(Reason.MEMORY)
                case _:
                    raise self._ended()

    def kill(self) -> None:
        """End the child at once."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._said):
            assert stream is not None
            try:
                stream.close()
            except OSError:  # What was never read cannot be delivered any more.
                continue

    def _listen(self) -> None:
        assert self._child.stdout is not None
        with self._child.stdout as stream:
            try:
                while frame := wire.receive(stream):
                    self._frames.put(frame)
            except (wire.Untrusted, OSError, ValueError, MemoryError):
                _LOG.warning("A child sent no answer")
            self._frames.put(None)

    def _next(self, job: Job, began: float) -> tuple[bytes, bytes]:
        while True:
            waited = time.monotonic() - began
            if waited > self._limits.seconds:
                raise Stopped(Reason.TIME)
            if job.waiting:
                job.waiting(waited)
            try:
                frame = self._frames.get(timeout=min(_LOOK_UP, self._limits.seconds - waited + 0.01))
            except queue.Empty:
                continue
            if frame is None:
                raise self._ended()
            return frame

    def _value(self, content: bytes) -> Any:
        try:
            return wire.unpack_answer(content)
        except wire.Untrusted:
            raise self._ended() from None

    def _ended(self) -> Stopped:
        """Why the child is no more, with what it said last in the log."""
        try:
            status = self._child.wait(_LOOK_UP)
        except subprocess.TimeoutExpired:
            self._child.kill()
            status = self._child.wait()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace")
        _LOG.error("A child ended with %s: %s", status, said[-_MOST_SAID:].strip())
        memory = "memory allocation" in said or "bad_alloc" in said or "MemoryError" in said
        return Stopped(Reason.MEMORY if memory else Reason.CRASH)
