"""Zeitachse: every structure a row, grouped and sorted, with a click into the sidebar."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis import bars, deadlines, lifecycle
from steering.analysis.inventory import Selection
from steering.analysis.view import View
from steering.charts import timeline as charts
from steering.charts.theme import Theme
from steering.charts.timeline import Timeline
from steering.model import Extension, Level
from steering.model.german import about, count, day, fte, listing
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import calendar_file, current, editor, filters, panels, structure_list
from steering.web.text import bold, plain

GROUPINGS = ("Ebene", "Handlungsfeld", "Träger", "Programm", "keine")
ORDERS = ("Ende", "Name")
NOTHING_HERE = "Zu diesen Filtern gibt es **keine Struktur**. Bitte die Filter in der Seitenleiste ändern."
GROUPING, ORDER, BODY = "timeline_grouping", "timeline_order", "timeline_body"


def answer() -> None:
    """What ends next in the chosen scenario."""
    panels.answer("Zeitachse", current.derived(_sentence, filters.view(), filters.selection()))


def _sentence(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    if rows.empty:
        return NOTHING_HERE if chosen.active else panels.NOTHING_YET
    ends = current.of(lifecycle.endings, at, at.as_of, at.horizon.last)
    ends = ends[ends["structure_id"].isin(rows["structure_id"])]
    unknown = int((rows["state"] == "unknown").sum())
    unsure = ""
    if unknown:
        whose = bold(count(unknown, "Struktur", "Strukturen"))
        unsure = f" Bei {whose} ist nicht bekannt, ob und wie lange sie laufen."
    if ends.empty:
        return f"Nach dem Stichtag ist im Szenario **{word(at.scenario.rule)}** kein Ende bekannt.{unsure}"
    first = ends["last_day"].min()
    names = rows.set_index("structure_id")["name"].loc[ends.loc[ends["last_day"] == first, "structure_id"]]
    verb = "endet" if len(names) == 1 else "enden"
    return f"Am {bold(day(first))} {verb} {listing([bold(name) for name in names])}.{unsure}"


def controls() -> None:
    """How the rows are grouped and sorted."""
    if filters.structures().empty:
        return
    left, right = st.columns([3, 1.3])
    left.segmented_control("Gruppieren nach", GROUPINGS, key=GROUPING, default="Ebene", required=True)
    right.segmented_control("Sortieren nach", ORDERS, key=ORDER, default="Ende", required=True)


def chart() -> None:
    """The years stay in view above the rows; a click on a bar opens it in the sidebar."""
    if filters.structures().empty:
        return
    drawn = current.derived(
        _drawn,
        filters.view(),
        filters.selection(),
        st.session_state[GROUPING],
        st.session_state[ORDER],
        panels.theme(),
    )
    if drawn is None:
        return
    with st.container(key="timeline-head"):
        panels.chart(drawn.head, "Zeitachse", key="timeline-years", downloads=False)
    panels.chart(drawn.body, "Zeitachse", key=BODY, on_select=_chosen, downloads=False)
    panels.picture_buttons(drawn.picture, "Zeitachse", key="timeline")
    calendar_file.button(key="timeline-calendar")


def table() -> None:
    """The same as a table, with what lies outside the horizon."""
    left_out = current.derived(_left_out, filters.view(), filters.selection())
    if left_out:
        st.caption(left_out)
    if filters.structures().empty:
        return
    with st.expander("Als Tabelle"):
        panels.table(
            current.derived(_table, filters.view(), filters.selection()),
            "Zeitachse",
            key="timeline-table",
            empty="Keine Struktur in dieser Ansicht.",
        )


def _left_out(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    names = rows.loc[rows["structure_id"].isin(_outside(at)), "name"]
    if names.empty:
        return ""
    years = f"{at.horizon.first.year} bis {at.horizon.last.year}"
    return f"Ohne Balken, weil außerhalb von {years}: {listing([plain(name) for name in names])}."


def _chosen() -> None:
    hit = charts.chosen(st.session_state[BODY]["selection"])
    if hit:
        editor.choose(hit.structure_id, funding_id=hit.funding_id)


def _drawn(at: View, chosen: Selection, grouping: str, order: str, theme: Theme) -> Timeline | None:
    rows, drawn = filters.selected(at, chosen), current.of(bars.bars, at)
    rows = rows[~rows["structure_id"].isin(_outside(at))]
    if rows.empty:
        return None
    drawn = drawn.assign(detail=_details(drawn, rows))
    return charts.timeline(_rows(rows, grouping, order), drawn, marks(at), at.horizon, at.as_of, theme=theme)


def _details(drawn: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """For each bar the programme or funding behind it, and its VZÄ."""
    portfolio = current.portfolio()
    programmes = portfolio.programmes.set_index("id")["short_name"]
    fundings = portfolio.fundings.set_index("id")
    sources = fundings["programme_id"].map(programmes).fillna(fundings["name"]).to_dict()
    posts = fundings["fte"].dropna().to_dict()
    own = rows.set_index("structure_id")["fte"].to_dict()
    return [
        " · ".join(
            part
            for part in (
                sources.get(funding, ""),
                fte(posts.get(funding, own.get(structure))),
            )
            if part
        )
        for structure, funding in zip(drawn["structure_id"], drawn["funding_id"], strict=True)
    ]


def _outside(at: View) -> set[int]:
    """The structures that have nothing to draw within the horizon."""
    shown = lifecycle.clip(current.of(bars.bars, at), at.horizon)
    return set(current.portfolio().structures["id"]) - set(shown["structure_id"])


def _rows(rows: pd.DataFrame, grouping: str, order: str) -> pd.DataFrame:
    """structure_id, label, group; sorted by group, then by end (soonest first, unknown last) or name."""
    group, rank = _groups(rows, grouping)
    end = rows["until"].where(rows["state"] == "running", rows["last_day"])
    never_ending = (rows["state"] == "running") & rows["until"].isna()
    rank_of_end = pd.Series(0, index=rows.index).mask(never_ending, 1).mask(rows["state"] == "unknown", 2)
    # What has ended comes after what still runs: it cannot be decided any more.
    rank_of_end = rank_of_end.mask(rows["state"] == "not_running", 3)
    placed = pd.DataFrame(
        {
            "structure_id": rows["structure_id"],
            "label": rows["name"],
            "group": group,
            "rank": rank,
            "kind_of_end": rank_of_end if order == "Ende" else 0,
            "end": end if order == "Ende" else pd.NaT,
            "name": rows["name"].str.casefold(),
        }
    )
    return placed.sort_values(["rank", "group", "kind_of_end", "end", "name"])[
        ["structure_id", "label", "group"]
    ]


def _groups(rows: pd.DataFrame, grouping: str) -> tuple[pd.Series, pd.Series]:
    """The heading of each row and its rank among the headings."""
    none = pd.Series(0, index=rows.index)
    match grouping:
        case "Ebene":
            levels = list(Level)
            words = rows["level"].map(lambda level: f"{LEVEL_LETTER[Level(level)]} · {word(Level(level))}")
            return words, rows["level"].map(lambda level: levels.index(Level(level)))
        case "Handlungsfeld":
            fields = current.portfolio().fields.set_index("name")["position"]
            first = rows["field_names"].map(lambda names: names[0] if names else "ohne Handlungsfeld")
            return first, first.map(fields).fillna(len(fields))
        case "Träger":
            return rows["organisation"], none
        case "Programm":
            last = rows["programmes"].map(lambda names: names[-1] if names else "ohne Förderprogramm")
            return last, (last == "ohne Förderprogramm").astype(int)
        case _:
            return pd.Series("", index=rows.index), none


def marks(at: View) -> pd.DataFrame:
    """Antrag bis and Beschluss bis of every end ahead, in the words of the tooltip."""
    due = current.of(deadlines.deadlines, at.today)
    apply = _marks_of(due[due["extension"] != Extension.NOT_YET_POSSIBLE], "apply", "Antrag bis")
    return pd.concat([apply, _marks_of(due, "decide", "Beschluss bis")], ignore_index=True)


def _marks_of(due: pd.DataFrame, deadline: str, label: str) -> pd.DataFrame:
    days, guesses = due[f"{deadline}_by"], due[f"{deadline}_estimated"]
    return pd.DataFrame(
        {
            "structure_id": due["structure_id"],
            "day": days,
            "kind": f"{deadline}_by",
            "estimated": guesses,
            "text": [f"{label} {about(by, guess)}" for by, guess in zip(days, guesses, strict=True)],
        }
    )


def _table(at: View, chosen: Selection) -> pd.DataFrame:
    rows = filters.selected(at, chosen)
    due = current.of(deadlines.deadlines, at.today).set_index("structure_id")
    return pd.DataFrame(
        {
            "Struktur": rows["name"],
            "Träger": rows["organisation_short"],
            "läuft ab": [day(start, "vor Beginn der Daten") for start in rows["first_day"]],
            "Ende": [structure_list.end_words(row) for row in rows.to_dict("records")],
            "Verlängerung": [word(Extension(value)) for value in rows["last_extension"]],
            "Antrag bis": [day(found, "–") for found in due["apply_by"].reindex(rows["structure_id"])],
            "Beschluss bis": [day(found, "–") for found in due["decide_by"].reindex(rows["structure_id"])],
        }
    )
