"""The open tasks one by one, why each is, and what the ends ahead take with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from steering.analysis.findings import affected, causes, endings
from steering.analysis.findings.kinds import KINDS
from steering.analysis.findings.reasons import RATIO
from steering.analysis.needs import counted, reckoning
from steering.analysis.needs.open_tasks import MAYBE, OPEN
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import FindingKind, LegalCharacter, Role
from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.web import current, filters, marks, pages, panels, presets
from steering.web.findings import reserving
from steering.web.findings import rows as finding_rows
from steering.web.findings import why as finding_why
from steering.web.findings import words as finding_words
from steering.web.gaps import paying
from steering.web.gaps import rows as gap_rows
from steering.web.measures import form as measure_form
from steering.web.text import bold, plain

NO_GROUPS: Mapping[str, str] = MappingProxyType({})
TABLE, CHOSEN = "gaps-table", "gap_chosen"
NOBODY, NOBODY_HERE = "keine Zuständigkeit erfasst", "dafür keine Zuständigkeit erfasst"
LOST = "Danach kein Anbieter erfasst"
NOBODY_DELIVERS = "federführend erfasst, durchführend keine"
_BRIEFLY = {
    NOBODY_HERE: "hierfür keine Zuständigkeit",
    NOBODY_DELIVERS: "Durchführung nicht erfasst",
    RATIO: "Schlüssel nicht berechenbar",
}


def table() -> None:
    """All that is open from the Stichtag on; a row shows its Warum below."""
    st.header("Was offen ist und warum", anchor=False)
    preset = presets.box(pages.GAPS, "alle Hinweise vom Stichtag an")
    at, chosen = filters.view(), filters.selection()
    rows, shown = (current.derived(found, at, chosen, preset) for found in (listed, _in_short))
    panels.table(
        shown,
        "Lücken",
        key=TABLE,
        file=lambda: file(at, chosen, preset),
        empty=_nothing(chosen) if shown.empty else "",
        choice=panels.RowChoice(tuple(rows["key"]), _choose, lift=_lift),
        most=11,
    )
    if not shown.empty:
        _detail(at, chosen, preset)


def file(at: View, chosen: Selection, preset: str) -> pd.DataFrame:
    """The table as its file has it, with all reasons in full."""
    return current.derived(_shown, at, chosen, preset).copy(deep=False)


def _nothing(chosen: Selection) -> str:
    if not gap_rows.survey(chosen).known:
        return gap_rows.NOT_SURVEYED
    return "Zu den erhobenen Bedarfen ist in dieser Ansicht vom Stichtag an nichts offen."


def _choose(finding: str) -> None:
    st.session_state[CHOSEN] = finding


def _lift() -> None:
    st.session_state[CHOSEN] = None


def listed(at: View, chosen: Selection, preset: str = presets.ALL) -> pd.DataFrame:
    """What a preset lists, each of its tasks in one row; without one every finding that is not over.

    What is still to come first, then what is open, then what may be.
    """
    match preset:
        case presets.OPEN_TASKS.preset:
            return _of_tasks(gap_rows.on_day(at, chosen), OPEN, at)
        case presets.UNCERTAIN_TASKS.preset:
            rows = gap_rows.on_day(at, chosen)
            unsure = rows["task_id"].isin(counted.uncertain_tasks(rows))
            return _of_tasks(rows[unsure], MAYBE, at)
        case presets.OPENING_TASKS.preset:
            return _opening(at, chosen)
        case _:
            return _ranked(gap_rows.unmet(at, chosen), at)


def _opening(at: View, chosen: Selection) -> pd.DataFrame:
    found, rows = gap_rows.opening(at, chosen), gap_rows.unmet(at, chosen)
    if found is None:
        return _of_tasks(rows.iloc[:0], OPEN, at)
    new = (rows["start"] == pd.Timestamp(found.day)) & rows["task_id"].isin(found.tasks)
    return _of_tasks(rows[new], OPEN, at)


def _of_tasks(rows: pd.DataFrame, state: str, at: View) -> pd.DataFrame:
    """One row per task: its first finding in that state, with all its municipalities and `more` findings."""
    rows = _ranked(rows[rows["state"] == state], at)
    groups = rows.groupby("task_id")
    where = {task: tuple(dict.fromkeys(ags for each in found for ags in each))
             for task, found in groups["municipalities"]}  # fmt: skip
    first = rows.drop_duplicates("task_id")
    persons = first["persons"].where(first["task_id"].map(groups.size()) == 1)
    return first.assign(
        municipalities=pd.Series([where[task] for task in first["task_id"]], index=first.index, dtype=object),
        persons=persons,
        more=first["task_id"].map(groups.size()) - 1,
    ).reset_index(drop=True)


def _ranked(rows: pd.DataFrame, at: View) -> pd.DataFrame:
    stichtag = pd.Timestamp(at.as_of)
    rows = rows[~(rows["end"] < stichtag)]
    rank = np.select([rows["state"] == MAYBE, rows["start"] > stichtag], [2, 0], 1)
    rows = rows.assign(rank=rank, more=0)
    return rows.sort_values(["rank", "start", "task_id"], kind="stable", ignore_index=True)


def _shown(at: View, chosen: Selection, preset: str) -> pd.DataFrame:
    rows = listed(at, chosen, preset)
    about = gap_rows.tasks(chosen).set_index("task_id")
    needs = current.portfolio().needs.set_index("id")
    shown = pd.DataFrame(
        {
            "Aufgabe": rows["task_id"].map(about["name"]),
            "Für wen": [finding_words.for_whom(groups) for groups in rows["target_groups"]],
            "Art": [KINDS[FindingKind(kind)].short for kind in rows["kind"]],
            "Zeitraum": [
                finding_words.period(*each) for each in zip(rows["start"], rows["end"], strict=True)
            ],
            "Wo": [_where(row) for row in rows.to_dict("records")],
            "Grund": [_reason(row, needs) + _further(row["more"]) for row in rows.to_dict("records")],
            "Recht": [word(LegalCharacter(value)) for value in rows["task_id"].map(about["legal_character"])],
        }
    )
    return shown.assign(Aufgabe=marks.names(shown["Aufgabe"], finding_words.on_examples(rows)))


def _in_short(at: View, chosen: Selection, preset: str) -> pd.DataFrame:
    """The same in rows of one line; in full it stands in the workbook and below a row that is chosen."""
    rows, shown = (current.derived(found, at, chosen, preset) for found in (listed, _shown))
    records = rows.to_dict("records")
    reasons = [_reason_in_short(row, full) for row, full in zip(records, shown["Grund"], strict=True)]
    whom = [finding_words.for_whom_briefly(groups) for groups in rows["target_groups"]]
    found = shown.drop(columns="Recht").assign(Grund=reasons)
    found["Für wen"] = whom
    if not rows["more"].any():
        return found
    return found.drop(columns="Art").assign(Hinweise=rows["more"] + 1)


def _reason_in_short(row: Mapping[Any, Any], full: str) -> str:
    if row["causes"]:
        return causes.said_briefly(row["causes"])
    reason = full.removesuffix(_further(row["more"]))
    return _BRIEFLY.get(reason, reason)


def _further(more: int) -> str:
    return f"; {count(more, 'weiterer Hinweis', 'weitere Hinweise')}" if more else ""


def _where(row: Mapping[Any, Any]) -> str:
    """Persons of the target group where they are known, else where it is; never inhabitants."""
    return affected.said(row["persons_least"], row["persons"], gap_rows.where(row["municipalities"]))


def _reason(row: dict[Any, Any], needs: pd.DataFrame) -> str:
    if row["causes"]:
        return causes.said(row["causes"])
    if row["reason"]:
        return str(row["reason"])
    if pd.notna(row["start"]) and needs["valid_from"].get(row["need_id"]) == row["start"]:
        return f"Bedarf ab {day(row['start'])}"
    if row["kind"] == FindingKind.SHORTFALL:
        return "Angebot kleiner als Bedarf"
    if row["kind"] == FindingKind.LEAD_ONLY:
        return NOBODY_DELIVERS
    return NOBODY_HERE if row["task_id"] in current.of(_with_duty) else NOBODY


def _with_duty(portfolio: Portfolio) -> frozenset[int]:
    """The tasks for which somebody is recorded as leading or carrying out, wherever, for whomever."""
    rows = portfolio.responsibilities
    return frozenset(rows.loc[rows["role"].isin([Role.LEAD, Role.DELIVER]), "task_id"])


def _detail(at: View, chosen: Selection, preset: str) -> None:
    """The chosen finding in full."""
    rows = current.derived(listed, at, chosen, preset)
    rows = rows[rows["key"] == st.session_state.get(CHOSEN)]
    if rows.empty:
        st.caption("Eine Zeile ankreuzen zeigt, warum: Regel, Angaben und Quellen.")
        return
    first = rows.iloc[0]
    task = gap_rows.tasks(chosen).set_index("task_id").loc[first["task_id"]]
    with st.container(border=True):
        title = finding_words.question(first, task["name"]) if current.discreet() else task["name"]
        st.subheader(title, anchor=False)
        st.markdown(_about(rows, task, at))
        reserving.show(str(first["key"]), f"{finding_words.kind(first)}: {task['name']}")
        measure_form.offer(measure_form.ANSWER, measure_form.begin_for_finding, first)
        paying.show(rows)
        finding_why.show(finding_rows.on_any_day(at), str(first["key"]), key="gap-why")


def _about(rows: pd.DataFrame, task: pd.Series, at: View) -> str:
    first = rows.iloc[0]
    places = [name for found in rows["municipalities"] for name in gap_rows.all_names(found)]
    area = gap_rows.where(ags for found in rows["municipalities"] for ags in found)
    if area != gap_rows.DISTRICT_WIDE:
        area = listing(list(dict.fromkeys(places)), most=20)
    basis = f" ({plain(task['legal_basis'])})" if task["legal_basis"] else ""
    sides = zip(rows["start"], rows["end"], strict=True)
    periods = listing([finding_words.period(*each) for each in sides])
    needs = current.portfolio().needs.set_index("id")
    reasons = dict.fromkeys(_reason(row, needs) for row in rows.to_dict("records"))
    whom = finding_words.for_whom(first["target_groups"])
    lines = [
        f"**{word(FindingKind(first['kind']))}** · {plain(periods)}",
        f"Wo: {plain(area)}{_sites(first)} · Für wen: {plain(whom)}",
        f"Grund: {plain('; '.join(reasons))}{_with_it(first, at)}",
        f"Rechtscharakter: {word(LegalCharacter(task['legal_character']))}{basis}",
    ]
    lines += [f"Bedarf: {plain(each)}" for each in reckoned(rows, at)]
    if first["participant_names"]:
        lines.append(f"Beteiligt: {plain(listing(list(first['participant_names'])))}")
    if finding_words.on_examples(rows).any():
        lines.append("**Beruht auf Beispielangaben.**")
    return "  \n".join(lines)


def reckoned(rows: pd.DataFrame, at: View) -> list[str]:
    """How the quantities come about that the needs of these findings take from a Kennzahl; of what opens
    later, as they are then."""
    known = current.portfolio()
    needs = known.needs[known.needs["id"].isin(rows["need_id"].dropna())]
    opens = rows.groupby("need_id")["start"].min()
    later = opens[opens > pd.Timestamp(at.as_of)].dt.date.to_dict()
    ways = [reckoning.way(known, row, at, later.get(row["id"])) for row in needs.to_dict("records")]
    return [f"{reckoning.COMPUTED}, {each}" for each in ways if each]


def _with_it(row: pd.Series, at: View) -> str:
    """What else loses its last provider with the end that opened this."""
    if not row["causes"]:
        return ""
    ended, last = set(row["causes"]), row["start"] - pd.Timedelta(days=1)
    ends = finding_rows.ending(replace(at, as_of=last.date()))
    same = pd.Series([not ended.isdisjoint(each) for each in ends["causes"]], index=ends.index, dtype=bool)
    ends = ends[(ends["end"] == last) & same]
    lost = dict.fromkeys(each for found in ends["cascade"] for each in found)
    return f". Damit verlieren den letzten erfassten Anbieter: {_lost(True, list(lost))}" if lost else ""


def _sites(row: pd.Series) -> str:
    return f" ({plain(listing(list(row['sites'])))})" if row["sites"] else ""


def cascade() -> None:
    """Which tasks lose their last provider with which end, whether a need is recorded for them or not."""
    st.header("Was mit einem Ende wegfällt", anchor=False)
    args = filters.view(), filters.selection()
    shown = current.derived(_cascade, *args, True)
    if shown.empty:
        st.caption(
            "In der Vorwarnzeit verliert mit den bekannten Enden keine Aufgabe den letzten erfassten "
            "Anbieter."
        )
        return
    panels.in_full(shown, marked=[LOST])
    panels.table_button(
        lambda: current.derived(_cascade, *args, False), "Was mit einem Ende wegfällt", key="cascade"
    )


def _cascade(at: View, chosen: Selection, marked: bool) -> pd.DataFrame:
    """The ends and what they take along; `marked`: LOST is Markdown, with the tasks in bold."""
    rows = finding_rows.ending(at)
    rows = rows[rows["cascade"].map(bool).astype(bool)]
    wanted = set(gap_rows.tasks(chosen)["name"])
    if chosen.municipalities or chosen.levels or chosen.organisations:
        rows = finding_rows.selected(
            rows, Selection(chosen.levels, frozenset(), chosen.municipalities, chosen.organisations), at
        )
    kept = [[each for each in found if each[0] in wanted] for found in rows["cascade"]]
    rows = rows.assign(lost=pd.Series(kept, index=rows.index, dtype=object)).sort_values("end", kind="stable")
    rows = rows[rows["lost"].map(bool).astype(bool)]
    return pd.DataFrame(
        {
            "Letzter Tag": [day(last) for last in rows["end"]],
            "Struktur": [listing(list(names)) for names in rows["participant_names"]],
            "Grund": [causes.said(each) for each in rows["causes"]],
            LOST: [
                _lost(marked, found, current.of(_lost_groups, at, who[0], last.date()))
                for found, who, last in zip(rows["lost"], rows["participants"], rows["end"], strict=True)
            ],
        }
    )


def _lost_groups(portfolio: Portfolio, at: View, who: str, last: date) -> dict[str, str]:
    """For whom each task loses its last provider with the end of a structure, where it is not for all."""
    structure = int(who.removeprefix("s"))
    cells = endings.last_provided(portfolio, at, {structure: last})
    names, every = portfolio.names("task"), set(portfolio.target_groups["slug"])
    every -= set(portfolio.target_groups.loc[portfolio.target_groups["everyone"], "slug"])
    order = list(portfolio.target_groups.sort_values("position")["slug"])
    return {
        str(names[task]): finding_words.for_whom(sorted(set(groups), key=order.index))
        for task, groups in cells.groupby("task_id")["group"]
        if not every <= set(groups)
    }


def _lost(marked: bool, found: list[tuple[str, int]], groups: Mapping[str, str] = NO_GROUPS) -> str:
    text, name = (plain, bold) if marked else (str, str)
    every = len(gap_rows.places(Selection()))
    said = []
    for task, places in found:
        area = gap_rows.DISTRICT_WIDE if places >= every else count(places, "Gemeinde", "Gemeinden")
        whom = f", für {text(groups[task])}" if task in groups else ""
        said.append(f"{name(task)} ({area}{whom})")
    return "; ".join(said)
