"""Capture a need, change it, or put it away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import streamlit as st

from steering.analysis.needs import reckoning
from steering.model import Level, Need, NeedKind, NeedUnit, Priority
from steering.model.german import read_number
from steering.storage.rights.table import Right
from steering.web import current, filters, folded
from steering.web.editing import choices, folded_form, record_forms
from steering.web.editing.widgets import Input, enumeration
from steering.web.measures import form as measure_form
from steering.web.text import plain

CHOSEN, ASKED = "edit_need", "need_asked_for"
NEW = "Neuer Bedarf"
DEFAULTS = {"kind": NeedKind.SERVICE.value, "priority": Priority.MEDIUM.value}


def choose(need_id: int) -> None:
    """Bring a need into the form; for clicks on the table."""
    st.session_state[CHOSEN] = need_id
    folded.ask_for(ASKED)


def show() -> None:
    """The form behind an expander, open once a need was chosen; it reruns by itself until saved."""
    if not current.offers(Right.EDIT_ALL):
        return
    folded_form.show(
        "Bedarf erfassen oder ändern", _body, key="need_form", icon=":material/edit:", wanted=_asked
    )


def _asked() -> Hashable:
    """What it is to be open for: a need that was chosen, or the first of all."""
    return st.session_state.get(ASKED) or not current.portfolio().has("need")


def _body() -> None:
    names = choices.needs()
    with st.container(width=640):
        chosen = record_forms.which("Welchen Bedarf?", names, Need, key=CHOSEN, new=NEW)
        if chosen is record_forms.GONE:
            return
        what = f"Bedarf »{names[chosen]}«" if chosen else NEW
        form = record_forms.show(
            f"need {chosen or 'new'}", Need, _inputs(), record_id=chosen, start=DEFAULTS, what=what,
            label="Bedarf speichern",
            gone="Dieser Bedarf wurde inzwischen entfernt. Bitte einen anderen wählen.",
        )  # fmt: skip
        if form and chosen:
            measure_form.offer(measure_form.ANSWER, measure_form.begin_for_need, int(chosen))
            record_forms.archive_button(form, "Bedarf archivieren", what, takes="ihn")


def _inputs() -> tuple[Input, ...]:
    """What, for which task, where and for whom; then how much."""
    return (
        Input("name", "Was wird gebraucht?", placeholder="z. B. Sprachkurse mit Kinderbetreuung"),
        Input("kind", "Art des Bedarfs", "choice", enumeration(NeedKind)),
        Input("task_id", "Aufgabe", "choice", choices.tasks),
        Input("area_id", "Gebiet", "choice", choices.areas, fresh=True),
        Input("target_groups", "Zielgruppen", "many", choices.target_groups, placeholder="alle",
              empty=choices.everyone),
        Input("indicator_id", "Wie ergibt sich die Menge?", "choice", _ways, fresh=True,
              help="Ein Schlüssel folgt den Werten einer Kennzahl, Tag für Tag. Kennzahlen stehen auf der "
              "Seite Daten."),
        Input("quantity", "Menge", "number", fresh=True,
              help="Für das ganze Gebiet, beim Schlüssel je so viele der Kennzahl. Leer heißt: gebraucht, "
              "aber noch nicht beziffert."),
        Input("unit", "Einheit", "choice", lambda: _or_none(NeedUnit, "keine"), fresh=True,
              help="Beim Beratungsschlüssel ist die Menge die Zahl der Personen, für die eine Fachkraft da "
              "sein soll.", below=_without_per),
        Input("per", "je wie viele der Kennzahl", "number", when=_asks_per, fresh=True,
              placeholder="z. B. 150", below=_comes_to),
        Input("priority", "Priorität", "choice", enumeration(Priority)),
        Input("valid_from", "gilt ab", "day"),
        Input("valid_until", "gilt bis", "day"),
        Input("level", "nur durch die Ebene", "choice", lambda: _or_none(Level, "jede"), more=True),
        Input("site", "Standort", help="Schule oder Unterkunft, wenn er nur dort besteht.", more=True),
        Input("source", "Quelle", "long", more=True),
        Input("note", "Anmerkung", "long", more=True),
    )  # fmt: skip


def _ways() -> dict[Any, str]:
    """A fixed figure, or which Kennzahl it follows."""
    return {
        None: "feste Zahl",
        **{key: f"Schlüssel auf »{name}«" for key, name in choices.indicators().items()},
    }


def _asks_per(drafts: Mapping[str, Any]) -> bool:
    return bool(drafts.get("indicator_id")) and drafts.get("unit") != NeedUnit.RATIO


def _without_per(drafts: Mapping[str, Any]) -> str:
    """What a Beratungsschlüssel comes to: it needs no more than the Kennzahl."""
    return _comes_to(drafts) if drafts.get("unit") == NeedUnit.RATIO else ""


def _comes_to(drafts: Mapping[str, Any]) -> str:
    """What the rule that stands in the form comes to today; "" while a part of it is missing."""
    need = {name: drafts.get(name) for name in ("unit", "indicator_id", "area_id")}
    try:
        need |= {name: read_number(drafts.get(name) or "") for name in ("quantity", "per")}
    except ValueError:
        return ""
    if not (need["area_id"] and need["unit"] and need["quantity"]) or need["per"] == 0:
        return ""
    found = reckoning.reckoning(current.portfolio(), need, filters.view(), current.today())
    if found is None:
        return ""
    said = (
        found.sentence
        if found.quantity is None
        else f"{reckoning.COMPUTED.capitalize()}, ergibt heute {found.sentence}"
    )
    return f":material/calculate: {plain(said)}"


def _or_none(enum: Any, words: str) -> dict[Any, str]:
    return {None: words, **enumeration(enum)()}
