"""Which share of the arrivals in the Landkreis each municipality has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import DistributionKey
from steering.model.forecast_rules import shares_of
from steering.model.german import listing
from steering.model.vocabulary import word

_NAMED = 5


class Shares(NamedTuple):
    """The share of each inhabited municipality (0 to 1) by AGS, together 1; none where the key is not known,
    which `lacking` says."""

    by_ags: Mapping[str, float]
    lacking: tuple[str, ...] = ()

    @staticmethod
    def told(rule: Mapping[Any, Any]) -> str:
        """By what a rule distributes, in words."""
        return word(DistributionKey(rule["share_key"]))


def shares(portfolio: Portfolio, rule: Mapping[Any, Any]) -> Shares:
    """The shares by the key of a rule. A part of the key would be another key: it is known whole, or not."""
    places = portfolio.municipalities
    places = places[places["inhabited"].astype(bool)].sort_values("name")
    if rule["share_key"] == DistributionKey.TYPED:
        typed = shares_of(str(rule["shares"]))
        return Shares({ags: float(typed.get(ags, 0) / 100) for ags in places["ags"]})
    if rule["share_key"] == DistributionKey.POPULATION:
        counted = places.set_index("ags")["population"].astype("float64")
        what = "Einwohnerzahl"
    else:
        counted = _latest_of(portfolio, rule["share_indicator_id"]).reindex(places["ags"])
        what = "Wert der Kennzahl des Schlüssels"
    missing = list(places.loc[counted.isna().to_numpy(), "name"])
    if missing:
        return Shares(
            {},
            (
                f"Der Schlüssel ist nicht bekannt, deshalb gibt es keine Prognose: {what} fehlt für "
                f"{listing(missing, _NAMED)}.",
            ),
        )
    total = float(counted.sum())
    if not total:
        return Shares({}, (f"Der Schlüssel ist überall 0 ({what}); deshalb gibt es keine Prognose.",))
    return Shares({str(ags): float(value) / total for ags, value in counted.items()})


@once
def latest(portfolio: Portfolio) -> pd.DataFrame:
    """The latest recorded value of each Kennzahl in each municipality, with the columns of observations."""
    rows = portfolio.observations.sort_values("reference_date", kind="stable")
    return rows.drop_duplicates(["indicator_id", "ags"], keep="last")


def _latest_of(portfolio: Portfolio, indicator: Any) -> pd.Series:
    """That of one Kennzahl, by AGS."""
    rows = latest(portfolio)
    known = rows["indicator_id"] == (-1 if pd.isna(indicator) else int(indicator))
    return rows[known].set_index("ags")["value"]
