"""What changes on which day: structures and needs."""

from steering.analysis.needs.steps import turning_points
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


def test_without_needs_it_is_what_structures_do() -> None:
    found = turning_points(b.portfolio(structures=[b.structure(id=1)]), b.view("2026-06-30"))
    assert list(found.columns) == ["day", "starts", "ends", "needs_start", "needs_end"]
    assert found.empty
