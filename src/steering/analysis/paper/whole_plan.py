"""The Masterplan as a document: by Handlungsfeld and period who carries what, what is open and planned."""

from __future__ import annotations

import pandas as pd

from steering.analysis import lifecycle, periods
from steering.analysis.document import Block, Contents, Document, Heading, NewPage, Table, Title, paragraphs
from steering.analysis.paper import sentences
from steering.analysis.paper.draft import budget, data_of, left_out, map_figure, measures, timeline_figure
from steering.analysis.paper.facts import Facts
from steering.analysis.proof import proof
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
    blocks += left_out(facts)
    blocks += [NewPage(wide=True), Heading("Wer trägt was in welchem Zeitraum"), *_fields(facts, spans)]
    blocks += [NewPage(), Heading("Nachweis"), *_proof(facts)]
    blocks += [Heading("Maßnahmen"), *_measures(facts)]
    blocks += [Heading("Finanzierung"), *paragraphs(sentences.finance(facts)), budget(facts)]
    blocks += [NewPage(), Heading("Karte"), map_figure()]
    blocks += [NewPage(wide=True), Heading("Zeitachse"), timeline_figure()]
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
        widths = (6, 7, *[2] * len(spans))
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
    start, end = lives["start"].fillna(first), lives["end"].fillna(last)
    start, end = start.where(start > first, first), end.where(end < last, last)
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


def _proof(facts: Facts) -> list[Block]:
    """How many findings are open in each period without and with the measures in force."""
    found = proof(facts.portfolio, facts.view, False).periods
    rows = tuple(
        (str(row["name"]), str(row["without"]), str(row["with_plan"])) for row in found.to_dict("records")
    )
    said = "Gezählt sind Lücken, ungedeckte Bedarfe und offene Fragen der Federführung im Zeitraum."
    columns = ("Zeitraum", "ohne Maßnahmen", "mit Maßnahmen")
    return [*paragraphs(said), Table(columns, rows, "Offene Hinweise je Zeitraum", right=(1, 2))]
