"""The files of a page as the server makes them: when pressed, in a thread in which no page runs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import session_state_proxy

from steering.web import panels


def outside_a_run(make: Callable[[], bytes]) -> bytes:
    """What comes of it; whatever looks into a session by itself there would share one with everybody."""
    own = session_state_proxy.get_session_state

    def of_a_run() -> Any:
        assert get_script_run_ctx(suppress_warning=True), "A file is made of what no run has."
        return own()

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as thread:
        patch.setattr(session_state_proxy, "get_session_state", of_a_run)
        return thread.submit(make).result()


def files_of_pages(patch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What each button of the page that was drawn last makes when it is pressed, by the name of its file."""
    found: dict[str, Callable[[], bytes]] = {}

    def drawn(_label: str, make: Callable[[], bytes], file: str, *_: Any, **__: Any) -> bool:
        found[file] = make
        return False

    patch.setattr(panels.st, "download_button", drawn)
    patch.setattr(panels.tables, "xlsx", lambda frame, **_: frame.to_csv().encode())
    return found
