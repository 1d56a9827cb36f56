"""Addresses as Streamlit's page meets them: where the server's root is, and what the way back leads to.

On `/karte` it would ask for `/karte/_stcore/health` first, to learn by an error that `/karte` is a page and
not a server's folder; each page opened by its address would write two errors to the browser's console.

A page is opened without its view, which is put into the address a moment later, and again with each choice.
Streamlit keeps every one of these in the browser's history, where the way back led to the page one was on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

_SOURCE = """
(() => {
  const parts = location.pathname.replace(/[/]+$/, "").split("/");
  if (PAGES.includes(parts[parts.length - 1])) parts.pop();
  window.__streamlit = {BACKEND_BASE_URL: location.origin + parts.join("/") + "/"};
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    const stays = new URL(url, location).pathname === location.pathname;
    if (stays) history.replaceState(state, unused, url); else push(state, unused, url);
  };
})();
"""


def source(pages: Iterable[str]) -> str:
    """The script, for pages of these paths; served below a path, that path stays."""
    return _SOURCE.replace("PAGES", json.dumps(sorted(filter(None, pages))))
