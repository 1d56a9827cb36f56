"""The HTML that this program writes where Streamlit has no element: style, scripts, data, chips, answers."""

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from steering.model.german import unbroken


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


def on_paper(words: str) -> None:
    """A line that is printed, and not to be seen on the screen."""
    st.html(f'<div class="on-paper">{escape(words)}</div>')


def chips(labelled: Iterable[tuple[str, str, str]]) -> None:
    """Words in boxes, one beside the other: label, fill and colour of the words; "" for those of the page."""
    st.html(
        "".join(
            f'<span class="chip"{_colours(fill, ink)}>{escape(label)}</span>' for label, fill, ink in labelled
        )
    )


def _colours(fill: str, ink: str) -> str:
    return f' style="background:{fill};color:{ink}"' if fill else ""


def steps(told: Iterable[tuple[str, str, str, str]], label: str) -> None:
    """Steps on one line, in their order: what, when, a note, and "past", "open", "goal" or "next"."""
    items = "".join(
        f'<li class="{state}"><span class="what">{escape(what)}</span>'
        f'<span class="when">{escape(when)}</span><span class="note">{escape(note)}</span></li>'
        for what, when, note, state in told
    )
    st.html(f'<ol class="steps" aria-label="{escape(label)}">{items}</ol>')


def compared(
    heads: Iterable[tuple[str, str]], rows: Iterable[tuple[str, list[tuple[str, str]]]], label: str
) -> None:
    """Answers side by side: for each a head and what it means; rows of cells, each with a mark of doubt.

    Rows with a sum of money stand out.
    """
    top = "".join(
        f'<th scope="col">{escape(head)}<span class="below">{escape(below)}</span></th>'
        for head, below in heads
    )
    lines = "".join(
        f'<tr{_figures(cells)}><th scope="row">{escape(name)}</th>'
        + "".join(f"<td><span>{escape(unbroken(text))}</span>{_mark(mark)}</td>" for text, mark in cells)
        + "</tr>"
        for name, cells in rows
    )
    st.html(
        f'<table class="compared" aria-label="{escape(label)}"><thead><tr><td></td>{top}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _mark(words: str) -> str:
    return f' <span class="mark">{escape(words)}</span>' if words else ""


def _figures(cells: list[tuple[str, str]]) -> str:
    return ' class="figures"' if any(text.endswith("€") for text, _ in cells) else ""
