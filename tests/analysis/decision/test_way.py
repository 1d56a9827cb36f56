"""The way to the decision: what is past, what is not recorded, and that an example is no answer."""

from datetime import date

from steering.analysis.decision.way import StepKind, Way, way
from tests.analysis.decision.worlds import SHARE, TODAY, bir, next_of, world
from tests.builders import committee, committee_date, funding, programme

PREPARING = committee_date(id=1, committee_id=1, day="2026-12-10", papers_due="2026-11-20")
DECIDING = committee_date(id=2, committee_id=2, day="2026-12-17", papers_due="2026-12-03")


def found(*dates) -> Way:
    data = world(committee_dates=list(dates))
    question = next_of(data).question
    assert question is not None
    return way(data, TODAY, question)


def test_the_papers_of_the_preparing_sitting_come_first():
    told = found(PREPARING | {"papers_due": "2026-11-26"}, DECIDING)
    assert [(step.kind, step.committee, step.day) for step in told.steps[-4:]] == [
        (StepKind.PAPERS, "KA", date(2026, 11, 26)),
        (StepKind.PREPARES, "KA", date(2026, 12, 10)),
        (StepKind.DECIDES, "Kreistag", date(2026, 12, 17)),
        (StepKind.ENDS, "", date(2026, 12, 31)),
    ]
    assert (told.decider, told.recorded, told.too_late_to_prepare) == ("Kreistag", True, False)


def test_a_sitting_that_comes_too_late_to_prepare_is_no_step_and_the_papers_of_the_decision_are():
    told = found(PREPARING, DECIDING)
    assert [(step.kind, step.committee, step.day, step.past) for step in told.steps] == [
        (StepKind.PAPERS, "KA", date(2026, 11, 20), True),
        (StepKind.PAPERS, "Kreistag", date(2026, 12, 3), False),
        (StepKind.DECIDES, "Kreistag", date(2026, 12, 17), False),
        (StepKind.ENDS, "", date(2026, 12, 31), False),
    ]
    assert (told.too_late_to_prepare, told.act_by, told.missing) == (True, date(2026, 12, 3), ())


def test_where_the_committee_meets_after_the_decision_only_the_papers_of_the_decision_are_a_step():
    told = found(PREPARING | {"day": "2026-12-20", "papers_due": "2026-12-06"}, DECIDING)
    assert [(step.kind, step.committee) for step in told.steps] == [
        (StepKind.PAPERS, "Kreistag"), (StepKind.DECIDES, "Kreistag"), (StepKind.ENDS, ""),
    ]  # fmt: skip


def test_a_recorded_sitting_that_takes_no_papers_any_more_is_not_said_to_be_missing():
    told = found(PREPARING, DECIDING | {"papers_due": "2026-11-20"})
    assert [(step.kind, step.committee, step.day, step.past) for step in told.steps] == [
        (StepKind.PAPERS, "Kreistag", date(2026, 11, 20), True),
        (StepKind.DECIDES, "Kreistag", date(2026, 12, 17), False),
        (StepKind.ENDS, "", date(2026, 12, 31), False),
    ]
    assert (told.papers_past, told.missing, told.act_by) == (True, (), None)


def test_an_example_never_is_the_day_of_a_step():
    told = found(PREPARING | {"provenance": "example"}, DECIDING | {"provenance": "example"})
    assert not told.recorded
    assert [step.day for step in told.steps] == [None, None, None, date(2026, 12, 31)]
    assert [step.example for step in told.steps] == [
        date(2026, 11, 20), date(2026, 12, 10), date(2026, 12, 17), None,
    ]  # fmt: skip


def test_a_recorded_sitting_stands_before_a_later_example():
    told = found(
        committee_date(id=3, committee_id=2, day="2026-12-01", papers_due="2026-11-25"),
        DECIDING | {"provenance": "example"},
    )
    decides = next(step for step in told.steps if step.kind == StepKind.DECIDES)
    assert (decides.day, decides.example) == (date(2026, 12, 1), None)


def test_without_any_sitting_the_year_is_named_and_no_day():
    told = found()
    assert (told.unread, told.unread_of, told.act_by) == (2026, "Kreistag", None)
    assert [step.day for step in told.steps][:3] == [None, None, None]


def test_with_the_kreistag_recorded_alone_the_papers_are_those_of_the_committee_before_it():
    """What the Kreistag's own Vorlagenschluss says comes too late for the committee that prepares."""
    told = found(DECIDING)
    assert [(step.kind, step.committee, step.day) for step in told.steps] == [
        (StepKind.PAPERS, "KA", None),
        (StepKind.PREPARES, "KA", None),
        (StepKind.DECIDES, "Kreistag", date(2026, 12, 17)),
        (StepKind.ENDS, "", date(2026, 12, 31)),
    ]
    assert (told.recorded, told.missing) == (True, ("KA",))
    assert found(PREPARING, DECIDING).missing == ()
    assert found().missing == ("KA", "Kreistag")


def test_an_example_before_a_recorded_decision_is_told_as_one():
    told = found(PREPARING | {"provenance": "example"}, DECIDING)
    assert [(step.day, step.example) for step in told.steps[:3]] == [
        (None, date(2026, 11, 20)),
        (None, date(2026, 12, 10)),
        (date(2026, 12, 17), None),
    ]
    assert told.missing == ("KA",)


def test_where_one_committee_is_all_there_is_nobody_prepares():
    data = world(
        committees=[committee(id=2, name="Kreistag", short_name="Kreistag")], committee_dates=[DECIDING]
    )
    question = next_of(data).question
    assert question is not None
    told = way(data, TODAY, question)
    assert [step.kind for step in told.steps] == [
        StepKind.DRAFTED,
        StepKind.PAPERS,
        StepKind.DECIDES,
        StepKind.ENDS,
    ]
    assert told.steps[1].day == date(2026, 12, 3)


def test_a_day_to_apply_by_that_is_past_stands_before_sittings_whose_day_is_not_known():
    for month, first in ((10, True), (12, False)):
        ruled = programme(id=7, deadline_day=5, deadline_month=month, deadline_years_before=1)
        data = world(programmes=[ruled], fundings=[bir(extension="unclear"), funding(**SHARE)])
        question = next_of(data).question
        assert question is not None
        kinds = [step.kind for step in way(data, TODAY, question).steps]
        assert kinds[0 if first else -2] == StepKind.APPLIES, kinds
