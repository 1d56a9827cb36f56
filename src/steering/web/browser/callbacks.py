"""A callback that has begun is carried out; what is pressed or typed meanwhile waits for its end.

Streamlit looks for newer requests whenever the session's state is touched, in callbacks too, and breaks them
off for one. A callback that was broken off is not called again: on a busy server a press had no effect, or a
text was stored without the session knowing. `fastReruns = false` in the configuration is the other half:
with it, a newer request would run at the same time in another thread.
"""

from collections.abc import Callable
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

_ORIGINAL = SafeSessionState.on_script_will_rerun


def carry_out() -> None:
    """Have every session call its callbacks without looking for newer requests."""
    SafeSessionState.on_script_will_rerun = _undisturbed  # type: ignore[method-assign, assignment]


def _undisturbed(state: SafeSessionState, *args: Any, **more: Any) -> None:
    look: Callable[[], None] = state._yield_callback
    _set(state, _nothing)
    try:
        _ORIGINAL(state, *args, **more)
    finally:
        _set(state, look)


def _set(state: SafeSessionState, look: Callable[[], None]) -> None:
    # Setting an attribute of a session's state would make an entry of it.
    object.__setattr__(state, "_yield_callback", look)


def _nothing() -> None:
    pass
