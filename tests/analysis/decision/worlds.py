"""A small Landkreis whose programme ends, for tests of what is to be decided about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from steering.analysis.decision.open_question import Asked, asked
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.decisions import upcoming
from steering.analysis.view import Horizon, Scenario, View
from steering.model import AreaKind, ExtensionRule, Level
from tests.builders import (
    Tables,
    Values,
    area,
    area_municipality,
    committee,
    funding,
    municipality,
    organisation,
    portfolio,
    programme,
    responsibility,
    structure,
    target_group,
    task,
    task_field,
)

TODAY = date(2026, 11, 22)
AHORN, MEEDER = "09473112", "09473144"
SHARE = {"id": 12, "part": "co_financing", "payer": "own", "accompanies_id": 11, "amount_cents": 1_300_000,
         "amount_basis": "per_year", "end": "2026-12-31"}  # fmt: skip


def view(rule: ExtensionRule = ExtensionRule.SECURED, *changes: Any) -> View:
    return View(TODAY, TODAY, Horizon(date(2025, 1, 1), date(2035, 12, 31)), Scenario(rule, changes))


def bir(**values: Any) -> Values:
    """The money of the Lotsen to the end of 2026, from the programme with id 7."""
    return funding(
        **{"id": 11, "programme_id": 7, "start": "2024-01-01", "end": "2026-12-31",
           "extension": "not_yet_possible", "fte": 1.5} | values
    )  # fmt: skip


def lotsen(**values: Any) -> Values:
    return structure(**{"id": 1, "name": "Lotsen", "organisation_id": 2, "end_kind": "unknown"} | values)


def world(**tables: Any) -> Portfolio:
    """A Landkreis with a unit, a carrier, two municipalities, a task that only the Lotsen have."""
    rows: Tables = {
        "organisations": [
            organisation(id=1, name="Landkreis", slug="landkreis", level=Level.COUNTY),
            organisation(id=2, name="FB 21", slug="fb-21", level=Level.STATE_OFFICE, parent_id=1),
            organisation(id=3, name="Caritas", slug="caritas", level=Level.WELFARE),
        ],
        "municipalities": [municipality(ags=AHORN, name="Ahorn"), municipality(ags=MEEDER, name="Meeder")],
        "areas": [area(id=1, kind=AreaKind.DISTRICT)],
        "area_municipalities": [area_municipality(area_id=1, ags=ags) for ags in (AHORN, MEEDER)],
        "fields": [task_field(id=1)],
        "tasks": [task(id=1, field_id=1, name="Helfer begleiten", legal_character="voluntary")],
        "target_groups": [
            target_group(id=1, slug="alle", name="alle", everyone=True),
            target_group(id=2, slug="frauen", name="Frauen"),
            target_group(id=3, slug="kinder", name="Kinder"),
        ],
        "programmes": [programme(id=7, name="Beratungsrichtlinie (BIR III)", short_name="BIR III")],
        "structures": [lotsen()],
        "fundings": [bir(), funding(**SHARE)],
        "responsibilities": [responsibility(id=1, role="lead")],
        "committees": [
            committee(id=1, name="Kreisausschuss", short_name="KA", rank=1),
            committee(id=2, slug="kt", name="Kreistag", short_name="Kreistag", rank=2),
        ],
    }
    return portfolio(**rows | tables)


def next_of(data: Portfolio) -> Asked:
    return asked(data, upcoming(data, view()))
