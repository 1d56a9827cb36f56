"""Who is signed in, in the sidebar, with the ways out."""

from __future__ import annotations

import streamlit as st

from steering.web import current, identity
from steering.web.frame import sign_in_log
from steering.web.settings.persons import sign_out_everywhere
from steering.web.text import bold, plain


def show() -> None:
    """Name, unit and role; nothing where nobody signs in."""
    found = current.mandate()
    if not found.name:
        return
    sign_in_log.let_in()
    with st.popover(plain(found.name), icon=":material/person:", width="stretch"):
        st.markdown(f"Angemeldet als {bold(found.name)}.  \nRolle: {plain(found.role)}.")
        if not identity.settings().services:
            st.caption("Abgemeldet wird dort, wo Sie sich angemeldet haben.")
            return
        st.button("Abmelden", key="sign out", icon=":material/logout:", on_click=sign_in_log.sign_out,
                  width="stretch")  # fmt: skip
        st.button(
            "Auf allen Geräten abmelden",
            key="sign out everywhere",
            help="Beendet alle Ihre Anmeldungen, auch in anderen Fenstern und an anderen Rechnern.",
            on_click=_everywhere,
            width="stretch",
        )


def _everywhere() -> None:
    key = current.mandate().key
    if key is not None:
        sign_out_everywhere(key)
