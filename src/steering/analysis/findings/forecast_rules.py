"""What the rules of forecasts give: a trend, or assumed arrivals that a key distributes.

Decisions beyond docs/rules.md#forecasts-by-rule:

- Values are kept to six decimals and never negative; persons are not rounded, so that sums stay right.
- A year that began before the latest recorded value counts by the days that were left of it.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings.distribution import Shares, latest, shares
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import ForecastRuleKind, ForecastVariant
from steering.model.forecast_rules import TRENDS, arrivals_of
from steering.model.german import listing, number
from steering.model.indicators import is_percentage

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
        rows = _rows(portfolio, rule, known, _trend(rule, known)) if len(known) else _none(portfolio)
        return RuleReckoning(rows, bases, lacking)
    found = shares(portfolio, rule)
    bases = bases.assign(share=bases["ags"].map(found.by_ags).astype("float64"))
    known, later = _begun(rule, bases[bases["value"].notna()])
    known = known[known["share"].notna()]
    rows = _rows(portfolio, rule, known, _distributed(rule, known))
    return RuleReckoning(rows, bases, (*lacking, *found.lacking, *later))


def told_of(rule: Mapping[Any, Any], variant: str | None = None) -> str:
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
    rows = latest(portfolio)
    rows = rows[rows["indicator_id"] == indicator]
    return places.merge(rows[["ags", "value", "reference_date"]], on="ags", how="left").assign(share=np.nan)


def _without_value(bases: pd.DataFrame) -> tuple[str, ...]:
    missing = list(bases.loc[bases["value"].isna(), "name"])
    if not missing:
        return ()
    return (f"Ohne erhobenen Wert, deshalb ohne Prognose: {listing(missing, _NAMED)}.",)


class _Given(NamedTuple):
    """Days × municipalities, and the values of the three variants on them."""

    days: np.ndarray
    figures: np.ndarray


def _trend(rule: Mapping[Any, Any], known: pd.DataFrame) -> _Given:
    """The anniversaries of the latest values, through the last day."""
    begin = known["reference_date"].to_numpy().astype("datetime64[D]")
    last = np.datetime64(pd.Timestamp(rule["last_day"]).date(), "D")
    months = begin.astype("datetime64[M]")
    most = int(last.astype("datetime64[Y]").astype(int) - begin.astype("datetime64[Y]").astype(int).min())
    years = np.arange(1, max(most, 0) + 1)
    month = months[None, :] + 12 * years[:, None]
    first = month.astype("datetime64[D]")
    longest = (month + 1).astype("datetime64[D]") - first - np.timedelta64(1, "D")
    days = first + np.minimum((begin - months)[None, :], longest)
    base = known["value"].to_numpy(dtype=float)[None, :, None]
    changes = np.array([float(rule[each]) for each in ForecastVariant])
    if rule["kind"] == ForecastRuleKind.PERCENT:
        figures = base * (1 + changes / 100) ** years[:, None, None]
    else:
        figures = base + changes * years[:, None, None]
    return _Given(np.where(days <= last, days, np.datetime64("NaT")), figures)


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
        f"deshalb keine Prognose für {which}. Bitte die Zugänge ergänzen, für Jahre ohne Zugänge 0.",
    )


def _distributed(rule: Mapping[Any, Any], known: pd.DataFrame) -> _Given:
    """The last day of each year."""
    arrivals = arrivals_of(str(rule["arrivals"]))
    ends = np.array([np.datetime64(f"{year}-12-31", "D") for year in arrivals])[:, None]
    length = np.array([366 if isleap(year) else 365 for year in arrivals])[:, None]
    begin = known["reference_date"].to_numpy().astype("datetime64[D]")[None, :]
    left = np.clip((ends - begin).astype(int), 0, length) / length
    share = known["share"].to_numpy(dtype=float)[None, :, None]
    given = np.array(list(arrivals.values()))[:, None, :] * share
    figures = given
    if rule["kind"] == ForecastRuleKind.ARRIVALS:
        figures = _grown(known["value"].to_numpy(dtype=float)[:, None], given * left[:, :, None])
    return _Given(np.where(begin < ends, ends, np.datetime64("NaT")), figures)


def _grown(held: np.ndarray, came: np.ndarray) -> np.ndarray:
    """What is held after each year; below nobody there is nothing that a later year would have to fill."""
    figures = np.empty_like(came)
    for year, more in enumerate(came):
        held = np.maximum(held + more, 0)
        figures[year] = held
    return figures


def _rows(portfolio: Portfolio, rule: Mapping[Any, Any], known: pd.DataFrame, given: _Given) -> pd.DataFrame:
    """What is given for these municipalities as rows of forecasts."""
    is_given = ~np.isnat(given.days)
    unit = str(portfolio.indicators.set_index("id")["unit"][rule["indicator_id"]])
    most = 100.0 if is_percentage(unit) else _LARGEST
    figures = np.round(np.clip(given.figures[is_given], 0, most), _DIGITS)
    if not len(figures):
        return _none(portfolio)
    source = str(rule["source"]).partition("\n")[0]
    many, variants = len(figures), len(ForecastVariant)
    ags = np.broadcast_to(known["ags"].to_numpy(dtype=object)[None, :], given.days.shape)[is_given]
    told = [f"nach Regel {told_of(rule, variant)} ({source})" for variant in ForecastVariant]
    return pd.DataFrame(
        {
            "indicator_id": np.full(many * variants, int(rule["indicator_id"])),
            "ags": pd.array(np.tile(ags, variants), dtype="str"),
            "variant": pd.array(np.repeat([each.value for each in ForecastVariant], many), dtype="str"),
            "reference_date": np.tile(given.days[is_given].astype("datetime64[s]"), variants),
            "value": figures.T.ravel(),
            "source": pd.array(np.repeat(told, many), dtype="str"),
        }
    )
