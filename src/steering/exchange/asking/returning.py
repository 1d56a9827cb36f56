"""A file that comes back from somebody who was asked: what it answers to, and several as one import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from steering.analysis.incoming import Reading
from steering.exchange.asking.tokens import token_in
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.workbook.grids import CellRows


class _Sent(Protocol):
    @property
    def token(self) -> str: ...
    @property
    def round_id(self) -> int: ...
    @property
    def round_name(self) -> str: ...
    @property
    def sent_on(self) -> date: ...


class _Answered(Protocol):
    @property
    def reading(self) -> Reading: ...


S = TypeVar("S", bound=_Sent)


class NotOurs(NamedTuple):
    """The ends of the sentences about a file "…": without a token, and with one that is not known here."""

    without: str
    unknown: str


def answered_to(
    file: IncomingFile,
    found: Mapping[str, CellRows],
    heading: str,
    sent: Iterable[S],
    round_id: int | None,
    words: NotOurs,
) -> S:
    """What of all that was sent a file answers; its token stands under a heading of the hidden sheet.

    `round_id`: the round that is looked at, where one is. Raises FileRefused where it is none of these.
    """
    token = token_in(found, heading)
    if not token:
        raise file.refused(words.without)
    named = next((each for each in sent if each.token == token), None)
    if named is None:
        raise file.refused(words.unknown)
    if round_id is not None and named.round_id != round_id:
        raise file.refused(
            f"gehört zur Runde »{named.round_name}« vom {named.sent_on:%d.%m.%Y}. "
            "Bitte oben diese Runde wählen."
        )
    return named


def together(answers: Iterable[_Answered]) -> Reading:
    """The rows of several files as one import."""
    readings = [each.reading for each in answers]
    rows = tuple(row for each in readings for row in each.rows)
    return Reading(rows, tuple(note for each in readings for note in each.notes))
