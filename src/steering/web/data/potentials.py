"""Potenziale out of a list that somebody keeps."""

from __future__ import annotations

import streamlit as st

from steering.web.data import preview

_COLUMNS = (
    "Potenzial, Art, Handlungsfeld, Gemeinde, Stand, Beschreibung, Woran es sich zeigt, Kennzahl, Idee, "
    "Nächster Schritt, Kümmert sich, Begründung, Öffentlich, Quelle, Anmerkung"
)


def show() -> None:
    """A table, and what it would do."""
    st.markdown(
        "Eine Tabelle mit einer Zeile je Potenzial. Gebraucht werden »Potenzial« (oder »Titel«) und eine "
        "weitere Spalte; ein Potenzial, das es unter diesem Namen schon gibt, wird geändert."
    )
    st.caption(f"Verstandene Überschriften: {_COLUMNS}.")
    preview.of_kind("potenziale", "Liste der Potenziale (XLSX, CSV)", ["xlsx", "csv", "txt"])
