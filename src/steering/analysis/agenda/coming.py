"""What is late, and what is due before the next round, as proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from steering.analysis.agenda.about import about_measure
from steering.analysis.agenda.background import Background
from steering.analysis.agenda.proposal import ProposedPoint
from steering.analysis.masterplan.reminders import LATE, LATE_STEP, missed, reminders
from steering.analysis.rounds import agreed
from steering.model import ActionStatus, AgendaGroup, DateKind, Provenance, Subject
from steering.model.german import as_sentence, day
from steering.model.vocabulary import word

_DEADLINES = (DateKind.APPLY_BY, DateKind.DECIDE_BY, DateKind.PROOF_DUE)


def late(known: Background) -> Iterator[ProposedPoint]:
    rows = reminders(known.portfolio, known.view.today)
    for row in rows[rows["reason"].isin([LATE, LATE_STEP])].to_dict("records"):
        since = row["since"].date()
        yield about_measure(known, row["measure_id"], missed(row["reason"], since), since)
    actions = known.portfolio.action_items
    due = actions[(actions["status"] == ActionStatus.OPEN) & (actions["due"] <= pd.Timestamp(known.day))]
    held = known.held.set_index("id")
    for row in due.to_dict("records"):
        if row["agenda_item_id"] not in held.index:
            continue
        point = held.loc[row["agenda_item_id"]]
        who = known.carriers.get(row["organisation_id"], "nicht mehr geführt")
        yield ProposedPoint(
            AgendaGroup.CHANGED, row["due"].date(), f"Vereinbart: {row['name']}",
            f"Wie steht es um »{row['name']}«?", (int(row["organisation_id"]),),
            agreed.occasion(row, point["day"], who),
            Subject.ACTION, str(row["id"]), known.latest(Subject.ACTION, str(row["id"])),
            bool(row["internal"] or point["internal"]),
        )  # fmt: skip


def _due_rows(known: Background) -> pd.DataFrame:
    rows = known.due
    rows = rows[rows["kind"].isin(list(_DEADLINES)) & (rows["day"] < pd.Timestamp(known.until))]
    # Of a proof that is past nobody knows whether it was handed in; an open decision stays on the table.
    passed = rows["day"] < pd.Timestamp(known.view.today)
    return rows[~passed | (rows["kind"] != DateKind.PROOF_DUE)]


def due_fundings(known: Background) -> set[int]:
    rows = _due_rows(known)
    rows = rows[rows["kind"] != DateKind.PROOF_DUE]
    return {int(key.split("-")[1]) for key in rows["key"]}


def deadlines(known: Background) -> Iterator[ProposedPoint]:
    """One proposal for all the deadlines of a funding."""
    rows, fundings = _due_rows(known), known.portfolio.fundings.set_index("id")
    for funding, group in rows.groupby(rows["key"].str.split("-").str[1], sort=False):
        first = group.sort_values("day").iloc[0]
        name = str(first["subject"])
        told = "; ".join(_due_words(row) for row in group.sort_values("day").to_dict("records"))
        proof_only = set(group["kind"]) == {DateKind.PROOF_DUE.value}
        ends = fundings["end"].get(int(str(funding)))
        after = f" nach dem {day(ends)}" if pd.notna(ends) else ""
        question = (
            f"Ist der Verwendungsnachweis für »{name}« vorbereitet?"
            if proof_only
            else f"Wie geht es mit »{name}«{after} weiter?"
        )
        yield ProposedPoint(
            AgendaGroup.DEADLINE, first["day"].date(), f"Frist: {name}", question,
            known.carriers_of([known.structure_of[int(str(funding))]]), as_sentence(told),
            Subject.FUNDING, str(funding), known.latest(Subject.FUNDING, str(funding)),
        )  # fmt: skip


def _due_words(row: Mapping[Any, Any]) -> str:
    example = word(Provenance.EXAMPLE)
    # Of a sitting that is an example its words say so themselves.
    marked = row["example"] and not row["by_others"] and example not in row["said"]
    return f"{row['said']} ({example})" if marked else str(row["said"])
