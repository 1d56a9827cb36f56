"""What goes with every Word file: a template of the Landkreis, and the same as PDF."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.exchange import word
from steering.exchange.word import pdf
from steering.web.browser import handing_over, uploads


def template(*, key: str) -> bytes | None:
    """Ask for a template; None where there is none, or one that cannot be used, with a sentence why."""
    file = uploads.one(
        "Word-Vorlage des Landkreises (.docx oder .dotx, freiwillig)",
        ["docx", "dotx", "docm", "dotm", "doc"],
        key=key,
        largest=word.LARGEST_TEMPLATE,
        about="Kopf- und Fußzeilen, Seitenränder und Formatvorlagen werden übernommen, der Text nicht.",
    )
    if file is None:
        return None
    content = file.getvalue()
    try:
        for note in word.check_template(content):
            st.info(note)
    except word.TemplateRefused as refusal:
        st.error(f"{refusal} Das Dokument wird ohne sie geschrieben.")
        return None
    return content


def download(label: str, write: Callable[[], tuple[str, bytes]], *, same: object, key: str) -> None:
    """A button that writes the Word file as the screen has it now, and hands it over.

    `write` gives name and content. `same`: what the file rests on; once that is another the file is gone.
    """
    pressed = st.button(label, key=key, type="primary", icon=":material/download:")
    if pressed:
        with st.spinner("Die Word-Datei wird geschrieben …"):
            st.session_state[f"{key}_made"] = (same, *write())
    made = st.session_state.get(f"{key}_made")
    if made and made[0] == same:
        handing_over.file(made[2], f"{made[1]}.docx", word.DOCX, key=key, fresh=pressed)


def pdf_wanted(label: str, *, key: str) -> bool:
    """A button that asks for the PDF, where this server can make one."""
    return pdf.available() and st.button(label, key=key)


def offer_pdf(docx: Callable[[], bytes], name: str, *, key: str) -> None:
    """Make the PDF and hand it over, or say why there is none."""
    try:
        with st.spinner("Das PDF wird erzeugt …"):
            made = pdf.convert(docx())
    except pdf.NoPdf as problem:
        st.warning(str(problem))
        return
    handing_over.file(made, f"{name}.pdf", "application/pdf", key=key, fresh=True)
