"""The log of what happened: a line with an id each for sign-in (or that it is missing), refusal, write,
import, restore, fetch by a subscription, and error.

A line is JSON and holds numbers and words of the program only: never what stands in a record, what somebody
typed, a name, an address with a password, nor the message of an error, for that repeats what it was about.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from steering.storage import troubles

NAME = "steering.journal"
# Neither records nor persons look like this but for their numbers.
_WORD = re.compile(r"[A-Za-z0-9_./-]{1,60}")
WITHHELD = "?"
_MOST_STEPS, _MOST_CAUSES = 12, 5
_logger = logging.getLogger(NAME)
RecordFactory = Callable[..., logging.LogRecord]


class Happened(StrEnum):
    """What a line can be about."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    REFUSAL = "refusal"
    WRITE = "write"
    IMPORT = "import"
    RESTORE = "restore"
    FETCH = "fetch"
    NO_SIGN_IN = "no-sign-in"
    ERROR = "error"


def event(kind: Happened, /, **about: int | str) -> str:
    """Log that something happened; the id under which the line is found.

    `about`: numbers, and words of the program such as the kind of a file. What could be more than that (it
    has blanks, umlauts, signs) is withheld.
    """
    told = {name: value if isinstance(value, int) else _word(value) for name, value in about.items()}
    return _line(kind, told)


def error(problem: BaseException) -> str:
    """Log an error by its kind and the places it went through; the id is what the screen shows."""
    return _line(Happened.ERROR, {"what": kinds(problem), "where": places(problem)})


def begin() -> None:
    """Write the lines where the log of the server goes, and keep messages of errors out of it from now on."""
    if not _logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _logger.addHandler(handler)
        _logger.setLevel(logging.INFO)
        _logger.propagate = False
    made = logging.getLogRecordFactory()
    if not getattr(made, "withholds", False):
        logging.setLogRecordFactory(without_messages(made))


def without_messages(made: RecordFactory) -> RecordFactory:
    """Makes records of the log that name an error by kind and places, whoever logs it."""

    def make(*args: Any, **more: Any) -> logging.LogRecord:
        record = made(*args, **more)
        if record.exc_info and record.exc_info[1] is not None:
            problem = record.exc_info[1]
            record.exc_info = None
            record.msg = f"{kinds(problem)} at {places(problem)}"
            record.args = ()
        return record

    make.withholds = True  # type: ignore[attr-defined]
    return make


def kinds(problem: BaseException) -> str:
    """The error's class, and those of what it came from: `KeyError < ValueError`, with the word that the
    database has for it."""
    found: list[str] = []
    cause: BaseException | None = problem
    while cause is not None and len(found) < _MOST_CAUSES:
        said = troubles.own_word(cause)
        found.append(f"{type(cause).__name__} {said}" if said else type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    return " < ".join(found)


def places(problem: BaseException) -> str:
    """File, line and function of the last steps, the innermost last."""
    steps = traceback.extract_tb(problem.__traceback__)[-_MOST_STEPS:]
    return " ".join(f"{_end(step.filename)}:{step.lineno}:{step.name}" for step in steps)


def _line(kind: Happened, about: dict[str, int | str]) -> str:
    identity = secrets.token_hex(4)
    level = logging.ERROR if kind is Happened.ERROR else logging.INFO
    _logger.log(level, "%s", json.dumps({"id": identity, "event": kind.value, **about}))
    return identity


def _end(file: str) -> str:
    """The last parts of a path: nobody's home folder is in it."""
    return "/".join(file.replace("\\", "/").rsplit("/", 3)[-3:])


def _word(value: str) -> str:
    return value if _WORD.fullmatch(value) else WITHHELD
