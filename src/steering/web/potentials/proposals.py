"""What the program finds: potentials to be taken over or put aside, each with its reckoning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.neighbours import Pairs, neighbours
from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential
from steering.analysis.potentials.proposing import proposals
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Area, AreaKind, Potential, PotentialState
from steering.model.german import count, day
from steering.storage.rights.table import Right
from steering.storage.writing import Edit, Made
from steering.web import current, filters, marks, panels
from steering.web.editing import attempts
from steering.web.gaps import rows as gap_rows
from steering.web.potentials import form
from steering.web.text import bold, plain

HEADINGS = {
    ProposalKind.APPLY_TOGETHER: "Gemeinsam beantragen",
    ProposalKind.PAYS: "Wer das bezahlen könnte",
    ProposalKind.FREE_NEXT_DOOR: "Nebenan gibt es mehr als gebraucht",
    ProposalKind.SERVED_AROUND: "Von nebenan mitversorgen",
    ProposalKind.SHARE: "Etwas gemeinsam tun",
}
# As many of a kind stand at once; the rest is in the workbook.
MOST = 8
HEADING = "Was das Programm vorschlägt"
NOTHING = (
    "Zurzeit schlägt das Programm nichts vor. Es vergleicht, welche Förderungen gleichzeitig enden, welches "
    "Förderprogramm für ein Ende oder einen offenen Bedarf zahlen könnte, wo es nebenan mehr gibt als "
    "gebraucht, welche Aufgaben rundherum besetzt sind und wo zwei Träger nah beieinander dieselbe Aufgabe "
    "haben."
)
_REASON = "Warum nicht?"


def shown() -> bool:
    """Whether they are on the screen: among the administration only, and where anything is recorded."""
    return current.portfolio().has("structure") and not (current.presenting() or current.discreet())


def show() -> None:
    """The proposals that are still to be decided about."""
    if current.presenting() or not current.portfolio().has("structure"):
        return
    st.header(HEADING, anchor=False)
    if not shown():
        # They are thoughts about carriers that nobody has talked with yet.
        st.caption(panels.closed())
        return
    found = proposed(filters.selection())
    st.caption(
        f"Aus den Angaben gerechnet für heute ({day(current.today())}), Szenario gesichert; Stichtag und "
        "Szenario links ändern daran nichts. Übernommenes wird ein Potenzial, Verworfenes kommt nur wieder, "
        "wenn sich die Angaben dahinter ändern."
    )
    if not found:
        st.info(NOTHING)
        return
    for rule, heading in HEADINGS.items():
        some = [one for one in found if one.rule == rule]
        if some:
            st.subheader(f"{heading}: {len(some)}", anchor=False)
            for one in some[:MOST]:
                _row(one)
            if len(some) > MOST:
                st.caption(f"{count(len(some) - MOST, 'weiterer', 'weitere')} in der Tabelle.")
    panels.table_button(lambda: sheet(found), "Vorschläge", key="potential-proposals")


def proposed(chosen: Selection) -> tuple[ProposedPotential, ...]:
    """The proposals that the filters let through: by their Handlungsfeld and their municipalities."""
    return current.derived(_proposed, chosen, current.today())


def _proposed(chosen: Selection, today: date) -> tuple[ProposedPotential, ...]:
    at = View(today, today, filters.horizon())
    every = current.of(proposals, at, current.derived(_beside))
    fields = set(gap_rows.fields(chosen)["field_id"])
    return tuple(
        one
        for one in every
        if (not chosen.fields or one.field_id is None or one.field_id in fields)
        and (not chosen.municipalities or one.municipalities & chosen.municipalities)
    )


def _beside() -> Pairs:
    return neighbours(current.boundaries())


def _row(one: ProposedPotential) -> None:
    with st.container(border=True, gap="xsmall", key=f"proposal-{one.key}"):
        st.markdown(bold(marks.name(one.name, one.example)))
        st.markdown(plain(one.reckoning))
        if one.options:
            st.markdown("\n".join(f"- {plain(each)}" for each in one.options))
        st.caption(plain(one.against))
        if one.before:
            st.caption(f":material/history: Schon einmal verworfen ({plain(one.before)}); seitdem haben sich "
                       "die Angaben dahinter geändert.")  # fmt: skip
        if not current.offers(Right.EDIT_ALL):
            return
        with st.container(horizontal=True, gap="small"):
            st.button("Als Potenzial übernehmen", key=f"take {one.key}", icon=":material/add:",
                      on_click=_take, args=(one,))  # fmt: skip
            with st.popover("Verwerfen", type="tertiary"):
                st.text_input(_REASON, key=f"reason {one.key}", autocomplete="off", persist_state="session",
                              placeholder="z. B. mit beiden besprochen, passt nicht")  # fmt: skip
                st.button("Mit Begründung verwerfen", key=f"drop {one.key}", on_click=_drop, args=(one,))


def _take(one: ProposedPotential) -> None:
    receipt = attempts.edit(_edits(one, PotentialState.RECOGNISED), "Vorschlag übernommen:")
    if receipt:
        form.choose(int(receipt.ids[-1]))


def _drop(one: ProposedPotential) -> None:
    reason = str(st.session_state.get(f"reason {one.key}") or "").strip()
    if not reason:
        st.session_state["refused"] = (
            "Nicht verworfen: Bitte kurz begründen, damit später klar ist, warum es so entschieden wurde."
        )
        return
    attempts.edit(_edits(one, PotentialState.NOT_PURSUED, reason), "Vorschlag verworfen:")


def _edits(one: ProposedPotential, state: PotentialState, reason: str = "") -> list[Edit]:
    """The potential, before it its area where there is none of just these municipalities."""
    values = one.values(state, reason)
    if not one.municipalities:
        return [Edit(Potential, values)]
    area = current.of(_area, one.municipalities)
    if area is not None:
        return [Edit(Potential, {**values, "area_id": area})]
    name = gap_rows.where(one.municipalities, most=len(one.municipalities))
    made = {"name": name[:200], "kind": AreaKind.GROUP, "municipalities": sorted(one.municipalities)}
    return [Edit(Area, made), Edit(Potential, {**values, "area_id": Made(0)})]


def _area(portfolio: Portfolio, municipalities: frozenset[str]) -> int | None:
    """The area that has exactly these municipalities."""
    for key, group in portfolio.area_municipalities.groupby("area_id")["ags"]:
        if frozenset(group) == municipalities:
            return int(str(key))
    return None


def sheet(found: Iterable[ProposedPotential]) -> pd.DataFrame:
    """All of them, for the workbook."""
    return pd.DataFrame(
        [
            {
                "Vorschlag": marks.name(one.name, one.example),
                "Art": HEADINGS[one.rule],
                "Rechenweg": one.told,
                "Dagegen oder offen": one.against,
                "Idee": one.idea,
                "Wo": gap_rows.where(one.municipalities, most=6) if one.municipalities else "–",
            }
            for one in found
        ]
    )
