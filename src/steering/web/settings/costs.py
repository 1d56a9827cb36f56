"""What a post costs: the rules of the house, and beside them what programmes pay."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import PersonnelCost, Provenance, StructureKind
from steering.model.german import euro
from steering.model.vocabulary import word
from steering.web import current
from steering.web.editing.widgets import Input, enumeration
from steering.web.settings import programmes
from steering.web.settings.choosing import choose

COST = "edit_personnel_cost"
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
        programmes.listed(
            rows.drop(columns="id"),
            "Noch ist kein Satz erfasst. Ohne Satz ist zu nicht erfassten Kosten nichts zu schätzen.",
        )
        names = {int(key): f"{name} ({year})" for key, name, year in
                 zip(rows["id"], rows["Satz"], rows["Jahr"], strict=True)}  # fmt: skip
        choose(PersonnelCost, _inputs(), names, key=COST, ask="Welcher Satz?", new="Neuer Satz",
               start={"year": current.today().year})  # fmt: skip
    with right:
        programmes.show()


def _inputs() -> tuple[Input, ...]:
    return (
        Input("name", "Art der Stelle", placeholder="z. B. Sozialpädagogische Fachkraft (S 12)"),
        Input("structure_kind", "Gilt für", "choice", _kinds, placeholder=_OF_ANY_KIND),
        Input("rate_cents", "Kosten je VZÄ und Jahr in €", "euro", placeholder="z. B. 78.000"),
        Input("year", "Jahr des Satzes", "whole", placeholder="z. B. 2026"),
        Input("source", "Quelle des Satzes", "long", more=True),
        Input("note", "Anmerkung zum Satz", "long", more=True),
    )


def _kinds() -> dict[Any, str]:
    return {None: _OF_ANY_KIND, **enumeration(StructureKind)()}


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


def _kind(kind: object, without: str) -> str:
    return word(StructureKind(kind)) if isinstance(kind, str) else without
