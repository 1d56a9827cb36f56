"""What has changed since the last closed round, as proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.agenda import behind, since
from steering.analysis.agenda.about import (
    about_agreement,
    about_end,
    about_finding,
    about_measure,
    about_potential,
    in_words,
)
from steering.analysis.agenda.background import Background, last_closed
from steering.analysis.agenda.coming import due_fundings
from steering.analysis.agenda.proposal import ProposedPoint
from steering.analysis.agenda.since import Between, Development, Turn
from steering.analysis.findings.kinds import is_missing_data
from steering.analysis.findings.reasons import CONFIRMATION, NEVER_CONFIRMED
from steering.analysis.rounds.snapshot import State
from steering.analysis.view import Horizon
from steering.model import AgendaGroup, FindingKind, PotentialState, Subject
from steering.model.german import as_sentence, count, day, listing

MISSING_DATA = "fehlende Angaben"


def changed(known: Background) -> Iterator[ProposedPoint]:
    before = known.before or State()
    due = {known.structure_of[key] for key in due_fundings(known)}
    moved = {change.row["structure_id"] for change in since.ends(before, known.now)}
    missing = []
    for change in finding_changes(known):
        if is_missing_data(change.row["kind"], change.row["reason"]):
            missing += [change.row] if change.turn == Turn.NEW else []
            continue
        structures = set(behind.participants_of(change.row["key"]))
        if change.row["kind"] == FindingKind.ENDING and structures & (due | moved):
            continue
        yield about_finding(known, change.row, _turned(known, change), AgendaGroup.CHANGED,
                             _urgent(change, known.view.today))  # fmt: skip
    if missing or (known.before is None and len(known.incomplete)):
        yield _missing_data(known, missing)
    if known.before is None:
        return
    for change in since.ends(before, known.now):
        yield about_end(known, change)
    for change in since.measures(before, known.now):
        verb = "Neue Maßnahme" if change.turn == Turn.NEW else "Maßnahme verändert"
        yield about_measure(known, change.row["id"], f"{verb} {known.since_words}: {change.words}.")
    for change in since.agreements(before, known.now):
        verb = "Neue Vereinbarung" if change.turn == Turn.NEW else "Vereinbarung verändert"
        yield about_agreement(known, change, f"{verb} {known.since_words}: {change.words}.")


def potentials(known: Background) -> Iterator[ProposedPoint]:
    """The chances that are to be looked at, and that no round that was held has had on its agenda."""
    rows = known.portfolio.potentials
    undecided = rows["state"].isin([PotentialState.RECOGNISED, PotentialState.EXAMINED])
    for row in rows[undecided].to_dict("records"):
        if known.latest(Subject.POTENTIAL, str(row["id"])) is None:
            yield about_potential(known, row)


def finding_changes(known: Background) -> list[Development]:
    if known.before is None:
        rows = since.by_key(known.now.findings).values()
        today = known.view.today
        return [
            Development(Turn.NEW, row, "")
            for row in rows
            if not row["settled"] and not since.is_over(row, today)
        ]
    closed_on = _closed_on(known)
    then = Horizon.as_set(known.portfolio.settings, closed_on)
    between = Between(closed_on, known.view.today, then, known.view.horizon)
    return list(since.findings(known.before, known.now, between))


def _closed_on(known: Background) -> date:
    rows = known.portfolio.meetings
    rows = rows[rows["id"] == last_closed(known.portfolio)]
    found: pd.Timestamp = rows["closed_on"].fillna(rows["day"]).iloc[0]
    return found.date()


def _turned(known: Background, change: Development) -> str:
    """What has happened to a finding, in a sentence."""
    since_then = f" {known.since_words}" if known.before else ""
    match change.turn:
        case Turn.CLOSED:
            return f"Geschlossen{since_then}: {change.words}."
        case Turn.CHANGED:
            return f"Verändert{since_then}: {change.words}."
        case _:
            words = "; ".join(filter(None, (_period(change.row, known.view.today), change.words)))
            return f"Neu{since_then}: {words}." if known.before else as_sentence(words)


def _period(row: Mapping[str, Any], today: date) -> str:
    if row["kind"] == FindingKind.ENDING:
        return f"letzter Tag {in_words(row['end'])}"
    until = f" bis {in_words(row['end'])}" if row["end"] else ""
    if _ahead(row, today):
        begun = row["start"] is None or row["start"] <= today.isoformat()
        agreed = "; vorher abgestimmt" if begun else ""
        return f"ab {in_words(row['open_from'])}{until}{agreed}"
    return f"besteht noch{until}" if until else "besteht bereits"


def _ahead(row: Mapping[str, Any], today: date) -> bool:
    """Whether it asks for something only from a later day on; until then it may be settled."""
    return row["open_from"] is not None and row["open_from"] > today.isoformat()


def _urgent(change: Development, today: date) -> date:
    """What has begun is urgent today, what is to come on its first day; what is over can wait."""
    if change.turn == Turn.CLOSED:
        return date.max
    row = change.row
    begins = row["end"] if row["kind"] == FindingKind.ENDING else row["open_from"]
    return max(date.fromisoformat(begins), today) if begins else today


def _missing_data(known: Background, rows: list[Mapping[str, Any]]) -> ProposedPoint:
    """How many structures are incomplete, as the Lagebild counts them, and what else is not known.

    The words are kept with the point and the data move on: they say of which day they are.
    """
    new = dict.fromkeys(one for row in rows for one in behind.participants_of(row["key"]))
    incomplete = list(known.incomplete["structure_id"])
    return ProposedPoint(
        AgendaGroup.CHANGED, date.max, "Angaben fehlen", "Wer kann fehlende Angaben nachtragen?",
        known.carriers_of(dict.fromkeys([*new, *incomplete])),
        f"Stand vom {day(known.view.today)}: " + " ".join(filter(None, (
            _incomplete(known, incomplete), _not_confirmed(rows, known.since_words), _since_then(known, new),
        ))),
        Subject.FREE, MISSING_DATA,
    )  # fmt: skip


def _incomplete(known: Background, structures: list[int]) -> str:
    if not structures:
        return "Keine Struktur ist unvollständig; was nicht bekannt ist, steht bei den Aufgaben."
    are = f"{count(len(structures), 'Struktur ist', 'Strukturen sind')} unvollständig"
    return f"{are}, gezählt wie auf dem Lagebild: {listing(known.names_of(structures))}."


def _not_confirmed(rows: list[Mapping[str, Any]], since_words: str) -> str:
    """How many structures nobody has confirmed for a year, or ever: they may be complete all the same."""
    new = f" ({since_words} hinzugekommen)" if since_words else ""
    said = []
    for reason in (CONFIRMATION, NEVER_CONFIRMED):
        found = {one for row in rows if row["reason"] == reason for one in behind.participants_of(row["key"])}
        if found:
            said.append(f"{count(len(found), 'Struktur ist', 'Strukturen sind')} {reason}{new}.")
    return " ".join(said)


def _since_then(known: Background, structures: Iterable[int]) -> str:
    """About which structures something has come to be unknown since the last closed round."""
    names = known.names_of(structures)
    if known.before is None or not names:
        return ""
    return f"Hinzugekommen ist {known.since_words} etwas bei {listing(names)}."
