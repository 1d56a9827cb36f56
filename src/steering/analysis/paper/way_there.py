"""How a paper gets to its decision: the sittings at its head, and the days from the draft to the vote."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.paper.facts import Facts
from steering.analysis.structures import sittings
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.deadlines import deadlines
from steering.model.german import day


class _HeadOfChain(NamedTuple):
    """The recorded sittings of the way to a decision; `is_alone`: it is too late for who prepares."""

    sittings: frozenset[int]
    is_alone: bool


def sittings_of(facts: Facts) -> tuple[str, ...]:
    """The committees by rank with the sitting of the chain to the decision, else with their next one that
    takes papers and does not come before those that prepare it; the last one decides.

    Where it is too late to prepare, who decides stands alone.
    """
    committees = facts.portfolio.committees.sort_values(["rank", "id"])
    chain, unread = _of_chain(facts), _unread(facts)
    last = len(committees) - 1
    known = _days(facts, committees, chain)
    return tuple(
        f"{row.name}, {day(on) if pd.notna(on) else f'Sitzungstermin noch nicht {unread}'}, öffentlich, "
        f"{'beschließend' if place == last else 'vorberatend'}"
        for place, (row, on) in enumerate(zip(committees.itertuples(), known, strict=True))
        if place == last or not chain.is_alone
    )


def _days(facts: Facts, committees: pd.DataFrame, chain: _HeadOfChain) -> list[pd.Timestamp]:
    """The day of each committee in the order of their ranks; NaT where none is recorded that fits."""
    dates = sittings.recorded(facts.portfolio).sort_values("day")
    chosen = dates[dates["id"].isin(chain.sittings)].set_index("committee_id")["day"]
    open_ones = dates[dates["papers_due"] >= pd.Timestamp(facts.view.today)]
    found: dict[int, pd.Timestamp] = {}
    until = chosen.min()
    for _, peers in committees.groupby("rank"):
        since = max((on for on in found.values() if pd.notna(on)), default=pd.Timestamp(facts.view.today))
        for key in peers["id"].tolist():
            fits = open_ones[(open_ones["committee_id"] == key) & (open_ones["day"] >= since)]["day"]
            # What prepares a decision of which the day is known comes before it.
            fits = fits if pd.isna(until) else fits[fits <= until]
            found[key] = chosen[key] if key in chosen.index else fits.min()
    return [found[key] for key in committees["id"].tolist()]


def told(facts: Facts) -> str:
    """For each day on which money ends: the days from the draft to the vote, and until when acting helps.

    Of a chain without recorded sittings no day is named: it says which sittings are missing. "" where the
    paper asks for no decision about an end.
    """
    said: dict[str, None] = {}
    for question, row in _due(facts):
        chain = _chain(facts, row)
        said[f"Über das Ende am {day(question.end)}: {chain}"] = None
    return "\n".join(said)


def _chain(facts: Facts, row: Mapping[Hashable, Any]) -> str:
    (words,) = chain_words(facts.portfolio, pd.DataFrame([row]))
    if words:
        return f"{words}. Handeln hilft noch bis {day(row['act_by'])}."
    if pd.notna(row["unread_year"]):
        name = facts.portfolio.short_names("committee").get(row["unread_of"], "")
        of_whom = f" ({name})" if name else ""
        missing = f"die Sitzungstermine für {int(row['unread_year'])}{of_whom} sind noch nicht eingelesen"
        return f"Ein Tag lässt sich noch nicht nennen, denn {missing}."
    return "Bis dahin ist keine Sitzung mehr erfasst, deren Vorlagenschluss noch nicht vorbei ist."


def _unread(facts: Facts) -> str:
    """What is to be done about a day that is missing, in the word that the Lagebild has for it."""
    _, row = next(_due(facts), (None, {"unread_year": pd.NA}))
    return "eingelesen" if pd.notna(row["unread_year"]) else "erfasst"


def _of_chain(facts: Facts) -> _HeadOfChain:
    """The sittings through which the paper about an end goes; of several questions those of the first."""
    _, row = next(_due(facts), (None, None))
    if row is None or pd.isna(row["act_by"]):
        return _HeadOfChain(frozenset(), is_alone=False)
    keys = (row["prepare_date_id"], row["committee_date_id"])
    return _HeadOfChain(
        frozenset(int(key) for key in keys if pd.notna(key)), is_alone=bool(row["too_late_to_prepare"])
    )


def _due(facts: Facts) -> Iterator[tuple[DecisionQuestion, dict[Hashable, Any]]]:
    """The row of `deadlines` that each question of the paper is decided by."""
    due = deadlines(facts.portfolio, facts.view.today).set_index("funding_id", drop=False)
    for asked in facts.questions.asked:
        key = next((key for key in asked.question.fundings if key in due.index), None)
        if key is not None:
            yield asked.question, due.loc[key].to_dict()
