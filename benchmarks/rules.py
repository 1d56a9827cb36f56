"""What needs by rule cost: all findings of a Landkreis with them against the same with fixed figures.

python -m benchmarks.rules

500 structures and 200 needs over eleven years; each Kennzahl has a new value in each municipality every year:
recorded for all of them, or recorded up to today and then forecast by a rule. All are timed in the same run,
the best of all rounds counts, and the ratios are limited. A Portfolio is made anew for each round, so that
what a rule gives is worked out each time.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.findings import TODAY, VIEW
from benchmarks.generator import portfolio
from benchmarks.land import LANDKREIS
from benchmarks.report import report
from benchmarks.timing import best
from steering.analysis.findings import findings
from steering.analysis.portfolio import Portfolio
from steering.model import DistributionKey, ForecastRuleKind, ForecastVariant, NeedUnit

STRUCTURES, NEEDS, INDICATORS, LIMIT = 500, 200, 5, 1.5


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rounds", type=int, default=15)
    fixed = with_needs(portfolio(STRUCTURES, LANDKREIS))
    ruled = by_rule(fixed)
    before, after, ahead = best(
        arguments.parse_args().rounds,
        partial(anew, fixed),
        partial(anew, ruled),
        partial(anew, by_forecast(ruled)),
    )
    report(
        "Findings of 500 structures with 200 needs, fixed and by rule",
        iter(
            [
                ("fixed", "by rule", "ratio", "forecast by rule", "ratio", "limit"),
                (
                    *(f"{before * 1000:.0f} ms", f"{after * 1000:.0f} ms", f"{after / before:.2f}"),
                    *(f"{ahead * 1000:.0f} ms", f"{ahead / before:.2f}", f"{LIMIT}"),
                ),
            ]
        ),
    )
    if max(after, ahead) > LIMIT * before:
        sys.exit("A limit was missed")


def with_needs(whole: Portfolio) -> Portfolio:
    """The same with so many needs, all of them with a figure in places or FTE."""
    needs = whole.needs
    needs = needs.iloc[np.arange(NEEDS) % len(needs)].assign(id=np.arange(1, NEEDS + 1))
    chance = np.random.default_rng(1)
    needs["quantity"] = chance.integers(1, 200, NEEDS).astype(float)
    needs["unit"] = np.where(chance.random(NEEDS) < 0.5, NeedUnit.PLACES.value, NeedUnit.FTE.value)
    return whole.with_frames({**whole.frames, "need": needs.reset_index(drop=True)})


def by_rule(whole: Portfolio) -> Portfolio:
    """The same needs, each following a Kennzahl."""
    chance = np.random.default_rng(2)
    keys = np.arange(1, INDICATORS + 1)
    needs = whole.needs.assign(per=50.0)
    needs["indicator_id"] = pd.array(chance.choice(keys, len(needs)), dtype="Int64")
    needs["quantity"] = needs["quantity"].where(needs["unit"] == NeedUnit.PLACES, 1.0)
    years = [pd.Timestamp(date(year, 12, 31)) for year in range(TODAY.year - 2, TODAY.year + 10)]
    rows = pd.MultiIndex.from_product([keys, whole.municipalities["ags"], years]).to_frame(index=False)
    rows.columns = ["indicator_id", "ags", "reference_date"]
    values = rows.assign(
        id=np.arange(1, len(rows) + 1), value=chance.integers(0, 400, len(rows)).astype(float), version=1
    )
    names = pd.DataFrame({"id": keys, "name": "Kennzahl", "unit": "Personen", "source": "", "version": 1})
    names["target_group_id"] = pd.array([None] * len(names), dtype="Int64")
    return whole.with_frames({**whole.frames, "need": needs, "indicator": names, "observation": values})


def anew(whole: Portfolio) -> None:
    """The findings of data that nobody has asked about so far, as after a write."""
    findings(whole.with_frames(whole.frames), VIEW)


def by_forecast(whole: Portfolio) -> Portfolio:
    """The same needs, their Kennzahlen recorded up to today and then going on by a rule of each kind."""
    values = whole.observations
    keys = whole.indicators["id"].to_numpy()
    years = range(TODAY.year - 1, TODAY.year + 10)
    rules = pd.DataFrame({"id": keys, "indicator_id": keys, "source": "Annahme", "note": "", "version": 1})
    trend = rules["id"] % 2 == 0
    rules["kind"] = np.where(trend, ForecastRuleKind.PERCENT.value, ForecastRuleKind.ARRIVALS.value)
    for change, each in enumerate(ForecastVariant):
        rules[each.value] = np.where(trend, float(change), np.nan)
    rules["last_day"] = pd.Timestamp(date(TODAY.year + 9, 12, 31))
    rules["arrivals"] = np.where(trend, "", "\n".join(f"{year}: 50 / 100 / 150" for year in years))
    rules["share_key"] = pd.Series(DistributionKey.POPULATION.value, index=rules.index).mask(trend)
    recorded = values[values["reference_date"] <= pd.Timestamp(TODAY)]
    return whole.with_frames(
        {**whole.frames, "observation": recorded.reset_index(drop=True), "forecast_rule": rules}
    )


if __name__ == "__main__":
    main()
