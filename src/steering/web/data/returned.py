"""Files that came back from those who were asked: uploaded, dated, and looked into once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.incoming_files import LARGEST, FileRefused, IncomingFile, received
from steering.model.german import day, read_day
from steering.storage import reading
from steering.web import current
from steering.web.browser import uploads
from steering.web.data import reading_place
from steering.web.data.progress import Bar
from steering.web.text import plain


class _Asked(Protocol):
    @property
    def request_id(self) -> int: ...


class _Answer(Protocol):
    @property
    def asked(self) -> _Asked: ...


A = TypeVar("A", bound=_Answer)
Waiting = Callable[[float], None]
Read = Callable[[IncomingFile, Portfolio, set[int]], Callable[..., A]]
"""The work that reads a file, with the requests that other files of the same upload have answered."""


def uploaded(key: str) -> list[IncomingFile]:
    """The files that were chosen and can be looked at; a sentence for each other."""
    found = uploads.several(
        "Ausgefüllte Dateien (XLSX)", ["xlsx", "xls", "xlsm", "ods"], key=f"{key} files", largest=LARGEST
    )
    files = []
    for each in found:
        try:
            files.append(received(each.name, each.getvalue()))
        except FileRefused as refusal:
            st.error(plain(str(refusal)))
    return files


def came_on(key: str, about: str) -> date | None:
    """The day on which they came; `about` says what it counts for."""
    place = f"{key} day"
    if place not in st.session_state:
        st.session_state[place] = day(current.today())
    text = st.text_input("Eingegangen am", key=place, autocomplete="off", help=about, width=220)
    try:
        came = read_day(text)
    except ValueError as problem:
        st.error(plain(str(problem)))
        return None
    if came is None or came > current.today():
        st.error("Bitte den Tag eintragen, an dem die Antwort kam; er liegt nicht in der Zukunft.")
        return None
    return came


def first_look(key: str, files: Sequence[IncomingFile], signature: object, read: Read[A]) -> Sequence[A]:
    """The files before anything is decided, looked at once a revision; sentences for those refused."""
    place, known = f"{key} found", (signature, current.revision())
    if reading_place.is_stopped(f"{key} files", known):
        return ()
    if st.session_state.get(place, (None,))[0] != known:
        portfolio = reading.portfolio(current.engine())
        stoppable = reading_place.stoppable(f"{key} files", known)
        with Bar("Die Dateien werden gelesen …", may_stop=True) as bar, stoppable:
            st.session_state[place] = (known, *read_all(portfolio, files, read, bar.waiting))
    _, answers, refusals = st.session_state[place]
    for refusal in refusals:
        st.error(plain(refusal))
    found: Sequence[A] = answers
    return found


def read_all(
    portfolio: Portfolio, files: Sequence[IncomingFile], read: Read[A], waiting: Waiting
) -> tuple[list[A], list[str]]:
    """What the files say, and why some of them are refused."""
    answers: list[A] = []
    refusals = []
    for file in files:
        before = {answer.asked.request_id for answer in answers}
        try:
            answers.append(limited.reading(file.name, read(file, portfolio, before), waiting=waiting))
        except FileRefused as refusal:
            refusals.append(str(refusal))
    return answers, refusals
