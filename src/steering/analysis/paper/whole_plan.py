"""The Masterplan as a document: by Handlungsfeld and period, who carries what, what stays open, what is planned."""

from __future__ import annotations

import pandas as pd

from steering.analysis import lifecycle, periods
from steering.analysis.document import Block, Contents, Document, Figure, Heading, Table, Title, paragraphs
from steering.analysis.paper import sentences
from steering.analysis.paper.draft import MAP, TIMELINE, budget, data_of, left_out, measures
from steering.analysis.paper.facts import Facts
from steering.model import Role
from steering.model.german import count
from steering.model.vocabulary import word

RUNS, PARTLY, UNKNOWN, NOT = "läuft", "zeitweise", "ungewiss", "–"
_SHOWN = (Role.LEAD, Role.DELIVER)


def masterplan(facts: Facts) -> Document:
    """The whole Masterplan, of the subject "the whole"."""
    spans = periods.periods(facts.portfolio, facts.view)
    blocks: list[Block] = [Title("Masterplan Integration", facts.district), Contents()]
    blocks += [Heading("Überblick", new_page=True)]
    for title, text in (
        ("Bestand und Entwicklung", sentences.existing(facts)),
        ("Bedarf", sentences.needs(facts)),
        ("Lücken", sentences.gaps(facts)),
        ("Mehrfachzuständigkeiten", sentences.overlaps(facts)),
        ("Bewertung", sentences.assessment(facts)),
    ):
        blocks += [Heading(title, 2), *paragraphs(text)]
    blocks += [Heading("Wer trägt was in welchem Zeitraum", new_page=True)]
    blocks += _fields(facts, spans)
    blocks += [Heading("Maßnahmen", new_page=True), *_measures(facts)]
    blocks += [Heading("Finanzierung"), *paragraphs(sentences.finance(facts)), budget(facts)]
    blocks += [
        Heading("Karte", new_page=True),
        Figure(MAP, "Strukturen vor Ort", "Karte des Landkreises mit den laufenden Strukturen je Gemeinde."),
        Heading("Zeitachse", new_page=True),
        Figure(TIMELINE, "Wie lange die Strukturen gesichert sind",
               "Zeitachse: je Struktur ein Balken nach der Sicherheit seiner Finanzierung."),
        *left_out(facts),
    ]  # fmt: skip
    title = f"Masterplan Integration, {facts.district}"
    return Document(title, facts.view.today, tuple(blocks), data_of(facts), subject="Masterplan")


def _fields(facts: Facts, spans: pd.DataFrame) -> list[Block]:
    states = _states(facts, spans)
    done = facts.portfolio.responsibilities
    done = done[done["role"].isin(_SHOWN)]
    names = facts.portfolio.structures.set_index("id")["name"]
    blocks: list[Block] = []
    for field, tasks in facts.tasks.sort_values(["field_position", "position"]).groupby("field", sort=False):
        rows = []
        for _, task in tasks.iterrows():
            own = done[done["task_id"] == task["task_id"]].drop_duplicates(["structure_id", "role"])
            for _, each in own.iterrows():
                who = f"{names[each['structure_id']]} ({word(Role(each['role']))})"
                rows.append((task["task"], who, *states[each["structure_id"]]))
        blocks.append(Heading(str(field), 2))
        if not rows:
            blocks += paragraphs(
                "Für die Aufgaben dieses Handlungsfelds ist niemand federführend oder durchführend."
            )
            continue
        columns = ("Aufgabe", "Struktur", *spans["name"])
        widths = (4.2, 4.6, *[1.7] * len(spans))
        blocks.append(Table(columns, tuple(rows), f"{field}: wer trägt was", widths=widths))
    return blocks or list(paragraphs("Aufgaben sind noch niemandem zugeordnet."))


def _states(facts: Facts, spans: pd.DataFrame) -> dict[int, tuple[str, ...]]:
    """For each structure what it does in each period."""
    lives = lifecycle.lives(facts.portfolio, facts.view)
    found = {}
    for structure in facts.portfolio.structures["id"]:
        own = lives[lives["structure_id"] == structure]
        found[int(structure)] = tuple(
            _state(own, first, last) for first, last in zip(spans["first"], spans["last"], strict=True)
        )
    return found


def _state(lives: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> str:
    start, end = lives["start"].fillna(first).clip(lower=first), lives["end"].fillna(last).clip(upper=last)
    days = ((end - start).dt.days + 1).clip(lower=0)
    running = int(days[lives["state"] == "running"].sum())
    if running:
        return RUNS if running == (last - first).days + 1 else PARTLY
    return UNKNOWN if int(days[lives["state"] == "unknown"].sum()) else NOT


def _measures(facts: Facts) -> list[Block]:
    if facts.measures.empty:
        return list(paragraphs("Maßnahmen sind noch nicht erfasst."))
    head = f"Der Masterplan enthält {count(len(facts.measures), 'Maßnahme', 'Maßnahmen')}."
    return [*paragraphs(head), *measures(facts)]
