"""Landkreis einrichten: choose the Kreis, upload the two official files, done."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from steering.analysis.incoming import RowOutcome
from steering.exchange import incoming_files, limited
from steering.exchange.import_kinds import KINDS
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.registers import rows as register_rows
from steering.model.german import count
from steering.storage import district, reading
from steering.storage.imports import importing
from steering.storage.problems import StorageError
from steering.web import current
from steering.web.browser import uploads
from steering.web.data import preview
from steering.web.editing import attempts
from steering.web.text import plain

KEY = "district"
_BEGUN = f"{KEY} begun"
_KINDS = ("Landkreis", "Kreis", "Regionalverband")


def section() -> None:
    """The form; for a database that holds nothing of the present Landkreis yet."""
    preview.last_import(KEY)
    if not district.is_free(current.engine()):
        st.caption(
            f"Diese Datenbank gehört zu »{plain(str(current.portfolio().settings['district_name']))}« und "
            "enthält schon Angaben dazu. Ein anderer Landkreis bekommt eine eigene, leere Datenbank."
        )
        return
    key = st.selectbox(
        "Landkreis",
        list(choices()),
        index=None,
        format_func=choices().__getitem__,
        placeholder="Name oder Schlüssel eingeben",
        key="setup_district",
        persist_state="session",
    )
    begun = st.session_state.get(_BEGUN, 0)
    listed = uploads.one(
        "Gemeindeverzeichnis (Destatis: GV-ISys als XLSX oder GV100AD als TXT)",
        key=f"setup_municipalities {begun}",
        largest=KINDS["municipalities"].largest,
    )
    drawn = uploads.one(
        "Grenzen (BKG: VG250 als GeoPackage, Shapefile-zip oder GeoJSON)",
        key=f"setup_boundaries {begun}",
        largest=KINDS["boundaries"].largest,
    )
    ready = bool(key and listed and drawn)
    # In a callback: what was chosen in the sidebar can be changed before it is drawn again.
    st.button(
        "Landkreis einrichten",
        type="primary",
        disabled=not ready,
        on_click=_pressed,
        args=(key, listed, drawn),
    )
    if not ready:
        st.caption(
            "Beide Dateien gelten für ganz Deutschland; übernommen werden der gewählte Kreis und seine "
            "Nachbarn. Der Schritt lässt sich zurücknehmen."
        )


def _pressed(key: str, listed: UploadedFile, drawn: UploadedFile) -> None:
    try:
        with st.spinner("Gemeinden und Grenzen werden gelesen und eingerichtet …"):
            set_up(
                key,
                incoming_files.received(
                    listed.name, listed.getvalue(), largest=KINDS["municipalities"].largest
                ),
                incoming_files.received(drawn.name, drawn.getvalue(), largest=KINDS["boundaries"].largest),
            )
    except (FileRefused, StorageError) as refusal:
        st.session_state[f"{KEY} refused"] = str(refusal)


def choices() -> dict[str, str]:
    """The Landkreise of Germany by key, sorted by name."""
    found = [(name, key) for key, (name, kind) in register_rows.districts().items() if kind in _KINDS]
    return {key: f"{register_rows.district_name(key)} ({key})" for _, key in sorted(found)}


def set_up(key: str, listed: IncomingFile, drawn: IncomingFile) -> None:
    """Give the database to a Landkreis, in one batch; raises FileRefused or StorageError."""
    engine = current.engine()
    portfolio = reading.portfolio(engine)
    name = register_rows.district_name(key)
    if key == portfolio.settings["district_key"]:
        raise FileRefused(f"»{name}« ist schon eingerichtet. Bitte einen anderen Landkreis wählen.")
    names = f"{listed.name}« und »{drawn.name}"
    found = limited.reading(names, partial(register_rows.read_both, listed, drawn, portfolio, key))
    proposal = importing.propose(engine, portfolio, found, cleared=district.CLEARED)
    refusals = list(proposal.refusals())
    if refusals:
        first = refusals[0]
        raise FileRefused(
            f"{count(len(refusals), 'Zeile', 'Zeilen')} des Kreises lassen sich nicht übernehmen; "
            f"die erste: {first.place.words}, {first.column or 'ganze Zeile'}: {first.reason}"
        )
    imported = importing.take_over(
        engine,
        proposal,
        proposal.numbers(RowOutcome.NEW),
        actor=attempts.actor(),
        now=current.now(),
        prepare=lambda batch: district.move(batch, key, name),
    )
    st.session_state["gemeinde"] = []
    # Fields with another key: the two files have done what they were for.
    st.session_state[_BEGUN] = st.session_state.get(_BEGUN, 0) + 1
    copy = imported.copy.name if imported.copy else ""
    sentence = " ".join([f"{name} ist eingerichtet.", *proposal.notes])
    st.session_state[f"{KEY} done"] = (sentence, imported.receipt.batch, copy)
    attempts.done(f"{name} mit seinen Gemeinden und Grenzen", imported.receipt)
