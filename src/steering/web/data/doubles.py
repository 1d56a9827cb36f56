"""Rows of a list that are a recorded structure under another name: which, and what of them is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.incoming import IncomingRow, New, Proposal
from steering.analysis.incoming.doubles import Piece, as_change, pieces, rows_of
from steering.analysis.incoming.recorded import Recorded
from steering.model.labels import RECORD_WORDS, usual_word
from steering.storage import reading
from steering.storage.imports.importing import LISTS
from steering.web import current
from steering.web.data import words
from steering.web.editing import choices
from steering.web.text import plain

TAKE = "Übernehmen"
# »small« has no room for the whole word.
TAKEN = st.column_config.CheckboxColumn(TAKE, width=120)
Same = tuple[Any, int]
"""The key of a new structure, and the id of the recorded one that it is."""
_ADDED = ("name", "task_id", "area_id", "amount_cents", "start", "end", "role")


def chosen(key: str, proposal: Proposal) -> list[Same]:
    """The recorded structures that somebody says rows to be; none where that cannot be."""
    options: dict[Same, str] = {}
    names = choices.structures()
    for number in proposal.doubtful():
        judged = proposal.rows[number]
        for twin in judged.twins:
            label = (
                f"Zeile {judged.row.place.row}: »{judged.row.title}« ist »{names.get(twin.id, twin.name)}«"
            )
            options.setdefault((judged.wanted[0].key, twin.id), label)
    if not options:
        return []
    same: list[Same] = st.multiselect(
        "Was schon erfasst ist",
        list(options),
        format_func=lambda each: plain(options[each]),
        key=f"{key} same",
        persist_state="session",
        placeholder="Zeile wählen, um Angaben in den erfassten Eintrag zu übernehmen",
        select_all=False,
    )
    if len({which for which, _ in same}) < len(same) or len({twin for _, twin in same}) < len(same):
        st.warning(
            "Eine Zeile kann nur ein Eintrag sein, und ein Eintrag nur eine Zeile. Bitte die Auswahl ändern."
        )
        return []
    return same


def changes(key: str, proposal: Proposal, same: list[Same]) -> dict[int, IncomingRow]:
    """By number the rows of which something is ticked, as changes of the recorded structure."""
    if not same:
        return {}
    recorded = Recorded(reading.portfolio(current.engine()), LISTS, {})
    numbers = {each: rows_of(proposal, each[0]) for each in same}
    offered = [piece for each in same for piece in pieces(proposal, numbers[each], each[1], recorded)]
    taken = _ticked(f"{key} pieces {hash(tuple(same))}", proposal, offered)
    return {
        number: as_change(proposal.rows[number], mine, twin, recorded)
        for which, twin in same
        for number in numbers[which, twin]
        if (mine := [piece for piece in taken if piece.number == number])
    }


def _ticked(key: str, proposal: Proposal, offered: list[Piece]) -> list[Piece]:
    """The pieces in a table with a box each; those that are ticked."""
    if not offered:
        st.caption("Zu den gewählten Einträgen sagt die Liste nichts anderes, als erfasst ist.")
        return []
    st.subheader(f"Angaben zu schon Erfasstem ({len(offered)})", anchor=False)
    st.caption("Angekreuzt ist, was im erfassten Eintrag noch leer ist.")
    frame = pd.DataFrame([_line(proposal, piece) for piece in offered])
    edited = st.data_editor(
        frame,
        hide_index=True,
        key=key,
        disabled=[column for column in frame.columns if column != TAKE],
        column_config={TAKE: TAKEN},
    )
    return [piece for piece, taken in zip(offered, edited[TAKE], strict=True) if taken]


def _line(proposal: Proposal, piece: Piece) -> dict[str, Any]:
    wanted, judged = piece.wanted, proposal.rows[piece.number]
    table = str(wanted.record.__tablename__)
    made = {New(want.record, want.key): dict(want.values).get("name") for want in judged.wanted}

    def said(values: Mapping[str, Any], *names: str) -> str:
        parts = [(name, values.get(name)) for name in names]
        shown = [(name, made.get(value) if isinstance(value, New) else value) for name, value in parts]
        full = [words.value(table, name, value) for name, value in shown if value not in (None, "", [])]
        return ", ".join(full) or "leer"

    whole = wanted.id is None
    names = _ADDED if whole else tuple(wanted.values)
    record = RECORD_WORDS.get(table, table)
    return {
        TAKE: piece.take,
        "Zeile": judged.row.place.row,
        "Eintrag": record,
        "Angabe": "neuer Eintrag" if whole else usual_word(names[0]),
        "Erfasst": "leer" if whole else said(piece.old, *names),
        "Laut Liste": said(wanted.values, *names),
    }
