"""The Niederschrift of a Koordinierungsrunde: pure, a round becomes a document.

A closed round comes as it was kept (`kept.as_kept`), so that its minutes stay what they were; those of an
open one say that they are a draft.
"""

from __future__ import annotations

from datetime import date

from steering.analysis.document import (
    Block,
    Document,
    Heading,
    Note,
    Paragraph,
    SideBySide,
    Signatures,
    Strong,
    Table,
    Text,
    Title,
    paragraphs,
)
from steering.analysis.rounds import wording
from steering.analysis.rounds.record import Action, Addition, Guest, Point, Round
from steering.model import ActionStatus, AgendaStatus, Attendance, MeetingStatus, OutcomeStatus
from steering.model.german import day, listing
from steering.model.vocabulary import word

_ATTENDED = (Attendance.PRESENT, Attendance.EXCUSED, Attendance.INVITED)


def minutes(held: Round, made_on: date, *, district: str = "", administration: bool = False) -> Document:
    """What is sent after the round; with `administration` also what is internal, marked as such."""
    shown = held if administration else held.for_everyone()
    named = wording.numbers(shown.points)
    blocks: list[Block] = [
        Title("Niederschrift" if held.closed else "Niederschrift (Entwurf)", wording.subtitle(held, district))
    ]
    if administration:
        blocks.append(Paragraph(wording.FOR_THE_ADMINISTRATION))
    blocks.append(SideBySide(_head(shown)))
    blocks += [*paragraphs(shown.note), *wording.labelled("Nur Verwaltung", shown.internal_note)]
    blocks += [Heading("Teilnehmende"), *_guests(shown.guests)]
    blocks += [Heading("Punkte und Ergebnisse"), *_points(shown, named)]
    blocks += [Heading("Vereinbart"), *_agreed((*shown.points, *shown.struck), named)]
    if shown.additions:
        blocks += [Heading("Nachträge"), *_additions(shown.additions, named)]
    if held.closed:
        blocks.append(Signatures(("Leitung der Runde", "Für die Niederschrift")))
    return Document(
        title=f"Niederschrift: {held.name} am {day(held.day)}",
        made_on=made_on,
        blocks=tuple(blocks),
        footer=f"{'Nur Verwaltung · ' if administration else ''}{_data_of(held, made_on)}",
        subject="Niederschrift",
    )


def _head(held: Round) -> tuple[tuple[str, Text], ...]:
    if held.closed:
        state = f"geschlossen am {day(held.closed_on)}"
    elif held.status == MeetingStatus.CANCELLED:
        state = "Die Runde ist abgesagt."
    else:
        state = "Entwurf: Die Runde ist noch nicht geschlossen, Ergebnisse können sich noch ändern."
    return (("Termin", wording.when(held)), ("Ort", held.place or "nicht angegeben"), ("Stand", state))


def _data_of(held: Round, made_on: date) -> str:
    """What a closed round rested on."""
    if not held.closed:
        return f"Entwurf · Stand: {day(made_on)}"
    rule = word(held.scenario) if held.scenario else "Szenario nicht festgehalten"
    plan = "mit Masterplan" if held.masterplan else "ohne Masterplan"
    revision = f" (Revision {held.revision})" if held.revision is not None else ""
    closed, as_of = day(held.closed_on), day(held.as_of, "nicht festgehalten")
    return f"Datenstand: {closed}{revision} · Stichtag: {as_of} · {rule}, {plan}"


def _guests(guests: tuple[Guest, ...]) -> list[Block]:
    if not guests:
        return list(paragraphs("Teilnehmende sind nicht erfasst."))
    numbers = {state: sum(guest.attendance == state for guest in guests) for state in _ATTENDED}
    if numbers[Attendance.INVITED] == len(guests):
        said = "Wer anwesend war, ist nicht festgehalten."
    else:
        there = [f"{number} {word(state)}" for state, number in numbers.items() if number]
        said = f"Vertreten: {listing(there)}."
    ordered = sorted(guests, key=lambda guest: _ATTENDED.index(guest.attendance))
    rows = tuple((guest.organisation, guest.function or "–", word(guest.attendance)) for guest in ordered)
    return [*paragraphs(said), Table(("Organisation", "Funktion", "Teilnahme"), rows, widths=(6, 7.5, 3))]


def _points(held: Round, named: dict[int, str]) -> list[Block]:
    if not held.points:
        return list(paragraphs("Auf der Tagesordnung stand kein Punkt."))
    blocks: list[Block] = []
    for point in held.points:
        mark = f" ({wording.INTERNAL})" if point.internal else ""
        blocks.append(Heading(f"{named[point.id]}: {point.headline}{mark}", 2))
        # Of one that has become internal since everybody was told of it, the number is left.
        blocks += [] if point.withheld else _point(point, held.closed)
        corrected = [one for one in held.additions if one.point == point.id]
        if corrected:
            blocks.append(Note(f"Siehe {'Nachtrag' if len(corrected) == 1 else 'Nachträge'} am Ende."))
    return blocks


def _point(point: Point, closed: bool) -> list[Block]:
    blocks: list[Block] = [
        *paragraphs(wording.heading(point.group, point.subject) if point.standing else ""),
        *wording.labelled("Anlass", point.occasion),
    ]
    if point.last is not None:
        came_of_it = point.last.text or word(point.last.status)
        blocks += wording.labelled(f"Zuletzt ({day(point.last.day)})", came_of_it)
    blocks += [*wording.labelled("Notiz", point.note), *_outcome(point, closed)]
    standing = _standing(point)
    if standing:
        blocks.append(Paragraph(standing))
    if point.actions:
        blocks.append(
            Table(("Wer", "Was", "Bis wann", "Stand"), _rows(point.actions), widths=(5, 7, 2.3, 2.7))
        )
    blocks += wording.labelled("Nur Verwaltung", point.internal_note)
    blocks += wording.labelled("Nur Verwaltung, zum Ergebnis", point.outcome_note)
    return blocks


def _outcome(point: Point, closed: bool) -> tuple[Block, ...]:
    if point.text:
        draft = point.outcome_status == OutcomeStatus.DRAFT
        return wording.labelled("Ergebnis (noch nicht festgehalten)" if draft else "Ergebnis", point.text)
    if point.status == AgendaStatus.LATER:
        return paragraphs("Der Punkt ist für später vorgemerkt.")
    if point.recorded:
        return paragraphs("Der Punkt ist behandelt.")
    if closed and (point.standing or point.status == AgendaStatus.DONE):
        return paragraphs("Dazu ist nichts festgehalten.")
    return paragraphs("Der Punkt ist offen geblieben." if closed else "Ein Ergebnis steht noch aus.")


def _standing(point: Point) -> Text:
    """Einschätzung, Stand and Wiedervorlage in a line, as far as there are any."""
    said = (
        ("Einschätzung", word(point.assessment) if point.assessment else ""),
        ("Stand", word(point.progress) if point.progress else ""),
        ("Wiedervorlage", day(point.resubmit_on, "")),
    )
    pieces: list[str | Strong] = []
    for label, text in said:
        if text:
            pieces += [" · "] if pieces else []
            pieces += [Strong(f"{label}: "), text]
    return tuple(pieces)


def _rows(actions: tuple[Action, ...]) -> tuple[tuple[Text, ...], ...]:
    return tuple(
        (
            ", ".join(filter(None, (action.organisation, action.function))),
            wording.marked(action.name, action.internal),
            day(action.due),
            _state(action),
        )
        for action in actions
    )


def _state(action: Action) -> str:
    since = f" am {day(action.done_on)}" if action.done_on and action.status == ActionStatus.DONE else ""
    return f"{word(action.status)}{since}"


def _agreed(points: tuple[Point, ...], named: dict[int, str]) -> list[Block]:
    """Everything that was agreed, the next day first; a point that was struck has no number."""
    found = [
        (action.due, named.get(point.id, word(point.status)), action)
        for point in points
        for action in point.actions
    ]
    if not found:
        return list(paragraphs("In dieser Runde wurde nichts vereinbart."))
    found.sort(key=lambda each: each[0])
    listed = _rows(tuple(action for _, _, action in found))
    rows = tuple((name, *row) for (_, name, _), row in zip(found, listed, strict=True))
    columns = ("TOP", "Wer", "Was", "Bis wann", "Stand")
    return [Table(columns, rows, widths=(2.3, 4.3, 5.8, 2.3, 2.3))]


def _additions(additions: tuple[Addition, ...], named: dict[int, str]) -> list[Block]:
    blocks: list[Block] = []
    for one in additions:
        about = f" zu {named[one.point]}" if one.point in named else ""
        mark = f", {wording.INTERNAL}" if one.internal else ""
        by = f", {one.actor}" if one.actor else ""
        blocks += wording.labelled(f"{day(one.added_on)}{about}{by}{mark}", one.text)
    return blocks
