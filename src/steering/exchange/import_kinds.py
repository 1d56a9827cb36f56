"""The kinds of files that can be taken in, in one table: for the command line and for the page alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import LARGEST, IncomingFile


@dataclass(frozen=True)
class Options:
    """What else may be said about a file: a file that assigns its columns (`--mapping`)."""

    mapping: Path | None = None


@dataclass(frozen=True)
class Kind:
    """One kind: its German word, how to read it, the largest file in bytes.

    `read` raises FileRefused for a file, and gives refused rows for what is wrong with single rows.
    """

    word: str
    read: Callable[[IncomingFile, Portfolio, Options], Reading]
    largest: int = LARGEST


KINDS: Mapping[str, Kind] = {}
