"""The Masterplan as a document: by Handlungsfeld and period who carries what, what is planned, what open."""

from __future__ import annotations

from collections.abc import Set

import pandas as pd

from steering.analysis.document import Block, Contents, Document, Heading, NewPage, Table, Title, paragraphs
from steering.analysis.findings import affected, spans
from steering.analysis.masterplan import counted
from steering.analysis.masterplan.periods import periods
from steering.analysis.masterplan.proof import Proof, proof
from steering.analysis.paper import annexes, carrying, costs, measure_sheets, sentences
from steering.analysis.paper.annexes import MAP, TIMELINE
from steering.analysis.paper.draft import data_of
from steering.analysis.paper.facts import Facts, standpoint
from steering.analysis.paper.left_out import note
from steering.model import FindingKind
from steering.model.german import count, listing
from steering.model.vocabulary import word


def masterplan(facts: Facts, pictures: Set[str] | None = None) -> Document:
    """The whole Masterplan: of the subject "the whole", and of facts that count the plan's effects.

    `pictures`: the names of those that could be drawn, all where it is None; the others have no chapter.
    """
    spans, found = periods(facts.portfolio, facts.view), proof(facts.portfolio, facts.view, facts.ideas)
    blocks: list[Block] = [Title("Masterplan Integration", facts.district), Contents()]
    blocks += [Heading("Überblick", new_page=True)]
    for title, text, lacking in (
        ("Grundlage der Angaben", standpoint(facts), ()),
        ("Bestand und Entwicklung", sentences.existing(facts), ("structure",)),
        ("Bedarf", sentences.needs(facts), ("need",)),
        ("Lücken", sentences.gaps(facts), ("need",)),
        ("Mehrfachzuständigkeiten", sentences.overlaps(facts), ("responsibility",)),
        ("Bewertung", sentences.assessment(facts), ()),
    ):
        blocks += [Heading(title, 2), *paragraphs(text), *note(facts.left_out, *lacking)]
    blocks += [
        NewPage(wide=True),
        Heading("Wer trägt was in welchem Zeitraum"),
        *carrying.blocks(facts, spans),
    ]
    blocks += [NewPage(), Heading("Nachweis"), *_proof(facts, found)]
    blocks += [NewPage(), Heading("Maßnahmen"), *measure_sheets.blocks(facts, found)]
    blocks += note(facts.left_out, "measure")
    blocks += [NewPage(), Heading("Was offen bleibt"), *_left(facts, found)]
    blocks += [NewPage(wide=True), Heading("Finanzierung"), *paragraphs(costs.finance(facts))]
    blocks += [costs.table(facts), *([costs.by_name(facts)] if len(facts.sheet) else [])]
    blocks += note(facts.left_out, "funding")
    if pictures is None or MAP in pictures:
        blocks += [NewPage(), Heading("Karte"), annexes.map_figure(facts)]
    if pictures is None or TIMELINE in pictures:
        blocks += [NewPage(wide=True), Heading("Zeitachse"), annexes.timeline_figure(facts)]
    title = f"Masterplan Integration, {facts.district}"
    return Document(title, facts.view.today, tuple(blocks), data_of(facts), subject="Masterplan")


def _proof(facts: Facts, found: Proof) -> list[Block]:
    """How many findings are open in each period without and with the plan, by kind, and who closes them."""
    said = (
        "Gezählt sind Hinweise auf Lücken, ungedeckte Bedarfe und offene Fragen der Federführung, die im "
        "Zeitraum bestehen; ohne → mit Masterplan. Was abgestimmt oder intern ist, zählt nicht."
    )
    if found.periods.empty:
        return list(paragraphs("Im Planungshorizont liegt kein Planungszeitraum."))
    not_surveyed = sentences.NO_NEEDS if facts.needs.empty else ""
    if not_surveyed and not found.periods[["without", "with_plan"]].to_numpy().any():
        return list(paragraphs(not_surveyed))
    names = list(found.periods["name"])
    right = tuple(range(1, len(names) + 1))
    rows = [
        (word(FindingKind(str(kind))), *_arrows(group))
        for kind, group in found.kinds.groupby("kind", sort=False)
        if group[["without", "with_plan"]].to_numpy().any()
    ]
    rows.append(("zusammen", *_arrows(found.periods)))
    widths = (4.2, *[2.1] * len(names))
    caption = "Offene Hinweise je Zeitraum, ohne → mit Masterplan"
    blocks: list[Block] = list(paragraphs(" ".join(filter(None, (said, not_surveyed)))))
    blocks += [
        Table(("Art", *names), tuple(rows), caption, widths=widths, right=right, sums=(-1,)),
        Heading("Was jede Maßnahme schließt", 2),
    ]
    if found.contributions.empty:
        return [*blocks, *paragraphs(sentences.effect(facts))]
    return [*blocks, *paragraphs(_HOW_COUNTED), _contributions(facts, found, names)]


_HOW_COUNTED = (
    "Geschlossene Hinweise: allein, wenn es nur diese Maßnahme gäbe / zuletzt, wenn sie zu allen anderen "
    "hinzukommt. Die letzte Zeile nennt, was alle miteinander schließen. Ein Minus heißt: öffnet so viele, "
    "die es ohne sie nicht gäbe. Zeiträume sind verschieden lang und werden nicht zusammengezählt: Ein "
    "Hinweis zählt in jedem, in dem er gilt."
)


def _arrows(rows: pd.DataFrame) -> list[str]:
    return [f"{old} → {new}" for old, new in zip(rows["without"], rows["with_plan"], strict=True)]


def _contributions(facts: Facts, found: Proof, names: list[str]) -> Table:
    measures = facts.portfolio.names("measure")
    rows = []
    for key, group in found.contributions.groupby("measure_id"):
        sides = [
            [_told(*pair) for pair in zip(group[order], group[f"{order}_opened"], strict=True)]
            for order in ("alone", "last")
        ]
        rows.append((str(measures[key]), *(" / ".join(pair) for pair in zip(*sides, strict=True))))
    closed = found.periods["without"] - found.periods["with_plan"]
    rows.append(("alle zusammen", *map(_told, closed, found.periods["opened"])))
    return Table(
        ("Maßnahme", *names),
        tuple(rows),
        "Beitrag der Maßnahmen: allein / zuletzt",
        widths=(5, *[2] * len(names)),
        right=tuple(range(1, len(names) + 1)),
        sums=(-1,),
    )


def _told(contributed: int, opened: int) -> str:
    """What is closed, and with a minus what is opened: "3", "−1", "3 −1"."""
    closed = contributed + opened
    return " ".join(_signed(each) for each in (closed, -opened) if each) or "0"


def _signed(number: float) -> str:
    return f"−{-int(number)}" if number < 0 else str(int(number))


def _left(facts: Facts, found: Proof) -> list[Block]:
    """What no measure closes, those that nobody has an answer to first."""
    rows = counted.once(found.left).sort_values("answered", kind="stable")
    if rows.empty:
        nothing = "Mit dem Masterplan bleibt kein Hinweis offen."
        return list(paragraphs(sentences.NO_NEEDS if facts.needs.empty else nothing))
    verb = "bleibt" if len(rows) == 1 else "bleiben"
    head = f"Mit dem Masterplan {verb} {count(len(rows), 'Hinweis', 'Hinweise')} offen"
    missing = len(counted.unanswered(rows))
    if not missing:
        rest = "; zu jedem ist eine Maßnahme erfasst."
    elif len(rows) == 1:
        rest = "; eine Maßnahme ist dazu nicht erfasst."
    else:
        rest = f"; zu {missing} davon ist keine Maßnahme erfasst."
    names = facts.portfolio.names("task")
    inhabited = affected.inhabited(facts.portfolio)
    told = tuple(
        (
            word(FindingKind(row["kind"])),
            str(names.get(row["task_id"], "–")),
            affected.places(row["municipalities"], inhabited),
            listing([spans.said(*pair) for pair in row["stretches"]], most=len(row["stretches"])),
            "Maßnahme erfasst" if row["answered"] else "keine Maßnahme erfasst",
        )
        for row in rows.to_dict("records")
    )
    columns = ("Hinweis", "Aufgabe", "Wo", "Zeitraum", "Antwort")
    return [
        *paragraphs(head + rest),
        Table(columns, told, "Was mit dem Masterplan offen bleibt", widths=(3.2, 4.6, 3.2, 3.2, 2.6)),
    ]
