"""The two sheets of a survey's workbook: what is needed for people, and what steering needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import AskedBody
from steering.analysis.surveys.bodies import steering_tasks
from steering.analysis.surveys.said import answers
from steering.exchange.workbook.columns import CellKind, Column, Lists, columns_of
from steering.exchange.workbook.reference_names import NamesByKey, names
from steering.exchange.workbook.sheets import RecordSheet, joined, shown
from steering.model import Needed, NeedKind, NeedUnit, SurveyAnswer
from steering.model.german import day, number
from steering.model.vocabulary import WORDS, word

TITLES: Mapping[NeedKind, str] = {NeedKind.SERVICE: "Bedarf", NeedKind.STEERING: "Strategische Steuerung"}
NUMBER = Column("task_number", "Nr.", CellKind.WHOLE, is_key=True)
LAST = Column("last", "Letzte Antwort", CellKind.FOREIGN)
_CHOICES = ", ".join(f"»{said}«" for said in WORDS[Needed].values())
_ASKED = Column(
    "needed",
    "Bedarf?",
    CellKind.CHOICE,
    choices=Needed,
    asks=True,
    about=f"bitte je Zeile wählen: {_CHOICES}",
)
_FIELDS: Mapping[NeedKind, tuple[str, ...]] = {
    NeedKind.SERVICE: (
        *("target_groups", "quantity", "unit", "valid_from", "valid_until", "priority", "area_id", "site"),
        "reason",
    ),
    NeedKind.STEERING: (
        *("level", "quantity", "unit", "valid_from", "valid_until", "priority", "area_id", "reason"),
    ),
}
_TOLD: Mapping[str, tuple[str, str]] = {
    "target_groups": ("Für wen", "Zielgruppen; mehrere mit Semikolon, leer heißt »alle«"),
    "quantity": ("Wie viel", "eine Zahl, z. B. 1,5; leer, wenn nicht bekannt"),
    "unit": ("Einheit", "Plätze, VZÄ (Vollzeitstellen) oder Beratungsschlüssel (Personen je Fachkraft)"),
    "valid_from": ("von", "erster Tag, z. B. 01.01.2027; leer heißt »schon jetzt«"),
    "valid_until": ("bis", "letzter Tag; leer heißt »auf Dauer«"),
    "priority": ("Priorität", "wie dringend es ist"),
    "area_id": ("Gebiet", "wo es gebraucht wird"),
    "site": ("Standort", "Schule oder Unterkunft, wenn es nur dort gebraucht wird"),
    "level": ("Ebene", "wer steuern soll"),
    "reason": ("Begründung", "woran Sie den Bedarf erkennen"),
}


def columns(kind: NeedKind, lists: Lists) -> tuple[Column, ...]:
    """The columns of a sheet in their order: task, the question, how much and where, the answer before."""
    known = {column.field: column for column in columns_of(SurveyAnswer, lists)}
    fields = (
        replace(known[name], heading=_TOLD[name][0], about=_TOLD[name][1], required=False)
        for name in _FIELDS[kind]
    )
    task = replace(known["task_id"], about="Aufgabe; für einen weiteren Bedarf die Zeile kopieren")
    return (NUMBER, task, _ASKED, *fields, LAST)


class SheetSource:
    """What the sheets of all bodies are made from, each thing read once: names of the catalogue and of the
    public places, which tasks are steering, and what was said before."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._known: dict[str, NamesByKey] = {}
        self.steering = steering_tasks(portfolio)
        self.said = answers(portfolio)

    def names_of(self, table: str) -> NamesByKey:
        """The names that may be chosen from a table."""
        if table not in self._known:
            self._known[table] = names(self._portfolio, table)
        return self._known[table]


def sheets(source: SheetSource, asked: AskedBody, lists: Lists) -> list[RecordSheet]:
    """Both sheets as they go out: a row for each task, with what the body said last."""
    before: dict[int, list[dict[Any, Any]]] = {}
    for row in said_before(source.said, asked).to_dict("records"):
        before.setdefault(row["task_id"], []).append(row)
    made = []
    for kind, title in TITLES.items():
        headings = columns(kind, lists)
        asks = [task for task in asked.tasks if (task in source.steering) == (kind is NeedKind.STEERING)]
        rows = [
            tuple(_cell(source, column, row) for column in headings)
            for task in asks
            for row in _rows(asked, task, kind, before.get(task, ()))
        ]
        made.append(RecordSheet(SurveyAnswer, title, headings, tuple(rows)))
    return made


def said_before(said: pd.DataFrame, asked: AskedBody) -> pd.DataFrame:
    """What held of the body's answers when this round went out, that is of the rounds before; `said` as
    `said.answers` gives them."""
    found = said[(said["body"] == asked.body.key) & (said["round_id"] != asked.round_id)]
    found = found[found["received_on"] <= pd.Timestamp(asked.sent_on)]
    newest = found.groupby("task_id")["digest"].transform("last")
    return found[found["digest"] == newest]


def _rows(
    asked: AskedBody, task: int, kind: NeedKind, before: Sequence[Mapping[Any, Any]]
) -> list[dict[str, Any]]:
    fresh = {
        "task_id": task,
        "area_id": asked.body.area_id,
        "level": asked.body.level if kind is NeedKind.STEERING else None,
    }
    return [fresh | {"before": row} for row in before] or [fresh]


def _cell(source: SheetSource, column: Column, row: Mapping[str, Any]) -> Any:
    before = row.get("before", {})
    if column.field == NUMBER.field:
        return row["task_id"]
    if column.field == LAST.field:
        return last_in_words(before)
    if column.field == _ASKED.field:
        return None
    if column.kind is CellKind.LIST:
        return joined(source.names_of(column.target)[key] for key in sorted(before.get("groups", ())))
    value = before.get(column.field, row.get(column.field))
    if value is None or value == "" or pd.isna(value):
        return None
    if column.kind is CellKind.REFERENCE:
        return source.names_of(column.target).get(int(value), f"[{value}]")
    return shown(column, value)


def last_in_words(before: Mapping[str, Any]) -> str | None:
    """Ja, 2 VZÄ (12.03.2026): what a body said last."""
    if not before:
        return None
    much = ""
    if not pd.isna(before["quantity"]):
        unit = "" if pd.isna(before["unit"]) else f" {word(NeedUnit(before['unit']))}"
        much = f", {number(before['quantity'], 4)}{unit}"
    return f"{word(Needed(before['needed']))}{much} ({day(before['received_on'])})"
