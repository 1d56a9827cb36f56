"""Wer trägt was: per Handlungsfeld a row for each structure and task, by level, with a column per period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.document import Block, Heading, Table, paragraphs
from steering.analysis.masterplan.bearers import bearers
from steering.analysis.needs import directory as need_directory
from steering.analysis.paper.facts import Facts
from steering.model import Level
from steering.model.german import listing
from steering.model.vocabulary import LEVEL_LETTER, word

RUNS, UNKNOWN, NOT, BY_PLAN = "ja", "ungewiss", "–", "+"


def blocks(facts: Facts, spans: pd.DataFrame) -> list[Block]:
    """An overview by level and period, then the Handlungsfelder; `spans` as `periods.periods`."""
    if spans.empty:
        return list(paragraphs("Im Planungshorizont liegt kein Planungszeitraum."))
    found = _by_period(facts, spans)
    if found.empty:
        return list(paragraphs("Für keine Aufgabe ist jemand federführend oder durchführend erfasst."))
    every = need_directory.tasks(facts.portfolio).sort_values(["field_position", "position"])
    said = (
        f"Gezeigt ist, wer eine Aufgabe leitet (F) oder durchführt (D): »{RUNS}« im ganzen Zeitraum; »ab« "
        f"und »bis« nennen Tage darin; »{UNKNOWN}«: ob es die Struktur dann gibt, ist nicht bekannt; "
        f"»{NOT}«: dann nicht. »{BY_PLAN}«: durch eine Maßnahme des Masterplans. Welche Ebene ein Buchstabe "
        "meint, sagt Tabelle 1."
    )
    made: list[Block] = [*paragraphs(said), _overview(found, spans, len(every), facts)]
    for field, tasks in every.groupby("field", sort=False):
        made += [Heading(str(field), 2), *_field(str(field), tasks, found, spans)]
    return made


def _by_period(facts: Facts, spans: pd.DataFrame) -> pd.DataFrame:
    """`bearers` of each period one below the other, with `period` (its row) and `cell` (what it says)."""
    parts = []
    for place, (first, last) in enumerate(zip(spans["first"], spans["last"], strict=True)):
        days = (first.date(), last.date())
        rows = bearers(facts.described, facts.view, *days)
        cells = [_cell(row, *days) for row in rows.to_dict("records")]
        parts.append(rows.assign(period=place, cell=pd.Series(cells, dtype=object)))
    return pd.concat(parts, ignore_index=True)


def _cell(row: dict[Any, Any], first: date, last: date) -> str:
    if row["unknown"]:
        return UNKNOWN
    said = []
    if row["since"].date() > first:
        said.append(f"ab {row['since']:%d.%m.%y}")
    if row["until"].date() < last:
        said.append(f"bis {row['until']:%d.%m.%y}")
    return " ".join(said) or RUNS


def _overview(found: pd.DataFrame, spans: pd.DataFrame, every: int, facts: Facts) -> Table:
    sure = found[~found["unknown"]]
    rows = []
    for level in Level:
        own = sure[sure["level"] == level]
        if (found["level"] == level).any():
            numbers = own.groupby("period")["structure_id"].nunique()
            rows.append(
                (
                    f"{word(level)} ({LEVEL_LETTER[level]})",
                    *(str(numbers.get(place, 0)) for place in spans.index),
                )
            )
    carried = sure.groupby("period")["task_id"].nunique()
    rows.append(("Aufgaben, die jemand trägt", *(f"{carried.get(at, 0)} von {every}" for at in spans.index)))
    return Table(
        ("Strukturen nach Ebene", *spans["name"]),
        tuple(rows),
        "Wie viele Strukturen je Ebene und Zeitraum Aufgaben tragen "
        f"(Szenario {word(facts.view.scenario.rule)}, ohne ungewisse)",
        widths=(6, *[2.6] * len(spans)),
        right=tuple(range(1, len(spans) + 1)),
        sums=(-1,),
    )


def _field(field: str, tasks: pd.DataFrame, found: pd.DataFrame, spans: pd.DataFrame) -> list[Block]:
    rank = {level.value: place for place, level in enumerate(Level)}
    rows, nobody = [], []
    for task in tasks.to_dict("records"):
        own = found[found["task_id"] == task["task_id"]]
        if own.empty:
            nobody.append(f"»{task['task']}«")
            continue
        order = own.assign(rank=own["level"].map(rank)).sort_values(["rank", "name", "structure_id"])
        for _, each in order.groupby(["rank", "name", "structure_id"], sort=True):
            rows.append(_row(task["task"], each, spans))
    made: list[Block] = []
    if rows:
        columns = ("Aufgabe", "Ebene", "Struktur", *spans["name"])
        widths = (5.4, 1.7, 6.6, *[2.1] * len(spans))
        made.append(Table(columns, tuple(rows), f"{field}: wer trägt was", widths=widths))
    if nobody:
        what = f"die Aufgabe {nobody[0]}" if len(nobody) == 1 else f"{len(nobody)} Aufgaben"
        names = "" if len(nobody) == 1 else f": {listing(nobody, 12)}"
        made += paragraphs(f"Für {what} ist keine Struktur erfasst{names}.")
    return made


def _row(task: str, own: pd.DataFrame, spans: pd.DataFrame) -> tuple[str, ...]:
    first = own.iloc[0]
    cells = own.set_index("period")["cell"]
    added = f"{BY_PLAN} " if own["added"].all() else ""
    role = "F" if own["lead"].any() else "D"
    return (
        task,
        LEVEL_LETTER[Level(first["level"])],
        f"{added}{first['name']} ({role})",
        *(str(cells.get(place, NOT)) for place in spans.index),
    )
