"""Liste einlesen: a list that somebody else wrote, its columns understood and corrected, then the preview."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.grids import Table, text
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.meanings import MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.reading import ListFile, complete
from steering.exchange import lists
from steering.exchange.import_kinds import KINDS
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.model.german import listing
from steering.storage import reading
from steering.web import current, incoming_view, panels
from steering.web.text import plain

KEY = "list"
_NOT_READ = "nicht lesen"
_MOST_NAMES = 12


def show() -> None:
    """Upload, columns, names, preview."""
    st.markdown(
        "Eine Liste von Trägern, Gemeinden oder Fachstellen, wie sie kommt: Titelzeilen, Zeichensatz, "
        "Datumsformen und Schreibweisen werden erkannt. "
        "Je Zeile braucht es einen **Namen** und einen **Träger**."
    )
    file = incoming_view.uploaded(
        "Liste (XLSX, CSV oder TSV)",
        ["xlsx", "xls", "csv", "tsv", "txt"],
        key=KEY,
        largest=KINDS["list"].largest,
    )
    if file is not None:
        _of(file)
    incoming_view.last_import(KEY)


def _of(file: IncomingFile) -> None:
    signature = hash(file.content)
    try:
        found = _found(file, signature)
    except FileRefused as refusal:
        st.error(plain(str(refusal)))
        return
    if not found.tables:
        st.info(f"»{plain(file.name)}« enthält keine Datenzeilen.")
        return
    mappings = tuple(
        _columns(table, mapping, f"{signature} {number}")
        for number, (table, mapping) in enumerate(zip(found.tables, found.mappings, strict=True))
    )
    if not all(complete(mapping) for mapping in mappings):
        st.info("Bitte oben je eine Spalte für den Namen der Struktur und für den Träger wählen.")
        return
    mappings = tuple(_names(table, mapping) for table, mapping in zip(found.tables, mappings, strict=True))
    decided = replace(found, mappings=mappings)
    key = (signature, *(str(sorted(each.columns.items())) + str(each.names) for each in mappings))
    incoming_view.preview(KEY, file.name, key, lambda portfolio: lists.rows_of(decided, portfolio))


def _found(file: IncomingFile, signature: int) -> ListFile:
    """The tables and the proposal, looked for once a file."""
    place = f"{KEY} found"
    if st.session_state.get(place, (None, None))[0] != signature:
        portfolio = reading.portfolio(current.engine())
        st.session_state[place] = (signature, lists.look_into(file, portfolio))
    found: ListFile = st.session_state[place][1]
    return found


def _columns(table: Table, mapping: Assignment, key: str) -> Assignment:
    """What each column means: the proposal, to be corrected."""
    said = listing([f"»{heading}« = {MEANING_WORDS[each]}" for heading, each in mapping.columns.items()], 20)
    where = f"Blatt »{table.sheet}«: " if table.sheet else ""
    chosen: dict[str, Meaning] = {}
    with st.expander(
        plain(f"{where}Spalten – {said or 'noch keine erkannt'}"), expanded=not complete(mapping)
    ):
        cells = st.columns(3)
        for number, heading in enumerate(table.headings):
            with cells[number % 3]:
                meaning = st.selectbox(
                    plain(heading),
                    [None, *Meaning],
                    index=[None, *Meaning].index(mapping.columns.get(heading)),
                    format_func=lambda each: MEANING_WORDS[each] if each else _NOT_READ,
                    key=f"column {key} {number}",
                )
                st.caption(plain(_sample(table, number)))
            if meaning is not None:
                if meaning in chosen.values():
                    st.warning(
                        f"»{MEANING_WORDS[meaning]}« ist zweimal gewählt; gelesen wird die erste Spalte."
                    )
                else:
                    chosen[heading] = meaning
        decided = replace(mapping, columns=chosen)
        panels.download(
            "Zuordnung speichern (TOML)",
            lambda: lists.mapping_text(decided).encode(),
            "zuordnung.toml",
            "application/toml",
            key=f"mapping-{key}",
        )
    return decided


def _sample(table: Table, column: int) -> str:
    seen = dict.fromkeys(said for _, row in table.rows[:30] if (said := text(row[column])))
    return "z. B. " + " · ".join(said[:30] for said in list(seen)[:3]) if seen else "leer"


def _names(table: Table, mapping: Assignment) -> Assignment:
    """Carriers and programmes that are called nearly like recorded ones: the same, or new?"""
    known = KnownNames(current.portfolio(), {})
    pairs: dict[str, str] = {}
    questions = []
    for meaning, names in ((Meaning.ORGANISATION, known.organisations), (Meaning.PROGRAMME, known.programmes),
                           (Meaning.TASK, known.tasks)):  # fmt: skip
        heading = next((each for each, found in mapping.columns.items() if found == meaning), None)
        if heading is None:
            continue
        at = table.headings.index(heading)
        said = dict.fromkeys(text(row[at]) for _, row in table.rows if text(row[at]))
        questions += [
            (meaning, each, near) for each in said if names.find(each) is None and (near := names.near(each))
        ]
    if not questions:
        return mapping
    with st.expander(f"Ähnliche Namen – {len(questions)} zu prüfen", expanded=True):
        for meaning, said_name, near in questions[:_MOST_NAMES]:
            chosen = st.selectbox(
                plain(f"{MEANING_WORDS[meaning]} »{said_name}«"),
                [None, *near],
                format_func=lambda each: f"ist »{each}«" if each else "ist etwas anderes",
                key=f"name {meaning} {said_name}",
            )
            if chosen:
                pairs[said_name] = chosen
        if len(questions) > _MOST_NAMES:
            st.caption(f"{len(questions) - _MOST_NAMES} weitere stehen als Hinweis in der Vorschau.")
    return replace(mapping, names={**mapping.names, **pairs})
