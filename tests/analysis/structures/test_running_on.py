"""Which ends ahead a scenario runs beyond."""

from dataclasses import replace
from datetime import date

from steering.analysis.structures.decisions import upcoming
from steering.analysis.structures.running_on import running_on
from steering.model import ExtensionRule
from tests.analysis.decision.worlds import bir, view, world


def test_what_an_assumption_carries_on_runs_on_whatever_day_is_looked_at():
    data = world(fundings=[bir(extension="expected", expected_until="2027-12-31")])
    assumed = view(ExtensionRule.EXPECTED)
    for day in (date(2025, 1, 1), assumed.today, date(2027, 6, 30), date(2035, 1, 1)):
        at = replace(assumed, as_of=day)
        assert running_on(data, at) == {1}
        assert upcoming(data, at).equals(upcoming(data, assumed))


def test_without_an_assumption_nothing_runs_beyond_its_end():
    assert (
        running_on(world(fundings=[bir(extension="expected", expected_until="2027-12-31")]), view()) == set()
    )
