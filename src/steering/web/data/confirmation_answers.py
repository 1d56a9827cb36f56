"""The files that came back: compared, decided where two sides differ, taken over by the shared preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.incoming import Reading
from steering.analysis.portfolio import Portfolio
from steering.exchange.asking.returning import together
from steering.exchange.confirmation.judging import Clash, Decisions, Gone
from steering.exchange.confirmation.reading import Answer, read
from steering.exchange.incoming_files import IncomingFile
from steering.model.german import count, day, listing
from steering.model.labels import field_word
from steering.model.telling_apart import told_apart
from steering.storage.tables import LINKS
from steering.web.data import preview, returned
from steering.web.data.progress import WorkShare
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
    files = returned.uploaded(KEY)
    came = returned.came_on(KEY, "Dieser Tag gilt als Tag der Bestätigung.")
    if files and came:
        _of(round_id, files, came)
    preview.last_import(KEY)


def _of(round_id: int, files: Sequence[IncomingFile], came: date) -> None:
    signature = (round_id, came, *(hash(file.content) for file in files))
    answers = returned.first_look(KEY, files, signature, _reader(round_id, came, Decisions()))
    if not answers:
        return
    for answer in answers:
        if answer.left_open:
            left = count(answer.left_open, "Zeile bleibt", "Zeilen bleiben")
            st.caption(f"{plain(answer.asked.carrier)}: {left} offen.")
    decisions = _decided(answers)
    name = f"Rückmeldung von {listing([answer.asked.short for answer in answers])}"

    def again(portfolio: Portfolio, told: WorkShare) -> Reading:
        reader = _reader(round_id, came, decisions)
        return together(returned.read_all(portfolio, files, reader, told.waiting)[0])

    preview.preview(KEY, name, (signature, decisions), again, MANNER)


def _reader(round_id: int, came: date, decisions: Decisions) -> returned.Read[Answer]:
    def work(file: IncomingFile, portfolio: Portfolio, before: set[int]) -> Callable[..., Answer]:
        return partial(
            read, file, portfolio, LINKS, came, round_id=round_id, decisions=decisions, read_before=before
        )

    return work


def _decided(answers: Sequence[Answer]) -> Decisions:
    """What somebody decides where both sides have changed something, and where something is gone."""
    return Decisions(theirs=_theirs(answers), ended=_ended(answers))


def _theirs(answers: Sequence[Answer]) -> frozenset[int]:
    clashes = [clash for answer in answers for clash in answer.clashes]
    if not clashes:
        return frozenset()
    st.subheader(f"Beide Seiten haben geändert ({len(clashes)})", anchor=False)
    titles = _titles(clashes)
    rows = [
        {
            "Eintrag": titles[clash.item_id],
            "Feld": field_word(clash.table, clash.field),
            "beim Versand": stored_words.value(clash.table, clash.field, clash.sent),
            "hier jetzt": stored_words.value(clash.table, clash.field, clash.ours),
            "laut Träger": stored_words.value(clash.table, clash.field, clash.theirs),
        }
        for clash in clashes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{KEY} clashes")
    return _chosen(
        "theirs",
        "Angabe des Trägers gilt für",
        titles,
        rows,
        "Ohne Auswahl bleibt alles, wie es hier steht.",
    )


def _ended(answers: Sequence[Answer]) -> frozenset[int]:
    gone = [each for answer in answers for each in answer.gone]
    if not gone:
        return frozenset()
    st.subheader(f"Gibt es laut Träger nicht mehr ({len(gone)})", anchor=False)
    titles = _titles(gone)
    rows = [
        {
            "Eintrag": titles[each.item_id],
            "Letzter Tag laut Träger": day(each.last, "nicht genannt"),
            "Bemerkung": each.remark,
        }
        for each in gone
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{KEY} gone")
    return _chosen(
        "ended",
        "Ende eintragen für",
        titles,
        rows,
        "Gelöscht wird nichts. Eingetragen wird der letzte Tag, den der Träger nennt, sonst der Tag des "
        "Eingangs; ein erfasstes Ende vor diesem Tag bleibt. Ohne Auswahl bleibt der Eintrag und gilt als zu "
        "klären.",
    )


def _titles(found: Sequence[Clash | Gone]) -> dict[int, str]:
    """What each is called, by its item; with its number in the file where several are called the same."""
    numbers = {each.item_id: f"Nr. {each.number}" for each in found}
    return told_apart({each.item_id: each.title for each in found}, numbers)


def _chosen(
    what: str, label: str, titles: dict[int, str], shown: list[dict[str, Any]], about: str
) -> frozenset[int]:
    chosen = st.multiselect(
        label,
        list(titles),
        # Where what it decides about has become another, the choice begins anew.
        key=f"{KEY} {what} {hash(str(shown))}",
        format_func=titles.__getitem__,
        placeholder="keine",
        select_all=False,
    )
    st.caption(about)
    return frozenset(chosen)
