"""What a round hands out: invitation and minutes for Word or as PDF, and its dates for the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import streamlit as st

from steering.analysis.document import Document
from steering.analysis.rounds import Round
from steering.analysis.rounds.invitation import invitation
from steering.analysis.rounds.minutes import minutes
from steering.analysis.rounds.wording import INTERNAL
from steering.exchange import word
from steering.exchange.word import pdf
from steering.model import MeetingStatus
from steering.storage.rights.table import Right
from steering.web import current, panels
from steering.web.papers import calendar_file, word_files

TEMPLATE = "meeting_template"


class Paper(NamedTuple):
    key: str
    title: str
    compose: Callable[..., Document]


INVITATION = Paper("invitation", "Einladung", invitation)
MINUTES = Paper("minutes", "Niederschrift", minutes)
_BEFORE = (MeetingStatus.DRAFT, MeetingStatus.INVITED)


def show(held: Round) -> None:
    """The versions for everyone and the dates in a row, all other versions one click further.

    Nothing in a presentation.
    """
    if current.presenting():
        return
    papers = (INVITATION, MINUTES) if held.status in _BEFORE else (MINUTES, INVITATION)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="meeting-papers"):
        row = st.container(horizontal=True, gap="medium", vertical_alignment="center", width="content")
        more = st.container(width="content")
    with more.popover("Weitere Fassungen", icon=":material/description:"):
        template = _more(held, papers)
    with row:
        for paper in papers:
            _word(held, paper, template)
        calendar_file.round_button(held.id, f"{held.name} {held.day:%Y-%m-%d}", key="meeting-calendar")


def _more(held: Round, papers: tuple[Paper, ...]) -> bytes | None:
    """The template for all of them, PDFs, and the versions for the administration where no guest looks on."""
    template = word_files.template(key=TEMPLATE) if current.may(Right.EDIT_ALL) else None
    if not current.discreet():
        st.markdown(f"**Fassungen {INTERNAL}**, mit Internem: nicht an Träger weitergeben")
        with st.container(horizontal=True, gap="medium"):
            for paper in papers:
                _word(held, paper, template, administration=True)
    st.markdown("**Als PDF**, für alle" if pdf.available() else pdf.NOT_INSTALLED)
    with st.container(horizontal=True, gap="medium"):
        wanted = [
            paper for paper in papers if word_files.pdf_wanted(paper.title, key=f"meeting-{paper.key}-pdf")
        ]
    for paper in wanted:
        word_files.offer_pdf(
            _written(held, paper, template), _name(held, paper), key=f"meeting-{paper.key}-pdf"
        )
    return template


def _word(held: Round, paper: Paper, template: bytes | None, *, administration: bool = False) -> None:
    panels.download(
        f"{paper.title} ({INTERNAL})" if administration else f"{paper.title} (Word)",
        _written(held, paper, template, administration=administration),
        f"{_name(held, paper)}{f' ({INTERNAL})' if administration else ''}.docx",
        word.DOCX,
        key=f"meeting-{paper.key}{'-internal' if administration else ''}",
        help=None if administration else "Für alle: ohne Internes.",
    )


def _name(held: Round, paper: Paper) -> str:
    return f"{paper.title} {held.day:%Y-%m-%d}"


def _written(
    held: Round, paper: Paper, template: bytes | None, *, administration: bool = False
) -> Callable[[], bytes]:
    """Writes the file when pressed."""
    today: date = current.today()
    district = str(current.portfolio().settings["district_name"])

    def make() -> bytes:
        document = paper.compose(held, today, district=district, administration=administration)
        return word.write(document, template=template)

    return make
