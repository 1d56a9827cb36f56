"""What-if on responsibilities and structures, one sentence each."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from steering.analysis.changes import (
    AddResponsibility,
    AddStructure,
    DropFunding,
    EndFunding,
    EndResponsibility,
    MergeResponsibilities,
    MoveResponsibility,
    NewFunding,
    NewResponsibility,
    ScenarioChange,
)
from steering.analysis.lives import lifecycle
from steering.analysis.money import sums
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures.inventory import inventory
from steering.analysis.view import View
from steering.model import AmountBasis, FundingPart, Payer, Role, StructureKind
from tests.builders import (
    Values,
    area,
    each_row,
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

NEW_YEAR = date(2027, 1, 1)


def data(duties: list[Values], groups: dict[int, tuple[int, ...]] | None = None) -> Portfolio:
    return portfolio(
        organisations=[organisation(id=1)],
        structures=[structure(id=identity, name=f"Struktur {identity}") for identity in (1, 2, 3)],
        areas=[area(id=1), area(id=2)],
        fields=[task_field(id=1)],
        tasks=[task(id=1), task(id=2)],
        target_groups=[target_group(id=1), target_group(id=2)],
        responsibilities=duties,
        responsibility_groups=[
            responsibility_group(responsibility_id=identity, target_group_id=group)
            for identity, found in (groups or {}).items()
            for group in found
        ],
    )


def held(known: Portfolio, *changes: ScenarioChange) -> list[tuple]:
    """Structure, first and last day of each responsibility."""
    found = scenario.apply(known, changes).responsibilities
    return sorted(
        (
            row.structure_id,
            *(None if pd.isna(day) else str(day.date()) for day in (row.valid_from, row.valid_until)),
        )
        for row in each_row(found)
    )


def reached(known: Portfolio, *changes: ScenarioChange) -> dict[int, list[int]]:
    """Target groups by responsibility."""
    found = scenario.apply(known, changes).responsibility_groups
    groups: dict[int, list[int]] = {}
    for row in each_row(found.sort_values("target_group_id")):
        groups.setdefault(row.responsibility_id, []).append(row.target_group_id)
    return groups


DUTY = responsibility(id=1, role=Role.LEAD, delivers=False, site="Grundschule", valid_from="2025-01-01")


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2026, 12, 31), [(1, "2025-01-01", "2026-12-31")]),
        (date(2025, 1, 1), [(1, "2025-01-01", "2025-01-01")]),
        (date(2024, 12, 31), []),
    ],
)
def test_an_ended_responsibility_is_valid_at_most_through_the_day(on, left):
    assert held(data([DUTY]), EndResponsibility(1, on)) == left


def test_an_end_never_prolongs():
    short = DUTY | {"valid_until": "2026-06-30"}
    assert held(data([short]), EndResponsibility(1, NEW_YEAR)) == [(1, "2025-01-01", "2026-06-30")]


def test_what_has_no_day_left_leaves_no_target_groups():
    assert reached(data([DUTY], {1: (1, 2)}), EndResponsibility(1, date(2020, 1, 1))) == {}


def test_a_moved_responsibility_ends_the_day_before_and_is_the_same_elsewhere():
    known = data([DUTY], {1: (1, 2)})
    moved = (MoveResponsibility(1, 2, NEW_YEAR),)
    assert held(known, *moved) == [(1, "2025-01-01", "2026-12-31"), (2, "2027-01-01", None)]
    found = scenario.apply(known, moved)
    before, after = (found.responsibilities.iloc[row] for row in (0, 1))
    same = ["task_id", "area_id", "role", "delivers", "site"]
    assert before[same].to_list() == after[same].to_list()
    assert after["id"] < 0
    assert found.responsibility_groups.groupby("responsibility_id")["target_group_id"].agg(
        tuple
    ).to_dict() == {
        1: (1, 2),
        after["id"]: (1, 2),
    }


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 1, 1), [(2, "2025-01-01", "2026-06-30")]),
        (date(2024, 6, 30), [(2, "2025-01-01", "2026-06-30")]),
        (date(2026, 6, 30), [(1, "2025-01-01", "2026-06-29"), (2, "2026-06-30", "2026-06-30")]),
        (date(2026, 7, 1), [(1, "2025-01-01", "2026-06-30")]),
    ],
)
def test_a_responsibility_moves_with_the_days_it_has(on, expected):
    assert held(data([DUTY | {"valid_until": "2026-06-30"}]), MoveResponsibility(1, 2, on)) == expected


def test_later_changes_act_on_what_was_moved():
    away = MoveResponsibility(1, 2, NEW_YEAR)
    known = data([DUTY])
    assert held(known, away, EndResponsibility(1, date(2027, 6, 30))) == [
        (1, "2025-01-01", "2026-12-31"),
        (2, "2027-01-01", "2027-06-30"),
    ]
    assert held(known, away, MoveResponsibility(1, 3, date(2028, 1, 1))) == [
        (1, "2025-01-01", "2026-12-31"),
        (2, "2027-01-01", "2027-12-31"),
        (3, "2028-01-01", None),
    ]
    assert held(known, away, MoveResponsibility(1, 3, date(2026, 1, 1))) == [
        (1, "2025-01-01", "2025-12-31"),
        (3, "2026-01-01", None),
    ]


def test_a_responsibility_moved_to_where_it_is_stays_one():
    assert held(data([DUTY]), MoveResponsibility(1, 1, NEW_YEAR)) == [(1, "2025-01-01", None)]


OTHER = DUTY | {"id": 2, "structure_id": 2, "valid_from": "2026-01-01"}


@pytest.mark.parametrize(
    "change", [MoveResponsibility(1, 2, NEW_YEAR), MergeResponsibilities(1, 2, NEW_YEAR)]
)
def test_equal_ones_unite(change):
    known = data([DUTY, OTHER], {1: (1, 2), 2: (2, 1)})
    assert held(known, change) == [(1, "2025-01-01", "2026-12-31"), (2, "2026-01-01", None)]


@pytest.mark.parametrize(
    "different",
    [
        {"task_id": 2},
        {"area_id": 2},
        {"role": Role.DELIVER},
        {"delivers": True},
        {"site": ""},
        {"valid_from": "2024-01-01", "valid_until": "2026-06-30"},
    ],
)
def test_different_ones_stay_apart(different):
    known = data([DUTY, OTHER | different])
    assert len(held(known, MergeResponsibilities(1, 2, NEW_YEAR))) == 3


def test_ones_for_different_groups_stay_apart():
    known = data([DUTY, OTHER], {1: (1, 2), 2: (1,)})
    assert sorted(map(len, reached(known, MergeResponsibilities(1, 2, NEW_YEAR)).values())) == [1, 2, 2]


def test_uniting_joins_the_days_of_both():
    short = OTHER | {"valid_until": "2026-12-31"}
    assert held(data([DUTY, short]), MergeResponsibilities(1, 2, NEW_YEAR)) == [
        (1, "2025-01-01", "2026-12-31"),
        (2, "2026-01-01", None),
    ]


ADDED = AddResponsibility(
    structure_id=3, task_id=2, area_id=2, role=Role.LEAD, target_group_ids=(1,), valid_from=NEW_YEAR
)


def test_an_added_responsibility_is_one_more():
    known = data([DUTY])
    found = scenario.apply(known, (ADDED,))
    row = found.responsibilities.iloc[-1]
    assert (row["structure_id"], row["task_id"], row["area_id"], row["role"]) == (3, 2, 2, "lead")
    assert row["delivers"]
    assert pd.isna(row["valid_until"])
    assert found.responsibilities.dtypes.equals(known.responsibilities.dtypes)
    assert reached(known, ADDED) == {row["id"]: [1]}


def test_what_is_added_has_the_same_id_whatever_else_changes():
    known = data([DUTY])
    alone = scenario.apply(known, (ADDED,)).responsibilities["id"].iloc[-1]
    after = scenario.apply(known, (MoveResponsibility(1, 2, NEW_YEAR), ADDED)).responsibilities["id"].iloc[-1]
    assert alone == after < 0
    twice = scenario.apply(known, (ADDED, ADDED)).responsibilities["id"]
    assert twice.is_unique


def test_an_added_responsibility_can_be_changed_like_any_other():
    known = data([DUTY])
    identity = int(scenario.apply(known, (ADDED,)).responsibilities["id"].iloc[-1])
    assert held(known, ADDED, EndResponsibility(identity, date(2027, 6, 30)))[1] == (
        3,
        "2027-01-01",
        "2027-06-30",
    )


@pytest.mark.parametrize(
    "change",
    [
        EndResponsibility(77, NEW_YEAR),
        MoveResponsibility(77, 2, NEW_YEAR),
        MoveResponsibility(1, 77, NEW_YEAR),
        MergeResponsibilities(1, 77, NEW_YEAR),
        AddResponsibility(structure_id=77, task_id=1, area_id=1, role=Role.LEAD),
        AddResponsibility(structure_id=1, task_id=77, area_id=1, role=Role.LEAD),
        AddResponsibility(structure_id=1, task_id=1, area_id=1, role=Role.LEAD, target_group_ids=(1, 77)),
        AddStructure(name="X", kind=StructureKind.POST, organisation_id=77),
        AddStructure(
            name="X",
            kind=StructureKind.POST,
            organisation_id=1,
            responsibilities=(NewResponsibility(task_id=77, area_id=1, role=Role.LEAD),),
        ),
    ],
)
def test_a_change_that_names_what_is_not_there_does_nothing(change):
    known = data([DUTY], {1: (1,)})
    assert held(known, change) == held(known)
    assert len(scenario.apply(known, (change,)).structures) == 3
    assert scenario.inapplicable(known, (change,)) == (change,)


def new_structure(**values: Any) -> AddStructure:
    defaults: dict[str, Any] = {
        "name": "Neue Beratung",
        "kind": StructureKind.SERVICE,
        "organisation_id": 1,
        "fte": 1.0,
        "fundings": (
            NewFunding(name="Startgeld", start=NEW_YEAR, end=date(2028, 12, 31)),
            NewFunding(
                name="Eigenanteil",
                part=FundingPart.CO_FINANCING,
                payer=Payer.OWN,
                accompanies=0,
                amount_cents=36_500,
                amount_basis=AmountBasis.PER_YEAR,
            ),
        ),
        "responsibilities": (NewResponsibility(task_id=1, area_id=1, role=Role.LEAD, target_group_ids=(2,)),),
    }
    return AddStructure(**(defaults | values))


def in_view(*changes: ScenarioChange) -> View:
    at = view("2027-06-30", last="2030-12-31")
    return replace(at, scenario=replace(at.scenario, changes=changes))


def test_an_added_structure_runs_on_its_fundings_and_answers_for_its_tasks():
    known, added = data([DUTY]), new_structure()
    found = inventory(known, in_view(added)).set_index("name").loc["Neue Beratung"]
    assert found["structure_id"] < 0
    assert (found["state"], found["effective_fte"]) == ("running", 1.0)
    assert found["until"] == pd.Timestamp("2028-12-31")
    assert found["task_names"] == ("Sprachkurse",)
    own = sums.per_year(known, in_view(added))
    own = own[(own["payer"] == "own") & (own["known_rows"] > 0)]
    assert own["first"].dt.year.to_list() == [2027, 2028]
    assert own["cents"].to_list() == pytest.approx([36_500, 36_500])


def test_an_added_structure_without_fundings_runs_by_its_own_validity():
    added = new_structure(fundings=(), valid_from=NEW_YEAR)
    found = lifecycle.lives(data([]), in_view(added))
    assert found["start"].iloc[0] == pd.Timestamp(NEW_YEAR)
    assert found["support"].iloc[0] == "own_validity"


def test_the_fundings_of_an_added_structure_can_be_changed_like_any_other():
    known, added = data([]), new_structure()
    identity = int(scenario.apply(known, (added,)).fundings["id"].iloc[0])
    new = scenario.apply(known, (added,)).structures["id"].iloc[-1]

    def days(*changes: ScenarioChange) -> list[str]:
        found = lifecycle.lives(known, in_view(added, *changes))
        return [str(day.date()) for day in found.loc[found["structure_id"] == new, "end"]]

    assert days(EndFunding(identity, date(2027, 6, 30))) == ["2027-06-30"]
    assert days(DropFunding(identity)) == []


def test_frames_keep_their_types_when_a_structure_is_added():
    known = data([DUTY], {1: (1,)})
    found = scenario.apply(known, (new_structure(),))
    for table, frame in known.frames.items():
        assert found.frame(table)[list(frame)].dtypes.equals(frame.dtypes), table
        assert list(found.frame(table).index) == list(range(len(found.frame(table))))
