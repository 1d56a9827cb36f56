"""A Vorlage that was handed in, and what came of it, in the line by which every page tells it."""

from __future__ import annotations

import streamlit as st

from steering.analysis.structures.handed_in import SETTLED, HandedIn, Standing
from steering.web import address, pages
from steering.web.editing import quick_edit
from steering.web.text import bold, plain

_ICONS = {
    Standing.HANDED_IN: ":material/outbox:",
    Standing.POSTPONED: ":material/update:",
    Standing.PASSED: ":material/gavel:",
    Standing.REJECTED: ":material/block:",
    Standing.NOTED: ":material/visibility:",
    Standing.WITHDRAWN: ":material/undo:",
}


def line(paper: HandedIn) -> str:
    """The Vorlage with its link and how it stands: Vorlage 123/2026: beschlossen am … (Kreistag, 31:12)."""
    known = bold if paper.standing in SETTLED else plain
    return f"{_ICONS[paper.standing]} {called(paper)}: {known(paper.words)}"


def called(paper: HandedIn) -> str:
    """Its number, as a link where its page is known; the link is for who presses it."""
    name = plain(paper.called)
    return f"[{name}]({paper.link})" if paper.link else name


def follow_up(structure_id: int, *, key: str) -> None:
    """The way to the form that records the funding that follows; nothing is recorded by a decision alone."""
    # The form is chosen before the run: in the midst of it the boxes of the sidebar are drawn.
    if st.button(
        "Anschlussförderung erfassen", key=key, icon=":material/arrow_forward:", type="tertiary",
        on_click=quick_edit.begin_funding, args=(structure_id,),
    ):  # fmt: skip
        address.go_to(pages.STRUCTURES.file)
