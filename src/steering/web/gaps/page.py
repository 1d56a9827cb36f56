"""Lücken: which needs nobody meets, when, where and why; and of which nobody knows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.needs import counted
from steering.analysis.needs.open_tasks import Opening
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.coinciding import coinciding
from steering.model.german import count, day, day_in_words, number
from steering.web import current, filters, marks, pages, panels, presets, table_layout
from steering.web.findings import words as finding_words
from steering.web.gaps import matrix, on_map, words
from steering.web.gaps import open_tasks as gap_open_tasks
from steering.web.gaps import rows as gap_rows
from steering.web.text import bold, plain

PICTURE = "gaps_picture"
TIME, PLACES, MAP = "Zeit", "Gemeinden", "Karte"


def answer() -> None:
    """What opens next and why, what is open, and of what nobody knows."""
    at, chosen = filters.view(), filters.selection()
    panels.answer(pages.GAPS, *current.derived(_sentences, at, chosen))
    if note := current.derived(_footing, at, chosen):
        st.caption(note)
    if not _untouched():
        presets.ways(current.derived(_ways, at, chosen), key="gaps")


def body() -> None:
    """Everything below the answer; nothing where nothing has been entered yet."""
    if _untouched():
        return
    picture()
    gap_open_tasks.table()
    gap_open_tasks.cascade()
    band()


def _untouched() -> bool:
    portfolio = current.portfolio()
    return portfolio.structures.empty and portfolio.needs.empty


def _sentences(at: View, chosen: Selection) -> tuple[str, ...]:
    if _untouched():
        return (panels.NOTHING_YET,)
    survey = gap_rows.survey(chosen)
    if not survey.known:
        return (
            "**Bedarf nicht erhoben:** Zu keiner Aufgabe dieser Ansicht ist ein Bedarf erfasst. "
            "Ob etwas fehlt, lässt sich deshalb nicht sagen.",
        )
    today = gap_rows.on_day(at, chosen)
    now, unsure = gap_rows.of_state(today)
    return (
        _opening(gap_rows.opening(at, chosen), bool(now), chosen, _examples(gap_rows.unmet(at, chosen))),
        f"{_now(at, now, len(unsure), _examples(today))} {_unsurveyed(survey)}".strip(),
    )


def _opening(found: Opening | None, already: bool, chosen: Selection, examples: set[int]) -> str:
    if found is None:
        return "Nach dem Stichtag kommt im Planungshorizont **keine offene Aufgabe** hinzu."
    tasks, further = len(found.tasks), "weitere " if already else ""
    names = gap_rows.tasks(chosen).set_index("task_id")["name"]
    head = f"Ab {bold(day_in_words(found.day))}"
    place = _affected(found)
    aside = marks.share(len(examples & set(found.tasks)), tasks)
    if tasks == 1:
        what = bold(f"eine {further}Aufgabe")
        return (
            f"{head} ist {what} offen ({place}): {plain(names[found.tasks[0]])}{words.because(found)}{aside}."
        )
    return f"{head} sind {bold(f'{tasks} {further}Aufgaben')} offen ({place}){words.because(found)}{aside}."


def _examples(rows: pd.DataFrame) -> set[int]:
    """The tasks that are open because of an example."""
    return set(rows.loc[finding_words.on_examples(rows), "task_id"])


def _affected(found: Opening) -> str:
    place = gap_rows.where(found.municipalities)
    place = place if place == gap_rows.DISTRICT_WIDE else f"in {place}"
    if found.persons is None:
        return place
    return f"mindestens {number(found.persons, 0)} Personen der Zielgruppen, {place}"


def _now(at: View, tasks: frozenset[int], unsure: int, examples: set[int]) -> str:
    now = len(tasks)
    are = "ist" if now <= 1 else "sind"
    many = {0: "**keine Aufgabe mit erhobenem Bedarf**", 1: "**eine Aufgabe**"}.get(
        now, f"**{now} Aufgaben**"
    )
    head = f"Am {plain(day(at.as_of))} {are} {many} offen{marks.share(len(examples & tasks), now)}."
    if not unsure:
        return head
    which = "einer Aufgabe" if unsure == 1 else f"{unsure} Aufgaben"
    return f"{head} Bei {bold(which)} ist ungewiss, ob der Bedarf gedeckt ist."


def _unsurveyed(survey: counted.Survey) -> str:
    if not survey.unknown:
        return ""
    every = count(len(survey.tasks), "Aufgabe", "Aufgaben")
    return f"Zu {len(survey.unknown)} von {every} ist kein Bedarf erhoben."


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    survey = gap_rows.survey(chosen)
    if not survey.known:
        return ()
    return (
        *gap_rows.ways(at, chosen),
        (presets.NOT_SURVEYED, len(survey.unknown), "ohne erhobenen Bedarf"),
    )


def _footing(at: View, chosen: Selection) -> str:
    """What the filters cannot let through."""
    notes = []
    if chosen.levels or chosen.organisations:
        notes.append(
            "Lücken ohne erfasste Beteiligte gehören zu keiner Ebene und keinem Träger: "
            "Sie bleiben bei diesen Filtern sichtbar."
        )
    return " ".join(notes)


def picture() -> None:
    """Over time, by municipality, or as a map."""
    heading, switch = st.columns([2.1, 1], vertical_alignment="center")
    with switch, st.container(horizontal=True, horizontal_alignment="right"):
        shown = st.segmented_control(
            "Gezeigt wird",
            list(PICTURES),
            default=TIME,
            key=PICTURE,
            label_visibility="collapsed",
            required=True,
        )
    on_day = f"Offene Aufgaben am {day(filters.view().as_of)}"
    heading.header("Offene Aufgaben je Handlungsfeld" if shown == TIME else on_day, anchor=False)
    PICTURES[str(shown)]()


def _time() -> None:
    at, chosen = filters.view(), filters.selection()
    drawn = current.derived(matrix.time_matrix, at, chosen, panels.theme())
    panels.chart(drawn, "Lücken je Quartal", key="gaps-time")
    panels.legend(current.derived(matrix.legend, at, chosen, matrix.over_time))
    st.caption(
        "Zahl: Aufgaben, deren Bedarf an mindestens einem Tag des Quartals nicht gedeckt ist. "
        "»erhoben«: zu wie vielen Aufgaben des Handlungsfelds ein Bedarf erfasst ist."
    )
    _sheet(current.derived(matrix.time_sheet, at, chosen), "Lücken je Quartal", "gaps-time")


def _places() -> None:
    at, chosen = filters.view(), filters.selection()
    if len(gap_rows.places(chosen)) > matrix.MOST_COLUMNS:
        st.info(
            "Für so viele Gemeinden ist die Matrix zu breit. Bitte nach Gemeinden filtern; "
            "die Tabelle zeigt alle."
        )
    else:
        drawn = current.derived(matrix.place_matrix, at, chosen, panels.theme())
        panels.chart(drawn, "Lücken je Gemeinde", key="gaps-places")
        panels.legend(current.derived(matrix.legend, at, chosen, matrix.by_place))
    _sheet(current.derived(matrix.place_sheet, at, chosen), "Lücken je Gemeinde", "gaps-places")


def _sheet(frame: pd.DataFrame, title: str, key: str) -> None:
    with st.expander("Als Tabelle"):
        panels.table(
            frame,
            title,
            key=f"{key}-sheet",
            room=table_layout.FRAMED,
            empty="Kein Handlungsfeld in dieser Ansicht.",
        )


PICTURES = {TIME: _time, PLACES: _places, MAP: on_map.draw}


def band() -> None:
    """How many tasks are open in the three scenarios."""
    st.header("Zwischen gesichert und optimistisch", anchor=False)
    at, chosen = filters.view(), filters.selection()
    if not gap_rows.survey(chosen).known:
        st.info("Bedarf nicht erhoben: Ohne erfasste Bedarfe gibt es nichts zu vergleichen.")
        return
    drawn = current.derived(matrix.band, at, chosen, panels.theme())
    panels.chart(drawn, "Offene Aufgaben je Szenario", key="gaps-band")
    st.caption(
        "Fläche: auch im optimistischen Fall offen. Band: offen, wenn nicht verlängert wird. "
        "Ungewisses und nicht Erhobenes ist nicht mitgezählt. "
        + coinciding(current.derived(matrix.per_scenario, at, chosen), "open")
    )
