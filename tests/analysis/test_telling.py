"""What is told to whom over simulated days: each thing once as each stage, to whom it concerns, in time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.dates import telling
from steering.analysis.dates.telling import AGAIN_AFTER, LastTold, Recipient, Tiding, news
from steering.analysis.dates.to_do import ToDo, Urgency
from steering.model import ToldStage

FIRST = date(2026, 11, 23)
LEAD = timedelta(days=5)
# 1 is the roof, 2 and 3 are below it, 4 below 2.
PARENTS = {1: None, 2: 1, 3: 1, 4: 2}
PORTFOLIO: Any = SimpleNamespace(
    organisations=pd.DataFrame({"id": list(PARENTS), "parent_id": list(PARENTS.values())})
)


def line(unit: int | None) -> list[int]:
    return [] if unit is None else [unit, *line(PARENTS[unit])]


thing = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(list(PARENTS)),
        "internal": st.booleans(),
        "begins": st.integers(0, 12),
        "done": st.integers(3, 40),
        "days": st.lists(st.integers(0, 30), min_size=1, max_size=2),
        "moves": st.integers(0, 20),
    }
)
people = st.dictionaries(st.sampled_from("abcd"), st.tuples(st.sampled_from(list(PARENTS)), st.booleans()))
runs = st.sets(st.integers(0, 39), min_size=1)


def stands(one: dict[str, Any], at: int, number: int) -> ToDo | None:
    """The thing as it is on a day; None before it begins and once it is done."""
    if not one["begins"] <= at < one["done"]:
        return None
    due = FIRST + timedelta(days=one["days"][-1 if at >= one["moves"] else 0])
    today = FIRST + timedelta(days=at)
    late = max((today - due).days, 0)
    urgency = Urgency.OVERDUE if late else Urgency.NOW if due - LEAD <= today else Urgency.LATER
    return ToDo(urgency, due, f"thing-{number}", "Frist", "", late, False, False, one["internal"], "")


def addressee_units(one: dict[str, Any], everybody: dict[str, tuple[int, bool]]) -> int | None:
    """The slow answer: the lowest unit, from the own one up, where somebody may be told."""
    for unit in line(one["unit"]):
        if any(where == unit and (sees or not one["internal"]) for where, sees in everybody.values()):
            return unit
    return None


@settings(max_examples=200, deadline=None)
@given(st.lists(thing, max_size=4), people, runs)
def test_each_thing_is_told_once_as_each_stage_to_whom_it_concerns_and_in_time(
    things: list[dict[str, Any]], everybody: dict[str, tuple[int, bool]], days: set[int]
) -> None:
    told: dict[str, dict[str, LastTold]] = defaultdict(dict)
    history: dict[tuple[str, str], list[Tiding]] = defaultdict(list)
    recipients = [Recipient(key, unit, sees) for key, (unit, sees) in everybody.items()]
    with pytest.MonkeyPatch.context() as patch:
        for at in sorted(days):
            there = {number: stands(one, at, number) for number, one in enumerate(things)}

            def of_unit(_portfolio: Any, _rows: Any, _today: date, unit: int, there: Any = there) -> Any:
                return tuple(
                    each for number, each in there.items() if each and unit in line(things[number]["unit"])
                )

            patch.setattr(telling, "to_do", of_unit)
            today = FIRST + timedelta(days=at)
            found = news(PORTFOLIO, pd.DataFrame(), recipients, told, today)
            assert found.keys() == everybody.keys()
            for key, (unit, sees) in everybody.items():
                for each in found[key]:
                    one = things[int(each.thing.key.partition("-")[2])]
                    assert sees or not one["internal"]
                    own = addressee_units(one, everybody)
                    assert own is not None
                    # To whom it concerns, and what is late again to the next unit above with somebody.
                    if each.below:
                        populated = [
                            each for each in line(own)[1:] if each in {u for u, _ in everybody.values()}
                        ]
                        assert unit == populated[0]
                        assert each.stage is ToldStage.AGAIN
                    else:
                        assert unit == own
                    before = told[key].get(each.thing.key)
                    assert before is None or (before.day, before.stage) != (each.thing.day, each.stage)
                    if each.stage is ToldStage.AGAIN and not each.below:
                        assert before is not None
                        assert today - before.on >= AGAIN_AFTER
                    history[key, each.thing.key].append(each)
                    told[key][each.thing.key] = LastTold(each.thing.day, each.stage, today)
            # Whatever is due or late by now has been told as that to everybody whom it concerns.
            for number, one in enumerate(things):
                standing, own = there[number], addressee_units(one, everybody)
                if standing is None or own is None:
                    continue
                for key, (unit, sees) in everybody.items():
                    if unit == own and (sees or not one["internal"]):
                        last = told[key][standing.key]
                        assert last.day == standing.day
                        wanted = {Urgency.LATER: 0, Urgency.NOW: 1, Urgency.OVERDUE: 2}[standing.urgency]
                        assert list(ToldStage).index(last.stage) >= wanted
