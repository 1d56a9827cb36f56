"""The structures behind what a round talks about."""

import pytest

from steering.analysis.agenda import behind
from steering.model import MeasureTask, Role, Subject
from tests.analysis.agenda.test_agenda import GAP, OVERLAP, held, world
from tests.builders import action_item, agreement, agreement_task, measure, record, responsibility


def test_a_findings_key_names_its_task_its_participants_and_its_needs():
    assert (behind.task_of(OVERLAP), behind.participants_of(OVERLAP)) == (1, (1, 2))
    assert (behind.task_of(GAP), behind.participants_of(GAP), behind.needs_of(GAP)) == (2, (), (1,))
    assert behind.task_of("ENDING//s7") is None


@pytest.mark.parametrize(
    ("subject", "key", "found"),
    [
        (Subject.FINDING, "LEAD_ONLY/t1/s2/n1", (2, 1)),
        (Subject.FINDING, GAP, ()),
        (Subject.STRUCTURE, "2", (2,)),
        (Subject.STRUCTURE, "99", ()),
        (Subject.FUNDING, "7", (2,)),
        (Subject.AGREEMENT, "5", (1, 2)),
        (Subject.MEASURE, "6", (1, 2)),
        (Subject.FREE, "", ()),
    ],
)
def test_the_structures_that_a_subject_names_come_first(subject, key, found):
    known = world(
        agreements=[agreement(id=5)],
        agreement_tasks=[agreement_task(agreement_id=5, task_id=1)],
        measures=[measure(id=6)],
        measure_tasks=[record(MeasureTask, measure_id=6, task_id=1)],
    )
    assert behind.structures(known, subject, key) == found


def test_who_leads_and_delivers_is_called_leading():
    both = responsibility(id=9, structure_id=1, task_id=1, role=Role.DELIVER)
    known = world(responsibilities=[both, *world().responsibilities.to_dict("records")])
    assert behind.roles(known, OVERLAP) == {1: Role.LEAD, 2: Role.LEAD}


def test_an_agreed_action_goes_back_to_the_subject_of_its_point():
    point = held(subject=Subject.FINDING, subject_key=OVERLAP)
    known = world(agenda_items=[point], action_items=[action_item(id=3, agenda_item_id=1)])
    assert behind.origin(known, Subject.ACTION, "3") == (Subject.FINDING, OVERLAP)
    assert behind.origin(known, Subject.ACTION, "99") == (Subject.ACTION, "99")
    assert behind.origin(known, Subject.MEASURE, "3") == (Subject.MEASURE, "3")
