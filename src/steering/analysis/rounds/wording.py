"""What invitation and minutes have in common: when and where, who, the numbers of the points."""

from __future__ import annotations

from collections.abc import Iterable

from steering.analysis.document import Block, Paragraph, Strong, Text, paragraphs, plain
from steering.analysis.rounds.record import STANDING, Point, Round
from steering.model import AgendaGroup, AgendaStatus, Subject
from steering.model.german import weekday
from steering.model.vocabulary import word

INTERNAL = "nur Verwaltung"
FOR_THE_ADMINISTRATION = (
    Strong("Nur für die Verwaltung. "),
    "Diese Fassung enthält Internes; für alle gibt es eine eigene.",
)


def when(held: Round) -> str:
    """Mittwoch, 25. November 2026, 14:00 bis 15:30 Uhr."""
    if not held.begins:
        return weekday(held.day)
    until = f" bis {held.ends}" if held.ends else ""
    return f"{weekday(held.day)}, {held.begins}{until} Uhr"


def subtitle(held: Round, district: str) -> str:
    """What was or will be held, by whom, on which day."""
    return f"{', '.join(filter(None, (held.name, district)))}\n{weekday(held.day)}"


def numbers(points: Iterable[Point]) -> dict[int, str]:
    """What each point is called, by its id: TOP 1, TOP 2.

    Internal points count apart, so that the versions for all and for the administration name the others
    alike, and no missing number tells that there is more; but for those that everybody was told of before
    they became internal: the numbers after them stay what they were. One that was struck has none.
    """
    found: dict[int, str] = {}
    counted = {True: 0, False: 0}
    for point in points:
        if point.status == AgendaStatus.DROPPED:
            continue
        apart = point.internal and not point.announced
        counted[apart] += 1
        found[point.id] = f"TOP {'intern ' if apart else ''}{counted[apart]}"
    return found


def marked(text: str, internal: bool) -> Text:
    """A text with the mark of what is for the administration only."""
    return (text, Strong(f" ({INTERNAL})")) if internal else text


def labelled(label: str, text: str) -> tuple[Block, ...]:
    """A typed text with what it is before it; nothing where there is no text."""
    blocks = paragraphs(text)
    if not blocks:
        return ()
    first, *rest = blocks
    if isinstance(first, Paragraph):
        return (Paragraph((Strong(f"{label}: "), plain(first.text))), *rest)
    return (Paragraph((Strong(f"{label}:"),)), *blocks)


def aside(note: str) -> tuple[str | Strong, ...]:
    """An internal note within another text."""
    return (Strong("Nur Verwaltung: "), note)


def heading(group: AgendaGroup, subject: Subject) -> str:
    """Under what a point stands: what was agreed and is due is a group of its own, nothing has changed it."""
    if group in STANDING:
        return "Standardpunkt"
    agreed = subject == Subject.ACTION and group == AgendaGroup.CHANGED
    return "Vereinbart und fällig" if agreed else word(group)
