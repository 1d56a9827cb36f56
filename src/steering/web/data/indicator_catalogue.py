"""The usual Kennzahlen to choose from where a new one is made: choosing fills the form and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio
from steering.model.usual_indicators import USUAL, UsualIndicator
from steering.web import current
from steering.web.text import plain

KEY = "indicator catalogue"


def choose() -> tuple[str, Mapping[str, Any]]:
    """What was chosen, as part of a form's name, and what stands in that form at first."""
    recorded = current.of(_recorded)
    chosen: int | None = st.selectbox(
        "Aus dem Katalog",
        range(len(USUAL)),
        index=None,
        key=KEY,
        format_func=lambda at: _title(USUAL[at], recorded),
        placeholder="eine übliche Kennzahl des Integrationsmonitorings",
        help="Füllt das Formular aus; geschrieben wird erst mit »Kennzahl speichern«.",
    )
    if chosen is None:
        return "", {}
    usual = USUAL[chosen]
    st.caption(plain(f"{usual.topic}: {usual.definition} Üblicherweise verfügbar: {usual.finest.value}."))
    if plain_name(usual.name) in recorded:
        st.info(f"»{plain(usual.name)}« ist schon erfasst. Bitte oben wählen, um ihre Werte einzutragen.")
    group = current.of(_groups).get(usual.group)
    start = {
        "name": usual.name,
        "unit": usual.unit,
        "source": usual.source,
        "note": usual.note,
        "target_group_id": group,
    }
    return f" {chosen}", start


def _title(usual: UsualIndicator, recorded: set[str]) -> str:
    done = " (schon erfasst)" if plain_name(usual.name) in recorded else ""
    return f"{usual.topic}: {usual.name}{done}"


def _recorded(portfolio: Portfolio) -> set[str]:
    return {plain_name(str(name)) for name in portfolio.indicators["name"]}


def _groups(portfolio: Portfolio) -> dict[str, int]:
    rows = portfolio.target_groups
    return dict(zip(rows["slug"], rows["id"], strict=True))
