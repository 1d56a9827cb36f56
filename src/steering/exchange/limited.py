"""Files read apart from the server, with limits of time and memory: whatever they hold, an answer comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from steering import confined
from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.confined import Reason
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import FileRefused, IncomingFile

Listener = Callable[[float], None]
T = TypeVar("T")


def read_kind(
    kind: str, file: IncomingFile, portfolio: Portfolio, options: Options, waiting: Listener | None = None
) -> Reading:
    """A file of one of the KINDS. Raises FileRefused; `options.progress` and `waiting` as in `reading`."""
    work = partial(_of_kind, kind, file, portfolio, replace(options, progress=None))
    return reading(file.name, work, options.progress, waiting)


def reading(
    name: str,
    work: Callable[..., T],
    progress: Listener | None = None,
    waiting: Listener | None = None,
) -> T:
    """What a reader makes of a file: `work` is a function of a module with its arguments, as a `partial`.

    `progress` is handed to it as an argument and hears shares of 1; `waiting` hears every moment how many
    seconds it has taken, and what it raises ends the reading. Raises FileRefused, also for a file that needs
    more time or memory than a file may.
    """
    try:
        found: T = confined.READING.run(work, refusals=(FileRefused,), progress=progress, waiting=waiting)
    except confined.Stopped as stopped:
        raise FileRefused(f"»{name}« {_why(stopped.reason)}") from stopped
    return found


def _why(reason: Reason) -> str:
    limits = confined.READING.limits
    match reason:
        case Reason.TIME:
            return (
                f"war nach {limits.seconds:.0f} Sekunden nicht gelesen; länger braucht keine übliche Datei. "
                "Bitte nur die nötigen Blätter und Zeilen schicken lassen oder die Datei aufteilen."
            )
        case Reason.MEMORY:
            return (
                f"braucht beim Lesen mehr als {limits.megabytes} MB Arbeitsspeicher. Bitte nur die nötigen "
                "Blätter und Zeilen schicken lassen oder die Datei aufteilen."
            )
    return "ist beschädigt und lässt sich nicht lesen. Bitte neu speichern und noch einmal schicken lassen."


def _of_kind(
    kind: str,
    file: IncomingFile,
    portfolio: Portfolio,
    options: Options,
    progress: Callable[[float], Any] | None = None,
) -> Reading:
    return KINDS[kind].read(file, portfolio, replace(options, progress=progress))
