"""Zuständigkeiten: which task has several houses in charge, and which nobody."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.findings import counted
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.matrix import LETTER, Matrix, chosen_task, matrix
from steering.charts.matrix_layers import FILLS, OPEN, UNKNOWN
from steering.charts.ramp import Step
from steering.charts.theme import Theme, ink_on
from steering.model import Provenance, Role
from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.web import current, filters, held_choice, marks, pages, panels, presets
from steering.web.editing import choices
from steering.web.findings import words as finding_words
from steering.web.responsibilities import findings as responsibility_findings
from steering.web.responsibilities import overlaps as responsibility_overlaps
from steering.web.responsibilities import rows as responsibility_rows
from steering.web.responsibilities import tasks as responsibility_tasks
from steering.web.responsibilities.rows import BY_CARRIER, BY_LEVEL, BY_STRUCTURE, ShownMatrix
from steering.web.text import bold, plain

WHAT, AXIS, PICKED, BODY, TASK, ALL_TASKS = (
    "responsibility_what",
    "responsibility_axis",
    "responsibility_structures",
    "responsibility_matrix",
    "responsibility_task",
    "responsibility_every_task",
)
MADE_UP = Step(f"◥ {marks.WORD}")
CONCLUDED = Step(f"○ {marks.DERIVED_WORD}")
MATRIX, PAIRS, TIME = "Wer macht was", "Wer mit wem", "Über die Zeit"


def answer() -> None:
    """How many tasks have several houses in charge, and which of them reaches furthest."""
    at, chosen = filters.view(), filters.selection()
    panels.answer(pages.RESPONSIBILITIES, current.derived(_sentences, at, chosen))
    if current.portfolio().has("responsibility"):
        presets.ways(current.derived(_ways, at, chosen), key="responsibilities")


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    wanted = (
        (presets.SEVERAL_LEADS, "mehrfach federführend"),
        (presets.LEAD_UNCLEAR, "mit ungeklärter Federführung"),
        (presets.WITHOUT_DUTY, "ohne erfasste Zuständigkeit"),
    )
    return tuple(
        (each, len(responsibility_tasks.of_preset(at, chosen, each.preset) or ()), words)
        for each, words in wanted
    )


def _sentences(at: View, chosen: Selection) -> str:
    portfolio = current.portfolio()
    if not portfolio.has("structure"):
        return panels.NOTHING_YET
    if not portfolio.has("responsibility"):
        return "Es ist noch **keine Zuständigkeit** erfasst, also lässt sich nichts vergleichen."
    rows = responsibility_tasks.on_day(at, chosen)
    overlaps = counted.several_leads(rows)
    first = f"Am {day(at.as_of)} {_have_two(overlaps)}; {_unclear(counted.lead_unclear(rows))}."
    return " ".join(filter(None, (first, _widest(overlaps))))


def _have_two(rows: pd.DataFrame) -> str:
    """Sind bei 2 Aufgaben mehrere Stellen federführend (davon 1 nach Beispielangaben)."""
    tasks = len(counted.tasks(rows))
    if not tasks:
        return "sind bei **keiner Aufgabe** mehrere Stellen federführend erfasst"
    aside = finding_words.share(rows)
    return f"sind bei {bold(count(tasks, 'Aufgabe', 'Aufgaben'))} mehrere Stellen federführend{aside}"


def _unclear(rows: pd.DataFrame) -> str:
    tasks = len(counted.tasks(rows))
    if not tasks:
        return "bei keiner ist eine ungeklärte Federführung erfasst"
    aside = finding_words.share(rows)
    return f"bei {bold(count(tasks, 'Aufgabe', 'Aufgaben'))} ist die Federführung ungeklärt{aside}"


def _widest(rows: pd.DataFrame) -> str:
    """The overlap in most municipalities, the longest of those."""
    if rows.empty:
        return ""
    ahead = rows.assign(
        size=rows["municipalities"].map(len), last=rows["end"].fillna(pd.Timestamp("2262-01-01"))
    ).sort_values(["size", "last"], ascending=False, kind="stable")
    row = ahead.iloc[0]
    who = listing([bold(name) for name in finding_words.carriers(row["participants"])])
    until = f" bis {day(row['end'])}" if pd.notna(row["end"]) else ""
    where = finding_words.where(row)
    if current.discreet():
        asked = finding_words.question(row, finding_words.task_names()[row["task_id"]])
        return f"Zu klären ist vor allem: {plain(asked)} Beteiligt: {who}, {where}{until}."
    task = plain(finding_words.task_names()[row["task_id"]])
    return f"Am weitesten reicht »{task}«: {who}, {where}{until}."


def controls() -> None:
    """Which of the three pictures, and for the matrix which columns; before a room only the first two."""
    shares = [1.6, 1] if current.presenting() else [1.72, 1.12, 1.7]
    what, axis, *picked = st.columns(shares, vertical_alignment="bottom")
    if presets.in_force(pages.RESPONSIBILITIES) != presets.ALL:
        st.session_state[WHAT] = MATRIX
    st.session_state.setdefault(WHAT, MATRIX)
    what.segmented_control(
        "Ansicht",
        (MATRIX, PAIRS, TIME),
        key=WHAT,
        persist_state="session",
        required=True,
        on_change=_every_task,
        wrap=True,
    )
    if st.session_state[WHAT] != MATRIX:
        return
    st.session_state.setdefault(AXIS, BY_STRUCTURE)
    st.session_state.setdefault(PICKED, [])
    axis.segmented_control(
        "Spalten", (BY_STRUCTURE, BY_CARRIER, BY_LEVEL), key=AXIS, required=True, persist_state="session",
        wrap=True,
    )  # fmt: skip
    if not picked:
        return
    names = held_choice.hold(PICKED, choices.structures())
    picked[0].multiselect(
        "Nur diese Strukturen", list(names), key=PICKED, format_func=lambda key: names.get(key, ""),
        placeholder="alle mit Aufgaben am Stichtag", select_all=False, persist_state="page",
    )  # fmt: skip


def picture() -> None:
    """The chosen picture."""
    match st.session_state[WHAT]:
        case "Wer mit wem":
            responsibility_overlaps.show_pairs()
        case "Über die Zeit":
            responsibility_overlaps.show_over_time()
        case _:
            _matrix()


def findings() -> None:
    """The list below every picture; where a task is chosen in the matrix, only about that."""
    if st.session_state[WHAT] != MATRIX:
        responsibility_findings.show(None, TASK)
        return
    preset = presets.in_force(pages.RESPONSIBILITIES)
    responsibility_findings.show(st.session_state.get(TASK), TASK, preset)


def _matrix() -> None:
    """The matrix; the names of its columns stay in view while the rows move."""
    view = (
        filters.view(), filters.selection(), st.session_state[AXIS], tuple(st.session_state[PICKED]),
        bool(st.session_state.get(ALL_TASKS)), presets.in_force(pages.RESPONSIBILITIES),
    )  # fmt: skip
    if view[-1] != presets.ALL:
        presets.box(pages.RESPONSIBILITIES, "alle Aufgaben")
    found = current.derived(responsibility_rows.shown, *view)
    if found.rows.empty and not found.folded:
        st.info("In dieser Ansicht gibt es keine Aufgabe. Bitte die Filter in der Seitenleiste ändern.")
        return
    if found.rows.empty:  # All of them are folded away: a legend and a frame would be about nothing.
        st.caption(_caption(found))
        _fold(found)
        return
    panels.legend(_legend())
    drawn = current.derived(_drawn, *view, panels.theme())
    panels.chart_under_head(
        drawn.head, drawn.body, place="matrix", head_key="matrix-names", key=BODY, on_select=_choose
    )
    st.caption(_caption(found))
    _below(found, drawn)
    task = st.session_state.get(TASK)
    if task is not None and task in set(found.rows["task_id"]):
        _holders(found, int(task))


def _below(found: ShownMatrix, drawn: Matrix) -> None:
    """The rows that are folded away, and the downloads."""
    fold, picture, sheet = st.columns([4, 1.4, 1], vertical_alignment="center")
    with fold:
        _fold(found)
    with picture:
        panels.picture_buttons(drawn.picture, "Zuständigkeiten", key="matrix")
    with sheet:
        panels.table_button(lambda: responsibility_rows.table(found), "Zuständigkeiten", key="matrix-table")


def _fold(found: ShownMatrix) -> None:
    if found.nobody:
        st.toggle(
            "Auch Aufgaben ohne erfasste Zuständigkeit und ohne erhobenen Bedarf zeigen",
            key=ALL_TASKS,
            persist_state="session",
        )


def _every_task() -> None:
    """Another picture is one of all tasks again."""
    presets.leave(pages.RESPONSIBILITIES)


def _choose() -> None:
    st.session_state[TASK] = chosen_task(st.session_state[BODY]["selection"])


def _drawn(
    at: View,
    chosen: Selection,
    axis: str,
    picked: tuple[int, ...],
    every_task: bool,
    preset: str,
    theme: Theme,
) -> Matrix:
    found = current.derived(responsibility_rows.shown, at, chosen, axis, picked, every_task, preset)
    return matrix(found.rows, found.columns, found.cells, theme=theme)


def _legend() -> list[Step]:
    words = {role.value: f"{letter} {word(role)}" for role, letter in LETTER.items()}
    words |= {OPEN: "F mehrfach federführend", UNKNOWN: "? läuft ungewiss"}
    order = [Role.LEAD.value, OPEN, *(role.value for role in list(LETTER)[1:]), UNKNOWN]
    return [*(_step(words[look], FILLS[look]) for look in order), MADE_UP, CONCLUDED]


def _step(label: str, fill: str) -> Step:
    return Step(label=label, fill=fill, ink=ink_on(fill))


def _caption(found: ShownMatrix) -> str:
    words = [f"Zu {count(found.nobody, 'Aufgabe', 'Aufgaben')} ist am Stichtag keine Zuständigkeit erfasst."]
    if found.folded:
        whose = "Bei allen" if found.folded == found.nobody else f"Bei {found.folded} davon"
        words.append(f"{whose} ist auch kein Bedarf erhoben; sie sind eingeklappt.")
    if found.elsewhere:
        words.append(f"{count(found.elsewhere, 'Aufgabe liegt', 'Aufgaben liegen')} nur bei anderen.")
    if found.columns_left_out:
        words.append(
            f"Gezeigt sind die {len(found.columns)} Spalten mit den meisten Aufgaben; "
            f"{found.columns_left_out} weitere über die Filter."
        )
    if len(found.rows):
        words.append("Ein Klick auf eine Zeile zeigt, wer beteiligt ist, und nur deren Hinweise.")
    return " ".join(words)


def _holders(found: ShownMatrix, task: int) -> None:
    """Who has the chosen task, in which role, where."""
    rows = found.duties[found.duties["task_id"] == task]
    strength = {role.value: rank for rank, role in enumerate(LETTER)}
    rows = rows.sort_values("role", key=lambda roles: roles.map(strength))
    panels.table(
        pd.DataFrame(
            {
                "Struktur": rows["name"],
                "Träger": rows["organisation_short"],
                "Rolle": [word(Role(role)) for role in rows["role"]],
                "Für wen": rows["groups"],
                "Gebiet": rows["area"],
                "Ort": rows["site"],
                "Läuft": [_runs(*each) for each in zip(rows["unknown"], rows["until"], strict=True)],
                "Herkunft": [_origin(*each) for each in zip(rows["example"], rows["derived"], strict=True)],
            }
        ),
        finding_words.task_names().get(task, "Aufgabe"),
        key="responsibility_holders",
        empty="Zu dieser Aufgabe ist am Stichtag keine Zuständigkeit erfasst.",
    )


def _origin(example: bool, derived: bool) -> str:
    return marks.WORD if example else marks.DERIVED_WORD if derived else word(Provenance.DOCUMENTED)


def _runs(unknown: bool, until: pd.Timestamp) -> str:
    return "ungewiss" if unknown else f"ja, bis {day(until)}" if pd.notna(until) else "ja"
