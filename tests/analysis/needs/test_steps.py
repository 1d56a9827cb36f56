"""What changes on which day: structures and needs."""

from steering.analysis.needs.steps import turning_points
from steering.analysis.structures.inventory import Selection
from tests import builders as b


def test_a_need_that_begins_or_ends_is_a_change() -> None:
    data = b.portfolio(
        structures=[b.structure(id=1, valid_until="2026-12-31")],
        needs=[
            b.need(id=1, valid_from="2027-01-01", valid_until="2028-12-31"),
            b.need(id=2, valid_from="2027-01-01"),
        ],
    )
    found = turning_points(data, b.view("2026-06-30"))
    assert found.astype({"day": "str"}).to_numpy().tolist() == [
        ["2027-01-01", 0, 1, 2, 0],
        ["2029-01-01", 0, 0, 0, 1],
    ]


def test_what_the_filters_hide_is_no_step() -> None:
    data = b.portfolio(
        municipalities=[b.municipality()],
        areas=[b.area()],
        area_municipalities=[b.area_municipality()],
        organisations=[b.organisation(id=1)],
        fields=[b.task_field(id=1, slug="a"), b.task_field(id=2, slug="b")],
        tasks=[b.task(id=1, field_id=1), b.task(id=2, field_id=2)],
        structures=[
            b.structure(id=1, valid_until="2026-12-31"), b.structure(id=2, valid_until="2027-12-31"),
        ],
        responsibilities=[
            b.responsibility(id=1, structure_id=1, task_id=1),
            b.responsibility(id=2, structure_id=2, task_id=2),
        ],
        needs=[
            b.need(id=1, task_id=1, valid_from="2028-01-01"),
            b.need(id=2, task_id=2, valid_from="2029-01-01"),
        ],
    )  # fmt: skip
    found = turning_points(data, b.view("2026-06-30"), Selection(fields=frozenset({"b"})))
    assert found.astype({"day": "str"}).to_numpy().tolist() == [
        ["2028-01-01", 0, 1, 0, 0],
        ["2029-01-01", 0, 0, 1, 0],
    ]


def test_without_needs_it_is_what_structures_do() -> None:
    found = turning_points(b.portfolio(structures=[b.structure(id=1)]), b.view("2026-06-30"))
    assert list(found.columns) == ["day", "starts", "ends", "needs_start", "needs_end"]
    assert found.empty


def test_a_place_can_be_chosen_where_no_need_is_recorded() -> None:
    chosen = Selection(municipalities=frozenset({"09473151"}))
    assert turning_points(b.portfolio(), b.view("2026-06-30"), chosen).empty
