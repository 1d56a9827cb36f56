"""The files of a survey that came back: what they say, taken in by the shared preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange.asking.returning import together
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.surveys.reading import BodyAnswer, read
from steering.model.german import count, listing
from steering.storage.tables import LINKS
from steering.web.data import preview, returned
from steering.web.data.progress import WorkShare
from steering.web.text import plain

KEY = "survey answers"
MANNER = preview.Manner(
    columns=("Bedarf?", "Wie viel", "Einheit", "Gebiet"),
    advice="Bitte in der Datei berichtigen oder nachfragen, und sie noch einmal einlesen.",
    outside=False,
)


def show(round_id: int) -> None:
    """Upload of one or several files, and the preview."""
    st.markdown(
        "Die ausgefüllten Dateien, auch mehrere auf einmal. Festgehalten wird, was geantwortet wurde; ein "
        "Bedarf wird daraus erst unter »Vergleichen und übernehmen«."
    )
    files = returned.uploaded(KEY)
    came = returned.came_on(KEY, "Von diesem Tag an gilt die Antwort; spätere ersetzen sie.")
    if files and came:
        _of(round_id, files, came)
    preview.last_import(KEY)


def _of(round_id: int, files: Sequence[IncomingFile], came: date) -> None:
    signature = (round_id, came, *(hash(file.content) for file in files))
    reader = _reader(round_id, came)
    answers = returned.first_look(KEY, files, signature, reader)
    if not answers:
        return
    for answer in answers:
        if answer.left_open:
            left = count(answer.left_open, "Aufgabe bleibt", "Aufgaben bleiben")
            st.caption(f"{plain(answer.asked.name)}: {left} ohne Antwort.")

    def again(portfolio: Portfolio, told: WorkShare) -> Reading:
        return together(returned.read_all(portfolio, files, reader, told.waiting)[0])

    name = f"Antwort von {listing([answer.asked.name for answer in answers])}"
    preview.preview(KEY, name, signature, again, MANNER)


def _reader(round_id: int, came: date) -> returned.Read[BodyAnswer]:
    def work(file: IncomingFile, portfolio: Portfolio, before: set[int]) -> Callable[..., BodyAnswer]:
        return partial(read, file, portfolio, LINKS, came, round_id=round_id, read_before=before)

    return work
