"""What is worked out once per Portfolio."""

import gc
import weakref

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from tests import builders


def test_a_portfolio_is_asked_once_and_another_one_anew():
    asked: list[Portfolio] = []

    @once
    def names(portfolio: Portfolio) -> pd.DataFrame:
        asked.append(portfolio)
        return portfolio.structures[["name"]]

    one, other = builders.portfolio(structures=[builders.structure(name="Eine")]), builders.portfolio()
    assert [len(names(one)), len(names(one)), len(names(other))] == [1, 1, 0]
    assert asked == [one, other]


def test_what_is_asked_beside_the_portfolio_is_told_apart():
    named = once(lambda portfolio, column: portfolio.structures[[column]])
    portfolio = builders.portfolio()
    assert [list(named(portfolio, column)) for column in ("name", "id", "name")] == [
        ["name"],
        ["id"],
        ["name"],
    ]


def test_writing_to_what_was_told_changes_nothing():
    rule = once(lambda portfolio: portfolio.structures)
    portfolio = builders.portfolio(structures=[builders.structure(name="Eine")])
    told = rule(portfolio)
    told.loc[0, "name"] = "überschrieben"
    told["more"] = 1
    assert list(rule(portfolio)["name"]) == ["Eine"]
    assert "more" not in rule(portfolio)


def test_a_portfolio_nobody_has_any_more_is_not_kept():
    rule = once(lambda portfolio: portfolio.structures)
    portfolio = builders.portfolio()
    rule(portfolio)
    gone = weakref.ref(portfolio)
    del portfolio
    gc.collect()
    assert gone() is None
