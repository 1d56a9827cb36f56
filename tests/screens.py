"""Makes AppTest run pages as the server does, and no slower: what is the same for every run is found once."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, element_tree, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from steering.storage.rights.acting import AT_THE_MACHINE
from steering.web import opened, sessions

_wait_by_asking = local_script_runner.require_widgets_deltas
_in_words = element_tree._format_value_for_widget


class PagesNamedByTheScript(PagesManager):
    """As `web.browser.server.lifespan` has it: AppTest would take the folder `pages` for them each time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        PagesManager.uses_pages_directory = False
        super().__init__(*args, **kwargs)


def _wait_for_the_end(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """AppTest asks a thousand times a second whether the script has ended, and so holds it up."""
    if runner._script_thread is not None:
        runner._script_thread.join(timeout)
    _wait_by_asking(runner, 0.1 if runner.script_stopped() else 0)


def _as_the_page_would_say(format_func: Callable[[Any], str], value: Any) -> str:
    """AppTest asks for the words of an option outside the run that has drawn it."""
    with sessions.standing_in(AT_THE_MACHINE):
        return _in_words(format_func, value)


def as_on_the_server(patch: pytest.MonkeyPatch) -> None:
    """Show what went wrong; compile a page, and look for components among the packages, once for all runs."""
    config.set_option("client.showErrorDetails", "full")
    compiled = ScriptCache()
    # AppTest has a stand-in for the connection that is slow, and made anew for each question; the pages are
    # asked for at the machine, as Streamlit says it.
    patch.setattr(ContextProxy, "ip_address", property(lambda _: None))
    patch.setattr(ContextProxy, "headers", property(lambda _: StreamlitHeaders({})))
    patch.setattr(app_test, "PagesManager", PagesNamedByTheScript)
    patch.setattr(app_test, "ScriptCache", lambda: compiled)
    patch.setattr(local_script_runner, "ScriptCache", lambda: compiled)
    patch.setattr(local_script_runner, "require_widgets_deltas", _wait_for_the_end)
    patch.setattr(element_tree, "_format_value_for_widget", _as_the_page_would_say)
    # Nobody waits for a test's database, and what has been loaded is the same for all of them.
    patch.setattr(opened, "settle", cache(opened.settle))
    patch.setattr(
        manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
    )


def drawn(picture: Any, layer: str) -> pd.DataFrame:
    """The rows of a layer as a chart on a page was sent them."""
    (found,) = (each for each in picture.proto.datasets if each.name == layer)
    table: pd.DataFrame = pa.ipc.open_stream(found.data.data).read_pandas()
    return table


def pressed_twice(callback: Callable[..., object]) -> Callable[..., None]:
    """What a button calls where a second press comes before the page has been drawn anew."""

    def twice(*args: Any, **kwargs: Any) -> None:
        callback(*args, **kwargs)
        callback(*args, **kwargs)

    return twice
