"""Bedarfe: what is needed now and later, against what reaches it, and what nobody has asked about."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.needs import counted, reckoning
from steering.analysis.needs import directory as need_directory
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import NeedKind, Priority, Provenance
from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.web import current, filters, held_choice, marks, pages, panels, presets
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.gaps import rows as gap_rows
from steering.web.needs import drawings, form, survey
from steering.web.needs import rows as need_rows
from steering.web.text import bold, plain

NOTHING_YET = (
    "Es ist noch **kein Bedarf** erfasst. Unten unter »Bedarf erfassen oder ändern« lässt sich der erste "
    "eintragen."
)
NOTHING_HERE = "Zu diesen Filtern ist **kein Bedarf** erfasst. Bitte die Filter in der Seitenleiste ändern."
DAY, COURSE = "Stichtag", "Verlauf"
ALL_EXAMPLES = (
    ":material/science: Alle gezeigten Bedarfe sind Beispiele, erfunden, um das Programm zu zeigen."
)
TO_OWN = " Wer einen davon unten ändert, macht ihn zur eigenen Angabe."
SWITCH, CHOSEN, TABLE = "needs_switch", "needs_chosen", "needs_table"


def answer() -> None:
    """For how many tasks a need is recorded, how many are met, and whether all of it is made up."""
    at, chosen = filters.view(), filters.selection()
    panels.answer(pages.NEEDS, *current.derived(_sentences, at, chosen))
    if note := current.derived(_examples, at, chosen):
        st.caption(f"{note}{panels.way(TO_OWN)}" if note == ALL_EXAMPLES else note)
    presets.ways(current.derived(_ways, at, chosen), key="needs")


def _sentences(at: View, chosen: Selection) -> tuple[str, ...]:
    rows = need_rows.selected(at, chosen)
    if rows.empty:
        if chosen.active:
            return (NOTHING_HERE,)
        nobody = not current.portfolio().has("structure")
        return (NOTHING_YET, *([panels.NOTHING_YET] if nobody else []))
    surveyed, valid = gap_rows.survey(chosen), counted.valid(rows)
    told = [
        bold(f"{len(found)}\N{NO-BREAK SPACE}{words}")
        for found, words in (
            (counted.met(rows), "gedeckt"),
            (counted.partly_met(rows), "teilweise gedeckt"),
            (counted.unmet(rows), "offen"),
        )
        if len(found)
    ]
    state = f"Am {day(at.as_of)} {'gelten' if len(valid) > 1 else 'gilt'} {len(valid)} davon"
    known = f"{state}: {listing(told)}." if told else ""
    share = (
        f"{len(surveyed.known - surveyed.refused)} von {count(len(surveyed.tasks), 'Aufgabe', 'Aufgaben')}"
    )
    return (
        f"Für {bold(share)} {'sind' if len(rows) > 1 else 'ist'} "
        f"{bold(count(len(rows), 'Bedarf', 'Bedarfe'))} erfasst. "
        f"{known}{_unsure(rows)}{_at_other_times(rows)}{_refused(len(surveyed.refused))}",
        _tasks(at, chosen),
    )


def _tasks(at: View, chosen: Selection) -> str:
    """The same seen from the tasks, as page Lücken counts them, and why that is another number."""
    is_open = len(gap_rows.of_state(gap_rows.on_day(at, chosen))[0])
    if not is_open:
        return "Damit ist **keine Aufgabe** offen."
    which = "einer Aufgabe" if is_open == 1 else f"{is_open} Aufgaben"
    whole = " Der Stand eines Bedarfs gilt dabei für sein ganzes Gebiet." if chosen.municipalities else ""
    return (
        f"Zu {bold(which)} ist damit etwas offen: Eine Aufgabe zählt, sobald einer ihrer Bedarfe irgendwo "
        f"offen oder nur teilweise gedeckt ist.{whole}"
    )


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    rows = need_rows.selected(at, chosen)
    if rows.empty:
        return ()
    states = (
        (presets.NEED_MET, counted.met, "gedeckt"),
        (presets.NEED_PARTLY_MET, counted.partly_met, "teilweise gedeckt"),
        (presets.NEED_UNMET, counted.unmet, "offen"),
        (presets.NEED_NOT_TOLD, counted.not_told, "ungewiss"),
        (presets.NEED_LATER, counted.later, "erst später"),
        (presets.NEED_PAST, counted.past, "nicht mehr gültig"),
    )
    is_open = len(gap_rows.of_state(gap_rows.on_day(at, chosen))[0])
    tasks = "offene Aufgabe" if is_open == 1 else "offene Aufgaben"
    return (
        *((each, len(kept(rows)), words) for each, kept, words in states),
        (presets.OPEN_TASKS, is_open, tasks),
    )


def _refused(tasks: int) -> str:
    if not tasks:
        return ""
    which = "einer weiteren Aufgabe" if tasks == 1 else f"{tasks} weiteren Aufgaben"
    return f" Zu {bold(which)} haben alle, die bisher geantwortet haben, »kein Bedarf« gesagt."


def _unsure(rows: pd.DataFrame) -> str:
    unknown = len(counted.not_told(rows))
    if not unknown:
        return ""
    return f" Bei {bold(str(unknown))} ist es ungewiss, weil Angaben fehlen."


def _at_other_times(rows: pd.DataFrame) -> str:
    """Those that are not valid on the Stichtag, so that the numbers make up the whole."""
    numbers = ((len(counted.later(rows)), "erst später"), (len(counted.past(rows)), "nicht mehr"))
    return "".join(
        f" {number}\N{NO-BREAK SPACE}{'gilt' if number == 1 else 'gelten'} {when}."
        for number, when in numbers
        if number
    )


def _examples(at: View, chosen: Selection) -> str:
    rows = need_rows.selected(at, chosen)
    made_up = int(_made_up(rows).sum())
    if not made_up:
        return ""
    if made_up == len(rows):
        return ALL_EXAMPLES
    return f":material/science: {made_up} von {len(rows)} Bedarfen sind Beispiele, erfunden."


def picture() -> None:
    """All needs on the Stichtag, or one of them over the horizon."""
    at, chosen = filters.view(), filters.selection()
    if need_rows.selected(at, chosen).empty:
        return
    panels.switch("Darstellung", (DAY, COURSE), key=SWITCH, default=DAY)
    if st.session_state[SWITCH] == COURSE:
        _course(at, chosen)
        return

    def drawn() -> Any:
        return current.derived(drawings.drawn, at, chosen, panels.theme(), current.presenting())

    if drawn() is None:
        st.info("Keiner dieser Bedarfe gilt am Stichtag oder danach.")
    else:
        panels.chart(drawn, "Bedarfe", key="needs")


def _course(at: View, chosen: Selection) -> None:
    """All needs over the horizon, and below it one of them with its amounts."""
    panels.chart(
        lambda: current.derived(drawings.all_courses_drawn, at, chosen, panels.theme()),
        "Bedarfe im Verlauf",
        key="courses",
    )
    rows = need_rows.measured(need_rows.selected(at, chosen))
    if rows.empty:
        return
    names = dict(zip(rows["need_id"], marks.names(rows["called"], _made_up(rows)), strict=True))
    names = held_choice.hold(CHOSEN, names)
    if st.session_state.get(CHOSEN) not in names:
        # First what can be told, and of that what will change.
        order = rows.assign(told=rows["supply"].notna(), changing=rows["changes_on"].notna())
        order = order.sort_values(["told", "changing"], ascending=False, kind="stable")
        st.session_state[CHOSEN] = int(order["need_id"].iloc[0])
    st.selectbox(
        "Ein Bedarf im Einzelnen",
        list(names),
        key=CHOSEN,
        format_func=names.__getitem__,
        placeholder=NOTHING_CHOSEN,
    )
    row = rows[rows["need_id"] == st.session_state[CHOSEN]].iloc[0].to_dict()
    st.markdown(_summary(row))
    if way := need_rows.reckoned(row, at):
        st.caption(f":material/calculate: {reckoning.COMPUTED.capitalize()}: {plain(way)}")
    need_id = int(st.session_state[CHOSEN])

    def course() -> Any:
        return current.derived(drawings.course_drawn, at, need_id, panels.theme())

    panels.chart(course, f"Verlauf {row['called']}", key="need-course")
    if (course().data["layer"] == "band").any():
        st.caption(
            "Gestrichelt umrandet: wie viel nach der niedrigsten bis zur höchsten Prognose gebraucht wird."
        )


def _summary(row: dict[Any, Any]) -> str:
    who = listing([plain(name) for name in row["providers"]])
    there = f" · am Stichtag da: {who}" if who else ""
    return (
        f"{bold(row['state'])} · Bedarf: {plain(need_rows.quantity(row))} · "
        f"{plain(need_rows.where(row))} · für {plain(', '.join(row['groups']))}{there}"
    )


def table() -> None:
    """The needs that the preset lists; choosing a row opens it in the form."""
    at, chosen = filters.view(), filters.selection()
    if presets.in_force(pages.NEEDS) not in survey.OF_TASKS and need_rows.selected(at, chosen).empty:
        return
    st.header("Alle Bedarfe", anchor=False)
    preset = presets.box(pages.NEEDS, "alle Bedarfe")
    if preset in survey.OF_TASKS:
        survey.table(chosen, preset)
        return
    shown, listed = (current.derived(each, at, chosen, preset) for each in (_table, need_rows.listed))
    panels.table(
        _in_short(shown, listed),
        "Bedarfe",
        key=TABLE,
        empty="Kein Bedarf dieser Auswahl.",
        choice=panels.RowChoice(listed["need_id"].tolist(), form.choose),
        file=lambda: file(at, chosen, preset),
        most=11,
    )


def file(at: View, chosen: Selection, preset: str) -> pd.DataFrame:
    """The table as its file has it: the needs, or the tasks of which nobody has said what is needed."""
    return survey.tasks(chosen, preset) if preset in survey.OF_TASKS else _table(at, chosen, preset)


def _in_short(shown: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """What is in view, in rows of one line; several groups by their number, cases without their kind."""
    whom = [
        groups[0] if len(groups) == 1 else count(len(groups), "Zielgruppe", "Zielgruppen")
        for groups in rows["groups"]
    ]
    amounts = [need_rows.amount_in_short(row) for row in rows.to_dict("records")]
    return shown[list(_IN_VIEW)].assign(**{"Für wen": whom, "Angebot von Bedarf": amounts})


def _made_up(rows: pd.DataFrame) -> pd.Series:
    return rows["provenance"] == Provenance.EXAMPLE


# The rest is in the workbook, and in the form that a row opens.
_IN_VIEW = ("Bedarf", "Für wen", "Stand", "Angebot von Bedarf", "ändert sich")


def _table(at: View, chosen: Selection, preset: str) -> pd.DataFrame:
    rows = need_rows.listed(at, chosen, preset)
    records = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Bedarf": marks.names(rows["called"], _made_up(rows)),
            "Für wen": [", ".join(groups) for groups in rows["groups"]],
            "Stand": rows["state"],
            "Angebot von Bedarf": [need_rows.amount(row) for row in records],
            "ändert sich": [need_rows.then(row) for row in records],
            "Gebiet": [need_rows.where(row) for row in records],
            "Was gebraucht wird": rows["name"],
            "Herkunft": [word(Provenance(value)) for value in rows["provenance"]],
            "Rechtscharakter": rows["legal"],
            "Priorität": [word(Priority(value)) for value in rows["priority"]],
            "Angebot durch": [", ".join(names) for names in rows["providers"]],
            "Menge": [need_rows.quantity(row) for row in records],
            "Rechenweg": [need_rows.reckoned(row, at) for row in records],
            "Art": [word(NeedKind(value)) for value in rows["kind"]],
            "Handlungsfeld": rows["field"],
            "nur Ebene": [need_rows.level(stored) for stored in rows["level"]],
            "gilt": [need_directory.period(row) for row in records],
        }
    )
