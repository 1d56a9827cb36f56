"""The Lagebild: what must be decided next, what comes after, what is secured, what is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from steering.analysis.findings.endings import warned_until
from steering.analysis.lives import capacity
from steering.analysis.lives.stretches import NOT_RUNNING
from steering.analysis.money import sums as money_sums
from steering.analysis.money.flows import UNCOVERED
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.completeness import completeness
from steering.analysis.structures.decisions import upcoming
from steering.analysis.structures.inventory import Selection, select
from steering.analysis.view import View
from steering.charts import capacity as bands
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.model import Extension, ExtensionRule
from steering.model.german import about, count, day, fte, listing
from steering.model.vocabulary import word
from steering.web import current, filters, pages, panels
from steering.web.papers import calendar_file
from steering.web.text import plain

MOST_DECISIONS = 5


def decisions() -> pd.DataFrame:
    """The ends ahead that the filters let through, soonest first."""
    return current.derived(_decisions, filters.view(), filters.selection()).copy(deep=False)


def _decisions(at: View, chosen: Selection) -> pd.DataFrame:
    return select(current.of(upcoming, at), chosen)


def anything() -> bool:
    """Whether there is a structure to tell about; before the first one, all figures were zero."""
    return not current.portfolio().structures.empty


def figures() -> None:
    """Four figures, each with the way to the list behind it."""
    for place, figure in zip(
        st.columns(4), current.derived(_figures, filters.view(), filters.selection()), strict=True
    ):
        _figure(place, *figure)


def _figures(at: View, chosen: Selection) -> tuple[tuple[str, str, str, str], ...]:
    """Label, value, preset of the list behind it, and a note."""
    rows = filters.selected(at, chosen)
    running = rows[rows["state"] == "running"]
    unknown = int((rows["state"] == "unknown").sum())
    soon = current.of(warned_until, at.as_of)
    ending = int((running["until"].notna() & (running["until"] <= soon)).sum())
    size = running["effective_fte"]
    posts = f"für {size.isna().sum()} von {len(running)} nicht bekannt"
    return (
        ("Laufen am Stichtag", str(len(running)), "laufend", f"im Szenario {word(at.scenario.rule)}"),
        ("VZÄ am Stichtag", fte(size.sum()).removesuffix(" VZÄ"), "laufend", posts),
        (f"Enden bis {day(soon)}", str(ending), "endet", "nach dem gewählten Szenario"),
        ("Ungewiss am Stichtag", str(unknown), "ungewiss", "Ende oder Bestand nicht bekannt"),
    )


def _figure(place: st.delta_generator.DeltaGenerator, label: str, value: str, preset: str, note: str) -> None:
    with place.container(border=True, gap="xsmall"):
        st.metric(label, value)
        st.caption(note)
        st.page_link(
            pages.STRUCTURES.file, label="Liste ansehen", icon=":material/arrow_forward:",
            query_params={"auswahl": preset},
        )  # fmt: skip


def next_ends() -> None:
    """The next five ends with Antrag bis, Beschluss bis and the unit that prepares them."""
    st.header("Was als Nächstes ansteht", anchor=False)
    shown = current.derived(_ends_table, filters.view(), filters.selection())
    if shown.empty:
        st.info("Kein festes Ende bekannt.")
        return
    st.table(shown.head(MOST_DECISIONS), border="horizontal", hide_index=True)
    if len(shown) > MOST_DECISIONS:
        st.caption(
            f"{count(len(shown) - MOST_DECISIONS, 'weiteres Ende', 'weitere Enden')} auf der Zeitachse."
        )
    panels.table_button(lambda: shown, "Nächste Entscheidungen", key="next-ends")
    calendar_file.button(key="overview-calendar")


def _ends_table(at: View, chosen: Selection) -> pd.DataFrame:
    rows = _decisions(at, chosen)
    return pd.DataFrame(
        {
            "Ende": [day(end) for end in rows["end"]],
            "Struktur": [plain(name) for name in rows["name"]],
            "Antrag bis": [_apply_words(row) for row in rows.itertuples()],
            "Beschluss bis": [_decide_words(row) for row in rows.itertuples()],
            "Zuständig": rows["department"].replace("", "–"),
        }
    )


def _apply_words(row: object) -> str:
    if pd.isna(row.apply_by):  # type: ignore[attr-defined]
        return word(Extension(row.extension))
    return about(row.apply_by, row.apply_estimated)


def _decide_words(row: object) -> str:
    if row.decide_estimated:  # type: ignore[attr-defined]
        return about(row.decide_by, True)  # type: ignore[attr-defined]
    example = ", Beispiel" if row.decide_example else ""  # type: ignore[attr-defined]
    return f"{day(row.decide_by)} ({row.committee}{example})"  # type: ignore[attr-defined]


def secured() -> None:
    """VZÄ or known money per quarter in the three scenarios."""
    heading, switch = st.columns([3, 2], vertical_alignment="center")
    heading.header("Was gesichert ist", anchor=False)
    with switch:
        measure = st.segmented_control(
            "Gezeigt wird",
            ["VZÄ", "Geld"],
            default="VZÄ",
            key="secured",
            label_visibility="collapsed",
            required=True,
        )
    if measure == "Geld":
        panels.chart(_band(_money), "Geld je Quartal", key="money")
    else:
        panels.chart(_band(_posts), "VZÄ je Quartal", key="posts")


def _band(draw: Callable[[View, Selection, Theme], Drawing]) -> Drawing:
    return current.derived(draw, filters.view(), filters.selection(), panels.theme())


def _posts(at: View, chosen: Selection, theme: Theme) -> Drawing:
    return bands.fte_band(capacity.per_quarter(_reduced(at, chosen), at), at.as_of, theme=theme)


def _money(at: View, chosen: Selection, theme: Theme) -> Drawing:
    portfolio = _reduced(at, chosen)
    parts = []
    for rule in ExtensionRule:
        found = money_sums.per_quarter(portfolio, replace(at, scenario=replace(at.scenario, rule=rule)))
        found = found[found["payer"] != UNCOVERED]
        sums = found.groupby("first", as_index=False)[["cents", "unknown_rows"]].sum()
        parts.append(sums.rename(columns={"first": "quarter"}).assign(rule=rule.value))
    frame = pd.concat(parts, ignore_index=True)
    frame["note"] = [
        f"Betrag nicht bekannt bei {count(int(rows), 'Förderung', 'Förderungen')}"
        if rows
        else "alles bekannt"
        for rows in frame["unknown_rows"]
    ]
    return bands.money_band(frame, at.as_of, theme=theme)


def _reduced(at: View, chosen: Selection) -> Portfolio:
    """The data of the structures that the filters let through."""
    portfolio = current.portfolio()
    if not chosen.active:
        return portfolio
    return portfolio.keeping(
        {"structure": portfolio.structures["id"].isin(filters.selected(at, chosen)["structure_id"])}
    )


def unknowns() -> None:
    """What is not known, said instead of hidden."""
    st.header("Was nicht bekannt ist", anchor=False)
    st.markdown(current.derived(_unknowns, filters.view(), filters.selection()))
    st.page_link(
        pages.STRUCTURES.file, label="Unvollständige Angaben ansehen", icon=":material/arrow_forward:",
        query_params={"auswahl": "unvollstaendig"},
    )  # fmt: skip
    st.caption(" · ".join(panels.view_notes()))


def _unknowns(at: View, chosen: Selection) -> str:
    rows = _incomplete(at, chosen)
    complete = int(rows["complete"].sum())
    named = [f"{word} ({number})" for word, number in rows["missing"].explode().value_counts().items()]
    sentence = f"Angaben vollständig für **{complete} von {count(len(rows), 'Struktur', 'Strukturen')}**."
    if not named:
        return sentence
    missing = f"Es fehlen: {listing(named, most=6)}."
    return f"{sentence} {missing} Wo ein Ende fehlt, ist eine Lücke nicht ausgeschlossen."


def _incomplete(at: View, chosen: Selection) -> pd.DataFrame:
    """`completeness` of the structures that have not ended by the Stichtag."""
    rows = filters.selected(at, chosen)
    return rows[rows["state"] != NOT_RUNNING][["structure_id"]].merge(
        current.of(completeness, at), on="structure_id"
    )
