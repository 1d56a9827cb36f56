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
from steering.analysis.surveys.said import answers, not_needed
from steering.analysis.view import View
from steering.model import Needed, NeedKind, Role
from steering.model.german import day, listing

FEWEST_NEIGHBOURS = 2
_MOST_NAMED = 4


@in_scenario
def served_around(portfolio: Portfolio, view: View, beside: Pairs) -> list[ProposedPotential]:
    """One proposal for each task and municipality; what is recorded as needed there first.

    Around it lie at least two municipalities of the Landkreis, in each of which something that surely runs
    delivers the task. In it nothing does, nor may do, and nothing supports it: what is not known is no gap.
    Not where those who were asked (Bedarfserhebung) say that nothing is needed. `beside`: see `neighbours`.
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
    settled = _somebody(portfolio, view) | _refused(portfolio)
    needed, told = _needed(portfolio, view), _told(portfolio, view)
    found = []
    for ags, others in around(beside).items():
        others = others & names.keys()
        if ags not in names or len(others) < FEWEST_NEIGHBOURS:
            continue
        for task in sorted({task for task, place in served if place in others}):
            if (task, ags) in settled or not all((task, other) in served for other in others):
                continue
            duties_around = set().union(*(of_duty[task, other] for other in others))
            found.append(
                _proposal(
                    portfolio, view, task, ags, {other: served[task, other] for other in others},
                    names, against=_against(names[ags], (task, ags) in needed, (task, ags) in told),
                    example=bool(duties_around & made_up),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (_place(one.key) not in needed, one.name.casefold()))


def _somebody(portfolio: Portfolio, view: View) -> set[tuple[int, str]]:
    """The tasks and municipalities for which somebody delivers, may deliver, or supports."""
    rows = duties(portfolio, view)
    delivers = portfolio.responsibilities.set_index("id")["delivers"]
    leads = (rows["role"] == Role.LEAD) & rows["responsibility_id"].map(delivers).fillna(False).astype(bool)
    rows = rows[leads | rows["role"].isin([Role.DELIVER, Role.SUPPORT])]
    return _pairs(portfolio, rows)


def _refused(portfolio: Portfolio) -> set[tuple[int, str]]:
    """The tasks and municipalities for which who was asked says that nothing is needed."""
    rows = not_needed(portfolio)
    return set(zip(rows["task_id"].astype(int), rows["ags"], strict=True))


def _needed(portfolio: Portfolio, view: View) -> set[tuple[int, str]]:
    """The tasks and municipalities for which a need of service is recorded for that day."""
    rows = portfolio.needs
    return _pairs(portfolio, rows[(rows["kind"] == NeedKind.SERVICE) & _on(rows, view)])


def _told(portfolio: Portfolio, view: View) -> set[tuple[int, str]]:
    """The tasks and municipalities for which a need of that day was reported and is not recorded yet."""
    rows = answers(portfolio)
    rows = rows[rows["holds"] & (rows["needed"] == Needed.YES) & rows["need_id"].isna() & _on(rows, view)]
    return _pairs(portfolio, rows)


def _on(rows: pd.DataFrame, view: View) -> pd.Series:
    """Which rows are valid on the day looked at."""
    on = pd.Timestamp(view.as_of)
    return ~(rows["valid_from"] > on) & ~(rows["valid_until"] < on)


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
    against: str,
    example: bool,
) -> ProposedPotential:
    name, field = task_in_words(portfolio, task)
    here, called = names[ags], portfolio.names("structure")
    there = [
        f"{names[other]} ({listing(sorted(str(called[key]) for key in keys), most=_MOST_NAMED)})"
        for other, keys in sorted(served.items(), key=lambda pair: names[pair[0]])
    ]
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
        against=against,
        idea=f"Fragen, ob ein Angebot nebenan {here} mitversorgen kann.",
        field_id=field,
        municipalities=frozenset([ags]),
        example=example,
    )


def _against(here: str, needed: bool, told: bool) -> str:
    """What is not known, after what is known of the need."""
    if needed or told:
        known = "dafür erfasst" if needed else "dafür gemeldet, aber noch nicht übernommen"
        return f"In {here} ist ein Bedarf {known}; ob die Angebote nebenan Platz haben, ist nicht erfasst."
    return f"Ob in {here} Bedarf besteht, ist nicht erhoben."
