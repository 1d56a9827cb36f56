"""Findings in the words of lists and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from steering.analysis.findings import affected, causes, counted, kinds, spans
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import duties
from steering.model import AssessmentState, FindingKind, Level, Progress
from steering.model.finding_keys import participant
from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.web import current, marks
from steering.web.text import plain

CHANGED = "verändert seit der Einschätzung"
NOT_ASSESSED = "noch nicht eingeschätzt"
NOBODY, EVERYONE = "keine Stelle erfasst", "alle"


def settled(row: Mapping[Any, Any] | pd.Series) -> str:
    """Why a finding is calm, in a word; "Klärungspunkt" where it is not."""
    if row["coordinated"]:
        return "abgestimmt"
    if row["internal"]:
        return "intern: Geschäftsverteilung"
    if row["assessment_state"] == AssessmentState.AGREED and row["assessed"]:
        return "als abgestimmt eingeschätzt"
    return "Klärungspunkt"


def settled_in_short(row: Mapping[Any, Any] | pd.Series) -> str:
    """The same in a word that fits a bar or a narrow column."""
    return "intern" if row["internal"] and not row["coordinated"] else settled(row)


def period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """From when to when, as papers say it too."""
    return spans.said(start, end)


def periods(stretches: Sequence[tuple[pd.Timestamp, pd.Timestamp]]) -> str:
    """The same of a finding that holds in several stretches of days."""
    return listing([period(*pair) for pair in stretches], most=len(stretches))


def kind(row: Mapping[Any, Any] | pd.Series) -> str:
    """The kind of a finding, or the reason why something is not known."""
    return kinds.name(row["kind"], row["reason"])


def question(row: Mapping[Any, Any] | pd.Series, about: str) -> str:
    """The finding as a question to those whom it concerns; `about` names the task or who takes part."""
    return kinds.question(row["kind"], row["reason"], about, day(row["end"], ""))


def sentence(row: pd.Series) -> str:
    """Who, where and when in a line; a question to those who take part, not an accusation."""
    who = listing([plain(name) for name in row["participant_names"]]) or NOBODY
    at = plain(where(row))
    cause = f" · {plain(causes.said(row['causes']))}" if row["causes"] else ""
    one = row.to_frame().T
    example = f" · {marks.SENTENCE}" if bool(on_examples(one).iloc[0]) else ""
    if bool(only_derived(one).iloc[0]):
        example += f" · {marks.DERIVED}"
    state = settled(row) if row["kind"] == FindingKind.OVERLAP else "Hinweis"
    parts = (state, who, at, period(row["start"], row["end"]))
    return f"{' · '.join(filter(None, parts))}{cause}{example}"


def places(municipalities: Sequence[str]) -> str:
    """Kreisweit, up to two names, or how many."""
    return places_of_each([municipalities])[0]


def places_of_each(found: Iterable[Sequence[str]]) -> list[str]:
    """The same of many."""
    names = current.of(affected.inhabited)
    return [affected.places(each, names) for each in found]


def where(row: Mapping[Any, Any] | pd.Series) -> str:
    """How many persons of the target group a finding affects, where that is known, and in which places."""
    return affected.said(row["persons_least"], row["persons"], places(row["municipalities"]))


def where_of_each(rows: pd.DataFrame) -> list[str]:
    """The same of many."""
    told = places_of_each(rows["municipalities"])
    return [affected.said(*each) for each in zip(rows["persons_least"], rows["persons"], told, strict=True)]


def for_whom(slugs: Sequence[str]) -> str:
    """The target groups that a finding is about."""
    names = current.of(_group_names)
    return listing([names.get(slug, slug) for slug in slugs], most=6)


def for_whom_briefly(slugs: Sequence[str]) -> str:
    """The same for a column of a table: one by its name, several by their number."""
    return for_whom(slugs) if len(slugs) == 1 else count(len(slugs), "Zielgruppe", "Zielgruppen")


def carriers(participants: Sequence[str]) -> list[str]:
    """The short names of the participants' carriers, each once."""
    return carriers_of_each([participants])[0]


def carriers_of_each(found: Iterable[Sequence[str]]) -> list[list[str]]:
    """The same of many."""
    names = current.of(_carriers)
    return [list(dict.fromkeys(names[who] for who in each if who in names)) for each in found]


def task_names() -> dict[int, str]:
    """Name of each task."""
    return current.of(_task_names)


def on_examples(rows: pd.DataFrame) -> pd.Series:
    """Whether each finding rests on an example."""
    return duties.resting_on_examples(current.portfolio(), rows)


def only_derived(rows: pd.DataFrame) -> pd.Series:
    """Whether who leads or carries out is only concluded, in each finding that asks who does."""
    data = current.portfolio()
    asks = kinds.to_settle(rows) | (rows["kind"] == FindingKind.LEAD_ONLY)
    told = [
        asked and duties.only_derived(data, task, [int(who.removeprefix("s")) for who in found])
        for asked, task, found in zip(asks, rows["task_id"], rows["participants"], strict=True)
    ]
    return pd.Series(told, index=rows.index, dtype=bool)


def share(rows: pd.DataFrame) -> str:
    """How many of the tasks of findings rest on examples or are only concluded, for a sentence."""
    every, examples, derived = (
        len(counted.tasks(each)) for each in (rows, rows[on_examples(rows)], rows[only_derived(rows)])
    )
    return marks.share(examples, every, derived)


def assessment(state: str, *, changed: bool) -> str:
    """The Einschätzung in a word or two."""
    if not state:
        return NOT_ASSESSED
    return CHANGED if changed else word(AssessmentState(state))


def progress(keys: pd.Series) -> list[str]:
    """The Stand of the Einschätzung of each key, "" where there is none."""
    stored = current.portfolio().assessments.set_index("key")["progress"].to_dict()
    return [word(Progress(stored[key])) if key in stored else "" for key in keys]


def level(value: str) -> str:
    """The German word of a stored level."""
    return word(Level(value))


def _group_names(portfolio: Portfolio) -> dict[str, str]:
    rows = portfolio.target_groups
    names = rows["name"].mask(rows["everyone"], EVERYONE)
    return dict(zip(rows["slug"], names, strict=True))


def _carriers(portfolio: Portfolio) -> dict[str, str]:
    rows = portfolio.structures
    names = rows["organisation_id"].map(portfolio.short_names("organisation"))
    return {participant(key): name for key, name in zip(rows["id"], names, strict=True)}


def _task_names(portfolio: Portfolio) -> dict[int, str]:
    return dict(zip(portfolio.tasks["id"], portfolio.tasks["name"], strict=True))
