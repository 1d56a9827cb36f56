"""Threads that live as long as the server."""

from __future__ import annotations

import threading
from collections.abc import Callable


def begin(name: str, work: Callable[[threading.Event], None]) -> Callable[[], None]:
    """Have `work` go on until its event is set; what is returned sets it, and waits for what is under way."""
    ended = threading.Event()
    thread = threading.Thread(target=work, args=(ended,), name=name, daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        thread.join()

    return end
