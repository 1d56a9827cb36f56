"""A sitting as a file says it, before anybody knows which committee of ours is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from steering.model.german import TIME_ZONE

COMMITTEE, ON, PAPERS = "Gremium", "Sitzung am", "Vorlagenschluss"
_CALLED_OFF = re.compile(
    r"\b(abgesagt|absage|entf[äa]llt|entfallen|f[äa]llt aus|ausgefallen|storniert|cancelled)\b", re.I
)


@dataclass(frozen=True)
class WrongCell:
    """What is wrong with a cell: its column, what stands there, and what to do."""

    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class FoundSitting:
    """One entry of a calendar.

    `names`: who sits, several where they sit together; `titles`: what the entry is called, to be tried where
    nobody is named. `reference`: by what the system knows it again, "" where it says nothing. `called_off`:
    it does not take place; then a day may be missing. `link`: its web page. `notes`: how it was understood.
    """

    row: int
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    day: date | None = None
    papers_due: date | None = None
    reference: str = ""
    called_off: bool = False
    link: str = ""
    notes: tuple[str, ...] = ()
    wrong: tuple[WrongCell, ...] = ()

    @property
    def called(self) -> str:
        """What it is called in the file."""
        return next((said[:120] for said in (*self.names, *self.titles) if said), "")


@dataclass(frozen=True)
class FoundCalendar:
    """All entries of a file, and sentences about how it was read."""

    sittings: tuple[FoundSitting, ...]
    notes: tuple[str, ...] = ()


def is_called_off(said: str) -> bool:
    """Whether a title says that the sitting does not take place."""
    return bool(_CALLED_OFF.search(said))


def day_here(moment: date | datetime) -> date:
    """On which day that is in Germany: a moment may be told in another time zone."""
    if not isinstance(moment, datetime):
        return moment
    return (moment if moment.tzinfo is None else moment.astimezone(TIME_ZONE)).date()


def is_web(address: object) -> bool:
    """Whether a text is the address of a web page."""
    return isinstance(address, str) and address.startswith(("https://", "http://")) and len(address) < 1_000
