"""What typing and presses rest on: a callback ends before a newer request is looked at."""

import tomllib

from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from steering.web.browser import callbacks
from tests.conftest import PROJECT


def test_runs_of_one_session_follow_each_other_and_nobody_waits_for_garbage():
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["runner"] == {"fastReruns": False, "postScriptGC": False}


def test_a_callback_is_not_broken_off_and_a_run_can_be_again_afterwards(monkeypatch):
    looked = []
    state = SafeSessionState(SessionState(), lambda: looked.append("looked"))
    monkeypatch.setattr(
        callbacks, "_ORIGINAL", lambda state, *_args, **_more: state.__setitem__("written", "in a callback")
    )
    callbacks._undisturbed(state, None)
    assert looked == []
    assert state["written"] == "in a callback"
    assert looked == ["looked"]
