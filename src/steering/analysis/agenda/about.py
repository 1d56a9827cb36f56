"""Proposals worded: the name of the point, the question to those whom it concerns, and who they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.agenda import behind
from steering.analysis.agenda.background import Background
from steering.analysis.agenda.proposal import ProposedPoint
from steering.analysis.agenda.since import Development
from steering.analysis.findings import kinds
from steering.model import AgendaGroup, FindingKind, PotentialState, Provenance, Subject
from steering.model.german import day, listing, with_capital
from steering.model.vocabulary import word

DERIVED_ONLY = "Die Zuständigkeiten sind abgeleitet, nicht bestätigt."


def about_finding(
    known: Background, row: Mapping[str, Any], occasion: str, group: AgendaGroup, by: date
) -> ProposedPoint:
    key = row["key"]
    kind = FindingKind(row["kind"])
    task = known.tasks.get(row["task_id"], "")
    place = known.place_of(row) if task else ""
    about = task or listing(list(row["names"]), most=3)
    about += f" ({place})" if place else ""
    carriers = known.carriers_of(behind.participants_of(key))
    made_up = " Beruht auf Beispielangaben." if known.rests_on_examples(key) else ""
    if not made_up and known.only_derived(key):
        made_up = f" {DERIVED_ONLY}"
    # That something runs out is what matters, whether or not it is sure that it stops.
    title = word(kind) if kind == FindingKind.ENDING else kinds.name(kind, row["reason"])
    return ProposedPoint(
        group, by, f"{with_capital(title)}: {about}", _question(known, kind, row, about, carriers),
        carriers, occasion + made_up, Subject.FINDING, key, known.latest(Subject.FINDING, key),
        key in known.reserved,
    )  # fmt: skip


def _question(
    known: Background, kind: FindingKind, row: Mapping[str, Any], about: str, carriers: tuple[int, ...]
) -> str:
    asked = kinds.question(kind, row["reason"], about, in_words(row["end"]) if row["end"] else "")
    if kind != FindingKind.OVERLAP or len(carriers) < 2:
        return asked
    return f"{asked} Beteiligt sind {listing([str(known.carriers.get(one, '')) for one in carriers])}."


def about_end(known: Background, change: Development) -> ProposedPoint:
    row = change.row
    by = date.fromisoformat(row["end"]) if row["end"] else date.max
    return ProposedPoint(
        AgendaGroup.CHANGED, by, f"Ende verändert: {row['name']}",
        f"Was bedeutet das neue Ende für »{row['name']}«?", known.carriers_of([row["structure_id"]]),
        f"Verändert {known.since_words}: {change.words}.", Subject.FUNDING, str(row["funding_id"]),
        known.latest(Subject.FUNDING, str(row["funding_id"])),
    )  # fmt: skip


def about_measure(known: Background, key: int, occasion: str, by: date | None = None) -> ProposedPoint:
    rows = known.portfolio.measures
    row = rows[rows["id"] == key].iloc[0]
    partners = known.portfolio.measure_partners
    concerned = [*([row["organisation_id"]] if pd.notna(row["organisation_id"]) else []),
                 *partners.loc[partners["measure_id"] == key, "organisation_id"]]  # fmt: skip
    return ProposedPoint(
        AgendaGroup.CHANGED, by or date.max, f"Maßnahme: {row['name']}",
        f"Wie steht es um die Maßnahme »{row['name']}«?", tuple(int(one) for one in dict.fromkeys(concerned)),
        occasion, Subject.MEASURE, str(key), known.latest(Subject.MEASURE, str(key)),
    )  # fmt: skip


def about_potential(known: Background, row: Mapping[Any, Any]) -> ProposedPoint:
    """A chance that no round has talked about yet."""
    key, made_up = str(row["id"]), row["provenance"] == Provenance.EXAMPLE
    example = " Beruht auf Beispielangaben." if made_up else ""
    return ProposedPoint(
        AgendaGroup.CHANGED, date.max, f"Potenzial: {row['name']}",
        f"Was machen wir aus dem Potenzial »{row['name']}«?",
        (int(row["organisation_id"]),) if pd.notna(row["organisation_id"]) else (),
        f"{with_capital(word(PotentialState(row['state'])))}, in keiner Runde besprochen.{example}",
        Subject.POTENTIAL, key, known.latest(Subject.POTENTIAL, key),
    )  # fmt: skip


def about_agreement(known: Background, change: Development, occasion: str) -> ProposedPoint:
    key, name = str(change.row["id"]), change.row["name"]
    rows = known.portfolio.agreement_organisations
    parties = rows.loc[rows["agreement_id"] == change.row["id"], "organisation_id"]
    return ProposedPoint(
        AgendaGroup.CHANGED, date.max, f"Vereinbarung: {name}", f"Was folgt aus der Vereinbarung »{name}«?",
        tuple(int(one) for one in parties), occasion, Subject.AGREEMENT, key,
        known.latest(Subject.AGREEMENT, key),
    )  # fmt: skip


def in_words(text: str | None) -> str:
    """A day that was kept as ISO text."""
    return day(date.fromisoformat(text)) if text else "offen"
