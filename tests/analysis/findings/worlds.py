"""Hypothesis strategies for small worlds in which a few weeks hold everything that can happen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, Scenario, View
from steering.model import (
    AreaKind,
    EndKind,
    Extension,
    ExtensionRule,
    ForecastVariant,
    Level,
    NeedKind,
    NeedUnit,
    OnLoss,
    Role,
)
from tests import builders
from tests.builders import Values
from tests.oracles.findings import Finding, Statement, World

# A leap day lies in it; whatever is drawn changes nothing at the ends of the search.
SEARCH = (date(2028, 2, 16), date(2028, 3, 12))
FIRST, LAST = date(2028, 2, 20), date(2028, 3, 6)
INSIDE = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))
TODAY = date(2028, 2, 29)
RULES = st.sampled_from(list(ExtensionRule))

MUNICIPALITIES = {"09473112": 4_000, "09473120": 1_000, "09473121": 2_000, "09473999": 0}
PLACES: World = {
    "municipalities": [
        builders.municipality(ags=ags, population=population, inhabited=ags != "09473999")
        for ags, population in MUNICIPALITIES.items()
    ],
    "areas": [
        builders.area(id=1),
        builders.area(id=2, kind=AreaKind.GROUP),
        builders.area(id=3, kind=AreaKind.MUNICIPALITY),
        builders.area(id=4, kind=AreaKind.MUNICIPALITY),
    ],
    "area_municipalities": [
        builders.area_municipality(area_id=area, ags=ags)
        for area, members in {
            1: [*MUNICIPALITIES],
            2: ["09473112", "09473120"],
            3: ["09473112"],
            4: ["09473121"],
        }.items()
        for ags in members
    ],
    "target_groups": [
        builders.target_group(id=1, slug="alle", everyone=True),
        builders.target_group(id=2, slug="asyl", position=1),
        builders.target_group(id=3, slug="eu", position=2),
    ],
    "fields": [builders.task_field()],
    "tasks": [
        builders.task(id=1, name="Aufgabe 1"),
        builders.task(id=2, name="Aufgabe 2", several_providers_wanted=True),
    ],
    "organisations": [
        builders.organisation(id=1, level=Level.COUNTY),
        builders.organisation(id=2, level=Level.STATE_OFFICE, parent_id=1),
        builders.organisation(id=3, level=Level.WELFARE),
        builders.organisation(id=4, level=Level.WELFARE, parent_id=3),
    ],
}


@st.composite
def periods(draw: st.DrawFn, start: str = "valid_from", end: str = "valid_until") -> Values:
    """Two days, either of which may be missing; one day, and now and then the wrong order."""
    days = [draw(st.none() | st.none() | INSIDE) for _ in range(2)]
    if None not in days and draw(st.integers(0, 9)):
        days.sort()
    return {start: days[0], end: days[1]}


@st.composite
def endings(draw: st.DrawFn, start: str, end: str) -> Values:
    period = draw(periods(start, end))
    kind = draw(st.sampled_from([EndKind.FIXED, EndKind.OPEN, EndKind.OPEN, EndKind.UNKNOWN]))
    if kind is EndKind.FIXED and period[end] is None:
        kind = EndKind.OPEN
    if kind is not EndKind.FIXED:
        period[end] = None
    return period | {
        "end_kind": kind,
        "extension": draw(st.sampled_from([Extension.NOT_NEEDED, Extension.UNCLEAR, Extension.APPLIED])),
        "expected_until": draw(st.none() | INSIDE),
        "confirmed_on": draw(st.none() | INSIDE),
    }


@st.composite
def structures(draw: st.DrawFn, identity: int) -> Values:
    return builders.structure(
        id=identity,
        name=f"Struktur {identity}",
        organisation_id=draw(st.integers(1, 4)),
        on_loss=draw(st.sampled_from(list(OnLoss))),
        places=draw(st.sampled_from([None, 0, 10, 10, 20])),
        fte=draw(st.sampled_from([None, 0.5, 1.0])),
        fte_after=0.5,
        **draw(endings("valid_from", "valid_until")),
    )


@st.composite
def responsibilities(draw: st.DrawFn, identity: int, holders: list[int]) -> tuple[Values, list[Values]]:
    answer = builders.responsibility(
        id=identity,
        structure_id=draw(st.sampled_from(holders)),
        task_id=draw(st.sampled_from([1, 1, 1, 1, 2])),
        area_id=draw(st.sampled_from([1, 1, 1, 2, 2, 3, 4])),
        role=draw(st.sampled_from([Role.LEAD, Role.LEAD, Role.DELIVER, Role.DELIVER, *Role])),
        delivers=draw(st.booleans()),
        site=draw(st.sampled_from(["", "", "", "", "Schule A", "Schule B"])),
        **draw(periods()),
    )
    groups = draw(st.sets(st.integers(1, 3), max_size=1) | st.sets(st.integers(1, 3), max_size=2))
    return answer, [
        builders.responsibility_group(responsibility_id=identity, target_group_id=group)
        for group in sorted(groups)
    ]


@st.composite
def needs(draw: st.DrawFn, identity: int) -> tuple[Values, list[Values]]:
    unit = draw(st.sampled_from([NeedUnit.PLACES, NeedUnit.PLACES, NeedUnit.FTE, NeedUnit.RATIO]))
    indicator = draw(st.sampled_from([None, None, 1, 1, 2]))
    per = None if indicator is None or unit == NeedUnit.RATIO else draw(st.sampled_from([1.0, 7.0, 100.0]))
    if per and indicator == 2:
        indicator = None  # it was put away, and its rule is left
    need = builders.need(
        id=identity,
        kind=draw(st.sampled_from([NeedKind.SERVICE, NeedKind.SERVICE, NeedKind.STEERING])),
        task_id=draw(st.sampled_from([1, 1, 1, 2])),
        area_id=draw(st.sampled_from([1, 1, 2, 3])),
        level=draw(st.sampled_from([None, None, Level.WELFARE])),
        site=draw(st.sampled_from(["", "", "", "Schule A"])),
        quantity=draw(st.sampled_from([None, 0.0, 0.6, 5.0, 16.0, 20.0])),
        unit=unit,
        **draw(periods()),
    ) | {"indicator_id": indicator, "per": per}
    groups = draw(st.sets(st.integers(1, 3), max_size=1) | st.sets(st.integers(1, 3), max_size=2))
    return need, [builders.need_group(need_id=identity, target_group_id=group) for group in sorted(groups)]


@st.composite
def observations(draw: st.DrawFn) -> list[Values]:
    """Values of the first of two Kennzahlen; now and then none in some municipality, or none at first."""
    found = {
        (ags, draw(INSIDE)): draw(st.sampled_from([0.0, 3.5, 20.0, 100.0]))
        for ags in MUNICIPALITIES
        for _ in range(draw(st.sampled_from([2, 1, 1, 3, 0])))
    }
    if draw(st.booleans()):
        found |= {(ags, date(2020, 1, 1)): 10.0 for ags in MUNICIPALITIES}
    return [
        builders.observation(indicator_id=1, ags=ags, reference_date=on, value=value)
        for (ags, on), value in found.items()
    ]


@st.composite
def forecasts(draw: st.DrawFn) -> list[Values]:
    """Forecasts of the first Kennzahl in some municipalities; some of days that are over."""
    found = {
        (
            draw(st.sampled_from([*MUNICIPALITIES])),
            draw(st.sampled_from([*ForecastVariant])),
            draw(INSIDE),
        ): value
        for value in draw(st.lists(st.sampled_from([0.0, 5.0, 60.0]), max_size=4))
    }
    return [
        builders.forecast(indicator_id=1, ags=ags, variant=variant, reference_date=on, value=value)
        for (ags, variant, on), value in found.items()
    ]


@st.composite
def agreements(draw: st.DrawFn, identity: int) -> tuple[Values, list[Values], list[Values]]:
    parties = sorted(draw(st.sets(st.integers(1, 4), min_size=1, max_size=3)))
    return (
        builders.agreement(id=identity, **draw(periods())),
        [builders.agreement_organisation(agreement_id=identity, organisation_id=each) for each in parties],
        [builders.agreement_task(agreement_id=identity, task_id=draw(st.sampled_from([1, 1, 2])))],
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    # Not in the order of the ids, so that nothing relies on it.
    holders = [7, 3, 12, 5][: draw(st.sampled_from([4, 3, 2, 1]))]
    answers = [
        draw(responsibilities(n, holders)) for n in range(1, draw(st.sampled_from([5, 6, 7, 3, 1])) + 1)
    ]
    wanted = [draw(needs(n)) for n in range(1, draw(st.sampled_from([2, 1, 3, 0])) + 1)]
    agreed = [draw(agreements(n)) for n in range(1, draw(st.integers(0, 2)) + 1)]
    paid = [
        builders.funding(
            id=n,
            structure_id=draw(st.sampled_from(holders)),
            places=draw(st.sampled_from([None, 8])),
            **draw(endings("start", "end")),
        )
        for n in range(1, draw(st.integers(0, 2)) + 1)
    ]
    places = PLACES["municipalities"]
    if not draw(st.integers(0, 5)):
        places = [places[0] | {"population": draw(st.sampled_from([None, 0]))}, *places[1:]]
    return PLACES | {
        "municipalities": places,
        "structures": [draw(structures(each)) for each in holders],
        "fundings": paid,
        "responsibilities": [answer for answer, _ in answers],
        "responsibility_groups": [group for _, groups in answers for group in groups],
        "needs": [need for need, _ in wanted],
        "need_groups": [group for _, groups in wanted for group in groups],
        "indicators": [builders.indicator(id=1), builders.indicator(id=2)],
        "observations": draw(observations()),
        "forecasts": draw(forecasts()),
        "agreements": [agreement for agreement, _, _ in agreed],
        "agreement_organisations": [party for _, parties, _ in agreed for party in parties],
        "agreement_tasks": [task for _, _, tasks in agreed for task in tasks],
    }


@st.composite
def horizons(draw: st.DrawFn) -> Horizon:
    return Horizon(*sorted([draw(INSIDE), draw(INSIDE)]))


# From any day of the search, all that is drawn lies within it.
WARNING_MONTHS = 1


def portfolio(world: World) -> Portfolio:
    tables: builders.Tables = {**world, "settings": {"warning_months": WARNING_MONTHS}}
    return builders.portfolio(**tables)


def look(horizon: Horizon, rule: str = ExtensionRule.SECURED, as_of: date = TODAY) -> View:
    return View(as_of, TODAY, horizon, Scenario(ExtensionRule(rule)))


def told(frame: pd.DataFrame) -> set[Finding]:
    """The rows of a frame of findings as the oracle tells them."""
    found = [as_told(row) for row in frame.to_dict("records")]
    assert len(set(found)) == len(found)
    return set(found)


def as_told(row: Mapping[Any, Any]) -> Finding:
    statement = Statement(
        row["kind"],
        None if pd.isna(row["task_id"]) else int(row["task_id"]),
        tuple(int(each[1:]) for each in row["participants"]),
        row["reason"],
        None if pd.isna(row["need_id"]) else int(row["need_id"]),
        row["coordinated"],
        row["internal"],
    )
    days = {side: None if pd.isna(row[side]) else row[side].date() for side in ("start", "end")}
    return Finding(
        statement, days["start"], days["end"], row["municipalities"], row["target_groups"], row["sites"]
    )
