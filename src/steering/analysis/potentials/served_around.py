"""A task served in all municipalities around one, but not in it: an offer next door could reach it."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.delivering import delivering, in_words, place_names, task_in_words
from steering.analysis.potentials.neighbours import Pairs, around
from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.duties import duties
from steering.analysis.view import View
from steering.model import Role
from steering.model.german import day, listing

FEWEST_NEIGHBOURS = 2
_MOST_NAMED = 4


@in_scenario
def served_around(portfolio: Portfolio, view: View, beside: Pairs) -> list[ProposedPotential]:
    """One proposal for each task and municipality; what is recorded as needed there first.

    Around it lie at least two municipalities of the Landkreis, in each of which something that surely runs
    delivers the task. In it nothing does, nor may do, and nothing supports it: what is not known is no gap.
    `beside`: see `neighbours`.
    """
    names = place_names(portfolio)
    rows = delivering(portfolio, view)
    served: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    made_up: set[int] = set(rows.loc[rows["example"], "responsibility_id"])
    of_duty: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in rows[~rows["unknown"]].to_dict("records"):
        for ags in row["municipalities"]:
            served[row["task_id"], ags].add(row["structure_id"])
            of_duty[row["task_id"], ags].add(row["responsibility_id"])
    somebody = _somebody(portfolio, view)
    found = []
    for ags, others in around(beside).items():
        others = others & names.keys()
        if ags not in names or len(others) < FEWEST_NEIGHBOURS:
            continue
        for task in sorted({task for task, place in served if place in others}):
            if (task, ags) in somebody or not all((task, other) in served for other in others):
                continue
            duties_around = set().union(*(of_duty[task, other] for other in others))
            found.append(
                _proposal(
                    portfolio, view, task, ags, {other: served[task, other] for other in others},
                    names, example=bool(duties_around & made_up),
                )
            )  # fmt: skip
    needed = _needed(portfolio)
    return sorted(found, key=lambda one: (_place(one.key) not in needed, one.name.casefold()))


def _somebody(portfolio: Portfolio, view: View) -> set[tuple[int, str]]:
    """The tasks and municipalities for which somebody delivers, may deliver, or supports."""
    rows = duties(portfolio, view)
    delivers = portfolio.responsibilities.set_index("id")["delivers"]
    leads = (rows["role"] == Role.LEAD) & rows["responsibility_id"].map(delivers).fillna(False).astype(bool)
    rows = rows[leads | rows["role"].isin([Role.DELIVER, Role.SUPPORT])]
    return _pairs(portfolio, rows)


def _needed(portfolio: Portfolio) -> set[tuple[int, str]]:
    """The tasks and municipalities for which a need is recorded."""
    return _pairs(portfolio, portfolio.needs)


def _pairs(portfolio: Portfolio, rows: pd.DataFrame) -> set[tuple[int, str]]:
    reached = rows[["task_id", "area_id"]].merge(portfolio.area_municipalities, on="area_id")
    return set(zip(reached["task_id"].astype(int), reached["ags"], strict=True))


def _place(key: str) -> tuple[int, str]:
    _, task, ags = key.split("/")
    return int(task.removeprefix("t")), ags


def _proposal(
    portfolio: Portfolio,
    view: View,
    task: int,
    ags: str,
    served: dict[str, set[int]],
    names: dict[str, str],
    *,
    example: bool,
) -> ProposedPotential:
    name, field = task_in_words(portfolio, task)
    here, called = names[ags], portfolio.names("structure")
    there = [
        f"{names[other]} ({listing(sorted(str(called[key]) for key in keys), most=_MOST_NAMED)})"
        for other, keys in sorted(served.items(), key=lambda pair: names[pair[0]])
    ]
    asked = (task, ags) in _needed(portfolio)
    return ProposedPotential(
        rule=ProposalKind.SERVED_AROUND,
        key=f"{ProposalKind.SERVED_AROUND}/t{task}/{ags}",
        facts=";".join(
            f"{other} {','.join(f's{key}' for key in sorted(keys))}" for other, keys in sorted(served.items())
        ),
        name=f"{name}: {here} von nebenan mitversorgen",
        reckoning=(
            f"{here} grenzt im Landkreis an {in_words(names, frozenset(served))}. Dort führt am "
            f"{day(view.as_of)} jeweils jemand »{name}« durch: {listing(there, most=_MOST_NAMED)}. "
            f"In {here} ist dafür keine Stelle erfasst."
        ),
        against=(
            f"In {here} ist ein Bedarf dafür erfasst; ob die Angebote nebenan Platz haben, ist nicht erfasst."
            if asked
            else f"Ob in {here} Bedarf besteht, ist nicht erhoben."
        ),
        idea=f"Fragen, ob ein Angebot nebenan {here} mitversorgen kann.",
        field_id=field,
        municipalities=frozenset([ags]),
        example=example,
    )
