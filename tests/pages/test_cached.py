"""What is computed once for everybody reads nothing of one user's; the tests of all pages are held to it."""

from contextvars import ContextVar

import pytest
import streamlit as st

from steering.web import current, filters, results, sessions


@pytest.fixture
def at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody stands in here: it is about what is asked where nobody does."""
    monkeypatch.setattr(sessions, "_STANDING_IN", ContextVar("nobody stands in", default=None))


def by_the_stichtag(_: object = None) -> object:
    return st.session_state["stichtag"]


@pytest.mark.parametrize(
    "reads",
    [
        by_the_stichtag,
        filters.selection,
        lambda: st.session_state.get("stichtag"),
        lambda: "stichtag" in st.session_state,
        lambda: st.session_state.stichtag,
    ],
)
def test_a_cached_function_that_reads_the_session_is_noticed(reads, monkeypatch):
    monkeypatch.setattr(sessions, "get_script_run_ctx", lambda **_: "as in a run of a page")
    with pytest.raises(AssertionError, match="from the session: pass it"):
        results.derived(reads, ("some", "key"))


def test_so_is_one_below_another():
    with pytest.raises(AssertionError, match="by_the_stichtag is cached"):
        results.derived(lambda: results.derived(by_the_stichtag, ("some", "key")), ("some", "key"))


def test_what_the_result_is_kept_by_may_be_read():
    state = current.EXAMPLES_HIDDEN
    assert results.derived(lambda: st.session_state.get(state), ("some", "key")) is None
