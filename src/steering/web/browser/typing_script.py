"""The script that hands over what is being typed, and what it needs to know about each field.

Streamlit hands a text area's words over when it is left, or at Ctrl+Enter. The script (`typing.js`) presses
that for the user after a pause, compares what stands in the field with what the server says is stored, and
says beside the field which it is: nothing else on the page calls a text saved that is being typed. Until it
is stored, the browser keeps it, over a reload or while the server is away. It runs in the page itself;
`server` lets it through by its hash.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from urllib.parse import quote

import streamlit as st

from steering.web import current
from steering.web.browser import html

MARK = "typing"
SCRIPT = files("steering.web.browser").joinpath("typing.js").read_text(encoding="utf-8")
_SESSION, _CLOSED, _DRAWN = "typing_session", "typing_closed_forms", "typing_drawn"


def run() -> None:
    """Put the script on the page; it starts once, however often it is put there."""
    html.script(SCRIPT)
    # Pressed by the script where a text was handed over and could not be stored: a new run tries again.
    st.button("Noch einmal speichern", key=f"{MARK}-again")
    html.data("typing-closed", {"closed": _closed()}, hidden=True)


@contextmanager
def field(name: str, stored: str, *, form: int = 0, held: bool = False) -> Iterator[None]:
    """Draw one text field within: beside it stands, and is kept true, whether its text is stored.

    `name` is the same in every session; `stored` what is stored of it. `form`: the generation of the form
    whose button stores it, else it is stored by itself. `held`: it waits for a person's decision, which the
    page asks for.
    """
    with st.container(key=f"{MARK}-{hashlib.sha256(name.encode()).hexdigest()[:16]}", gap="xxsmall"):
        yield
        told = {
            "field": f"{current.revision()[0]} {name}",
            "stored": stored.replace("\r\n", "\n").replace("\r", "\n"),
            "session": _session(),
            "form": _token(form) if form else "",
            "held": "1" if held else "",
        }
        said = {key: quote(value, safe="") for key, value in told.items() if value}
        html.data("typing-state", {**said, "closed": _closed()})


def drafts(*, would_be_lost: bool) -> None:
    """Whether the browser has to ask before its window is closed: of a form that is drawn, or of others."""
    # Another each time: the browser sees by it whether something was typed after this was said.
    drawn = st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    html.data("typing-drafts", {"drawn": str(drawn)} | ({"lost": "1"} if would_be_lost else {}), hidden=True)


def closed(form: int) -> None:
    """A form was saved or discarded: the browser forgets what was typed into it."""
    st.session_state.setdefault(_CLOSED, []).append(_token(form))


def _token(form: int) -> str:
    return f"{_session()}-{form}"


def _closed() -> str:
    # The last ones are enough: the browser reads them in the run after.
    return " ".join(st.session_state.get(_CLOSED, [])[-20:])


def _session() -> str:
    return str(st.session_state.setdefault(_SESSION, secrets.token_hex(6)))
