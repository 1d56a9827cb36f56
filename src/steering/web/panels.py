"""The few ways in which pages show things, so that the same thing looks the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from steering.charts.drawing import Drawing, to_vega
from steering.charts.parts import in_parts
from steering.charts.ramp import Step
from steering.charts.theme import LIGHT, Theme
from steering.charts.theme import theme as find_theme
from steering.exchange import pictures, tables
from steering.model.german import day
from steering.model.vocabulary import word
from steering.storage.rights.table import Right, who_may
from steering.web import address, current, folded, places, printed, table_layout
from steering.web.browser import html, stylesheet
from steering.web.kept import kept_with
from steering.web.pages import DATA, DATA_SECTIONS, PageEntry
from steering.web.text import plain

NOTHING_YET = (
    "Es ist noch **keine Struktur** erfasst. Links unter »Schnell bearbeiten« lässt sich die erste anlegen; "
    f"eine ganze Liste kommt über »{DATA.title}«, »{DATA_SECTIONS['liste']}« herein."
)
# How many rows of a table are in sight.
MOST_ROWS = 10
_ON_WHITE = ContextVar("drawn for a file", default=False)
SHOW_INTERNAL = "Internes einblenden"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def theme() -> Theme:
    """The colours that fit the browser's light or dark setting, and those on white for a file."""
    return LIGHT if _ON_WHITE.get() else find_theme(st.context.theme.type)


def keep_sidebar_place() -> None:
    """Keep a place in the sidebar, above the quick edits, for a form that belongs to the page."""
    st.session_state["sidebar_place"] = st.container()


def in_sidebar() -> st.delta_generator.DeltaGenerator:
    """That place: what a page asks about what was chosen on it."""
    place: st.delta_generator.DeltaGenerator = st.session_state["sidebar_place"]
    return place


def beside(*shares: float) -> list[st.delta_generator.DeltaGenerator]:
    """Places side by side, in these shares of the width; one below the other before a room."""
    if current.presenting():
        return [st.container() for _ in shares]
    return st.columns(shares, gap="medium")


def answer(page: PageEntry, *sentences: str) -> None:
    """The page's question as a title and its answer in a sentence or two, before any picture."""
    st.title(page.title, anchor=False)
    with st.container(key="answer"):
        for sentence in sentences:
            st.markdown(sentence)
    show_below_answer()


def keep_for_below_answer(draw: Callable[[], None] | None) -> None:
    """Have something of the frame drawn below the answer instead of above the page; None: nothing, whatever
    a run that was broken off has left here."""
    st.session_state["below_answer"] = draw


def way(words: str) -> str:
    """Words that name a way in the sidebar or a form; none before a room, which has neither."""
    return "" if current.presenting() else words


def show_below_answer() -> None:
    """Draw it, once a run; the frame does where a page gives no answer."""
    if draw := st.session_state.pop("below_answer", None):
        with places.sometimes():
            draw()


def switch(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    default: str | None = None,
    on_change: Callable[[], None] | None = None,
) -> str:
    """Which of its views or parts a page shows: one is always chosen, and is still after another page.

    The label is read aloud only. Without a `default` the caller sees to it that one is chosen.
    """
    chosen = st.segmented_control(
        label,
        options,
        default=default,
        key=key,
        persist_state="session",
        required=True,
        on_change=on_change,
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen or options[0]


def chart(
    draw: Callable[[], Drawing],
    name: str,
    *,
    key: str,
    on_select: Callable[[], None] | None = None,
    downloads: bool = True,
) -> None:
    """A chart over the whole width of its column, with PNG and SVG below it.

    `draw` gives it in the colours of `theme`: asked once for the page, and for a file once more.
    """
    place, drawing = f"chart-{key}", draw()
    stylesheet.scroll(place, drawing.least)
    with st.container(key=place):
        _draw(drawing, key, on_select)
    if downloads:
        picture_buttons(draw, name, key=key)


def chart_under_head(
    head: Drawing, body: Drawing, *, place: str, head_key: str, key: str, on_select: Callable[[], None]
) -> None:
    """A chart whose head stays in view while its rows move, until the end of the place of that name."""
    stylesheet.scroll_under_head(place, head.least)
    with st.container(key=place):
        with st.container(key=f"{place}-head"):
            _draw(head, head_key, None)
        _draw(body, key, on_select)


def _draw(drawing: Drawing, key: str, on_select: Callable[[], None] | None) -> None:
    react: Callable[[], None] | Literal["ignore"] = on_select or "ignore"
    sent: Any = _as_sent(drawing)
    st.vega_lite_chart(None, sent, width="stretch", theme=None, key=key, alt=drawing.alt, on_select=react)


@kept_with
def _as_sent(drawing: Drawing) -> dict[str, Any]:
    """The specification with its data as bytes, made once: Streamlit would do it anew at each run."""
    spec, parts = in_parts(drawing.spec, drawing.data)
    return spec | {"datasets": {name: convert_anything_to_arrow_bytes(rows) for name, rows in parts.items()}}


def closed() -> str:
    """Why something is closed that tells what is for the administration only."""
    if not current.may(Right.INTERNAL):
        role = who_may(Right.INTERNAL)
        return f"Hier steht auch, was nur für die Verwaltung ist; offen ist es ab der Rolle »{role}«."
    switch = (
        f"Geöffnet wird es oben mit »{SHOW_INTERNAL}«" if current.presenting() else "Der Schalter steht links"
    )
    return f"Solange »Nur Verwaltung« ausgeblendet ist, ist das hier geschlossen. {switch}."


def picture_buttons(drawing: Callable[[], Drawing], name: str, *, key: str) -> None:
    """Two small buttons that draw the picture anew, offline, when pressed; none before a room."""
    if current.presenting():
        return
    notes = view_notes()

    def vega() -> dict[str, Any]:
        token = _ON_WHITE.set(True)
        try:
            return to_vega(drawing(), title=name, notes=notes)
        finally:
            _ON_WHITE.reset(token)

    with st.container(horizontal=True, gap="small", key=f"download-{key}"):
        download(
            "PNG",
            lambda: pictures.or_reason(pictures.png, vega()),
            f"{name}.png",
            "image/png",
            key=f"{key}-png",
        )
        download(
            "SVG",
            lambda: pictures.or_reason(pictures.svg, vega()),
            f"{name}.svg",
            "image/svg+xml",
            key=f"{key}-svg",
        )


def legend(steps: Iterable[Step]) -> None:
    """The classes of a map as chips in their colours, each with its words."""
    html.chips((step.label, step.fill, step.ink) for step in steps)


@dataclass(frozen=True)
class RowChoice:
    """What the rows of a table are about, in their order; what a press on one does, and one that lifts it."""

    keys: Sequence[Any]
    choose: Callable[[Any], None]
    lift: Callable[[], None] = lambda: None


def table(
    frame: pd.DataFrame,
    name: str,
    *,
    key: str,
    empty: str,
    room: int = table_layout.PAGE,
    hidden: Collection[str] = (),
    most: int = MOST_ROWS,
    file: Callable[[], pd.DataFrame] | None = None,
    choice: RowChoice | None = None,
) -> None:
    """A table with an XLSX button below it, or a sentence where it has no rows.

    `room`: pixels for all columns; `hidden`: columns that are in the workbook only. `most`: rows in sight;
    the rest is reached by scrolling. `file`: what the button writes where that is more than the screen shows.
    With a `choice` one row can be chosen.
    """
    if choice:
        _follow(key, tuple(choice.keys))
    if frame.empty:
        st.info(empty)
        return
    measured = frame, room - table_layout.TICK * bool(choice), frozenset(hidden)
    fitted = table_layout.layout(*measured)
    # The letters of a presentation do not fit what was measured.
    widths = {} if current.presenting() else fitted.widths
    shown = frame if current.presenting() else table_layout.in_lines(*measured)
    shown = _visible(shown, measured[-1])
    height = fitted.height(min(len(frame), most))
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        column_config={
            name: _column(
                shown[name], width=widths.get(name), pinned=fitted.sideways and name == shown.columns[0]
            )
            for name in fitted.widths
        },
        row_height=fitted.row,
        height="auto" if current.presenting() else height,
        on_select=partial(_row_chosen, key, choice) if choice else "ignore",
        selection_mode="single-row",
        # Streamlit writes »None« where a number is missing.
        placeholder=printed.NO_NUMBER,
    )
    printed.table(_visible(frame, measured[-1]))
    table_button(file or (lambda: frame), name, key=key)


def _visible(frame: pd.DataFrame, hidden: frozenset[str]) -> pd.DataFrame:
    return _without(frame, hidden) if hidden else frame


@kept_with
def _without(frame: pd.DataFrame, hidden: frozenset[str]) -> pd.DataFrame:
    return frame.drop(columns=list(hidden))


def folded_table(frame: Callable[[], pd.DataFrame], name: str, *, key: str, empty: str) -> None:
    """What a picture shows as a table, behind an expander: made once somebody has opened it."""

    def draw() -> None:
        table(frame(), name, key=key, room=table_layout.FRAMED, empty=empty)

    folded.to_look_at("Als Tabelle", draw, key=f"{key} folded")


def in_full(frame: pd.DataFrame, *, marked: Collection[str] = ()) -> None:
    """Few rows whose words are read in full, without a choice; `marked` names columns that are Markdown."""
    st.table(_readable(frame, frozenset(marked)), border="horizontal", hide_index=True)


@kept_with
def _readable(frame: pd.DataFrame, marked: frozenset[str]) -> pd.DataFrame:
    texts = [name for name in frame.columns if name not in marked]
    return frame.assign(**{name: frame[name].map(_cell) for name in texts})


def _cell(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _column(cells: pd.Series, *, width: int | None, pinned: bool) -> Any:
    """How a column is set: figures as Germans write them, still to be sorted by their size."""
    if is_numeric_dtype(cells) and not is_bool_dtype(cells):
        return st.column_config.NumberColumn(width=width, pinned=pinned, format="localized")
    return st.column_config.Column(width=width, pinned=pinned)


def _follow(table: str, keys: tuple[Any, ...]) -> None:
    """Keep the tick on what it was put on: Streamlit keeps its place, where another row may stand by now."""
    before = st.session_state.get(rows_of(table), keys)
    state = st.session_state.get(table)
    picked = state["selection"]["rows"] if state else []
    if picked and before != keys:
        meant = [before[place] for place in picked if place < len(before)]
        rows = [keys.index(each) for each in meant if each in keys]
        st.session_state[table] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    st.session_state[rows_of(table)] = keys


def rows_of(table: str) -> str:
    """Where the session keeps what each row of a table on the screen is about."""
    return f"{table} rows"


def _row_chosen(table: str, choice: RowChoice) -> None:
    picked = st.session_state[table]["selection"]["rows"]
    if picked:
        choice.choose(st.session_state[rows_of(table)][picked[0]])
    else:
        choice.lift()


def table_button(frame: Callable[[], pd.DataFrame], name: str, *, key: str) -> None:
    """A small button that writes the table as a workbook when pressed; none before a room."""
    if current.presenting():
        return
    notes = view_notes()
    with st.container(horizontal=True, gap="small", key=f"download-{key}"):
        download(
            "XLSX",
            lambda: tables.xlsx(frame(), title=name, notes=notes),
            f"{name}.xlsx",
            XLSX,
            key=f"{key}-xlsx",
        )


def view_notes() -> list[str]:
    """What a table or picture needs beside it to be understood a year later."""
    variant = address.arrivals()
    return [
        f"Stichtag: {day(st.session_state['stichtag'])}",
        f"Szenario: {word(st.session_state['szenario'])}",
        *([f"Zugang: {word(variant)}"] if variant else []),
        f"Masterplan: {'mit' if st.session_state[address.MASTERPLAN] else 'ohne'}",
        f"Stand der Daten: {day(current.today())}, Revision {current.revision()[1]}",
    ]


def download(
    label: str, make: Callable[[], bytes], file: str, mime: str, *, key: str, help: str | None = None
) -> None:
    """A small button that makes a file when pressed, for who may have it then."""
    st.download_button(
        label,
        current.as_entitled(make),
        file,
        mime,
        key=f"{key}-button",
        help=help,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
