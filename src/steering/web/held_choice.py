"""What is chosen in a box is what was pressed, and stays chosen when anything in it is called otherwise.

The browser tells a choice by its words: those that were drawn last, which the options may no longer have, and
of which several options may have the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from steering.model.telling_apart import told_apart

_DRAWN = "choices_as_drawn"


def meant(key: str, words: Mapping[Any, str]) -> Any:
    """The value that is chosen in the box of that key, of several a list; None where nothing is."""
    chosen = st.session_state.get(key)
    known = st.session_state.get(_DRAWN, {}).get(key, (None, {}))[1]
    if isinstance(chosen, list):
        return [each if each in words else known.get(each, each) for each in chosen]
    return chosen if chosen in words else known.get(chosen, chosen)


def hold(key: str, words: Mapping[Any, str]) -> dict[Any, str]:
    """Before the box of that key is drawn with these options, value → words; gives the words to draw."""
    words = told_apart(words)
    if not (chosen := meant(key, words)):
        return words
    drawn, known = st.session_state.setdefault(_DRAWN, {}).get(key, (None, {}))
    offered = hash(tuple(words.items()))
    if drawn != offered or chosen != st.session_state[key]:
        # Said anew, the browser hears what it is called by now.
        st.session_state[key] = chosen
    several = chosen if isinstance(chosen, list) else [chosen]
    known |= {words[each]: each for each in several if each in words}
    st.session_state[_DRAWN][key] = (offered, known)
    return words
