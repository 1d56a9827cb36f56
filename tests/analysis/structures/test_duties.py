"""Who answers for which task on a day, and what of it rests on examples."""

import pandas as pd
import pytest

from steering.analysis.structures.duties import duties, resting_on_examples
from steering.model import EndKind, Provenance
from tests.builders import need, portfolio, responsibility, structure, task, view

DAY = "2026-06-01"


def held(structures, responsibilities):
    return duties(portfolio(structures=structures, responsibilities=responsibilities), view(DAY))


def duty(**values):
    return responsibility(**{"id": 1, "structure_id": 1, "task_id": 1} | values)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "counts"),
    [
        (None, None, True),
        ("2026-06-01", "2026-06-01", True),
        ("2026-06-02", None, False),
        (None, "2026-05-31", False),
    ],
)
def test_a_responsibility_counts_on_its_first_and_last_day_and_not_beside_them(
    valid_from, valid_until, counts
):
    found = held([structure(id=1)], [duty(valid_from=valid_from, valid_until=valid_until)])
    assert (len(found) == 1) is counts


def test_a_structure_that_has_ended_answers_for_nothing():
    assert held([structure(id=1, valid_until="2026-05-31")], [duty()]).empty


def test_a_structure_of_which_nobody_knows_the_end_is_kept_as_unknown():
    found = held([structure(id=1, end_kind=EndKind.UNKNOWN)], [duty()])
    assert found["unknown"].tolist() == [True]


@pytest.mark.parametrize("invented", ["structure", "responsibility"])
def test_an_example_on_either_side_makes_the_duty_an_example(invented):
    example = {"provenance": Provenance.EXAMPLE}
    found = held(
        [structure(id=1, **(example if invented == "structure" else {}))],
        [duty(**(example if invented == "responsibility" else {}))],
    )
    assert found["example"].tolist() == [True]
    assert held([structure(id=1)], [duty()])["example"].tolist() == [False]


@pytest.mark.parametrize(
    ("need_id", "participants", "rests"),
    [(1, (), True), (2, (), False), (None, ("s1",), True), (None, ("s2",), True), (None, ("s3",), False)],
)
def test_a_finding_rests_on_an_invented_need_structure_or_responsibility(need_id, participants, rests):
    example = {"provenance": Provenance.EXAMPLE}
    data = portfolio(
        tasks=[task(id=1)],
        structures=[structure(id=1, **example), structure(id=2), structure(id=3)],
        responsibilities=[duty(structure_id=2, **example), duty(id=2, structure_id=3)],
        needs=[need(id=1, task_id=1, **example), need(id=2, task_id=1)],
    )
    found = pd.DataFrame({"need_id": [need_id], "task_id": [1], "participants": [participants]})
    assert resting_on_examples(data, found).tolist() == [rests]
