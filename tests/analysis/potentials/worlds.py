"""A row of municipalities, one beside the other, with houses that deliver tasks in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.neighbours import Pairs
from steering.analysis.view import Horizon
from steering.model import AreaKind, Role
from tests.builders import (
    area,
    area_municipality,
    municipality,
    organisation,
    portfolio,
    responsibility,
    responsibility_group,
    structure,
    target_group,
    task,
    task_field,
    view,
)

TODAY = "2026-11-27"
AT = view(TODAY)
ON_THE_DAY = replace(AT, horizon=Horizon(AT.today, AT.today))
WEST, MIDDLE, EAST, FAR = "09473001", "09473002", "09473003", "09473004"
PLACES = {WEST: "Westdorf", MIDDLE: "Mittelheim", EAST: "Ostbach", FAR: "Fernhausen"}
AREAS = {WEST: 11, MIDDLE: 12, EAST: 13, FAR: 14}
EVERYWHERE = 1
CAFE, CARE = 1, 2
HOUSE, CARITAS, AWO = 1, 2, 3


def beside(*pairs: tuple[str, str]) -> Pairs:
    return frozenset(pair for one, other in pairs for pair in ((one, other), (other, one)))


IN_A_ROW = beside((WEST, MIDDLE), (MIDDLE, EAST), (EAST, FAR))


def world(**more: Any) -> Portfolio:
    """Four municipalities, two tasks, three houses; nobody does anything yet."""
    records: dict[str, Any] = {
        "municipalities": [municipality(ags=ags, name=name) for ags, name in PLACES.items()],
        "areas": [
            area(id=EVERYWHERE, name="Landkreis", kind=AreaKind.DISTRICT),
            *(area(id=key, name=PLACES[ags], kind=AreaKind.MUNICIPALITY) for ags, key in AREAS.items()),
        ],
        "area_municipalities": [
            *(area_municipality(area_id=EVERYWHERE, ags=ags) for ags in PLACES),
            *(area_municipality(area_id=key, ags=ags) for ags, key in AREAS.items()),
        ],
        "fields": [task_field(id=1)],
        "tasks": [task(id=CAFE, name="Sprachcafé"), task(id=CARE, name="Kinderbetreuung")],
        "target_groups": [target_group(id=1, slug="alle", everyone=True), target_group(id=2, slug="frauen")],
        "organisations": [
            organisation(id=HOUSE, name="Landratsamt"),
            organisation(id=CARITAS, name="Caritas"),
            organisation(id=AWO, name="AWO"),
        ],
    }
    return portfolio(**records | more)


_OF_DUTY = {"house", "place", "task", "group", "role", "delivers"}


def doing(*acts: dict[str, Any]) -> dict[str, list[Any]]:
    """Structures that each deliver a task somewhere: `house`, `place` (an area's id), `task`, and their own
    fields; `role` and `delivers` of the responsibility, `group` to which it is limited."""
    structures, duties, groups = [], [], []
    for key, act in enumerate(acts, start=1):
        of = {name: value for name, value in act.items() if name not in _OF_DUTY}
        structures.append(structure(id=key, organisation_id=act["house"], name=f"S{key}", **of))
        duties.append(
            responsibility(
                id=key, structure_id=key, task_id=act.get("task", CAFE), area_id=act["place"],
                role=act.get("role", Role.DELIVER), delivers=act.get("delivers", False),
            )
        )  # fmt: skip
        if "group" in act:
            groups.append(responsibility_group(responsibility_id=key, target_group_id=act["group"]))
    return {"structures": structures, "responsibilities": duties, "responsibility_groups": groups}
