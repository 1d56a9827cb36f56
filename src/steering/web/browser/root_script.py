"""Tells Streamlit's page where the server's root is, before it starts looking.

On `/karte` it would ask for `/karte/_stcore/health` first, to learn by an error that `/karte` is a page and
not a server's folder; each page opened by its address would write two errors to the browser's console.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

_SOURCE = """
(() => {
  const parts = location.pathname.replace(/[/]+$/, "").split("/");
  if (PAGES.includes(parts[parts.length - 1])) parts.pop();
  window.__streamlit = {BACKEND_BASE_URL: location.origin + parts.join("/") + "/"};
})();
"""


def source(pages: Iterable[str]) -> str:
    """The script, for pages of these paths; served below a path, that path stays."""
    return _SOURCE.replace("PAGES", json.dumps(sorted(filter(None, pages))))
