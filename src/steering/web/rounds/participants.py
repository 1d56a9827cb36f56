"""A round for those who take part and do not prepare it: around the point, which they see as a room does."""

from __future__ import annotations

import streamlit as st

from steering.web import current, pages
from steering.web.rounds import actions, arranging, choice, papers, wishes


def above() -> None:
    """Which round, when and where it is, and its papers; nothing before a room and without a round."""
    meeting = choice.chosen()
    if meeting is None or current.presenting():
        return
    choice.box(st.columns([2, 3.2])[0], meeting)
    st.caption(arranging.in_a_line(meeting))
    papers.show(meeting)


def below() -> None:
    """What was agreed, and what is proposed; nothing before a room and without a round."""
    meeting = choice.chosen()
    if meeting is None or current.presenting():
        return
    st.header(pages.AGREED_IN_ROUNDS, anchor=False)
    actions.every(meeting)
    st.header(pages.WISHES_OF_ROUND, anchor=False)
    wishes.show(meeting)
