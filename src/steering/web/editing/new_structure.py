"""A new structure from six inputs: one transaction, the rest later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from steering.analysis.own_house import own_house
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
from steering.web import current
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
    begun = {
        "carrier": None if choices.organisations() else record_inputs.NEW_CARRIER,
        "money": record_inputs.NOT_FUNDED,
    }
    form = record_forms.opened(FORM, Structure, record_inputs.new_structure(), start=begun)
    if form is None:
        return
    form.inputs = record_inputs.new_structure(
        carrier_is_new=_chosen(form, "carrier") == record_inputs.NEW_CARRIER,
        money_is_other=_chosen(form, "money") == record_inputs.OTHER_MONEY,
    )
    for name, start in (("carrier_name", ""), ("level", Level.WELFARE.value), ("money_name", "")):
        form.start.setdefault(name, start)
        form.drafts.setdefault(name, start)
    record_forms.draw(form, lambda found: _save(found, close), label="Anlegen")
    st.button("Zurück zur Auswahl", on_click=close, type="tertiary")


def _chosen(form: record_forms.Form, name: str) -> object:
    return st.session_state.get(form.key(name), form.drafts.get(name))


def _save(form: record_forms.Form, close: Callable[[], None]) -> None:
    values = form.values()
    for name in ("name", "carrier", "carrier_name", "task", "area", "money_name"):
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
    if carrier == record_inputs.NEW_CARRIER:
        edits.append(Edit(Organisation, {"name": values["carrier_name"], "level": values["level"]}))
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
        money = {"end": end, **ending, **_money(values)}
        edits.append(Edit(Funding, {"structure_id": Made(structure), **money}))
    places = {
        (index, field): ("carrier_name" if edit.record is Organisation else place)
        for index, edit in enumerate(edits)
        for field, place in _PLACES.items()
    }
    record_forms.write(form, edits, what=f"Struktur »{values['name']}«", names=places)
    if not form.problems:
        close()


def _is_ours(values: Mapping[str, Any]) -> bool:
    """Whether the carrier is the Landkreis or stands below it; a new one stands below nobody yet."""
    if values["carrier"] == record_inputs.NEW_CARRIER:
        return bool(values["level"] == Level.COUNTY)
    return values["carrier"] in current.of(own_house)


def _money(values: Mapping[str, Any]) -> dict[str, object]:
    choice = values["money"]
    if choice == record_inputs.OWN_MEANS:
        payer = Payer.OWN if _is_ours(values) else Payer.THIRD
        return {"name": "Haushalt", "payer": payer, "part": FundingPart.CARRYING}
    if isinstance(choice, int):
        short = choices.programmes_or_none()[choice].split(" (bis ")[0]
        return {"name": short, "programme_id": choice, "part": FundingPart.CARRYING}
    return {"name": values["money_name"], "part": FundingPart.CARRYING}
