"""The list of findings on the Stichtag, and beside the chosen one *Warum?* and its Einschätzung."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.findings import kinds
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import FindingKind
from steering.model.german import listing
from steering.storage.rights.table import Right
from steering.web import current, filters, marks, panels, presets
from steering.web.findings import assessing, reserving
from steering.web.findings import rows as finding_rows
from steering.web.findings import why as finding_why
from steering.web.findings import words as finding_words
from steering.web.measures import form as measure_form
from steering.web.responsibilities import tasks as responsibility_tasks
from steering.web.text import bold, plain

CHOSEN, EVERY_KIND = "finding", "findings_of_every_kind"
TABLE, CALM_TABLE = "findings_table", "calm_findings_table"


def show(task_id: int | None, forget_task: str, preset: str = presets.ALL) -> None:
    """What is to be clarified, then what is settled, then the chosen finding.

    `task_id`: only findings about this task; the button that lifts this forgets the session's `forget_task`.
    `preset`: only findings about the tasks that it lists.
    """
    st.header("Hinweise am Stichtag", anchor=False)
    st.toggle("Alle Arten von Hinweisen zeigen", key=EVERY_KIND, persist_state="session")
    if task_id is not None:
        _task_chip(task_id, forget_task)
    if preset != presets.ALL:
        st.caption("Nur zu den Aufgaben der Auswahl oben.")
    args = (filters.view(), filters.selection(), st.session_state[EVERY_KIND], task_id, preset)
    pending, settled = current.derived(_parts, *args)
    _list(pending, TABLE, "Klärungspunkte", _no_finding())
    if settled.keys:
        st.subheader(f"Abgestimmt oder intern geregelt: {len(settled.keys)}", anchor=False)
        _list(settled, CALM_TABLE, "Abgestimmt oder intern", "")
    if keys := (*pending.keys, *settled.keys):
        _detail(args, keys)


@dataclass(frozen=True, eq=False)
class _Part:
    """Findings by their keys, as the table shows them."""

    keys: tuple[str, ...]
    shown: pd.DataFrame


def _no_finding() -> str:
    """Without responsibilities there is nothing that could need clarifying."""
    if current.portfolio().has("responsibility"):
        return "Am Stichtag ist hier kein Klärungspunkt erfasst."
    return "Ein Klärungspunkt kann sich nicht zeigen, weil noch keine Zuständigkeit erfasst ist."


def _parts(
    at: View, chosen: Selection, every_kind: bool, task_id: int | None, preset: str
) -> tuple[_Part, _Part]:
    """What is to be clarified, and what is settled."""
    rows = _rows(at, chosen, every_kind, task_id, preset)
    calm = kinds.calm(rows)
    pending, settled = (_Part(tuple(part["key"]), _shown(part)) for part in (rows[~calm], rows[calm]))
    return pending, settled


def file(at: View, chosen: Selection, preset: str) -> pd.DataFrame:
    """What is to be clarified about all tasks, as its file has it."""
    return _parts(at, chosen, False, None, preset)[0].shown


def _task_chip(task_id: int, forget_task: str) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"Nur zu {bold(finding_words.task_names().get(task_id, ''))}")
        st.button(
            "Alle Aufgaben", icon=":material/close:", type="tertiary",
            on_click=st.session_state.pop, args=(forget_task, None),
        )  # fmt: skip


def _rows(at: View, chosen: Selection, every_kind: bool, task_id: int | None, preset: str) -> pd.DataFrame:
    if every_kind:
        rows = finding_rows.on_day(finding_rows.standing(at), at)
        rows = pd.concat([rows, finding_rows.ending(at)], ignore_index=True)
    else:
        rows = finding_rows.on_day(finding_rows.of_tasks(at), at)
        rows = rows[kinds.to_settle(rows)].reset_index(drop=True)
    rows = finding_rows.selected(rows, chosen, at)
    tasks = responsibility_tasks.of_preset(at, chosen, preset)
    if tasks is not None:
        rows = rows[rows["task_id"].isin(tasks)].reset_index(drop=True)
    return rows if task_id is None else rows[rows["task_id"] == task_id].reset_index(drop=True)


def _list(part: _Part, key: str, name: str, empty: str) -> None:
    panels.table(
        part.shown,
        name,
        key=key,
        empty=empty,
        choice=panels.RowChoice(part.keys, _choose),
        most=8,
    )


def _choose(finding: str) -> None:
    st.session_state[CHOSEN] = finding


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    names = finding_words.task_names()
    examples = finding_words.on_examples(rows)
    reserved = reserving.marked()
    records = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Hinweis": [finding_words.kind(row) for row in records],
            "Aufgabe": [
                f"{name} ({marks.DERIVED_WORD})" if derived else name
                for name, derived in zip(
                    marks.names([names.get(row["task_id"], "–") for row in records], examples),
                    finding_words.only_derived(rows),
                    strict=True,
                )
            ],
            "Beteiligte": [
                listing(houses if len(houses) > 1 else list(names)) or finding_words.NOBODY
                for houses, names in zip(
                    finding_words.carriers_of_each(rows["participants"]),
                    rows["participant_names"],
                    strict=True,
                )
            ],
            "Wo": finding_words.where_of_each(rows),
            "Zeitraum": [finding_words.period(row["start"], row["end"]) for row in records],
            "Einschätzung": [
                _judgement(row, stand) + (" · nur Verwaltung" if row["key"] in reserved else "")
                for row, stand in zip(records, finding_words.progress(rows["key"]), strict=True)
            ],
        }
    )


def _judgement(row: dict, stand: str) -> str:
    if row["coordinated"] or row["internal"]:
        return finding_words.settled_in_short(row)
    if not row["assessment_state"]:
        return "nicht eingeschätzt"
    words = finding_words.assessment(row["assessment_state"], changed=row["assessment_changed"])
    return f"{words} · {stand}" if stand and not row["assessment_changed"] else words


def _detail(args: tuple[View, Selection, bool, int | None, str], keys: tuple[str, ...]) -> None:
    """The chosen finding, the first where none is chosen: why, and what people think of it."""
    chosen = st.session_state.get(CHOSEN)
    at = args[0]
    row, title, sentence = current.derived(_told, *args, chosen if chosen in keys else keys[0])
    st.subheader(plain(title), anchor=False)
    st.markdown(sentence)
    ends = row["kind"] == FindingKind.ENDING
    finding_why.show(at if ends else finding_rows.on_any_day(at), row["key"], key="why-finding")
    if not current.offers(Right.EDIT_ALL):
        return
    picked = chosen in keys
    with panels.in_sidebar(), st.expander("Einschätzung", expanded=picked, icon=":material/rate_review:"):
        st.caption(plain(title))
        if row["assessment_changed"]:
            st.warning(
                "Verändert seit der Einschätzung: Zeitraum oder Gemeinden sind andere als damals. "
                "Bitte prüfen und neu speichern."
            )
        assessing.show(row["key"], title)
        reserving.show(row["key"], title)
        measure_form.offer(measure_form.ANSWER, measure_form.begin_for_finding, pd.Series(row))


def _told(
    at: View, chosen: Selection, every_kind: bool, task_id: int | None, preset: str, key: str
) -> tuple[dict[Any, Any], str, str]:
    """A finding, its title, and who, where and when."""
    rows = _rows(at, chosen, every_kind, task_id, preset)
    row = rows[rows["key"] == key].iloc[0]
    task = finding_words.task_names().get(row["task_id"], "")
    about = task or listing(list(row["participant_names"]))
    title = f"{finding_words.kind(row)}: {about}"
    if current.discreet():
        title = finding_words.question(row, about)
    return row.to_dict(), title, finding_words.sentence(row)
