"""What the findings say in a sentence or two: for the Lagebild."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.findings import counted
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model.german import count, day
from steering.web import current, filters, marks, presets
from steering.web.findings import rows as finding_rows
from steering.web.findings import words as finding_words
from steering.web.gaps import rows as gap_rows
from steering.web.gaps import words as gap_words
from steering.web.text import bold

Sentence = tuple[str, tuple[presets.FigureLink, ...]]


def show() -> None:
    """Overlaps and gaps on the Stichtag and what comes to them next, with the ways to their rows."""
    if current.portfolio().has("need") or current.portfolio().has("responsibility"):
        st.header("Zuständigkeiten und Lücken", anchor=False)
        sentences, ways = told()
        st.markdown(sentences)
        presets.ways(ways, key="open-questions")


def told() -> Sentence:
    """They in words, with the ways to their rows."""
    return current.derived(_told, filters.view(), filters.selection())


def _told(at: View, chosen: Selection) -> Sentence:
    parts = _overlaps(at, chosen), _gaps(at, chosen)
    return " ".join(sentence for sentence, _ in parts), tuple(way for _, ways in parts for way in ways)


def _overlaps(at: View, chosen: Selection) -> Sentence:
    rows = finding_rows.on_day(finding_rows.selected(finding_rows.standing(at), chosen, at), at)
    rows = counted.leads_to_settle(rows)
    tasks = len(counted.tasks(rows))
    if not tasks:
        return "Am Stichtag ist **keine** mehrfache oder ungeklärte Federführung **erfasst**.", ()
    return (
        f"Am Stichtag ist bei {bold(count(tasks, 'Aufgabe', 'Aufgaben'))} die Federführung mehrfach "
        f"oder ungeklärt{finding_words.share(rows)}; Abgestimmtes und Internes "
        "ist nicht gezählt.",
        ((presets.LEAD_TO_SETTLE, tasks, "mit Federführung mehrfach oder ungeklärt"),),
    )


def _gaps(at: View, chosen: Selection) -> Sentence:
    needs = current.portfolio().needs
    if needs.empty:
        return "Bedarfe sind nicht erhoben; über Lücken lässt sich deshalb nichts sagen.", ()
    if not gap_rows.survey(chosen).known:
        return (
            "Zu keiner Aufgabe dieser Ansicht ist ein Bedarf erhoben; über Lücken lässt sich deshalb nichts "
            "sagen.",
            (),
        )
    today = gap_rows.on_day(at, chosen)
    now, unsure = gap_rows.of_state(today)
    are = f"{'ist' if len(now) == 1 else 'sind'} {bold(str(len(now)) if now else 'keine')}"
    head = f"Von den Aufgaben mit erhobenem Bedarf {are} nicht oder nicht ganz gedeckt"
    head += marks.share(_made_up(today[today["task_id"].isin(now)]), len(now))
    if unsure:
        head += f", bei {bold(str(len(unsure)))} weiteren ist es ungewiss"
    opening = gap_rows.opening(at, chosen)
    more = ""
    if opening:
        come = "kommt" if len(opening.tasks) == 1 else "kommen"
        more = f"; ab {bold(day(opening.day))} {come} {bold(str(len(opening.tasks)))} hinzu"
        more += gap_words.because(opening)
    return f"{head}{more}.", gap_rows.ways(at, chosen)


def _made_up(rows: pd.DataFrame) -> int:
    """To how many tasks of these findings an example leads."""
    return len(counted.tasks(rows[finding_words.on_examples(rows)]))
