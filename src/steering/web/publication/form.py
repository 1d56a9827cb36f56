"""The entry of one structure in the public directory, in the sidebar."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.model import PublicOffer, Structure
from steering.storage.rights.acting import whom_to_ask
from steering.storage.rights.table import Right, who_may
from steering.web import address, current, pages, panels
from steering.web.editing import folded_form, quick_edit, record_forms
from steering.web.editing.widgets import Input
from steering.web.publication import flags, rows, texts
from steering.web.text import bold, plain

CHOSEN = address.PUBLIC_ENTRY
_NONE = "Struktur wählen"


def choose(structure_id: int) -> None:
    """Bring the entry of a structure into the form; for clicks on the table."""
    st.session_state[CHOSEN] = structure_id


def show() -> None:
    """The form in its place in the sidebar, open once something was chosen."""
    if not current.offers(Right.EDIT):
        return
    with panels.in_sidebar():
        folded_form.show(
            "Eintrag im Verzeichnis", _body, key="directory_form", icon=":material/public:",
            wanted=lambda: st.session_state.get(CHOSEN),
        )  # fmt: skip


def _body() -> None:
    known = current.of(rows.decisions, current.today())
    names = dict(zip(known["structure_id"].tolist(), known["name"].tolist(), strict=True))
    chosen = record_forms.which("Welche Struktur?", names, Structure, PublicOffer, key=CHOSEN, new=_NONE)
    if chosen is record_forms.GONE:
        return
    if chosen is None:
        st.caption("Wählen Sie hier eine Struktur oder kreuzen Sie eine Zeile der Tabelle an.")
        return
    row = known[known["structure_id"] == chosen].iloc[0].to_dict()
    if st.button(
        "Zur Struktur", on_click=quick_edit.choose, args=(chosen,), key="to structure", type="tertiary",
        icon=":material/arrow_forward:",
    ):  # fmt: skip
        address.go_to(pages.STRUCTURES.file)
    if row["kept_out"]:
        st.info(f"{bold(row['name'])} bleibt außerhalb des Verzeichnisses: {plain(row['kept_out'])}.")
    elif not current.may_change(int(row["organisation_id"])):
        st.info(
            f"Diese Struktur gehört zu {bold(row['organisation'])}. Ändern kann ihren Eintrag, wer für diese "
            f"Einheit bearbeitet oder die Rolle »{who_may(Right.EDIT_ALL)}« hat. "
            f"{plain(whom_to_ask(current.mandate().administrators))}"
        )
    else:
        _entry(chosen, row)


def _entry(structure_id: int, row: dict[Any, Any]) -> None:
    offer = None if pd.isna(row["offer_id"]) else int(row["offer_id"])
    record_forms.show(
        f"public offer {offer}" if offer else f"public offer of {structure_id}", PublicOffer, _inputs(),
        record_id=offer, start={"town": row["seat_place"]},
        fixed={} if offer else {"structure_id": structure_id}, what=f"Eintrag »{row['name']}«",
        label="Eintrag speichern",
        gone="Diesen Eintrag gibt es nicht mehr. Bitte eine andere Struktur wählen.",
    )  # fmt: skip
    if offer:
        texts.show(texts.OF_OFFER, offer, row["name"])


def _inputs() -> tuple[Input, ...]:
    """Whether it is public and what of it is; what it says; where and whom to ask."""
    return (
        Input(flags.PUBLIC, "Öffentlich", "flag", fresh=True,
              help="Ohne Häkchen sagt das Verzeichnis nichts. Mit ihm den Namen, und mit jedem weiteren eine "
              "Angabe mehr. Öffentlich wird es erst mit der Freigabe."),
        *flags.inputs(PublicOffer, more=False),
        Input("what", "Was?", "long", placeholder="Was wird angeboten? Für alle verständlich."),
        Input("for_whom", "Für wen?", "long"),
        Input("opening", "Öffnungszeiten", "long"),
        Input("contact", "Ansprechstelle", placeholder="z. B. Ehrenamtskoordination",
              help="Eine Funktion, keine Person."),
        Input("phone", "Telefon"),
        Input("mailbox", "Postfach", placeholder="Funktionspostfach"),
        Input("website", "Website", placeholder="https://…"),
        Input("street", "Straße und Hausnummer"),
        Input("postal_code", "Postleitzahl", placeholder="fünf Ziffern"),
        Input("town", "Ort"),
    )  # fmt: skip
