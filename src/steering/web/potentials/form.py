"""Potenzial erfassen oder ändern, in the sidebar."""

from __future__ import annotations

import streamlit as st

from steering.model import Potential, PotentialKind, PotentialState
from steering.storage.rights.table import Right
from steering.web import current, folded, panels
from steering.web.editing import choices, folded_form, record_forms
from steering.web.editing.widgets import Input, enumeration
from steering.web.publication import flags, texts

CHOSEN, START, ASKED = "edit_potential", "potential_start", "potential_asked_for"
NEW, NEW_FORM = "Neues Potenzial", "potential new"


def choose(potential_id: int) -> None:
    """Bring a potential into the form; for clicks on the table."""
    st.session_state[CHOSEN] = potential_id
    folded.ask_for(ASKED)


def offer_first() -> None:
    """The way to the first one: a button that opens the form."""
    if current.offers(Right.EDIT) and not current.portfolio().has("potential"):
        st.button("Erstes Potenzial anlegen", on_click=_begin, icon=":material/add:")


def _begin() -> None:
    st.session_state[CHOSEN] = None
    folded.ask_for(ASKED)


def show() -> None:
    """The form in its place in the sidebar, open once something was chosen."""
    if not current.offers(Right.EDIT):
        return
    with panels.in_sidebar():
        folded_form.show(
            "Potenzial erfassen oder ändern", _body, key="potential_form", icon=":material/lightbulb:",
            wanted=lambda: st.session_state.get(ASKED),
        )  # fmt: skip


def _body() -> None:
    names = choices.potentials()
    chosen = record_forms.which("Welches Potenzial?", names, Potential, key=CHOSEN, new=NEW)
    if chosen is record_forms.GONE:
        return
    what = f"Potenzial »{names[chosen]}«" if chosen else NEW
    form = record_forms.show(
        f"potential {chosen}" if chosen else NEW_FORM, Potential, _inputs(), record_id=chosen,
        start={"state": PotentialState.RECOGNISED.value}, what=what,
        label="Potenzial speichern",
        gone="Dieses Potenzial wurde inzwischen entfernt. Bitte ein anderes wählen.",
    )  # fmt: skip
    if form and chosen:
        record_forms.archive_button(form, "Potenzial archivieren", what, takes="es")
        texts.show(texts.OF_POTENTIAL, chosen, names[chosen])


def _inputs() -> tuple[Input, ...]:
    """What and where; what it shows in; what could be made of it, by whom."""
    return (
        Input("name", "Potenzial", placeholder="z. B. Leer stehende Läden im Ortskern"),
        Input("kind", "Art des Potenzials", "choice", enumeration(PotentialKind)),
        Input("field_id", "Handlungsfeld des Potenzials", "choice", choices.fields_or_none),
        Input("area_id", "Wo?", "choice", choices.areas_or_none),
        Input("state", "Stand des Potenzials", "choice", enumeration(PotentialState)),
        Input("description", "Beschreibung", "long"),
        Input("evidence", "Woran zeigt es sich?", "long"),
        Input("idea", "Idee", "long"),
        Input("next_step", "Nächster Schritt"),
        Input("organisation_id", "Wer kümmert sich?", "choice", choices.organisations_or_none),
        Input("indicator_id", "Kennzahl dazu", "choice", choices.indicators_or_none, more=True),
        Input("needs", "Bedarfe dazu", "many", choices.needs, placeholder="keine", more=True),
        Input("reason", "Begründung", "long", more=True,
              help="Vor allem, warum es nicht weiterverfolgt wird."),
        Input(flags.PUBLIC, "Öffentlich", "flag", more=True, fresh=True,
              help="Mit dem Häkchen steht der Name im öffentlichen Verzeichnis, und mit jedem weiteren eine "
              "Angabe mehr. Öffentlich wird es erst mit der Freigabe unter »Daten und Einstellungen«."),
        *flags.inputs(Potential, more=True),
        Input("source", "Quelle", "long", more=True),
        Input("note", "Anmerkung zum Potenzial", "long", more=True),
    )  # fmt: skip
