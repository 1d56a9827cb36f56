"""The Einladung to a Koordinierungsrunde, with its Tagesordnung: pure, a round becomes a document."""

from __future__ import annotations

from datetime import date

from steering.analysis.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    SideBySide,
    Table,
    Text,
    Title,
    paragraphs,
)
from steering.analysis.rounds import wording
from steering.analysis.rounds.record import Guest, Point, Round
from steering.model import AgendaGroup, Attendance, MeetingStatus
from steering.model.german import count, day, weekday
from steering.model.vocabulary import word


def invitation(held: Round, made_on: date, *, district: str = "", administration: bool = False) -> Document:
    """What is sent before the round; with `administration` also what is internal, marked as such."""
    shown = held if administration else held.for_everyone()
    cancelled = held.status == MeetingStatus.CANCELLED
    what = "Absage" if cancelled else "Einladung"
    blocks: list[Block] = [Title(what, wording.subtitle(held, district))]
    if administration:
        blocks.append(Paragraph(wording.FOR_THE_ADMINISTRATION))
    blocks.append(SideBySide(_head(shown)))
    blocks.extend(paragraphs(_opening(shown, cancelled)))
    if not cancelled:
        blocks += [*paragraphs(shown.note), *wording.labelled("Nur Verwaltung", shown.internal_note)]
        blocks += [Heading("Tagesordnung"), *_agenda(shown.points)]
        blocks += [Heading("Eingeladen"), *_guests(shown.guests, administration)]
    return Document(
        title=f"{what}: {held.name} am {day(held.day)}",
        made_on=made_on,
        blocks=tuple(blocks),
        footer=f"{'Nur Verwaltung · ' if administration else ''}Stand: {day(made_on)}",
        subject=what,
    )


def _head(held: Round) -> tuple[tuple[str, Text], ...]:
    rows: list[tuple[str, Text]] = [
        ("Termin", wording.when(held)),
        ("Ort", held.place or "wird noch mitgeteilt"),
    ]
    if held.wishes_until is not None:
        rows.append(("Themenwünsche bis", day(held.wishes_until)))
    if held.invited_on is not None:
        rows.append(("Eingeladen am", day(held.invited_on)))
    return tuple(rows)


def _opening(held: Round, cancelled: bool) -> str:
    if cancelled:
        return f"Die {held.name} am {weekday(held.day)} findet nicht statt."
    time = f" um {held.begins} Uhr" if held.begins else "; die Uhrzeit wird noch mitgeteilt"
    return (
        "Sehr geehrte Damen und Herren,\n\n"
        f"wir laden ein zur {held.name} am {weekday(held.day)}{time}. "
        "Wer verhindert ist, gibt bitte vorher Bescheid."
    )


def _agenda(points: tuple[Point, ...]) -> list[Block]:
    if not points:
        return list(paragraphs("Die Tagesordnung steht noch nicht fest."))
    named = wording.numbers(points)
    rows = tuple(
        (named[point.id], wording.marked(point.headline, point.internal), _why(point)) for point in points
    )
    said = f"Vorgesehen {'ist' if len(points) == 1 else 'sind'} {count(len(points), 'Punkt', 'Punkte')}."
    return [*paragraphs(said), Table(("TOP", "Worum es geht", "Anlass"), rows, widths=(2.4, 6.6, 7.5))]


def _why(point: Point) -> Text:
    """Why it is on the agenda; its own points need no reason.

    What was found to be there, changed or was proposed says so itself; before the first round nothing "has
    changed".
    """
    told = point.group in (AgendaGroup.CHANGED, AgendaGroup.WISH) and point.occasion
    speaks = point.group == AgendaGroup.OWN or told
    group = "" if speaks else wording.heading(point.group, point.subject)
    said = "\n".join(filter(None, (": ".join(part for part in (group, point.occasion) if part), point.note)))
    if not point.internal_note:
        return said
    return (said, *(("\n",) if said else ()), *wording.aside(point.internal_note))


def _guests(guests: tuple[Guest, ...], administration: bool) -> list[Block]:
    if not guests:
        return list(paragraphs("Eingeladene sind noch nicht erfasst."))
    columns: tuple[str, ...] = ("Organisation", "Funktion", "Teilnahme")
    rows = [(guest.organisation, guest.function or "–", _coming(guest)) for guest in guests]
    if not administration:
        return [Table(columns, tuple(rows), widths=(6, 7, 3))]
    with_mailbox = tuple((*row, guest.mailbox or "–") for row, guest in zip(rows, guests, strict=True))
    return [Table((*columns, "Postfach"), with_mailbox, widths=(5, 5, 2.5, 5))]


def _coming(guest: Guest) -> str:
    return word(Attendance.EXCUSED) if guest.attendance == Attendance.EXCUSED else "eingeladen"
