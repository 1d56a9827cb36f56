"""The words at the top of every page that say so when the Masterplan acts on what is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from steering.analysis.changes import ScenarioChange
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.model.german import count
from steering.web import address, current

NOTHING_ACTS = "Keine Maßnahme mit einer Wirkung ist geplant, beschlossen oder läuft"


def strip() -> None:
    """Nothing without the Masterplan; with it how many measures act, and the way back."""
    if not st.session_state[address.MASTERPLAN]:
        return
    ideas = address.with_ideas()
    with st.container(
        border=True, key="masterplan-strip", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(f":material/account_tree: **Mit Masterplan:** {current.of(_sentence, ideas)}")
        st.button("Ohne Masterplan ansehen", on_click=_leave, type="tertiary")


def _sentence(portfolio: Portfolio, ideas: bool) -> str:
    measures = plan.in_force(portfolio, ideas=ideas)
    acting = [found for found in measures.values() if found]
    if not acting:
        return f"{NOTHING_ACTS}; {_beside_effects(portfolio, set(measures))}."
    changes = tuple(change for found in acting for change in found)
    verb = "wirkt" if len(acting) == 1 else "wirken"
    which = "geplant, beschlossen, laufend oder Idee" if ideas else "geplant, beschlossen oder laufend"
    gone = len(scenario.inapplicable(portfolio, changes))
    lost = (
        f" {count(gone, 'Wirkung nennt', 'Wirkungen nennen')} etwas, das es nicht mehr gibt, und "
        f"{'ändert' if gone == 1 else 'ändern'} nichts."
        if gone
        else ""
    )
    return f"{count(len(acting), 'Maßnahme', 'Maßnahmen')} {verb} ({which}){_rest(measures.values())}.{lost}"


def _rest(in_force: Collection[Sequence[ScenarioChange]]) -> str:
    """How many more there are of which no effect is recorded."""
    without = sum(not found for found in in_force)
    if not without:
        return ""
    return f"; {'eine weitere ist' if without == 1 else f'{without} weitere sind'} ohne Wirkung"


def _beside_effects(portfolio: Portfolio, measures: set[int]) -> str:
    """What the measures in force show without any effect: what they cost themselves."""
    costs = portfolio.measure_costs["measure_id"]
    dear = costs[costs.isin(measures)].nunique()
    if not dear:
        return "gezeigt wird dasselbe wie ohne Masterplan"
    of_whom = "einer Maßnahme" if dear == 1 else f"{dear} Maßnahmen"
    return f"nur im Haushaltsblatt kommen die Kosten von {of_whom} hinzu"


def _leave() -> None:
    st.session_state[address.MASTERPLAN] = False
