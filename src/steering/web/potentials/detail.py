"""One potential in full: what it shows in, what could be made of it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from steering.analysis.potentials import recorded
from steering.model import PotentialKind, PotentialState, Provenance
from steering.model.german import listing
from steering.model.vocabulary import word
from steering.web import current, pages
from steering.web.editing import history
from steering.web.gaps import rows as gap_rows
from steering.web.measures import form as measure_form
from steering.web.potentials import form
from steering.web.text import bold, plain

_TEXTS = {
    "description": "",
    "evidence": "Woran es sich zeigt: ",
    "idea": "Idee: ",
    "next_step": "Nächster Schritt: ",
    "reason": "Begründung: ",
    "note": "Anmerkung: ",
}


def show() -> None:
    """The potential chosen in the table, or how to choose one."""
    rows = current.of(recorded.recorded)
    found = rows[rows["potential_id"] == st.session_state.get(form.CHOSEN)].to_dict("records")
    if not found:
        if len(rows):
            st.caption("Eine Zeile ankreuzen, um alles zu einem Potenzial zu sehen.")
        return
    row = found[0]
    st.header(plain(row["name"]), anchor=False)
    st.markdown(_summary(row))
    for name, label in _TEXTS.items():
        if row[name]:
            st.markdown(f"{label}{plain(row[name])}")
    _links(row)
    measure_form.offer(measure_form.ANSWER, measure_form.begin_for_potential, int(row["potential_id"]))
    if not current.presenting() and (last := history.last_changed([("potential", str(row["potential_id"]))])):
        st.caption(plain(last))


def _summary(row: Mapping[Any, Any]) -> str:
    place = gap_rows.DISTRICT_WIDE if row["district_wide"] else row["area"]
    public = "öffentlich" if row["public"] else "nicht öffentlich"
    return (
        f"{word(PotentialKind(row['kind']))} · {plain(row['field'])} · {plain(place)} · "
        f"{bold(word(PotentialState(row['state'])))}  \n"
        f"Kümmert sich: {plain(row['who'])} · {public} · {_origin(row)}"
    )


def _origin(row: Mapping[Any, Any]) -> str:
    if row["proposal"]:
        return "aus einem Vorschlag des Programms"
    addresses = [part for part in str(row["source"]).split() if part.startswith("http")]
    links = ", ".join(f"[Quelle {at}]({address})" for at, address in enumerate(addresses, start=1))
    told = links or plain(row["source"])
    return f"Herkunft: {word(Provenance(row['provenance']))}{f' ({told})' if told else ''}"


def _links(row: Mapping[Any, Any]) -> None:
    """The measures, needs and the Kennzahl of a potential, with the way to their pages."""
    portfolio = current.portfolio()
    linked = (
        ("Maßnahmen", [portfolio.names("measure").get(key) for key in row["measures"]], pages.MASTERPLAN),
        ("Bedarfe", [portfolio.names("need").get(key) for key in row["needs"]], pages.NEEDS),
        ("Kennzahl", [row["indicator"]] if row["indicator"] else [], pages.DATA),
    )
    for label, names, page in linked:
        if told := listing([str(name) for name in names if name]):
            words = f"{label}: {plain(told)}"
            if current.presenting():
                st.markdown(words)
            else:
                st.page_link(page.file, label=words, icon=":material/arrow_forward:")
