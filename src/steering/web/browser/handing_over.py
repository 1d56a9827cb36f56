"""Hands a file over that the run just made: with the press that asked for it, without a second one.

A button that makes its file only when pressed makes that of the run before, where somebody has just changed
something; one that starts a run makes what stands on the screen. The script then presses the download.
"""

from __future__ import annotations

import secrets

import streamlit as st

from steering.web.browser import html
from steering.web.text import plain

SCRIPT = """
(() => {
  if (window.steeringHandsOver) return;
  window.steeringHandsOver = true;
  const done = new Set();
  const look = () => document.querySelectorAll('[class*="st-key-hand-over-"]').forEach((place) => {
    const key = [...place.classList].find((name) => name.startsWith("st-key-hand-over-"));
    const button = place.querySelector("button");
    if (!button || done.has(key)) return;
    done.add(key);
    button.click();
  });
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
  look();
})();
"""
_TOKENS = "handed_over"


def file(content: bytes, name: str, mime: str, *, key: str, fresh: bool) -> None:
    """Offer a file under its name; where it is `fresh`, the browser takes it at once."""
    tokens: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
    if fresh or key not in tokens:
        tokens[key] = secrets.token_hex(6)
    with st.container(key=f"hand-over-{tokens[key]}", width="content"):
        st.download_button(
            f"{plain(name)} speichern", content, name, mime, key=f"{key}-file", on_click="ignore",
            type="tertiary", icon=":material/draft:",
        )  # fmt: skip
    html.script(SCRIPT)
