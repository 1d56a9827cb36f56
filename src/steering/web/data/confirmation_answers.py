"""The files that came back: compared, decided where two sides differ, taken over by the shared preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.confirmation.judging import Decisions
from steering.exchange.confirmation.reading import Answer, read, together
from steering.exchange.incoming_files import LARGEST, FileRefused, IncomingFile, received
from steering.model.german import count, day, listing, read_day
from steering.model.labels import field_word
from steering.storage import reading
from steering.storage.tables import LINKS
from steering.web import current
from steering.web.browser import uploads
from steering.web.data import preview, reading_place
from steering.web.data.progress import Bar, WorkShare
from steering.web.editing import stored_words
from steering.web.text import plain

KEY = "answers"
MANNER = preview.Manner(
    advice="Bitte in der Datei berichtigen oder beim Träger nachfragen, und sie noch einmal einlesen.",
)


def show(round_id: int) -> None:
    """Upload of one or several files, decisions, preview."""
    st.markdown(
        "Die ausgefüllten Dateien der Träger, auch mehrere auf einmal. Vor dem Übernehmen sehen Sie, was "
        "bestätigt, berichtigt und neu ist. Was ein Träger offen gelassen hat, kann er nachreichen."
    )
    files = _uploaded()
    came = _came_on()
    if files and came:
        _of(round_id, files, came)
    preview.last_import(KEY)


def _uploaded() -> list[IncomingFile]:
    found = uploads.several(
        "Ausgefüllte Dateien (XLSX)", ["xlsx", "xls", "xlsm", "ods"], key=f"{KEY} files", largest=LARGEST
    )
    files = []
    for each in found:
        try:
            files.append(received(each.name, each.getvalue()))
        except FileRefused as refusal:
            st.error(plain(str(refusal)))
    return files


def _came_on() -> date | None:
    """The day that counts as the day of confirmation."""
    key = f"{KEY} day"
    if key not in st.session_state:
        st.session_state[key] = day(current.today())
    text = st.text_input(
        "Eingegangen am",
        key=key,
        autocomplete="off",
        help="Dieser Tag gilt als Tag der Bestätigung.",
        width=220,
    )
    try:
        came = read_day(text)
    except ValueError as problem:
        st.error(plain(str(problem)))
        return None
    if came is None or came > current.today():
        st.error("Bitte den Tag eintragen, an dem die Antwort kam; er liegt nicht in der Zukunft.")
        return None
    return came


def _of(round_id: int, files: Sequence[IncomingFile], came: date) -> None:
    signature = (round_id, came, *(hash(file.content) for file in files))
    if reading_place.is_stopped(f"{KEY} files", (signature, current.revision())):
        return
    answers = _first_look(round_id, files, came, signature)
    if not answers:
        return
    for answer in answers:
        if answer.left_open:
            left = count(answer.left_open, "Zeile bleibt", "Zeilen bleiben")
            st.caption(f"{plain(answer.asked.carrier)}: {left} offen.")
    decisions = _decided(answers)
    name = f"Rückmeldung von {listing([answer.asked.short for answer in answers])}"

    def again(portfolio: Portfolio, told: WorkShare) -> Reading:
        return together(_read(portfolio, round_id, files, came, decisions, told.waiting)[0])

    preview.preview(KEY, name, (signature, decisions), again, MANNER)


def _first_look(
    round_id: int, files: Sequence[IncomingFile], came: date, signature: object
) -> Sequence[Answer]:
    """The files before anything is decided, looked at once a revision; sentences for those refused."""
    place, known = f"{KEY} found", (signature, current.revision())
    if st.session_state.get(place, (None,))[0] != known:
        portfolio = reading.portfolio(current.engine())
        stoppable = reading_place.stoppable(f"{KEY} files", known)
        with Bar("Die Dateien werden gelesen …", may_stop=True) as bar, stoppable:
            st.session_state[place] = (
                known,
                *_read(portfolio, round_id, files, came, Decisions(), bar.waiting),
            )
    _, answers, refusals = st.session_state[place]
    for refusal in refusals:
        st.error(plain(refusal))
    found: Sequence[Answer] = answers
    return found


def _read(
    portfolio: Portfolio,
    round_id: int,
    files: Sequence[IncomingFile],
    came: date,
    decisions: Decisions,
    waiting: Callable[[float], None],
) -> tuple[list[Answer], list[str]]:
    answers: list[Answer] = []
    refusals = []
    for file in files:
        before = {answer.asked.request_id for answer in answers}
        try:
            work = partial(
                read, file, portfolio, LINKS, came,
                round_id=round_id, decisions=decisions, read_before=before,
            )  # fmt: skip
            answers.append(limited.reading(file.name, work, waiting=waiting))
        except FileRefused as refusal:
            refusals.append(str(refusal))
    return answers, refusals


def _decided(answers: Sequence[Answer]) -> Decisions:
    """What somebody decides where both sides have changed something, and where something is gone."""
    return Decisions(theirs=_theirs(answers), ended=_ended(answers))


def _theirs(answers: Sequence[Answer]) -> frozenset[int]:
    clashes = [clash for answer in answers for clash in answer.clashes]
    if not clashes:
        return frozenset()
    st.subheader(f"Beide Seiten haben geändert ({len(clashes)})", anchor=False)
    rows = [
        {
            "Eintrag": clash.title,
            "Feld": field_word(clash.table, clash.field),
            "beim Versand": stored_words.value(clash.table, clash.field, clash.sent),
            "hier jetzt": stored_words.value(clash.table, clash.field, clash.ours),
            "laut Träger": stored_words.value(clash.table, clash.field, clash.theirs),
        }
        for clash in clashes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{KEY} clashes")
    return _chosen("theirs", "Angabe des Trägers gilt für", {each.item_id: each.title for each in clashes},
                   "Ohne Auswahl bleibt alles, wie es hier steht.")  # fmt: skip


def _ended(answers: Sequence[Answer]) -> frozenset[int]:
    gone = [each for answer in answers for each in answer.gone]
    if not gone:
        return frozenset()
    st.subheader(f"Gibt es laut Träger nicht mehr ({len(gone)})", anchor=False)
    rows = [{"Eintrag": each.title, "Bemerkung": each.remark} for each in gone]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{KEY} gone")
    return _chosen("ended", "Ende eintragen für", {each.item_id: each.title for each in gone},
                   "Gelöscht wird nichts. Eingetragen wird der letzte Tag, den der Träger nennt, sonst der "
                   "Tag des Eingangs. Ohne Auswahl bleibt der Eintrag und gilt als zu klären.")  # fmt: skip


def _chosen(what: str, label: str, titles: dict[int, str], about: str) -> frozenset[int]:
    chosen = st.multiselect(
        label,
        list(titles),
        # With another revision the choice begins anew, as the comparison does.
        key=f"{KEY} {what} {current.revision()[1]} {sorted(titles)}",
        format_func=titles.__getitem__,
        placeholder="keine",
        select_all=False,
    )
    st.caption(about)
    return frozenset(chosen)
