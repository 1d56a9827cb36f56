"""How a paper gets to its decision: the sittings at its head, and the days from the draft to the vote."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.paper.facts import Facts
from steering.analysis.structures import sittings
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.deadlines import deadlines
from steering.model.german import day


def sittings_of(facts: Facts) -> tuple[str, ...]:
    """The committees by rank with the sitting of the chain to the decision, else with their next one that
    takes papers; the last one decides.
    """
    committees, dates = facts.portfolio.committees.sort_values("rank"), sittings.recorded(facts.portfolio)
    chosen = dates[dates["id"].isin(_of_chain(facts))]
    dates = dates[dates["papers_due"] >= pd.Timestamp(facts.view.today)].sort_values("day")
    unread = _unread(facts)
    found = []
    for place, row in enumerate(committees.itertuples(), start=1):
        own = chosen.loc[chosen["committee_id"] == row.id, "day"]
        own = own if len(own) else dates.loc[dates["committee_id"] == row.id, "day"]
        when = day(own.iloc[0]) if len(own) else f"Sitzungstermin noch nicht {unread}"
        role = "beschließend" if place == len(committees) else "vorberatend"
        found.append(f"{row.name}, {when}, öffentlich, {role}")
    return tuple(found)


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


def _of_chain(facts: Facts) -> list[int]:
    """The sittings through which the paper about an end goes; of several questions those of the first."""
    _, row = next(_due(facts), (None, None))
    if row is None or pd.isna(row["act_by"]):
        return []
    return [int(key) for key in (row["prepare_date_id"], row["committee_date_id"]) if pd.notna(key)]


def _due(facts: Facts) -> Iterator[tuple[DecisionQuestion, dict[Hashable, Any]]]:
    """The row of `deadlines` that each question of the paper is decided by."""
    due = deadlines(facts.portfolio, facts.view.today).set_index("funding_id", drop=False)
    for asked in facts.questions.asked:
        key = next((key for key in asked.question.fundings if key in due.index), None)
        if key is not None:
            yield asked.question, due.loc[key].to_dict()
