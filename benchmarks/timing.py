"""How long tasks take that are to be compared with each other."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any


def best(rounds: int, *tasks: Callable[[], Any]) -> list[float]:
    """The shortest time of each task in seconds, all taking turns: the one least disturbed by others."""
    return [
        min(times) for times in zip(*([timed(task) for task in tasks] for _ in range(rounds)), strict=True)
    ]


def timed(task: Callable[[], Any]) -> float:
    gc.collect()
    started = time.perf_counter()
    task()
    return time.perf_counter() - started
