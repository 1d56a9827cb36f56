"""The HTML that this program writes where Streamlit has no element: style, scripts, data, chips."""

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st


def style(css: str) -> None:
    """Rules for the look of the page."""
    st.html(f"<style>{css}</style>")


def script(source: str) -> None:
    """A script of the house; `web.browser.server` lets the browser run it by its hash, and no other."""
    st.html(f"<script>{source}</script>", unsafe_allow_javascript=True)


def data(name: str, values: Mapping[str, str], *, hidden: bool = False) -> None:
    """Words for a script of the house, in attributes of an element that shows nothing: `data-KEY="value"`."""
    told = " ".join(f'data-{key}="{escape(value)}"' for key, value in values.items())
    st.html(f'<div class="{name}" {told}{" hidden" if hidden else ""}></div>')


def chips(labelled: Iterable[tuple[str, str, str]]) -> None:
    """Words in coloured boxes, one beside the other: label, fill and colour of the words."""
    st.html(
        "".join(
            f'<span style="background:{fill};color:{ink};padding:1px 8px;margin:0 6px 4px 0;'
            f'display:inline-block;border:1px solid #d5dbe3;border-radius:3px;font-size:0.8rem">'
            f"{escape(label)}</span>"
            for label, fill, ink in labelled
        )
    )
