"""So many at once, and whoever came first goes first.

A pool of connections gives a free one to whoever asks next: of many who ask again and again, some get none.
"""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


class Turns:
    """A number of places that are handed on in the order in which people asked for one."""

    def __init__(self, places: int) -> None:
        self._lock = Lock()
        self._free = places
        self._waiting: deque[Event] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for a place so long; whether there was one. Who has it gives it back by `leave`."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._lock:
            if mine.is_set():  # handed over in the moment in which patience ended
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Give the place to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
