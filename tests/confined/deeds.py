"""What a child may be asked to do in tests: things that go well, and all that can go wrong."""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from steering.exchange.incoming_files import FileRefused
from steering.model import Structure


class NotOurs(Exception):
    """Of a type that no child may send."""


def given_back(value: Any) -> Any:
    return value


def who() -> int:
    return os.getpid()


def refuse(sentence: str) -> None:
    raise FileRefused(sentence)


def refuse_strangely() -> None:
    raise NotOurs


def fail() -> None:
    raise KeyError("unexpected")


def die() -> None:
    os.abort()


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def count_up(progress: Callable[[float], None]) -> str:
    for step in range(3):
        progress(step / 2)
        time.sleep(0.15)
    return "done"


def take(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def print_loudly() -> str:
    print("noise" * 1000)  # noqa: T201
    sys.stdout.flush()
    return "quiet"


def environment() -> dict[str, str]:
    return dict(os.environ)


def values() -> list[Any]:
    return [1, 2.5, "ä", None, date(2026, 1, 2), {"a": (1, 2)}, frozenset({3}), Structure]


KEPT: list[bytearray] = []


def keep(megabytes: int) -> None:
    KEPT.append(bytearray(megabytes * 1024 * 1024))
