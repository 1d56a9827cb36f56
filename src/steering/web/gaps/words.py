"""The sentences of Lücken; why tasks open is said in the same words wherever it is said."""

from __future__ import annotations

import pandas as pd

from steering.analysis import small_counts
from steering.analysis.needs import counted
from steering.analysis.needs.open_tasks import NEED_BEGINS, Opening
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model.german import count, day, listing, number
from steering.web import marks, panels
from steering.web.findings import words as finding_words
from steering.web.gaps import rows as gap_rows
from steering.web.text import bold, plain


def sentences(at: View, chosen: Selection) -> tuple[str, ...]:
    """The answer: what opens next and why, what is open, and of what nobody knows."""
    if gap_rows.untouched():
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
    head = f"Ab {bold(day(found.day))}"
    place = _affected(found)
    aside = marks.share(len(examples & set(found.tasks)), tasks)
    if tasks == 1:
        what = bold(f"eine {further}Aufgabe")
        return f"{head} ist {what} offen ({place}): {plain(names[found.tasks[0]])}{because(found)}{aside}."
    return f"{head} sind {bold(f'{tasks} {further}Aufgaben')} offen ({place}){because(found)}{aside}."


def _examples(rows: pd.DataFrame) -> set[int]:
    """The tasks that are open because of an example."""
    return set(rows.loc[finding_words.on_examples(rows), "task_id"])


def _affected(found: Opening) -> str:
    place = gap_rows.where(found.municipalities)
    place = place if place == gap_rows.DISTRICT_WIDE else f"in {place}"
    if found.persons is None or small_counts.is_small(found.persons):
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


def footing(at: View, chosen: Selection) -> str:
    """What the filters cannot let through."""
    notes = []
    if chosen.levels or chosen.organisations:
        notes.append(
            "Lücken ohne erfasste Beteiligte gehören zu keiner Ebene und keinem Träger: "
            "Sie bleiben bei diesen Filtern sichtbar."
        )
    return " ".join(notes)


def because(found: Opening) -> str:
    """One reason for all, or how many for which; "" where none is known."""
    known = [(reason, tasks) for reason, tasks in found.reasons if reason]
    if not known:
        return ""
    if len(found.reasons) == 1:
        reason = _reason(known[0][0])
        return f", weil {reason}" if len(found.tasks) == 1 else f", alle aus demselben Grund: {reason}"
    shares = [f"{_number_word(tasks)}, weil {_reason(reason)}" for reason, tasks in known]
    return f": {listing(shares[:-1])}, und {shares[-1]}" if len(shares) > 1 else f": {shares[0]}"


def _reason(reason: str) -> str:
    return reason if reason == NEED_BEGINS else bold(reason)


def _number_word(tasks: int) -> str:
    """In words as far as German writes them out, so that no figure stands beside "eine"."""
    words = (
        "eine",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    )
    return words[tasks - 1] if 0 < tasks <= len(words) else str(tasks)
