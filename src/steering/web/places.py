"""Places that stay where they are, whatever is drawn in them.

A browser tells what is drawn by its place among what stands beside it. Where something comes that was not
there before, all that follows at that level would be made anew although it is the same: a picture drawn once
more, an open menu closed, the way back to where somebody has scrolled lost.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def in_order(*sections: Callable[[], None]) -> None:
    """Draw one section of a page after the other, each in a place of its own."""
    for draw in sections:
        with st.container():
            draw()


def sometimes() -> st.delta_generator.DeltaGenerator:
    """A place for what is not always there; nothing is seen of it while it is empty."""
    return st.container()
