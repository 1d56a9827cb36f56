"""Takes a reader who has pressed a figure to the rows behind it, further down on the same page.

The server says how often that was wanted; the script, which runs in the page itself, goes there once for each
time, when what was pressed is drawn. Maps and tables take their room only after that, and what was folded
away opens slowly: that moves the rows, lets the page end too early, and keeps them from taking the focus. So
the script follows them until the reader does something, ten seconds at most. `server` lets it through by its
hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from steering.web.browser import html

PLACE, _TIMES = "rows-here", "rows_wanted"
SCRIPT = """
(() => {
  if (window.steeringRows) return;
  window.steeringRows = true;
  const patience = 10_000;
  let gone = "0", until = 0;
  const rows = () => document.querySelector(".st-key-rows-here");
  const show = () => {
    const place = rows();
    place?.setAttribute("tabindex", "-1");
    place?.focus({preventScroll: true});
    place?.scrollIntoView({block: "start"});
  };
  const growing = new ResizeObserver(() => {
    if (performance.now() < until) show();
  });
  const go = () => {
    const told = document.querySelector(".rows-wanted")?.dataset.times;
    const app = document.querySelector('[data-testid="stApp"]');
    if (told === undefined || app?.dataset.testScriptState !== "notRunning" || !rows()) return;
    const wanted = told !== gone;
    gone = told;
    if (!wanted) return;
    show();
    until = performance.now() + patience;
    growing.observe(document.querySelector('[data-testid="stMainBlockContainer"]'));
  };
  for (const act of ["wheel", "pointerdown", "keydown", "touchstart"]) {
    addEventListener(act, () => growing.disconnect(), {capture: true, passive: true});
  }
  new MutationObserver(go).observe(document.body, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-times", "data-test-script-state"],
  });
  go();
})();
"""


def wanted() -> None:
    """Somebody has pressed a figure of this page."""
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


@contextmanager
def place() -> Iterator[None]:
    """Draw within what stands above the rows: there the reader is taken."""
    with st.container(key=PLACE):
        yield
        # Out of sight as a whole, or it would take the room of two lines.
        with st.container(key="rows-mark"):
            html.data("rows-wanted", {"times": str(st.session_state.get(_TIMES, 0))}, hidden=True)
            html.script(SCRIPT)
