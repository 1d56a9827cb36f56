"""From where one looks: the day, the horizon and the scenario. Time is always an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.changes import ScenarioChange
from steering.model import ExtensionRule, ForecastVariant


@dataclass(frozen=True)
class Horizon:
    """The planning horizon; both days are inclusive."""

    first: date
    last: date

    @classmethod
    def around(cls, today: date, years_back: int, years_ahead: int) -> Horizon:
        """From 1 January of today's year − `years_back` to 31 December of today's year + `years_ahead`."""
        return cls(date(today.year - years_back, 1, 1), date(today.year + years_ahead, 12, 31))

    @classmethod
    def as_set(cls, settings: Mapping[str, Any] | pd.Series, today: date) -> Horizon:
        """The one that the Landkreis has set (`Settings`), seen from a day."""
        return cls.around(today, int(settings["horizon_years_back"]), int(settings["horizon_years_ahead"]))


@dataclass(frozen=True)
class Scenario:
    """What is assumed: changes, applied in their order, and then how the ends are read.

    `planned`: how many of the changes, the first ones, are effects of measures; the others are a what-if.
    """

    rule: ExtensionRule = ExtensionRule.SECURED
    changes: tuple[ScenarioChange, ...] = ()
    planned: int = 0


@dataclass(frozen=True)
class View:
    """`as_of`: the day the pages look at (Stichtag); `today`: the day the data are read.

    `arrivals`: which variant of the forecasts is taken for the days after today.
    """

    as_of: date
    today: date
    horizon: Horizon
    scenario: Scenario = Scenario()
    arrivals: ForecastVariant = ForecastVariant.MIDDLE

    @property
    def without_changes(self) -> View:
        """The same look at the data as they are."""
        return replace(self, scenario=replace(self.scenario, changes=(), planned=0))

    @property
    def without_what_if(self) -> View:
        """The same look with the effects of measures alone, where there are any."""
        scenario = self.scenario
        return replace(self, scenario=replace(scenario, changes=scenario.changes[: scenario.planned]))
