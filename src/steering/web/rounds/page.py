"""Koordinierungsrunde: the next one in a sentence, then the chosen one in its parts."""

from __future__ import annotations

from datetime import date

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Round
from steering.analysis.rounds.wishes import left_waiting, waiting
from steering.model import MeetingStatus
from steering.model.german import count, day, listing, weekday
from steering.storage.rights.table import Right
from steering.web import address, current, pages, panels, places
from steering.web.rounds import (
    actions,
    agenda,
    arranging,
    beginning,
    choice,
    closing,
    papers,
    proposals,
    wishes,
)
from steering.web.text import bold, plain

POINTS, PROPOSED, WISHES, FRAME, AGREED, CLOSING = (
    "Punkte",
    "Vorschläge",
    pages.WISHES_OF_ROUND,
    "Rahmen und Teilnahme",
    pages.AGREED_IN_ROUNDS,
    "Abschluss",
)
PART = address.ROUND_PART
NOTHING_YET = (
    "Es ist noch **keine Koordinierungsrunde** angelegt. »Neue Runde« legt die erste an; die Punkte dafür "
    "schlägt das Programm aus den Daten vor."
)


def is_worked_on() -> bool:
    """Whether who looks prepares and holds rounds; all others see them as a room does."""
    return current.offers(Right.EDIT_ALL)


def answer() -> None:
    """When the next round is, where, and how much there is to talk about."""
    panels.answer(pages.ROUNDS, *current.derived(_sentences, current.today(), current.discreet()))


def body() -> None:
    """The chosen round in the part that is chosen."""
    meeting = choice.chosen()
    _chooser(meeting)
    if beginning.is_new():
        beginning.show()
        return
    if meeting is None:
        if not current.discreet():
            proposals.before_the_first()
        return
    parts = _parts(meeting)
    with places.sometimes():
        # While people talk and somebody types, the room and the time are for the point.
        if meeting.status != MeetingStatus.RUNNING or st.session_state[PART] != POINTS:
            papers.show(meeting)
    panels.switch("Teil der Runde", parts, key=PART)
    match st.session_state[PART]:
        case "Vorschläge":
            proposals.show(meeting)
        case pages.WISHES_OF_ROUND:
            wishes.show(meeting)
        case "Rahmen und Teilnahme":
            arranging.show(meeting)
        case pages.AGREED_IN_ROUNDS:
            actions.every(meeting)
        case "Abschluss":
            closing.show(meeting)
        case _:
            agenda.show(meeting)


def _chooser(meeting: Round | None) -> None:
    left, first, second, right = st.columns([2, 1.2, 1, 1], vertical_alignment="bottom")
    if meeting is not None:
        choice.box(left, meeting)
        arranging.next_step(meeting, first, second)
    right.button("Neue Runde", icon=":material/add:", on_click=beginning.open_new, width="stretch")
    with places.sometimes():
        # Of the next round the answer says it already.
        if meeting is not None and meeting.id != current.of(choice.upcoming, current.today()):
            st.caption(arranging.in_a_line(meeting))


def _parts(meeting: Round) -> tuple[str, ...]:
    """The parts that the round has now; one of them is chosen after it."""
    # What is proposed is the administration's to choose from, before others look.
    proposed = () if current.discreet() else (PROPOSED,)
    parts = (
        (POINTS, WISHES, AGREED) if meeting.closed else (POINTS, *proposed, WISHES, FRAME, AGREED, CLOSING)
    )
    if st.session_state.get(PART) not in parts:
        st.session_state[PART] = POINTS if meeting.points or meeting.closed else parts[1]
    return parts


def _sentences(today: date, discreet: bool) -> tuple[str, ...]:
    more = () if current.portfolio().has("structure") else (panels.NOTHING_YET,)
    key = current.of(choice.upcoming, today)
    if key is None:
        left = "" if discreet else _left_waiting()
        return (f"{current.of(_nothing_ahead)} {left}".strip(), *more)
    meeting = choice.whole(key)
    assert meeting is not None
    if discreet:
        return (_next(meeting.for_everyone(), today), *more)
    said = (_next(meeting, today), _wished(meeting), _left_waiting(), _news(meeting))
    return (" ".join(filter(None, said)), *more)


def _nothing_ahead(portfolio: Portfolio) -> str:
    rows = portfolio.meetings
    held = rows[rows["status"] == MeetingStatus.CLOSED].sort_values("day")
    if held.empty:
        return NOTHING_YET
    last = weekday(held["day"].iloc[-1])
    return f"Die letzte Runde war am {bold(last)}. Die nächste ist **noch nicht angelegt**: »Neue Runde«."


def _next(meeting: Round, today: date) -> str:
    when = weekday(meeting.day) + (f", {meeting.begins} Uhr" if meeting.begins else "")
    where = f", {plain(meeting.place)}" if meeting.place else ""
    many = bold(count(len(meeting.points), "Punkt", "Punkte")) if meeting.points else "noch **kein Punkt**"
    if meeting.status == MeetingStatus.RUNNING:
        return f"Die Runde vom {bold(when)}{where} **läuft**: {closing.told_recorded(meeting)}."
    if meeting.day < today:
        planned = f"{many} auf der Tagesordnung"
        return f"Die Runde vom {bold(when)}{where} ist **noch nicht abgeschlossen** · {planned}."
    return f"Nächste Runde: {bold(when)}{where} · {many} auf der Tagesordnung."


def _wished(meeting: Round) -> str:
    """How many wishes wait for an answer."""
    many = current.of(waiting).get(meeting.id, 0)
    if not many:
        return ""
    return f"{_wishes_wait(many)} auf Antwort."


def _left_waiting() -> str:
    """How many wishes wait for a round that nobody has planned yet."""
    many = current.of(left_waiting)
    return f"{_wishes_wait(many)} auf eine Runde, die noch nicht angelegt ist." if many else ""


def _wishes_wait(many: int) -> str:
    return f"{bold(count(many, 'Themenwunsch', 'Themenwünsche'))} {'wartet' if many == 1 else 'warten'}"


def _news(meeting: Round) -> str:
    """What has happened to the findings since the last round, while the next one is prepared."""
    found = proposals.news()
    if found.since is None or meeting.status == MeetingStatus.RUNNING:
        return ""
    words = ((found.new, "neu"), (found.changed, "verändert"), (found.closed, "geschlossen"))
    told = [bold(f"{amount} {what}") for amount, what in words if amount]
    return f"Hinweise seit der Runde vom {day(found.since)}: {listing(told) or '**alles wie zuvor**'}."
