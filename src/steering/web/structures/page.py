"""Strukturen: the searchable table, and the presets that figures elsewhere lead to."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from steering.analysis.findings.endings import warned_until
from steering.analysis.lives.stretches import NOT_RUNNING
from steering.analysis.structures.completeness import completeness
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Level
from steering.model.german import count, day, number
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import current, filters, pages, panels
from steering.web.editing import quick_edit
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.structures import words as structure_words
from steering.web.text import bold

PRESETS = {
    "alle": "alle",
    "laufend": "laufen am Stichtag",
    "endet": "enden in der Warnfrist",
    "ungewiss": "ungewiss am Stichtag",
    "unvollstaendig": "unvollständige Angaben",
}
SEARCH, PRESET, TABLE = "structure_search", "auswahl", "structure_table"


def read_preset() -> None:
    """Take over the preset that a figure elsewhere led to."""
    wanted = st.query_params.get(PRESET)
    if wanted in PRESETS and st.session_state.get("preset_taken") != (
        wanted,
        st.session_state.get("page_before"),
    ):
        st.session_state[PRESET] = wanted
    st.session_state.setdefault(PRESET, "alle")


def answer() -> None:
    """How many there are, by what they rest on."""
    panels.answer(pages.STRUCTURES, current.derived(_sentence, filters.view(), filters.selection()))


def _sentence(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    if rows.empty and not chosen.active:
        return panels.NOTHING_YET
    running, unknown = int((rows["state"] == "running").sum()), int((rows["state"] == "unknown").sum())
    ended = len(rows) - running - unknown
    verb = "läuft" if running == 1 else "laufen"
    parts = [f"Am {day(at.as_of)} {verb} {bold(count(running, 'Struktur', 'Strukturen'))}"]
    if unknown:
        whether = "sie noch läuft" if unknown == 1 else "sie noch laufen"
        parts.append(f"bei {bold(count(unknown, 'weiteren', 'weiteren'))} ist nicht bekannt, ob {whether}")
    if ended:
        parts.append(f"{count(ended, 'ist', 'sind')} beendet oder noch nicht begonnen")
    return f"{'; '.join(parts)}."


def table() -> None:
    """Search, preset and table; choosing a row brings it into the sidebar and below."""
    if current.portfolio().structures.empty:
        return
    search, preset = st.columns([3, 2])
    search.text_input("Suche", key=SEARCH, placeholder="Name, Träger, Aufgabe oder Programm", type="search")
    preset.selectbox(
        "Auswahl", list(PRESETS), key=PRESET, format_func=PRESETS.__getitem__, placeholder=NOTHING_CHOSEN
    )
    rows = current.derived(
        _listed, filters.view(), filters.selection(), st.session_state[PRESET], st.session_state[SEARCH]
    )
    shown = current.derived(
        _shown, filters.view(), filters.selection(), st.session_state[PRESET], st.session_state[SEARCH]
    )
    panels.table(
        shown,
        "Strukturen",
        key=TABLE,
        empty="Keine Struktur passt zu Suche und Auswahl. Bitte Filter oder Suche ändern.",
        choice=panels.RowChoice(rows["structure_id"].tolist(), quick_edit.choose),
        most=11,
        file=lambda: shown.assign(Ebene=[word(Level(level)) for level in rows["level"]]),
    )
    seen = set(rows["level"])
    letters = [f"**{LEVEL_LETTER[level]}** {word(level)}" for level in Level if level.value in seen]
    if letters:
        st.caption(f"Ebene: {' · '.join(letters)}")


def _listed(at: View, chosen: Selection, preset: str, words: str) -> pd.DataFrame:
    rows = filters.selected(at, chosen).merge(current.of(completeness, at), on="structure_id")
    keep: dict[str, Callable[[], pd.Series]] = {
        "laufend": lambda: rows["state"] == "running",
        "ungewiss": lambda: rows["state"] == "unknown",
        "endet": lambda: _ending(rows, at),
        "unvollstaendig": lambda: ~rows["complete"] & (rows["state"] != NOT_RUNNING),
    }
    if preset in keep:
        rows = rows[keep[preset]()]
    for part in words.casefold().split():
        text = rows["name"] + " " + rows["organisation"] + " " + rows["organisation_short"]
        more = [
            " ".join((*tasks, *money))
            for tasks, money in zip(rows["task_names"], rows["programmes"], strict=True)
        ]
        rows = rows[
            (text + " " + pd.Series(more, index=rows.index, dtype="str"))
            .str.casefold()
            .str.contains(part, regex=False)
        ]
    return rows.reset_index(drop=True)


def _ending(rows: pd.DataFrame, at: View) -> pd.Series:
    return (rows["state"] == "running") & (rows["until"] <= current.of(warned_until, at.as_of))


def _shown(at: View, chosen: Selection, preset: str, words: str) -> pd.DataFrame:
    rows = _listed(at, chosen, preset, words)
    return pd.DataFrame(
        {
            "Struktur": rows["name"],
            "Träger": rows["organisation_short"],
            "Ebene": [LEVEL_LETTER[Level(level)] for level in rows["level"]],
            "VZÄ": [number(size, 2, "?") for size in rows["effective_fte"]],
            "Ende": [structure_words.end_words(row, at.as_of) for row in rows.to_dict("records")],
            "Angaben": ["vollständig" if not gap else f"fehlt: {', '.join(gap)}" for gap in rows["missing"]],
        }
    )
