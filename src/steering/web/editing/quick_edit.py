"""Schnell bearbeiten: correct a date in ten seconds, capture a structure in a minute."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import lapsed
from steering.model import Funding, Responsibility, Structure
from steering.storage import confirming
from steering.storage.rights.acting import whom_to_ask
from steering.storage.rights.table import Right, who_may
from steering.web import current, folded
from steering.web.editing import (
    attempts,
    closed_years,
    folded_form,
    new_structure,
    record_forms,
    record_inputs,
    saved,
    which_record,
)
from steering.web.editing import choices as editing_choices
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import bold, plain

CHOSEN, PART, NEW, _ASKED = "edit_structure", "edit_part", "edit_new", "structure_asked_for"
_WHOLE = (Structure, Funding, Responsibility)
PARTS = {"structure": "Struktur", "funding": "Förderung", "responsibility": "Zuständigkeit"}
_GONE = "Dieser Datensatz wurde inzwischen entfernt. Bitte einen anderen wählen."


def choose(structure_id: int, *, funding_id: int | None = None) -> None:
    """Bring a structure, or one of its fundings, into the sidebar; for clicks on charts and tables."""
    st.session_state[CHOSEN] = structure_id
    st.session_state[NEW] = False
    folded.ask_for(_ASKED)
    st.session_state[PART] = "structure" if funding_id is None else "funding"
    if funding_id is not None:
        st.session_state[_picked("funding", structure_id)] = funding_id


def begin_funding(structure_id: int) -> None:
    """Open the form of a new funding of a structure; before the sidebar is drawn."""
    choose(structure_id)
    st.session_state[PART] = "funding"
    st.session_state[_picked("funding", structure_id)] = None


@st.fragment
def show() -> None:
    """Draw the editor, closed until somebody opens it or chooses something on the page."""
    folded_form.follow()
    units = _units()
    # Other forms write in this name too, whether this one was opened or not.
    if st.session_state.get("actor") not in units:
        st.session_state["actor"] = next((unit for unit in units if unit.startswith("Landratsamt")), units[0])
    folded.fold("Schnell bearbeiten", _body, key="quick_edit", icon=":material/edit:", wanted=_asked)
    saved.last_saved()


def _asked() -> Hashable:
    """What it is to be open for: a new structure, or the one that was chosen on the page."""
    chosen = bool(st.session_state.get(NEW)) or st.session_state.get(CHOSEN)
    return (chosen, st.session_state.get(_ASKED)) if chosen else None


def _body() -> None:
    if st.session_state.get(NEW):
        new_structure.show(close=_leave_new)
        return
    names = editing_choices.structures()
    offered = which_record.still_offered(CHOSEN, names, *_WHOLE)
    st.selectbox(
        "Struktur",
        list(offered),
        key=CHOSEN,
        index=None,
        format_func=lambda key: offered.get(key, ""),
        placeholder="Name suchen",
        on_change=_chosen,
        persist_state="session",
    )
    st.button("Neue Struktur", icon=":material/add:", on_click=_enter_new, width="stretch")
    chosen = st.session_state[CHOSEN]
    if chosen is None:
        st.caption("Wählen Sie hier eine Struktur oder klicken Sie auf einen Balken, Punkt oder eine Zeile.")
    elif chosen not in names:
        which_record.tell_gone(CHOSEN, *_WHOLE)
    else:
        _structure(int(chosen), names)
    _actor()


def _structure(structure_id: int, names: Mapping[int, str]) -> None:
    carrier = current.of(_carrier, structure_id)
    if not current.may_change(carrier):
        st.info(
            f"Diese Struktur gehört zu {bold(current.of(_name_of, carrier))}. Ändern kann sie, wer für diese "
            f"Einheit bearbeitet oder die Rolle »{who_may(Right.EDIT_ALL)}« hat. "
            f"{plain(whom_to_ask(current.mandate().administrators))}"
        )
        return
    st.button(
        "Stand bestätigen",
        icon=":material/check:",
        help="Bestätigt, dass die Angaben zu dieser Struktur und ihren laufenden Förderungen heute stimmen.",
        on_click=_confirm,
        args=(structure_id, names[structure_id]),
        width="stretch",
    )
    st.session_state.setdefault(PART, "structure")
    st.radio(
        "Was bearbeiten?", list(PARTS), key=PART, format_func=PARTS.get, horizontal=True,
        persist_state="session",
    )  # fmt: skip
    match st.session_state[PART]:
        case "structure":
            record_forms.show(
                f"structure {structure_id}", Structure, record_inputs.structure(), record_id=structure_id,
                what=f"Struktur »{names[structure_id]}«", gone=_GONE,
            )  # fmt: skip
        case "funding":
            _child(
                "funding", Funding, structure_id, editing_choices.fundings(structure_id), "Neue Förderung",
                partial(closed_years.funding_inputs, structure_id), names,
            )  # fmt: skip
        case _:
            _child(
                "responsibility", Responsibility, structure_id,
                editing_choices.responsibilities(structure_id), "Neue Zuständigkeit",
                lambda _: record_inputs.responsibility(), names,
            )  # fmt: skip


def _child(
    part: str,
    record: type[Funding] | type[Responsibility],
    structure_id: int,
    existing: Mapping[int, str],
    new: str,
    shown: Callable[[int | None], Sequence[record_inputs.Input]],
    names: Mapping[int, str],
) -> None:
    key = _picked(part, structure_id)
    offered = which_record.still_offered(key, existing, record, instead=next(iter(existing), None))
    st.selectbox(
        PARTS[part],
        [*offered, None],
        key=key,
        format_func=lambda found: offered.get(found, new),
        placeholder=new,
        persist_state="session",
    )
    picked = st.session_state[key]
    if picked is not None and picked not in existing:
        which_record.tell_gone(key, record)
        return
    if record is Funding:
        closed_years.tell(picked)
        _tell_lapsed(picked)
    record_forms.show(
        f"{part} {picked or f'new for {structure_id}'}", record, shown(picked), record_id=picked,
        start=_defaults(part), fixed={} if picked else {"structure_id": structure_id},
        what=f"{PARTS[part]} von »{names[structure_id]}«", gone=_GONE,
    )  # fmt: skip


def _tell_lapsed(funding_id: int | None) -> None:
    rows = current.of(lapsed.lapsed, current.today())
    for row in rows[rows["funding_id"] == funding_id].to_dict("records"):
        st.info(plain(lapsed.sentence(row)))


def _carrier(portfolio: Portfolio, structure_id: int) -> int:
    rows = portfolio.structures
    return int(rows.loc[rows["id"] == structure_id, "organisation_id"].iloc[0])


def _name_of(portfolio: Portfolio, organisation_id: int) -> str:
    return str(portfolio.names("organisation")[organisation_id])


def _defaults(part: str) -> dict[str, object]:
    if part == "funding":
        return {"end_kind": "fixed", "extension": "unclear", "part": "carrying", "payer": "grant",
                "amount_basis": "unknown", "name": "Förderung"}  # fmt: skip
    return {"role": "deliver", "delivers": True}


def _picked(part: str, structure_id: int) -> str:
    return f"edit_{part}_of_{structure_id}"


def _confirm(structure_id: int, name: str) -> None:
    frame = current.portfolio().structures
    version = int(frame.loc[frame["id"] == structure_id, "version"].iloc[0])
    attempts.attempt(
        lambda: confirming.confirm(
            current.engine(), Structure, structure_id, version,
            actor=attempts.actor(), now=current.now(), on=current.today(),
        ),
        f"Stand von »{name}«",
    )  # fmt: skip


def _chosen() -> None:
    """Open what changes most often: the latest funding where there is one."""
    chosen = st.session_state[CHOSEN]
    if chosen is not None:
        st.session_state[PART] = "funding" if editing_choices.fundings(chosen) else "structure"
    # The page beside the sidebar shows the chosen structure too.
    folded_form.outdate_page()


def _enter_new() -> None:
    st.session_state[NEW] = True


def _leave_new() -> None:
    st.session_state[NEW] = False


def _actor() -> None:
    if current.mandate().name:
        return
    st.selectbox(
        "Bearbeitet durch",
        _units(),
        key="actor",
        on_change="ignore",
        help="Steht im Verlauf neben jeder Änderung. Funktionen statt Namen, solange die Anmeldung fehlt.",
        placeholder=NOTHING_CHOSEN,
        persist_state="session",
    )


def _units() -> list[str]:
    named = [name for key, name in editing_choices.units().items() if key is not None]
    return named or ["Landratsamt"]
