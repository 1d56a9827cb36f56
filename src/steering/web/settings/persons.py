"""Personen: who may sign in, for which unit, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from steering.model import Person, PersonRole, PersonScope
from steering.model.german import day
from steering.storage import persons
from steering.storage.rights.table import RIGHTS, Right, role_in_words
from steering.web import current, identity, panels
from steering.web.editing import attempts, choices, record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import Input, enumeration

CHOSEN, NEW = "edit_person", "Neue Person"
_WORD = "Person"


def show() -> None:
    """Everybody in a table, one of them in a form."""
    found = persons.everyone(current.engine())
    if not identity.settings().signs_in:
        st.info(
            "Eine Anmeldung ist nicht eingerichtet; was hier steht, gilt erst mit ihr. Wie sie eingerichtet "
            "wird, steht in docs/rights.md."
        )
    st.markdown(
        "Wer hier nicht steht, sieht nach dem Anmelden nur, an wen man sich wendet. Was Sie ändern, gilt "
        "sofort, auch in Fenstern, die schon offen sind."
    )
    _everybody(found)
    with st.popover("Was darf welche Rolle?"):
        st.table(_rights(), border="horizontal")
    with st.container(width=640):
        _one(found)


def _everybody(found: pd.DataFrame) -> None:
    if found.empty:
        st.caption("Noch ist niemand eingetragen.")
        return
    rows = [
        {
            "Name": person["name"],
            "Einheit": person["unit"] or "–",
            "Rolle": _role(person),
            "Stand": f"gesperrt am {day(person['archived_on'])}" if person["archived_on"] else "–",
        }
        for person in found.to_dict("records")
    ]
    panels.in_full(pd.DataFrame(rows))


def _role(person: Mapping[Any, Any]) -> str:
    return role_in_words(PersonRole(person["role"]), PersonScope(person["scope"]))


def _one(found: pd.DataFrame) -> None:
    names = {int(key): str(name) for key, name in zip(found["id"], found["name"], strict=True)}
    chosen = record_forms.which("Wen eintragen oder ändern?", names, Person, key=CHOSEN, new=NEW)
    if chosen is record_forms.GONE:
        return
    issuer = _issuer(found)
    form = record_forms.show(
        f"person {chosen or 'new'}", Person, _inputs(issuer), record_id=chosen, what=_WORD, save=_save,
        start={"role": PersonRole.READ, "scope": PersonScope.OWN, "issuer": issuer},
        label="Person speichern",
        gone="Diese Person wurde inzwischen entfernt. Bitte eine andere wählen.",
    )  # fmt: skip
    if form is None or chosen is None:
        return
    person = found[found["id"] == chosen].iloc[0]
    shut = bool(person["archived_on"])
    with st.container(horizontal=True, gap="small"):
        # Nobody shuts out oneself.
        if chosen != current.mandate().key:
            st.button(
                "Wieder zulassen" if shut else "Sperren",
                key="person shut",
                type="tertiary",
                on_click=_shut,
                args=(chosen, int(person["version"]), not shut),
            )
        # What a proxy has signed in, it says anew with each request: only there it ends.
        if not shut and identity.settings().services:
            st.button(
                "Auf allen Geräten abmelden",
                key="person out",
                type="tertiary",
                on_click=sign_out_everywhere,
                args=(chosen,),
            )


def _inputs(issuer: str) -> tuple[Input, ...]:
    """The fields; as long as nothing says which sign-in it is, that stands in view: it has to be filled."""
    return (
        Input("name", "Name", help="So heißt die Person im Verlauf, mit ihrer Einheit dahinter."),
        Input("organisation_id", "Einheit", "choice", lambda: {**choices.NONE, **choices.organisations()}),
        Input("role", "Rolle", "choice", enumeration(PersonRole)),
        Input("scope", "Bearbeiten darf sie", "choice", enumeration(PersonScope),
              help="Die eigene Einheit mit allen Einheiten darunter, oder alles. Gilt für »Bearbeiten«."),
        Input("subject", "Kennung", help="Wie der Anmeldedienst die Person nennt; wer sich anmeldet und noch "
                                         "nicht eingetragen ist, bekommt sie angezeigt."),
        Input("issuer", "Anmeldedienst", more=bool(issuer),
              help="Seine Adresse, wie er sie als Aussteller (issuer) nennt; für alle Personen dieselbe."),
        Input("mailbox", "E-Mail", "optional", more=True),
    )  # fmt: skip


def _issuer(found: pd.DataFrame) -> str:
    """The sign-in that named the others; the own one where there are none."""
    own = current.who()
    return str(found["issuer"].mode().iloc[0]) if len(found) else str(getattr(own, "issuer", ""))


def _save(form: Form) -> object:
    values = form.values()
    if form.record_id is not None:
        values = {name: value for name, value in values.items() if name in form.changed}
    if form.problems:
        return None
    return record_forms.store(
        form,
        lambda: persons.change(
            current.engine(form.origin), values, key=form.record_id, version=form.version,
            actor=attempts.actor(), now=current.now(),
        ),
        what=_WORD,
    )  # fmt: skip


def _shut(key: int, version: int, shut: bool) -> None:
    values = {"archived_on": current.today() if shut else None}
    attempts.attempt(
        lambda: persons.change(
            current.engine(), values, key=key, version=version, actor=attempts.actor(), now=current.now()
        ),
        _WORD,
    )


def sign_out_everywhere(key: int) -> None:
    """End all that somebody has signed in to until now."""
    attempts.attempt(
        lambda: persons.end_sign_ins(current.engine(), key, actor=attempts.actor(), now=current.now()),
        "Abmeldung auf allen Geräten",
    )


def _rights() -> pd.DataFrame:
    """Which role has which right."""
    kinds = {role_in_words(*kind): rights for kind, rights in RIGHTS.items()}
    cells = {role: ["ja" if right in rights else "–" for right in Right] for role, rights in kinds.items()}
    return pd.DataFrame(cells, index=[right.value.rstrip(",") for right in Right])
