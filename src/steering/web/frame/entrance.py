"""What somebody sees who is not let in: the way to sign in, or whom to ask."""

from __future__ import annotations

import shlex

import streamlit as st

from steering.model import PersonRole
from steering.model.vocabulary import word
from steering.storage.engine import database_file
from steering.storage.rights.acting import SignedIn, SignedOut, whom_to_ask
from steering.web import current, identity, opened
from steering.web.browser import signing_in
from steering.web.frame import sign_in_log
from steering.web.text import plain


def show() -> None:
    """One sentence and one button."""
    found = current.who()
    with st.container(key="entrance", width=560):
        st.title("Integrationssteuerung", anchor=False)
        if isinstance(found, SignedIn):
            _unknown(found)
        elif isinstance(found, SignedOut):
            _sign_in(ended=found.ended)


def _sign_in(*, ended: bool) -> None:
    if ended:
        st.info("Ihre Anmeldung ist zu Ende. Bitte melden Sie sich neu an.")
    if failed := signing_in.SENTENCES.get(st.query_params.get(signing_in.ENDED, "")):
        st.warning(failed)
    services = identity.settings().services
    if not services:
        st.markdown(
            "Der Anmeldedienst hat keinen Namen mitgegeben. Bitte öffnen Sie diese Seite über ihre gewohnte "
            "Adresse; hilft das nicht, wenden Sie sich an die Betreuung."
        )
        return
    if not ended:
        st.markdown("Bitte melden Sie sich mit Ihrem Zugang im Haus an.")
    for service in services:
        label = f"Anmelden mit {service.title()}" if service else "Anmelden"
        st.button(
            label, key=f"sign in {service}", type="primary", icon=":material/login:",
            on_click=st.login, args=(service,) if service else (),
        )  # fmt: skip


def _unknown(found: SignedIn) -> None:
    sign_in_log.not_let_in()
    if current.mandate().ended:
        st.info("Ihre Anmeldung wurde beendet. Bitte melden Sie sich neu an.")
        _sign_out()
        return
    called = f" als **{plain(found.name)}**" if found.name else ""
    st.markdown(
        f"Sie sind{called} angemeldet, aber hier noch nicht eingetragen. "
        f"{plain(whom_to_ask(current.mandate().administrators))}"
    )
    st.caption("Damit Sie eingetragen werden können, nennen Sie bitte:")
    st.code(f"Kennung:       {found.subject}\nAnmeldedienst: {found.issuer}", language=None)
    if not current.mandate().administrators:
        st.caption(
            "Den ersten Eintrag macht die Betreuung auf dem Server. Wie sie den Befehl dort aufruft, steht "
            "in docs/operations.md."
        )
        st.code(_command(found), language=None, wrap_lines=True)
    _sign_out()


def _command(found: SignedIn) -> str:
    role = word(PersonRole.ADMINISTER).lower()
    parts = ["steering", "grant", found.subject, role, "--issuer", found.issuer]
    parts += ["--name", found.name] if found.name else []
    # The address of a database server may hold its password.
    where = opened.address(current.database())
    parts += ["--database", where] if database_file(where) else []
    return shlex.join(parts)


def _sign_out() -> None:
    if identity.settings().services:
        st.button("Abmelden", key="sign out", on_click=sign_in_log.sign_out)
