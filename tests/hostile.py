"""Texts that want to be more than text, in every field that people write in.

They try Streamlit's directives, icons and pictures, Markdown, LaTeX, links, typographic signs, entities, HTML
and formulas. Whoever shows them or writes them into a file has them stand there as they are.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlmodel import AutoString

from steering.model import (
    ActionItem,
    ActionStatus,
    AgendaItem,
    Indicator,
    Meeting,
    MeetingStatus,
    Outcome,
    Participant,
    Record,
)
from steering.storage import starter

HOSTILE = (
    "=1+1 :material/bug_report: :streamlit: :red[rot] **fett** `c` $x^2$ [l](https://evil.example/l) -> "
    "d@evil.example &lt; <img src=https://evil.example/i onerror=alert(1)> "
)
SHORT = "=1+1 :material/bug_report: **fett** "
"""For what may have 60 characters only."""
# What machines read is no text: keys, addresses, digests, times of the clock, closed lists.
OF_MACHINES = frozenset({
    "ags", "ars", "begins", "concerns", "confidence", "dataset_id", "district_key", "ends", "funder_level",
    "geometry", "key", "kind", "mailbox", "origin", "postcode", "seat_ags", "seen_municipalities", "slug",
    "source", "subject_key",
})  # fmt: skip
COMING = date(2026, 11, 25)

# Each attack as Markdown would carry it out.
CARRIED_OUT = re.compile(
    r"(?<!\\):(?=material/bug|streamlit:|red\[)|:(?=material/bug|streamlit:|//evil)|(?<![\\*])\*\*fett|"
    r"(?<!\\)`c|(?<!\\)\$x|(?<!\\)\[l|(?<!\\)&lt|(?<!\\)<img|d@evil|->"
)
# The same with the signs that keep it from that, which belong into Markdown and nowhere else.
ESCAPED = re.compile(
    r"\\:(?=.?material/bug|.?streamlit\\:|red\\\[)|\\\*\\\*fett|\\`c|\\\$x|\\\[l|\\<img|\u2060"
)


def records(dataset: str) -> list[Record]:
    """The starter data with `HOSTILE` before every text, and a round in which everything is written."""
    found = [*starter.records(dataset), *_round()]
    for record in found:
        for name, words in _texts(record):
            setattr(record, name, words)
    return found


def _texts(record: Record) -> list[tuple[str, str]]:
    columns: Any = type(record).metadata.tables[str(type(record).__tablename__)].columns
    changed = []
    for column in columns:
        old = getattr(record, column.name)
        if isinstance(column.type, AutoString) and column.name not in OF_MACHINES and old is not None:
            longest = column.type.length or 5_000
            hostile = HOSTILE if longest > len(HOSTILE) else SHORT
            # A name in full would have to be unique; what is told it apart by comes first.
            changed.append((column.name, f"{hostile}{old}"[:longest]))
    return changed


def _round() -> list[Record]:
    point: dict[str, Any] = {"meeting_id": 1, "internal": False}
    return [
        Meeting(id=1, day=COMING, status=MeetingStatus.INVITED, place="Saal", note="n", internal_note="i"),
        Participant(id=1, meeting_id=1, organisation_id=1, function="Leitung"),
        AgendaItem(id=1, position=1, name="Punkt", occasion="a", question="q", note="n", **point),
        Outcome(id=1, agenda_item_id=1, text="t", internal_note="i"),
        ActionItem(id=1, agenda_item_id=1, name="Tun", organisation_id=1, function="Leitung",
                   due=date(2027, 1, 15), status=ActionStatus.OPEN),
        Indicator(id=9_001, name="Kennzahl", unit="Personen"),
    ]  # fmt: skip
