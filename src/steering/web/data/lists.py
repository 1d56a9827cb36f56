"""Liste einlesen: a list that somebody else wrote, its columns understood and corrected, then the preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.lists.reading import ListFile, complete
from steering.exchange import limited
from steering.exchange.import_kinds import KINDS
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.lists import lists
from steering.model.german import listing
from steering.storage import reading
from steering.storage.imports import remembering
from steering.web import current
from steering.web.data import list_columns, list_names, preview, reading_place
from steering.web.data.progress import Bar
from steering.web.text import plain

KEY = "list"
_MANNER = preview.Manner(doubles=True)
_DECIDED = "list mappings"
"""What was decided about columns in this session, by header, also where no row was taken over yet."""


def show() -> None:
    """Upload, columns, names, preview."""
    st.markdown(
        "Eine Liste von Trägern, Gemeinden oder Fachstellen, wie sie kommt: Titelzeilen, Zeichensatz, "
        "Datumsformen und Schreibweisen werden erkannt. "
        "Je Zeile braucht es einen **Namen** und einen **Träger**."
    )
    file = preview.uploaded(
        "Liste (XLSX, CSV oder TSV)",
        ["xlsx", "xls", "csv", "tsv", "txt"],
        key=KEY,
        largest=KINDS["list"].largest,
    )
    if file is not None:
        _of(file, list_columns.given())
    preview.last_import(KEY)


def _of(file: IncomingFile, given: tuple[str, Assignment] | None) -> None:
    signature = hash((file.content, str(given)))
    if reading_place.is_stopped(f"{KEY} cells", signature):
        return
    try:
        found = _found(file, given, signature)
    except FileRefused as refusal:
        st.error(plain(str(refusal)))
        return
    found = _with_header(file, given, found, signature)
    if not found.tables:
        st.info(f"»{plain(file.name)}« enthält keine Datenzeilen.")
        return
    everything = reading.portfolio(current.engine())
    triples = zip(found.tables, found.mappings, found.asked, strict=True)
    mappings: dict[int, Assignment] = {}
    for number, (table, mapping, asked) in enumerate(triples):
        if _is_read(found, number, f"{signature} {number}"):
            key = f"{signature} {number} {table.has_header}"
            mappings[number] = list_columns.decided(table, mapping, asked, everything, key)
    if not _can_be_read(found, mappings):
        return
    read = found.without(set(range(len(found.tables))) - mappings.keys())
    names = list_names.decided(read.tables, tuple(mappings.values()), everything)
    decided = replace(read, mappings=names)
    texts = lists.to_remember(decided)
    st.session_state.setdefault(_DECIDED, {}).update(texts)
    preview.preview(
        KEY,
        file.name,
        (signature, *texts.items()),
        lambda portfolio, told: limited.reading(
            file.name, partial(lists.rows_of, decided, portfolio), told, told.waiting
        ),
        _MANNER,
    )


def _is_read(found: ListFile, number: int, key: str) -> bool:
    """Whether somebody wants that table of several; what may as well name persons is not proposed."""
    if len(found.tables) == 1:
        return True
    return st.checkbox(
        plain(f"{found.called(number)} einlesen"),
        number not in found.beside(),
        key=f"table {key}",
        persist_state="session",
    )


def _can_be_read(found: ListFile, mappings: Mapping[int, Assignment]) -> bool:
    """Whether the tables that are wanted say what every row needs; a sentence where they do not."""
    if not mappings:
        st.info("Bitte oben wenigstens ein Blatt zum Einlesen wählen.")
    lacking = [found.called(number) for number, mapping in mappings.items() if not complete(mapping)]
    if lacking:
        several = len(found.tables) > 1
        st.info(
            plain(f"{listing(lacking, 5)}: " if several else "")
            + "Bitte oben je eine Spalte für den Namen der Struktur und für den Träger wählen; "
            "gilt ein Träger für alle Zeilen, reicht es, ihn dort einzutragen."
            + (" Was keine Liste von Strukturen ist, oben bitte abwählen." if several else "")
        )
    return bool(mappings) and not lacking


def _with_header(
    file: IncomingFile, given: tuple[str, Assignment] | None, found: ListFile, signature: int
) -> ListFile:
    """The same list, or where no headings were recognised the one whose first row the user says they are."""
    firsts = [table.rows[0][1] for table in found.tables if not table.has_header]
    if not firsts or not st.checkbox(
        "Die erste Zeile enthält die Überschriften", key=f"header {signature}", persist_state="session"
    ):
        return found
    return _found(
        file, given, signature, tuple(said for row in firsts for cell in row if (said := text(cell)))
    )


def _found(
    file: IncomingFile,
    given: tuple[str, Assignment] | None,
    signature: int,
    headings: tuple[str, ...] = (),
) -> ListFile:
    """The tables and the proposal, looked for once a file, mapping and choice of headings."""
    place = f"{KEY} found{' with header' if headings else ''}"
    if st.session_state.get(place, (None, None))[0] != signature:
        portfolio = reading.portfolio(current.engine())
        before = remembering.remembered(current.engine()) | st.session_state.get(_DECIDED, {})
        name, mapping = given or ("", None)
        work = partial(lists.look_into, file, portfolio, before, mapping, name, headings)
        stoppable = reading_place.stoppable(f"{KEY} cells", signature)
        with Bar("Die Datei wird gelesen …", may_stop=True) as bar, stoppable:
            found = limited.reading(file.name, work, waiting=bar.waiting)
        st.session_state[place] = (signature, found)
    known: ListFile = st.session_state[place][1]
    return known
