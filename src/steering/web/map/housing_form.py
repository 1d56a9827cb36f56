"""Capture how many people are housed in a municipality, change it, or put it away."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import Housing, HousingKind
from steering.model.german import day
from steering.model.vocabulary import word
from steering.storage.rights.table import Right
from steering.web import current, panels
from steering.web.editing import folded_form, record_forms
from steering.web.editing.widgets import Input, enumeration

CHOSEN, NEW = "edit_housing", "Neue Unterbringung"


def show() -> None:
    """The form in its place in the sidebar."""
    if not current.offers(Right.EDIT_ALL):
        return
    with panels.in_sidebar():
        folded_form.show(
            "Unterbringung erfassen oder ändern", _body, key="housing_form", icon=":material/bed:",
            wanted=lambda: st.session_state.get(CHOSEN),
        )  # fmt: skip


def _body() -> None:
    if current.discreet():
        # It holds the counts as they are stored.
        st.caption(f"{panels.closed()} Dann lassen sich Personenzahlen hier wieder bearbeiten.")
        return
    names = current.of(_names)
    chosen = record_forms.which("Welche Unterbringung?", names, Housing, key=CHOSEN, new=NEW)
    if chosen is record_forms.GONE:
        return
    what = f"Unterbringung »{names[chosen]}«" if chosen else NEW
    here = st.session_state["gemeinde"]
    start = {
        "ags": here[0] if len(here) == 1 else None,
        "kind": HousingKind.DECENTRAL.value,
        "reference_date": current.today(),
    }
    form = record_forms.show(
        f"housing {chosen or 'new'}", Housing, _inputs(), record_id=chosen, start=start, what=what,
        label="Unterbringung speichern",
        gone="Diese Unterbringung wurde inzwischen entfernt. Bitte eine andere wählen.",
    )  # fmt: skip
    if form and chosen:
        record_forms.archive_button(form, "Unterbringung archivieren", what, takes="sie")


def _inputs() -> tuple[Input, ...]:
    return (
        Input("ags", "Gemeinde", "choice", _places),
        Input("kind", "Unterkunft", "choice", enumeration(HousingKind)),
        Input("reference_date", "gezählt am", "day",
              help="Gilt, bis ein späterer Tag erfasst ist. Frühere Stände bleiben stehen."),
        Input("persons", "Personen", "whole",
              help="Alle zusammen, ohne Namen und Anschriften. Leer heißt: nicht bekannt; keine Person: 0. "
              "Wer nicht sehen darf, was nur für die Verwaltung ist, liest statt 1 oder 2 »unter 3«."),
        Input("places", "Plätze", "whole", help="Leer heißt: nicht bekannt."),
        Input("source", "Quelle", "long"),
        Input("note", "Anmerkung", "long", help="Lesen alle; bitte keine Anschriften.", more=True),
    )  # fmt: skip


def _places() -> dict[Any, str]:
    return current.of(_inhabited)


def _inhabited(portfolio: Portfolio) -> dict[str, str]:
    places = portfolio.municipalities
    places = places[places["inhabited"]].sort_values("name")
    return dict(zip(places["ags"], places["name"], strict=True))


def _names(portfolio: Portfolio) -> dict[int, str]:
    """Housing id → municipality, kind and day: the newest first, then by name."""
    rows = portfolio.housing
    rows = rows.assign(place=rows["ags"].map(portfolio.municipalities.set_index("ags")["name"]))
    rows = rows.sort_values(["reference_date", "place", "kind"], ascending=[False, True, True])
    return {int(row["id"]): _name(row) for _, row in rows.iterrows()}


def _name(row: pd.Series) -> str:
    return f"{row['place']}, {word(HousingKind(row['kind']))} ({day(row['reference_date'])})"
