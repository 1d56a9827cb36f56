"""A new structure from six inputs: one transaction, the rest later."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.model import (
    EndKind,
    Extension,
    Funding,
    FundingPart,
    Level,
    Organisation,
    Payer,
    Responsibility,
    Role,
    Structure,
    StructureKind,
)
from steering.model.german import read_end
from steering.storage.writing import Edit, Made
from steering.web.editing import choices, record_forms, record_inputs

FORM = "new structure"
MISSING = "Bitte ausfüllen."
# Where a problem of the written records belongs among the six inputs.
_PLACES = {
    "name": "name",
    "valid_until": "end",
    "end": "end",
    "end_kind": "end",
    "organisation_id": "carrier",
    "task_id": "task",
    "area_id": "area",
}


def show(close: Callable[[], None]) -> None:
    """Draw the form; it stays filled until it is saved or discarded."""
    st.markdown("**Neue Struktur**")
    form = record_forms.opened(
        FORM, Structure, record_inputs.new_structure(), start={"money": record_inputs.NOT_FUNDED}
    )
    if form is None:
        return
    if _is_new_carrier(form) and len(form.inputs) == len(record_inputs.new_structure()):
        six = list(form.inputs)
        form.inputs = [*six[:2], record_inputs.carrier_level(), *six[2:]]
        form.drafts.setdefault("level", Level.WELFARE.value)
    record_forms.draw(form, lambda found: _save(found, close), label="Anlegen")
    st.button("Zurück zur Auswahl", on_click=close, type="tertiary")


def _is_new_carrier(form: record_forms.Form) -> bool:
    carrier = st.session_state.get(form.key("carrier"), form.drafts.get("carrier"))
    return isinstance(carrier, str) and bool(carrier.strip())


def _save(form: record_forms.Form, close: Callable[[], None]) -> None:
    values = form.values()
    for name in ("name", "carrier", "task", "area"):
        if name in values and values[name] in (None, ""):
            form.problems[name] = MISSING
    end_kind, end = EndKind.UNKNOWN, None
    try:
        end_kind, end = read_end(values["end"])
    except ValueError as problem:
        form.problems["end"] = str(problem)
    if form.problems:
        return
    edits: list[Edit] = []
    carrier = values["carrier"]
    if isinstance(carrier, str):
        edits.append(Edit(Organisation, {"name": carrier, "level": values["level"]}))
        carrier = Made(0)
    structure = len(edits)
    funded = values["money"] not in (None, record_inputs.NOT_FUNDED)
    extension = Extension.NOT_NEEDED if end_kind == EndKind.OPEN else Extension.UNCLEAR
    ending = {"end_kind": end_kind, "extension": extension}
    own = {"end_kind": EndKind.UNKNOWN} if funded else {"valid_until": end, **ending}
    about = {
        "name": values["name"],
        "kind": StructureKind.SERVICE,
        "organisation_id": carrier,
        "catchment_id": values["area"],
    }
    edits.append(Edit(Structure, {**about, **own}))
    edits.append(
        Edit(
            Responsibility,
            {"structure_id": Made(structure), "task_id": values["task"], "area_id": values["area"],
             "role": Role.DELIVER},
        )
    )  # fmt: skip
    if funded:
        edits.append(
            Edit(Funding, {"structure_id": Made(structure), "end": end, **ending, **_money(values["money"])})
        )
    places = {
        (index, field): ("carrier" if edit.record is Organisation else place)
        for index, edit in enumerate(edits)
        for field, place in _PLACES.items()
    }
    record_forms.write(form, edits, what=f"Struktur »{values['name']}«", names=places)
    if not form.problems:
        close()


def _money(choice: object) -> dict[str, object]:
    if choice == record_inputs.OWN_MEANS:
        return {"name": "Haushalt", "payer": Payer.OWN, "part": FundingPart.CARRYING}
    if isinstance(choice, int):
        short = choices.programmes_or_none()[choice].split(" (bis ")[0]
        return {"name": short, "programme_id": choice, "part": FundingPart.CARRYING}
    return {"name": str(choice), "part": FundingPart.CARRYING}
