"""What stands behind an expander: drawn once somebody has opened it.

Most who open a page look at it. What is folded away from them would still be a tenth to a half of what each
run draws and sends.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st


def fold(
    label: str,
    body: Callable[[], None],
    *,
    key: str,
    icon: str | None = None,
    wanted: Callable[[], Hashable] = lambda: None,
) -> None:
    """What `body` draws, behind an expander. Within a fragment that alone is run to open it, else the page.

    `wanted`: what the page wants it to be open for. Another thing opens it, nothing any more closes it;
    between the two it is as whoever looks has left it.
    """
    state, opened_for, left = st.session_state, f"{key} opened for", f"{key} left"
    was_open, called = state.get(left, (False, label))
    if (now := wanted() or None) != state.get(opened_for):
        state[opened_for], state[key] = now, now is not None
    elif key not in state or called != label:
        # Streamlit forgets it where a run did not draw it, and takes another label for another expander.
        state[key] = bool(state.get(key, was_open))
    with st.expander(label, icon=icon, key=key, on_change="rerun") as place:
        state[left] = bool(place.open), label
        if is_drawn(key, is_open=bool(place.open)):
            body()


# The same for what nobody can press anything in that the page would have to follow.
to_look_at = st.fragment(fold)


def ask_for(name: str) -> None:
    """Note under a name that something is wanted once more, for `wanted`: the same opens it again, too."""
    st.session_state[name] = int(st.session_state.get(name, 0)) + 1


def is_drawn(key: str, *, is_open: bool) -> bool:
    """Whether what is behind an expander is drawn: from when it was opened first.

    It stays when it is closed again, since something may have been typed into it.
    """
    name = f"{key} drawn"
    if is_open:
        st.session_state[name] = True
    return bool(st.session_state.get(name))
