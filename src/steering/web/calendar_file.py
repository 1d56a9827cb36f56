"""The button that hands out the dates of a page as a calendar file."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from steering.analysis import dates
from steering.exchange import calendar
from steering.model.german import count
from steering.storage import publishing
from steering.web import current, filters, panels

WHAT_IT_IS = (
    "Für Outlook, Thunderbird und andere Kalender: alle Termine ab heute zu den gewählten Filtern, jeder mit "
    "Erinnerung. Szenario und »Was wäre, wenn« verschieben keinen Termin; Beispiele heißen auch so. Wird "
    "später eine neue Datei eingelesen, rücken geänderte Termine nach, und weggefallene werden abgesagt."
)


def button(*, key: str) -> None:
    """Offer the dates from today on that the filters let through; a sentence where there is none.

    None while guests look on: calendars that hold an internal date would take its absence for a cancellation.
    """
    if current.discreet() or current.presenting():
        return
    today, chosen = current.today(), filters.selection()
    rows = current.of(dates.dated, today)
    ahead = dates.chosen(rows, chosen)
    ahead = ahead[ahead["day"].dt.date >= today]
    if ahead.empty:
        st.caption("Für den Kalender gibt es in dieser Ansicht keine Termine ab heute.")
        return
    panels.download(
        f"Kalender · {count(len(ahead), 'Termin', 'Termine')}",
        _file(rows),
        f"{calendar.file_name(current.portfolio().settings)}.ics",
        calendar.MIME,
        key=key,
        help=WHAT_IT_IS,
    )


def _file(rows: pd.DataFrame) -> Callable[[], bytes]:
    """Writes the file when pressed: only then are the dates handed out."""
    engine, today, chosen = current.engine(), current.today(), filters.selection()
    settings = current.portfolio().settings

    def make() -> bytes:
        now = current.now()
        found = publishing.publish(engine, rows, chosen, today=today, now=now)
        return calendar.ics(found, settings, now=now)

    return make
