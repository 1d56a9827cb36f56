"""What the rules of forecasts give: a trend, or assumed arrivals that a key distributes.

Decisions beyond docs/rules.md#forecasts-by-rule:

- Values are kept to six decimals and never negative; persons are not rounded, so that sums stay right.
- A year that began before the latest recorded value counts by the days that were left of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings.distribution import Shares, shares
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import ForecastRuleKind, ForecastVariant
from steering.model.forecast_rules import TRENDS, arrivals_of
from steering.model.german import listing, number

COLUMNS = ["indicator_id", "ags", "variant", "reference_date", "value", "source"]
_DIGITS, _NAMED, _LARGEST = 6, 5, 1e9


class RuleReckoning(NamedTuple):
    """What one rule gives.

    `rows`: `COLUMNS`, in each variant for each municipality with a recorded value, the days after that one.
    `bases`: ags, name, value and reference_date of the latest recorded value (NaN: there is none), share (of
    arrivals; NaN for a trend), by name. `lacking`: sentences on what keeps it from giving more.
    """

    rows: pd.DataFrame
    bases: pd.DataFrame
    lacking: tuple[str, ...]


@once
def by_rule(portfolio: Portfolio) -> pd.DataFrame:
    """What all rules give, with `COLUMNS`; days are not compared with today."""
    found = [reckon(portfolio, rule).rows for rule in portfolio.forecast_rules.to_dict("records")]
    return pd.concat([_none(portfolio), *(rows for rows in found if len(rows))], ignore_index=True)


def reckon(portfolio: Portfolio, rule: Mapping[Any, Any]) -> RuleReckoning:
    """What a rule gives, `rule` having the fields of a ForecastRule, whether it is kept already or not."""
    bases = _bases(portfolio, int(rule["indicator_id"]))
    lacking = _without_value(bases)
    if rule["kind"] in TRENDS:
        known = bases[bases["value"].notna()]
        return RuleReckoning(_rows(portfolio, rule, _trend(rule, known)), bases, lacking)
    found = shares(portfolio, rule)
    bases = bases.assign(share=bases["ags"].map(found.by_ags).astype("float64"))
    known, later = _begun(rule, bases[bases["value"].notna()])
    given = _distributed(rule, known)
    return RuleReckoning(_rows(portfolio, rule, given), bases, (*lacking, *found.lacking, *later))


def told(rule: Mapping[Any, Any], variant: str | None = None) -> str:
    """The rule in words, of a trend that of a variant: "+2,5 % je Jahr"."""
    kind = ForecastRuleKind(rule["kind"])
    if kind not in TRENDS:
        return f"»angenommene Zugänge, verteilt {Shares.told(rule)}«"
    unit = " % je Jahr" if kind == ForecastRuleKind.PERCENT else " je Jahr und Gemeinde"
    named = [ForecastVariant(variant)] if variant else list(ForecastVariant)
    return f"{' / '.join(signed(float(rule[each])) for each in named)}{unit}"


def signed(value: float) -> str:
    """+2,5 or −1, as a change is written."""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value), 2)}"


def _none(portfolio: Portfolio) -> pd.DataFrame:
    """No rows, of the types that forecasts have."""
    return portfolio.forecasts[COLUMNS].iloc[:0]


def _bases(portfolio: Portfolio, indicator: int) -> pd.DataFrame:
    places = portfolio.municipalities
    places = places.loc[places["inhabited"].astype(bool), ["ags", "name"]].sort_values("name")
    rows = portfolio.observations
    rows = rows[rows["indicator_id"] == indicator].sort_values("reference_date")
    latest = rows.drop_duplicates("ags", keep="last")[["ags", "value", "reference_date"]]
    return places.merge(latest, on="ags", how="left").assign(share=np.nan)


def _without_value(bases: pd.DataFrame) -> tuple[str, ...]:
    missing = list(bases.loc[bases["value"].isna(), "name"])
    if not missing:
        return ()
    return (f"Ohne erhobenen Wert, deshalb ohne Prognose: {listing(missing, _NAMED)}.",)


class _Given(NamedTuple):
    """On one day of each municipality: the values of the three variants."""

    ags: pd.Series
    day: pd.Series
    figures: np.ndarray


def _trend(rule: Mapping[Any, Any], known: pd.DataFrame) -> Iterator[_Given]:
    """The anniversaries of the latest values, through the last day."""
    if known.empty:
        return
    last = pd.Timestamp(rule["last_day"])
    changes = np.array([float(rule[each]) for each in ForecastVariant])
    base = known["value"].to_numpy(dtype=float)[:, None]
    for years in range(1, last.year - int(known["reference_date"].dt.year.min()) + 1):
        days = known["reference_date"] + pd.DateOffset(years=years)
        if rule["kind"] == ForecastRuleKind.PERCENT:
            values = base * (1 + changes / 100) ** years
        else:
            values = base + changes * years
        within = (days <= last).to_numpy()
        yield _Given(known["ags"][within], days[within], values[within])


def _begun(rule: Mapping[Any, Any], known: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The municipalities for which arrivals are told without a gap, and which year is missing elsewhere."""
    first = min(arrivals_of(str(rule["arrivals"])))
    starts = (known["reference_date"] + pd.Timedelta(days=1)).dt.year
    if rule["kind"] == ForecastRuleKind.YEARLY or (starts >= first).all():
        return known, ()
    late = starts < first
    which = "alle Gemeinden" if late.all() else listing(list(known.loc[late, "name"]), _NAMED)
    year, before = int(starts[late].min()), first - 1
    span = f"das Jahr {year}" if year == before else f"die Jahre {year} bis {before}"
    return known[~late], (
        f"Für {span} sind keine Zugänge angenommen; nach dem letzten erhobenen Wert entsteht eine Lücke und "
        f"deshalb keine Prognose für {which}. Bitte die Zugänge ergänzen, wo niemand kommt mit 0.",
    )


def _distributed(rule: Mapping[Any, Any], known: pd.DataFrame) -> Iterator[_Given]:
    """The last day of each year."""
    known = known[known["share"].notna()]
    arrivals = arrivals_of(str(rule["arrivals"]))
    share = known["share"].to_numpy(dtype=float)[:, None]
    came = np.zeros((len(known), len(ForecastVariant)))
    for year, three in arrivals.items():
        end = pd.Timestamp(date(year, 12, 31))
        length = end.day_of_year
        left = (end - known["reference_date"]).dt.days.clip(0, length).to_numpy()[:, None]
        came = came + np.array(three) * share * left / length
        if rule["kind"] == ForecastRuleKind.YEARLY:
            values = np.array(three) * share
        else:
            values = known["value"].to_numpy(dtype=float)[:, None] + came
        after = (known["reference_date"] < end).to_numpy()
        days = pd.Series(end, index=known.index)
        yield _Given(known["ags"][after], days[after], values[after])


def _rows(portfolio: Portfolio, rule: Mapping[Any, Any], given: Iterator[_Given]) -> pd.DataFrame:
    """What is given as rows of forecasts."""
    none, every = _none(portfolio), list(given)
    if not every:
        return none
    source = str(rule["source"]).partition("\n")[0]
    days = pd.concat([each.day for each in every]).to_numpy()
    figures = np.round(np.clip(np.concatenate([each.figures for each in every]), 0, _LARGEST), _DIGITS)
    rows = pd.DataFrame(
        {
            "indicator_id": int(rule["indicator_id"]),
            "ags": np.tile(pd.concat([each.ags for each in every]).to_numpy(), len(ForecastVariant)),
            "variant": np.repeat([variant.value for variant in ForecastVariant], len(days)),
            "reference_date": np.tile(days, len(ForecastVariant)),
            "value": figures.T.ravel(),
            "source": np.repeat(
                [f"nach Regel {told(rule, variant)} ({source})" for variant in ForecastVariant], len(days)
            ),
        }
    )
    return rows.astype(dict(none.dtypes))
