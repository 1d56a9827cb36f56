"""What a post costs: the rules of the house, and the rates that programmes name."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import PersonnelCost, Programme, Provenance, StructureKind
from steering.model.german import euro
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.editing import choices, record_forms
from steering.web.editing.widgets import NOTHING_CHOSEN, Input, enumeration
from steering.web.settings.choosing import choose

COST, PROGRAMME = "edit_personnel_cost", "edit_programme_rate"
_OF_ANY_KIND = "alle anderen Arten"


def show() -> None:
    """The rules on the left, what programmes name on the right."""
    st.markdown(
        "Wo keine Förderung sagt, was eine Struktur im Jahr kostet, wird geschätzt: VZÄ mal Satz des "
        "Programms, sonst VZÄ mal Personalkosten des Hauses. Jedes Haushaltsjahr nimmt den Satz seines "
        "Jahres, sonst den nächsten früheren; ein eigener Satz geht jedem Beispielwert vor. Geschätztes ist "
        "so bezeichnet und steht in keiner Summe erfasster Beträge."
    )
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader("Personalkosten des Hauses", anchor=False)
        rows = current.of(_rules)
        _list(
            rows.drop(columns="id"),
            "Noch ist kein Satz erfasst. Ohne Satz ist zu nicht erfassten Kosten nichts zu schätzen.",
        )
        names = {int(key): f"{name} ({year})" for key, name, year in
                 zip(rows["id"], rows["Satz"], rows["Jahr"], strict=True)}  # fmt: skip
        choose(PersonnelCost, _inputs(), names, key=COST, ask="Welcher Satz?", new="Neuer Satz",
               start={"year": current.today().year})  # fmt: skip
    with right:
        st.subheader("Sätze der Förderprogramme", anchor=False)
        _programme()


def _list(rows: pd.DataFrame, empty: str) -> None:
    """Few rows whose words are to be read in full."""
    if rows.empty:
        st.info(empty)
    else:
        panels.in_full(rows)


def _programme() -> None:
    rows = current.of(_rates)
    _list(rows, "Zu keinem Programm ist ein Satz je Stelle erfasst.")
    names = choices.programmes()
    chosen = record_forms.which("Welches Programm?", names, key=PROGRAMME, new=NOTHING_CHOSEN)
    if chosen is not None:
        record_forms.show(
            f"programme rate {chosen}", Programme, _rate_inputs(), record_id=chosen,
            what=f"Satz von »{names[chosen]}«", label="Satz speichern",
            gone="Dieses Programm wurde inzwischen entfernt. Bitte ein anderes wählen.",
        )  # fmt: skip


def _inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Art der Stelle", placeholder="z. B. Sozialpädagogische Fachkraft (S 12)"),
        Input("structure_kind", "Gilt für", "choice", _kinds, placeholder=_OF_ANY_KIND),
        Input("rate_cents", "Kosten je VZÄ und Jahr in €", "euro", placeholder="z. B. 78.000"),
        Input("year", "Jahr des Satzes", "whole", placeholder="z. B. 2026"),
        Input("source", "Quelle des Satzes", "long", more=True),
        Input("note", "Anmerkung zum Satz", "long", more=True),
    )


def _rate_inputs() -> tuple[Input, ...]:
    return (
        Input("rate_cents", "Satz je Stelle und Jahr in €", "euro", placeholder="z. B. 69.000"),
        Input("rate_kind", "Satz gilt für", "choice", _rate_kinds, placeholder="alle Arten"),
        Input("rate_at_most", "ist ein Höchstsatz", "flag"),
        Input("rate_note", "Wortlaut der Richtlinie", "long"),
    )


def _kinds() -> dict[Any, str]:
    return {None: _OF_ANY_KIND, **enumeration(StructureKind)()}


def _rate_kinds() -> dict[Any, str]:
    return {None: "alle Arten", **enumeration(StructureKind)()}


def _rules(portfolio: Portfolio) -> pd.DataFrame:
    """id, Satz, gilt für, Jahr, je VZÄ und Jahr, Beleg; the newest first."""
    rows = portfolio.personnel_costs.sort_values(["year", "name"], ascending=[False, True])
    return pd.DataFrame(
        {
            "id": rows["id"].tolist(),
            "Satz": rows["name"].tolist(),
            "gilt für": [_kind(kind, _OF_ANY_KIND) for kind in rows["structure_kind"]],
            "Jahr": [str(year) for year in rows["year"]],
            "je VZÄ und Jahr": [euro(cents) for cents in rows["rate_cents"]],
            "Beleg": ["Beispielwert" if each == Provenance.EXAMPLE else word(Provenance(each))
                      for each in rows["provenance"]],
        }
    )  # fmt: skip


def _rates(portfolio: Portfolio) -> pd.DataFrame:
    """Programm, gilt für, je Stelle und Jahr, Wortlaut of the programmes that name a rate."""
    rows = portfolio.programmes.dropna(subset=["rate_cents"])
    names = portfolio.short_names("programme")
    return pd.DataFrame(
        {
            "Programm": [names[key] for key in rows["id"]],
            "gilt für": [_kind(kind, "alle Arten") for kind in rows["rate_kind"]],
            "je Stelle und Jahr": [
                f"{'höchstens ' if most else ''}{euro(cents)}"
                for most, cents in zip(rows["rate_at_most"], rows["rate_cents"], strict=True)
            ],
            "Wortlaut": rows["rate_note"].tolist(),
        }
    )


def _kind(kind: object, without: str) -> str:
    return word(StructureKind(kind)) if isinstance(kind, str) else without
