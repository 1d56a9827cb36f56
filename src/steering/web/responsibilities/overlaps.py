"""Who overlaps with whom, and over time: organisation × organisation, and the horizon."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.findings.kinds import calm
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.drawing import Drawing
from steering.charts.overlaps import overlaps
from steering.charts.pairs import chosen_pair, pairs
from steering.charts.theme import Theme
from steering.model import FindingKind
from steering.model.german import count, listing
from steering.web import current, filters, marks, panels, table_layout
from steering.web.findings import rows as finding_rows
from steering.web.findings import words as finding_words
from steering.web.text import bold

PAIRS, PAIR, OVER_TIME = "overlap_pairs", "overlap_pair", "overlaps_over_time"
NO_PAIR = "Am Stichtag gibt es in dieser Ansicht keine zwei Stellen mit derselben Federführung."
NEVER = "Im Planungshorizont gibt es in dieser Ansicht keine Mehrfachzuständigkeit."
_MOST_ROWS, _SIDE_BY_SIDE = 60, 7
# Pixels of the list beside the square.
_BESIDE = 596


def show_pairs() -> None:
    """The square of those who overlap on the Stichtag; a cell lists its tasks and municipalities."""
    at, chosen = filters.view(), filters.selection()
    found = current.derived(_pairs, at, chosen)
    if found.empty:
        st.info(NO_PAIR)
        return
    names = {*found["one"], *found["other"]}
    # Few fit beside the list; many need the whole width.
    square, listed = (
        st.columns([1, 1.45], gap="medium")
        if len(names) <= _SIDE_BY_SIDE
        else (st.container(), st.container())
    )
    with square:
        panels.chart(
            lambda: current.derived(_square, at, chosen, panels.theme()), "Wer mit wem",
            key=PAIRS, on_select=_choose,
        )  # fmt: skip
        st.caption(
            "Zahl: gemeinsame Aufgaben · orange: Klärungspunkte, nach dem + was abgestimmt oder intern ist · "
            "graublau: nur abgestimmt oder intern"
        )
    with listed:
        _shared_tasks(found, table_layout.PAGE if len(names) > _SIDE_BY_SIDE else _BESIDE)


def show_over_time() -> None:
    """Every overlap of the horizon as a bar."""
    at, chosen = filters.view(), filters.selection()

    def drawn() -> Any:
        return current.derived(_over_time, at, chosen, panels.theme())

    if drawn() is None:
        st.info(NEVER)
        return
    panels.chart(drawn, "Mehrfachzuständigkeiten über die Zeit", key=OVER_TIME)
    st.caption("Orange: Klärungspunkt · graublau: abgestimmt, oder intern im selben Haus")


def _choose() -> None:
    st.session_state[PAIR] = chosen_pair(st.session_state[PAIRS]["selection"])


def _overlaps(at: View, chosen: Selection) -> pd.DataFrame:
    rows = finding_rows.of_tasks(at)
    rows = finding_rows.selected(rows[rows["kind"] == FindingKind.OVERLAP].reset_index(drop=True), chosen, at)
    return rows.assign(calm=calm(rows))


def _pairs(at: View, chosen: Selection) -> pd.DataFrame:
    """One row for each two carriers and finding: one, other, task, municipalities, calm, state.

    The two units of one house stand as such; two structures of one unit are paired with themselves
    in no cell and are left out here (they stand in the list).
    """
    rows = finding_rows.on_day(_overlaps(at, chosen), at)
    names = finding_words.task_names()
    made = [
        {
            "one": one,
            "other": other,
            "task": marks.name(names[row["task_id"]], made_up, concluded),
            "municipalities": row["municipalities"],
            "calm": row["calm"],
            "state": finding_words.settled_in_short(row),
        }
        for row, made_up, concluded in zip(
            rows.to_dict("records"),
            finding_words.on_examples(rows),
            finding_words.only_derived(rows),
            strict=True,
        )
        for one, other in combinations(sorted(finding_words.carriers(row["participants"])), 2)
    ]
    found = pd.DataFrame(made, columns=["one", "other", "task", "municipalities", "calm", "state"])
    # A task counts once, for however many groups or places it has a finding each.
    same = found.groupby(["one", "other", "task", "calm"], sort=False, as_index=False)
    return same.agg(municipalities=("municipalities", _united), state=("state", "first"))


def _united(places: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ags for found in places for ags in found))


def _square(at: View, chosen: Selection, theme: Theme) -> Drawing:
    found = _pairs(at, chosen)
    cells = [
        {
            "one": one,
            "other": other,
            "tasks": int((~group["calm"]).sum()),
            "calm": int(group["calm"].sum()),
            "detail": listing(sorted(set(group["task"])), most=5),
        }
        for (one, other), group in found.groupby(["one", "other"])
    ]
    names = sorted({*found["one"], *found["other"]}, key=str.casefold)
    return pairs(names, pd.DataFrame(cells), theme=theme)


def _shared_tasks(found: pd.DataFrame, room: int) -> None:
    """The tasks of the chosen pair, of all where none is chosen."""
    pair = st.session_state.get(PAIR)
    if pair:
        mine = found[(found["one"] == pair[0]) & (found["other"] == pair[1])]
        found = mine if len(mine) else found
    if pair and len(mine):
        st.markdown(f"{bold(pair[0])} und {bold(pair[1])}: {count(len(found), 'Aufgabe', 'Aufgaben')}")
    else:
        st.markdown("Alle Paare. Ein Klick auf ein Feld zeigt nur dessen Aufgaben.")
    panels.table(
        pd.DataFrame(
            {
                "Stellen": found["one"] + " und " + found["other"],
                "Aufgabe": found["task"],
                "Wo": finding_words.places_of_each(found["municipalities"]),
                "Stand": found["state"],
            }
        ),
        "Wer mit wem",
        key="overlap_tasks",
        room=room,
        empty=NO_PAIR,
    )


def _over_time(at: View, chosen: Selection, theme: Theme) -> Drawing | None:
    rows = _overlaps(at, chosen)
    if rows.empty:
        return None
    names = finding_words.task_names()
    examples = finding_words.on_examples(rows)
    bars = pd.DataFrame(
        {
            "row": rows["key"],
            "task": rows["task_id"].map(names),
            "who": [
                _who(*each)
                for each in zip(
                    rows.to_dict("records"), examples, finding_words.only_derived(rows), strict=True
                )
            ],
            "start": rows["start"],
            "end": rows["end"],
            "tone": rows["calm"].map({True: "calm", False: "open"}),
            "state": [finding_words.settled_in_short(row) for row in rows.to_dict("records")],
        }
    )
    # What is to be clarified first, and all stretches of one overlap in one row.
    first = bars.assign(rank=bars["tone"].eq("calm")).groupby("row")["rank"].transform("min")
    bars = bars.assign(rank=first).sort_values(["rank", "start", "task"], na_position="first", kind="stable")
    kept = list(dict.fromkeys(bars["row"]))[:_MOST_ROWS]
    return overlaps(bars[bars["row"].isin(kept)], at.horizon, at.as_of, theme=theme)


def _who(row: dict, example: bool, derived: bool) -> str:
    houses = finding_words.carriers(row["participants"])
    names = houses if len(houses) > 1 else list(row["participant_names"])
    where = finding_words.where(row)
    return f"{listing(names, most=3)} · {where}{marks.name('', example, derived)}"
