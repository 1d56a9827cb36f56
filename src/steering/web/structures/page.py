"""Strukturen: the searchable table, and the presets that figures elsewhere lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.structures import counted
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Level
from steering.model.enums import WITHOUT_POSTS
from steering.model.german import count, day, number
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import current, filters, pages, panels, presets
from steering.web.editing import quick_edit
from steering.web.structures import rows as structure_rows
from steering.web.structures import words as structure_words
from steering.web.text import bold

SEARCH, TABLE = "structure_search", "structure_table"
MISSING = "Es fehlt"
NOTHING_HERE = "In dieser Ansicht ist **keine Struktur** erfasst. Die Filter links grenzen sie ein."


def answer() -> None:
    """How many there are, by what they rest on."""
    panels.answer(pages.STRUCTURES, current.derived(_sentence, filters.view(), filters.selection()))
    presets.ways(current.derived(_ways, filters.view(), filters.selection()), key="structures")


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    rows = filters.selected(at, chosen)
    running, pausing = len(counted.running(rows)), len(counted.pausing(rows, at.as_of))
    return (
        (presets.RUNNING, running, "läuft" if running == 1 else "laufen"),
        (presets.UNCERTAIN, len(counted.uncertain(rows)), "ungewiss"),
        (presets.ENDED, len(counted.ended(rows, at.as_of)), "beendet"),
        (presets.PAUSING, pausing, "pausiert" if pausing == 1 else "pausieren"),
        (presets.YET_TO_BEGIN, len(counted.yet_to_begin(rows, at.as_of)), "noch nicht begonnen"),
    )


def _sentence(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    if rows.empty and not chosen.active:
        return panels.NOTHING_YET
    if rows.empty:
        return NOTHING_HERE
    running, unknown = len(counted.running(rows)), len(counted.uncertain(rows))
    ended, coming = len(counted.ended(rows, at.as_of)), len(counted.yet_to_begin(rows, at.as_of))
    verb = "läuft" if running == 1 else "laufen"
    runs = f"{verb} {bold(count(running, 'Struktur', 'Strukturen'))}"
    parts = [f"Am {day(at.as_of)} {runs if running else 'läuft **keine erfasste Struktur** sicher'}"]
    if unknown:
        whether = "sie noch läuft" if unknown == 1 else "sie noch laufen"
        parts.append(f"bei {bold(count(unknown, 'weiteren', 'weiteren'))} ist ungewiss, ob {whether}")
    if paused := len(counted.pausing(rows, at.as_of)):
        parts.append(count(paused, "pausiert", "pausieren"))
    if ended:
        parts.append(f"{count(ended, 'ist', 'sind')} beendet")
    if coming:
        parts.append(f"{count(coming, 'hat', 'haben')} noch nicht begonnen")
    return f"{'; '.join(parts)}."


def table() -> None:
    """Search, preset and table; choosing a row brings it into the sidebar and below."""
    if not current.portfolio().has("structure"):
        return
    search, place = st.columns([3, 2])
    search.text_input("Suche", key=SEARCH, placeholder="Name, Träger, Aufgabe oder Programm", type="search")
    with place:
        preset = presets.box(pages.STRUCTURES, "alle")
    args = (filters.view(), filters.selection(), preset, st.session_state[SEARCH])
    rows, shown = current.derived(_listed, *args), current.derived(_shown, *args)
    panels.table(
        shown,
        "Strukturen",
        key=TABLE,
        empty="Keine Struktur passt zu Suche und Auswahl. Bitte Filter oder Suche ändern.",
        choice=panels.RowChoice(rows["structure_id"].tolist(), quick_edit.choose),
        most=11,
        # Before a room there is no place for it, and it is no matter for guests.
        hidden=(MISSING,) if current.presenting() else (),
        file=lambda: file(*args),
    )
    seen = set(rows["level"])
    letters = [f"**{LEVEL_LETTER[level]}** {word(level)}" for level in Level if level.value in seen]
    if letters:
        st.caption(f"Ebene: {' · '.join(letters)}")


def file(at: View, chosen: Selection, preset: str, words: str = "") -> pd.DataFrame:
    """The table as its file has it: the level in words."""
    levels = [word(Level(level)) for level in _listed(at, chosen, preset, words)["level"]]
    return _shown(at, chosen, preset, words).assign(Ebene=levels)


def _listed(at: View, chosen: Selection, preset: str, words: str) -> pd.DataFrame:
    """What the preset lists, as far as it fits the words of the search."""
    rows = structure_rows.listed(at, chosen, preset)
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


def _shown(at: View, chosen: Selection, preset: str, words: str) -> pd.DataFrame:
    rows = _listed(at, chosen, preset, words)
    return pd.DataFrame(
        {
            "Struktur": rows["name"],
            "Träger": rows["organisation_short"],
            "Ebene": [LEVEL_LETTER[Level(level)] for level in rows["level"]],
            "VZÄ": [_size(row) for row in rows.to_dict("records")],
            "Ende": [structure_words.end_in_short(row, at.as_of) for row in rows.to_dict("records")],
            MISSING: [", ".join(gap) or "–" for gap in rows["missing"]],
        }
    )


def _size(row: Mapping[Any, Any]) -> str:
    """The VZÄ on the Stichtag, or of what may run; – where nobody asks for any, or it does not run."""
    asked = row["kind"] not in WITHOUT_POSTS and row["state"] != "not_running"
    return structure_words.size_words(row, number(row["recorded_fte"], 2, "?" if asked else "–"))
