"""What the public directory says of itself: a form, and beside it what is still missing."""

from __future__ import annotations

import streamlit as st

from steering.model import DataLicence, PublicSite
from steering.storage.rights.table import Right, who_may
from steering.web import current
from steering.web.editing import record_forms
from steering.web.editing.widgets import Input, enumeration
from steering.web.publication import words
from steering.web.text import plain

_PARAGRAPHS = "Eine Leerzeile trennt Absätze."
_INPUTS = (
    Input("name", "Name des Verzeichnisses", placeholder="z. B. Ankommen im Landkreis"),
    Input("introduction", "Einleitung", "long", height=110),
    Input("address", "Webadresse", placeholder="https://…",
          help="Wo das Verzeichnis stehen wird; leer, solange das offen ist."),
    Input("mailbox", "Postfach", placeholder="Funktionspostfach"),
    Input("licence", "Lizenz der offenen Daten", "choice", enumeration(DataLicence)),
    Input("imprint", "Impressum", "long", height=160, help=_PARAGRAPHS),
    Input("privacy", "Datenschutzerklärung", "long", height=160, help=_PARAGRAPHS),
    Input("accessibility", "Erklärung zur Barrierefreiheit", "long", height=160, help=_PARAGRAPHS),
)  # fmt: skip


def show() -> None:
    """The form for whoever may change settings, with what is missing beside it."""
    stored = current.portfolio().frame("public_site")
    if not current.may(Right.SETTINGS):
        for sentence in words.missing({} if stored.empty else stored.iloc[0].to_dict()):
            st.markdown(plain(sentence))
        st.caption(f"Diese Angaben ändert, wer die Rolle »{who_may(Right.SETTINGS)}« hat.")
        return
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        form = record_forms.show(
            "public site" if len(stored) else "public site new", PublicSite, _INPUTS,
            record_id=1 if len(stored) else None, start={"licence": DataLicence.UNDECIDED.value},
            what="Angaben zum Verzeichnis", label="Angaben speichern",
        )  # fmt: skip
    with right:
        missing = words.missing(form.drafts if form else {})
        st.markdown("**Was noch fehlt**" if missing else "Alle Angaben sind da.")
        for sentence in missing:
            st.markdown(plain(sentence))
