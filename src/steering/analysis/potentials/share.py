"""Two houses with the same task close to each other: whether they could do something together is asked.

What that might be nobody knows but they: a post at a school can share neither rooms nor days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.delivering import delivering, in_words, lines_of, place_names, task_in_words
from steering.analysis.potentials.neighbours import Pairs
from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model.german import day, listing

Row = Mapping[Any, Any]
_MOST_NAMED = 4


@in_scenario
def share(portfolio: Portfolio, view: View, beside: Pairs) -> list[ProposedPotential]:
    """One proposal for each task and two houses (roofs) with structures that surely deliver it close by.

    Close by: in one municipality or in two side by side, for a target group that both reach; neither for the
    whole Landkreis, where no place says that they are close. Not where several providers are wanted, nor
    where an agreement about the task binds both already. Those within one municipality first.
    """
    rows = delivering(portfolio, view)
    rows = rows[~rows["unknown"] & ~rows["wide"] & (rows["municipalities"].map(len) > 0)]
    tasks = portfolio.tasks.set_index("id")
    rows = rows[~rows["task_id"].map(tasks["several_providers_wanted"]).astype(bool)]
    groups, bound = _groups(portfolio), _Agreed(portfolio, view)
    found = []
    for task, members in rows.groupby("task_id"):
        key = int(str(task))
        close: defaultdict[tuple[int, int], list[tuple[Row, Row]]] = defaultdict(list)
        for one, other in combinations(_by_structure(members, groups, beside), 2):
            if one["roof"] == other["roof"] or one["around"].isdisjoint(other["municipalities"]):
                continue
            if _reach_the_same(one, other) and not bound.covers(key, one, other):
                pair = (one, other) if one["roof"] < other["roof"] else (other, one)
                close[pair[0]["roof"], pair[1]["roof"]].append(pair)
        found += [_proposal(portfolio, view, key, roofs, pairs) for roofs, pairs in close.items()]
    return sorted(found, key=lambda one: (len(one.municipalities) > 1, one.name.casefold()))


def _by_structure(
    rows: pd.DataFrame, groups: Mapping[int, frozenset[int]], beside: Pairs
) -> list[dict[str, Any]]:
    """A structure once, with all places in which it delivers the task.

    `around`: these places and their neighbours; `reached`: its target groups, None for all of them.
    """
    found: dict[int, dict[str, Any]] = {}
    for row in rows.sort_values("structure_id").to_dict("records"):
        known = found.setdefault(
            row["structure_id"],
            {str(name): value for name, value in row.items()}
            | {"municipalities": frozenset(), "example": False, "duties": frozenset()},
        )
        known["municipalities"] |= row["municipalities"]
        known["example"] |= row["example"]
        known["duties"] |= {row["responsibility_id"]}
    nearby: defaultdict[str, set[str]] = defaultdict(set)
    for here, there in beside:
        nearby[here].add(there)
    for each in found.values():
        each["around"] = each["municipalities"].union(*(nearby[here] for here in each["municipalities"]))
        limited = all(key in groups for key in each["duties"])
        each["reached"] = frozenset().union(*(groups[key] for key in each["duties"])) if limited else None
    return list(found.values())


def _groups(portfolio: Portfolio) -> dict[int, frozenset[int]]:
    """The target groups of each responsibility that is limited to some."""
    everyone = set(portfolio.target_groups.loc[portfolio.target_groups["everyone"], "id"])
    rows = portfolio.responsibility_groups
    named = {
        int(str(key)): frozenset(group) for key, group in rows.groupby("responsibility_id")["target_group_id"]
    }
    return {key: found for key, found in named.items() if not found & everyone}


def _reach_the_same(one: Row, other: Row) -> bool:
    here, there = one["reached"], other["reached"]
    return here is None or there is None or not here.isdisjoint(there)


class _Agreed:
    """Which organisations have an agreement about a task on the day looked at."""

    def __init__(self, portfolio: Portfolio, view: View) -> None:
        day_looked_at = pd.Timestamp(view.as_of)
        rows = portfolio.agreements
        over = (rows["valid_from"] > day_looked_at) | (rows["valid_until"] < day_looked_at)
        standing = set(rows.loc[~over, "id"])
        parties, about = portfolio.agreement_organisations, portfolio.agreement_tasks
        self._parties = {
            key: frozenset(group)
            for key, group in parties.groupby("agreement_id")["organisation_id"]
            if key in standing
        }
        self._tasks = {key: frozenset(group) for key, group in about.groupby("agreement_id")["task_id"]}
        self._lines = lines_of(portfolio)

    def covers(self, task: int, one: Row, other: Row) -> bool:
        """Whether one of them binds both, themselves or by who stands above them."""
        lines = [frozenset(self._lines[int(each["organisation_id"])]) for each in (one, other)]
        return any(
            task in self._tasks.get(key, ()) and all(parties & line for line in lines)
            for key, parties in self._parties.items()
        )


def _proposal(
    portfolio: Portfolio, view: View, key: int, roofs: tuple[int, int], pairs: list[tuple[Row, Row]]
) -> ProposedPotential:
    names, (task, field) = place_names(portfolio), task_in_words(portfolio, key)
    houses = portfolio.short_names("organisation")
    sides = [{each["structure_id"]: each for each in side} for side in zip(*pairs, strict=True)]
    where = [frozenset().union(*(each["municipalities"] for each in side.values())) for side in sides]
    places = frozenset().union(*where)
    called = [str(houses[roof]) for roof in roofs]
    told = [
        f"{house} mit {listing([_where(each, names) for each in side.values()], most=_MOST_NAMED)}"
        for house, side in zip(called, sides, strict=True)
    ]
    facts = sorted(
        f"s{one} {','.join(sorted(each['municipalities']))}" for side in sides for one, each in side.items()
    )
    return ProposedPotential(
        rule=ProposalKind.SHARE,
        key=f"{ProposalKind.SHARE}/t{key}/o{roofs[0]},o{roofs[1]}",
        facts=";".join(facts),
        name=f"{task}: Können {called[0]} und {called[1]} etwas gemeinsam tun?",
        reckoning=(
            f"Zwei Träger führen am {day(view.as_of)} »{task}« nah beieinander durch: "
            f"{'; '.join(told)}. {_lie(*where)}"
        ),
        against=(
            "Dass beide hier tätig sind, kann gewollt sein. Eine Vereinbarung zwischen ihnen ist dazu nicht "
            "erfasst."
        ),
        idea=(
            f"Beide fragen: Gibt es etwas, das {called[0]} und {called[1]} hier gemeinsam tun könnten, zum "
            "Beispiel Vertretung oder Fortbildung?"
        ),
        field_id=field,
        municipalities=places,
        example=any(each["example"] for side in sides for each in side.values()),
    )


def _where(row: Row, names: dict[str, str]) -> str:
    return f"»{row['name']}« ({in_words(names, row['municipalities'])})"


def _lie(one: frozenset[str], other: frozenset[str]) -> str:
    if len(one | other) == 1:
        return "Beide sind in derselben Gemeinde."
    together = "in derselben Gemeinde oder " if one & other else ""
    return f"Sie sind {together}in Gemeinden, die aneinandergrenzen."
