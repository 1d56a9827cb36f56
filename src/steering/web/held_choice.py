"""What is chosen in a box stays chosen when it, or anything else in the box, is called otherwise from now on.

The browser tells a choice by its words: those that were drawn last, which the options may no longer have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

_DRAWN = "choices_as_drawn"


def hold(key: str, words: Mapping[Any, str]) -> None:
    """Before the box of that key is drawn with these options, value → words."""
    if not (chosen := st.session_state.get(key)):
        return
    before = chosen if isinstance(chosen, list) else [chosen]
    drawn, known = st.session_state.setdefault(_DRAWN, {}).get(key, (None, {}))
    now = [each if each in words else known.get(each, each) for each in before]
    offered = hash(tuple(words.items()))
    if drawn != offered or now != before:
        # Said anew, the browser hears what it is called by now.
        st.session_state[key] = now if isinstance(chosen, list) else now[0]
    known |= {words[each]: each for each in now if each in words}
    st.session_state[_DRAWN][key] = (offered, known)
