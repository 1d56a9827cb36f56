"""Which frames a result rests on, and when what was worked out before is handed out again."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from steering.analysis import reads
from steering.analysis.changes import EndFunding
from steering.analysis.frames import Frames
from steering.analysis.once import once, unless_alike
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from tests import builders


def data(**more: Any) -> Portfolio:
    return builders.portfolio(structures=[builders.structure(name="Eine")], **more)


def tables(noted: reads.Reads, portfolio: Portfolio) -> set[str]:
    return {table for source, table in noted.frames if source is portfolio.frames}


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda portfolio: portfolio.structures, {"structure"}),
        (lambda portfolio: portfolio.names("task"), {"task"}),
        (lambda portfolio: portfolio.short_names("organisation"), {"organisation"}),
        (lambda portfolio: portfolio.settings, {"settings"}),
        (lambda portfolio: portfolio.frames["need"], {"need"}),
        (lambda portfolio: portfolio.frames.get("need"), {"need"}),
        (lambda portfolio: portfolio.replacing({"need": portfolio.needs}).structures, {"need", "structure"}),
    ],
)
def test_every_way_to_a_frame_is_noted(read, expected):
    portfolio = data()
    with reads.noted() as noted:
        read(portfolio)
    assert tables(noted, portfolio) == expected


@pytest.mark.parametrize(
    "read",
    [
        lambda portfolio: dict(portfolio.frames),
        lambda portfolio: [*portfolio.frames.values()],
        lambda portfolio: [*portfolio.frames.items()],
        lambda portfolio: portfolio.without_examples(),
    ],
)
def test_reading_all_notes_all(read):
    portfolio = data()
    with reads.noted() as noted:
        read(portfolio)
    assert tables(noted, portfolio) == set(portfolio.frames)


def test_a_scenario_reads_what_it_changes_and_what_is_then_asked_of_it():
    portfolio = data(fundings=[builders.funding()])
    with reads.noted() as noted:
        changed = scenario.apply(portfolio, (EndFunding(1, date(2026, 1, 1)),))
    assert tables(noted, portfolio) == {"funding", "structure"}
    with reads.noted() as later:
        changed.needs  # noqa: B018
    assert tables(later, portfolio) == {"need"}
    assert list(changed.frames) == list(portfolio.frames)


def test_who_notes_around_is_told_and_what_is_made_apart_is_not():
    portfolio = data()
    with reads.noted() as outer:
        with reads.noted():
            portfolio.needs  # noqa: B018
        with reads.apart():
            portfolio.tasks  # noqa: B018
    assert tables(outer, portfolio) == {"need"}


def test_asking_for_the_revision_is_noted():
    with reads.noted() as noted:
        data().revision  # noqa: B018
    assert noted.of_the_moment


@dataclass(frozen=True)
class Holding:
    what: object


def test_a_result_that_could_read_later_is_told_from_values():
    portfolio = data()
    assert reads.only_values((1, "a", {"b": [date(2026, 1, 1), pd.NaT, portfolio.needs]}, Holding(None)))
    for later in (portfolio, portfolio.frames, lambda: portfolio, iter(()), Holding((portfolio,))):
        assert not reads.only_values(later)
        assert not reads.only_values({"a": [later]})


def counting(keep):
    asked = []

    def rule(portfolio: Portfolio, *args: object) -> int:
        asked.append(args)
        return len(portfolio.needs)

    return keep(rule), asked


def test_once_holds_for_a_later_portfolio_with_the_very_same_frames():
    rule, asked = counting(once)
    one = data()
    later = one.replacing({"task": one.tasks.copy()})
    assert [rule(one), rule(later)] == [0, 0]
    assert len(asked) == 1
    rule(later.replacing({"need": one.needs.copy()}))
    assert len(asked) == 2


@pytest.mark.parametrize("given", [{"keys_withheld": frozenset({"a"})}, {"discreet": True}])
def test_once_tells_those_apart_who_may_see_less(given):
    rule, asked = counting(once)
    one = data()
    rule(one)
    rule(replace(one, **given))
    assert len(asked) == 2


def test_what_was_handed_out_again_is_noted_as_read():
    rule, _ = counting(once)
    one = data()
    rule(one)
    for portfolio in (one, one.replacing({"task": one.tasks.copy()})):
        with reads.noted() as noted:
            rule(portfolio)
        assert tables(noted, portfolio) == {"need"}


def test_unless_alike_asks_again_where_a_cell_or_an_argument_is_another():
    rule, asked = counting(unless_alike)
    one = data()
    rule(one, 1)
    rule(one.replacing({"need": one.needs.copy(), "structure": one.structures.head(0)}), 1)
    assert len(asked) == 1
    rule(one, 2)
    rule(one.replacing({"need": one.needs.assign(more=1)}), 1)
    assert len(asked) == 3


def test_frames_keep_their_order_and_hand_out_those_below():
    one, two = pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})
    frames = Frames({"y": two, "z": two}, below=Frames({"x": one, "y": one}))
    assert list(frames) == ["x", "y", "z"]
    assert frames["x"] is one
    assert frames["y"] is two
    assert frames.peek("q") is None
    with pytest.raises(KeyError):
        frames["q"]


def test_whoever_asks_what_is_withheld_rests_on_who_has_marked_what():
    one = data()
    with reads.noted() as noted:
        assert one.withheld == frozenset()
    assert tables(noted, one) == {"internal_finding"}


def test_a_result_with_slots_is_looked_through_like_any_other():
    @dataclass(frozen=True, slots=True)
    class Slim:
        inner: object

    assert reads.only_values(Slim(1))
    assert not reads.only_values(Slim(data()))
