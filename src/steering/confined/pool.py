"""Children that are kept for the next call, so that nobody waits for a start, and never more than a few."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from typing import Any

from steering.confined.worker import Job, Limits, Reason, Stopped, Worker

_LOOK_UP = 0.2  # seconds


class Pool:
    """At most so many children at a time, all with the same limits; a broken one is replaced."""

    def __init__(self, limits: Limits, *, at_most: int = 2, idle_seconds: float = 300) -> None:
        self.limits, self.at_most = limits, at_most
        self._idle_seconds = idle_seconds
        self._places = threading.Semaphore(at_most)
        self._lock = threading.Lock()
        self._idle: dict[Worker, threading.Timer] = {}
        atexit.register(self.close)

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        refusals: tuple[type[Exception], ...] = (),
        progress: Callable[[float], None] | None = None,
        waiting: Callable[[float], None] | None = None,
    ) -> Any:
        """`function(*arguments)` in a child, with `progress=` where somebody listens; see `Job`.

        Raises one of the `refusals`, `Stopped`, or what the two listeners raise.
        """
        job = Job(function, arguments, refusals, progress, waiting)
        self._wait_for_a_place(job)
        try:
            return self._answered(job)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the children that nobody has asked anything."""
        with self._lock:
            idle = list(self._idle)
        for worker in idle:
            self._retire(worker)

    def _wait_for_a_place(self, job: Job) -> None:
        began = time.monotonic()
        while not self._places.acquire(timeout=_LOOK_UP):
            waited = time.monotonic() - began
            if waited > self.limits.seconds:
                raise Stopped(Reason.TIME)
            if job.waiting:
                job.waiting(waited)

    def _answered(self, job: Job) -> Any:
        worker = self._free() or Worker(self.limits)
        answered = False
        try:
            found = worker.ask(job)
            answered = True
            return found
        except job.refusals:
            answered = True
            raise
        finally:
            if answered and not worker.is_spent:
                self._keep(worker)
            else:
                worker.kill()

    def _free(self) -> Worker | None:
        with self._lock:
            while self._idle:
                worker, timer = self._idle.popitem()
                timer.cancel()
                if worker.is_alive:
                    return worker
                worker.kill()
        return None

    def _keep(self, worker: Worker) -> None:
        """For the next call, but not for ever."""
        timer = threading.Timer(self._idle_seconds, self._retire, (worker,))
        timer.daemon = True
        with self._lock:
            self._idle[worker] = timer
        timer.start()

    def _retire(self, worker: Worker) -> None:
        with self._lock:
            timer = self._idle.pop(worker, None)
        if timer is not None:  # Else somebody has just asked it.
            timer.cancel()
            worker.kill()


DRAWING = Pool(Limits(seconds=60))
READING = Pool(Limits(seconds=120))
