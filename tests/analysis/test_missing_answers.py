"""Who has not answered a Rückmeldung or a Bedarfserhebung: told to those who coordinate, once, by round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.dates import dated
from steering.analysis.dates.telling import AGAIN_AFTER, LastTold, Recipient, Tiding, news
from steering.analysis.dates.to_do import MISSING_SINCE, missing_answers
from steering.analysis.portfolio import Portfolio
from steering.model import SurveyRequest, SurveyRound, ToldStage
from tests.builders import (
    confirmation_request,
    confirmation_round,
    municipality,
    organisation,
    portfolio,
    record,
)

FIRST = date(2026, 11, 1)
# 1 is the roof, 2 is below it, 3 below 2, 4 stands alone.
PARENTS = {1: None, 2: 1, 3: 2, 4: None}
NAMES = {1: "Landkreis", 2: "Fachbereich", 3: "Büro", 4: "Caritas"}
TOWN = "09473112"
LISTS = ("requests", "surveys")


def iso(at: int) -> str:
    return (FIRST + timedelta(days=at)).isoformat()


def world(answered: dict[str, int], due: Sequence[int], at: int) -> Portfolio:
    """Two Rückmeldungen, the second after the first for the roof and the Caritas alone, and one survey."""

    def on(key: str) -> str | None:
        day = answered.get(key)
        return iso(day) if day is not None and day <= at else None

    older = [confirmation_request(id=key, answered_on=on(f"request-{key}")) for key in PARENTS]
    newer = [
        confirmation_request(id=key, round_id=2, organisation_id=unit, answered_on=on(f"request-{key}"))
        for key, unit in ((5, 1), (6, 4))
    ]
    surveyed = [
        record(SurveyRequest, id=1, round_id=1, ags=TOWN, token="a" * 16, answered_on=on("survey-1")),
        record(SurveyRequest, id=2, round_id=1, organisation_id=3, token="b" * 16, refused_on=on("survey-2")),
    ]
    return portfolio(
        municipalities=[municipality(ags=TOWN, name="Ahorn")],
        organisations=[organisation(id=key, name=NAMES[key], parent_id=PARENTS[key]) for key in PARENTS],
        confirmation_rounds=[
            confirmation_round(id=1, name="Erste", due=iso(due[0])),
            confirmation_round(id=2, name="Zweite", sent_on="2026-10-02", due=iso(due[1])),
        ],
        confirmation_requests=[*older, *newer],
        survey_rounds=[record(SurveyRound, id=1, name="Bedarfe", sent_on="2026-10-01", due=iso(due[2]))],
        survey_requests=surveyed,
    )


@cache
def no_dates() -> pd.DataFrame:
    """The calendar of this world: nothing in it has a day."""
    rows = dated(world({}, [0, 0, 0], 0), FIRST)
    assert rows.empty
    return rows


# The key of each answer that can be owed, with its round in the lists, its body and its unit.
ASKED = {
    "request-2": ("requests-1", "Fachbereich", 2),
    "request-3": ("requests-1", "Büro", 3),
    "request-5": ("requests-2", "Landkreis", 1),
    "request-6": ("requests-2", "Caritas", 4),
    "survey-1": ("surveys-1", "Ahorn", None),
    "survey-2": ("surveys-1", "Büro", 3),
}
ROUNDS = ["requests-1", "requests-2", "surveys-1"]


def listed(each: Tiding) -> set[str]:
    return set(each.thing.note.partition(": ")[2].removesuffix(".").split(", "))


people = st.dictionaries(
    st.sampled_from("abc"), st.tuples(st.sampled_from(list(PARENTS)), st.booleans()), min_size=1
)
answers = st.dictionaries(st.sampled_from(list(ASKED)), st.integers(0, 29))
dues = st.lists(st.integers(0, 25), min_size=3, max_size=3)


@settings(max_examples=12, deadline=None)
@given(people, answers, dues, st.sets(st.integers(0, 29), min_size=1, max_size=4))
def test_who_is_silent_is_told_once_as_late_and_once_as_late_again_to_who_coordinates_alone(
    everybody: dict[str, tuple[int, bool]], answered: dict[str, int], due: list[int], days: set[int]
) -> None:
    recipients = [Recipient(key, unit, True, all_units) for key, (unit, all_units) in everybody.items()]
    told: dict[str, dict[str, LastTold]] = defaultdict(dict)
    told_of: dict[str, set[str]] = defaultdict(set)
    for at in sorted(days):
        today, data = FIRST + timedelta(days=at), world(answered, due, at)
        silent = {
            key
            for key, (held, _, _) in ASKED.items()
            if at > due[ROUNDS.index(held)] and not answered.get(key, at + 1) <= at
        }
        found = news(data, no_dates(), recipients, told, today)
        for key, (unit, coordinates) in everybody.items():
            of_rounds = [each for each in found[key] if each.thing.key.partition("-")[0] in LISTS]
            assert coordinates or not of_rounds, "it concerns who coordinates alone"
            by_themselves = {each.thing.key for each in found[key]}
            for each in of_rounds:
                names = listed(each)
                owing = {one for one in silent if ASKED[one][0] == each.thing.key and ASKED[one][1] in names}
                assert len(owing) == len(names), (
                    "whoever is named is silent, late, and asked in no later round"
                )
                assert unit not in {ASKED[one][2] for one in owing}, "nobody is told of their own unit by it"
                assert not owing & by_themselves, "nothing stands twice in a mail"
                before = told[key].get(each.thing.key)
                assert each.stage is (ToldStage.AGAIN if before else ToldStage.OVERDUE)
                if before:
                    assert before.stage is ToldStage.OVERDUE
                    assert today - before.on >= AGAIN_AFTER
                told_of[key] |= owing
            for each in found[key]:
                told[key][each.thing.key] = LastTold(each.thing.day, each.stage, today)
            if coordinates:
                assert silent <= told_of[key] | told[key].keys(), "none is left out"


def test_the_list_names_the_silent_by_round_and_nobody_before_the_day_is_past() -> None:
    data = world({"request-2": 1}, [3, 9, 3], 4)
    rows = missing_answers(data, FIRST + timedelta(days=4))
    assert [(each.key, each.kind, each.subject, each.note) for each in rows] == [
        ("requests-1", MISSING_SINCE["request"], "Erste", "Noch ohne Antwort (1): Büro."),
        ("surveys-1", MISSING_SINCE["survey"], "Bedarfe", "Noch ohne Antwort (2): Ahorn, Büro."),
    ]
    assert [each.internal for each in rows] == [True, False]
    assert missing_answers(data, FIRST + timedelta(days=3)) == ()


def test_of_a_round_that_is_for_the_administration_only_nobody_else_is_told() -> None:
    data, today = world({}, [0, 0, 0], 1), FIRST + timedelta(days=1)
    people: list[Any] = [Recipient("a", 4, False, True)]
    found = news(data, no_dates(), people, {}, today)
    assert [each.thing.key for each in found["a"]] == ["surveys-1"]
