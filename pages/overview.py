"""Lagebild: what must be decided next, and what is secured."""

import streamlit as st

from steering.web import open_questions, overview

overview.answer()
if overview.anything():
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        overview.next_ends()
    with right:
        overview.secured()
    open_questions.show()
    overview.figures()
    overview.unknowns()
