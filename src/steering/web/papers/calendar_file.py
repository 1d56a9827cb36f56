"""The button that hands out the dates of a page, or of a round, as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from steering.analysis import dates
from steering.analysis.dates import WantedDates
from steering.exchange import calendar
from steering.model.german import count
from steering.storage import publishing, reading
from steering.storage.rights.table import Right
from steering.web import current, filters, panels
from steering.web.papers import subscriptions

_READ_AGAIN = (
    "Wird später eine neue Datei eingelesen, rücken geänderte Termine nach, und weggefallene werden abgesagt."
)
WHAT_IT_IS = (
    "Für Outlook, Thunderbird und andere Kalender: alle Termine ab heute zu den gewählten Filtern, jeder mit "
    "Erinnerung. Szenario und »Was wäre, wenn« verschieben keinen Termin; Beispiele heißen auch so. "
    f"{_READ_AGAIN}"
)
OF_A_ROUND = (
    "Für Outlook, Thunderbird und andere Kalender: die Runde, was in ihr vereinbart wurde und die "
    f"Wiedervorlagen, ohne Internes, ab heute und jeder mit Erinnerung. {_READ_AGAIN}"
)


def button(*, key: str) -> None:
    """Offer the dates from today on that the filters let through, as a file and as a subscription."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _offer(
            WantedDates(filters.selection()),
            subscriptions.usual_name(),
            key=key,
            help=WHAT_IT_IS,
            empty="in dieser Ansicht",
        )
        subscriptions.offer(key=key)


def round_button(meeting_id: int, name: str, *, key: str) -> None:
    """Offer the dates of one round for everyone; a sentence where there is none ahead."""
    _offer(WantedDates(meeting=meeting_id), name, key=key, help=OF_A_ROUND, empty="aus dieser Runde")


def _offer(wanted: WantedDates, name: str, *, key: str, help: str, empty: str) -> None:
    """Nothing in a presentation. What is internal is never in it, and never cancelled by it."""
    if not current.offers(Right.PUBLISH):
        return
    ahead = current.derived(_ahead, wanted, current.today())
    if not ahead:
        st.caption(f"Für den Kalender gibt es {empty} keine Termine ab heute.")
        return
    panels.download(
        f"Kalender · {count(ahead, 'Termin', 'Termine')}",
        _file(wanted),
        f"{name}.ics",
        calendar.MIME,
        key=key,
        help=help,
    )


def _ahead(wanted: WantedDates, today: date) -> int:
    """How many dates are wanted that are not over."""
    # A round asks for no money, which is what takes long.
    rows = current.of(dates.dated if wanted.meeting is None else dates.of_rounds, today)
    return int((dates.chosen(rows, wanted)["day"].dt.date >= today).sum())


def _file(wanted: WantedDates) -> Callable[[], bytes]:
    """Writes the file when pressed: only then are the dates handed out.

    It is told what is kept off the screen too: what it did not know of, it would cancel.
    """
    engine, today = current.engine(), current.today()
    hidden = bool(st.session_state.get(current.EXAMPLES_HIDDEN))
    shown = current.portfolio()

    def make() -> bytes:
        now, portfolio = current.now(), reading.portfolio(engine)
        rows = dates.dated(portfolio.without_examples() if hidden else portfolio, today)
        found = publishing.publish(engine, rows, wanted, today=today, now=now)
        return calendar.ics(found, shown.settings, now=now)

    return make
