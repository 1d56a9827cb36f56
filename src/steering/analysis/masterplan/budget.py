"""The Haushaltsblatt: what each structure and each measure costs whom in a budget year.

A structure's money is that of its fundings in the scenario; what goes on without money is uncovered, and
where nobody has recorded what that costs, it is estimated as everywhere (`money.county`). A measure's own
costs come on top: the fundings that its effects prolong or add stand with the structure.
Pflicht and freiwillig are judged by the tasks, as in `directory`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis import selecting
from steering.analysis.lives import lifecycle
from steering.analysis.masterplan import plan
from steering.analysis.money import county
from steering.analysis.money import sums as money_sums
from steering.analysis.money.county import YearMoney
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.directory import directory, legal_of
from steering.analysis.structures.inventory import EVERYTHING, Selection, select
from steering.analysis.view import Horizon, View
from steering.model import Provenance

STRUCTURE, MEASURE = "structure", "measure"
CENTS = [f"{payer}_cents" for payer in money_sums.PAYERS]
AMOUNTS = [f"{payer}_amounts" for payer in money_sums.PAYERS]
MISSING = [f"{payer}_unknown" for payer in money_sums.PAYERS]
# What rules say of uncovered cost that no record says: beside the sums, never in them.
ESTIMATED, BY_EXAMPLE = f"{money_sums.UNCOVERED}_estimated", f"{money_sums.UNCOVERED}_by_example"
GUESSED = [ESTIMATED, BY_EXAMPLE]
COLUMNS = ["year", "of", "id", "name", "legal", *CENTS, *AMOUNTS, *MISSING, "unknown", *GUESSED, "example"]


@in_scenario
def sheet(
    portfolio: Portfolio,
    view: View,
    with_plan: bool = False,
    ideas: bool = False,
    selection: Selection = EVERYTHING,
) -> pd.DataFrame:
    """Every structure and measure that a selection lets through with money in a calendar year of the horizon.

    `with_plan`: also what the measures in force cost, ideas too on request; their effects are in the view.
    Columns: year, of ("structure" or "measure"), id, name, legal (a word of `directory`), grant_cents,
    own_cents, third_cents, uncovered_cents (sum of what is known, NaN where nothing is or there is none),
    grant_amounts … (how many amounts there are), grant_unknown, own_unknown, third_unknown,
    uncovered_unknown and unknown (amounts that are neither known nor estimated, by payer and each once),
    uncovered_estimated (cents that rules say beside uncovered_cents, NaN without) and uncovered_by_example
    (whether such a rule is made up), example (bool).
    By year, legal, of and name.
    """
    chosen = set(plan.in_force(portfolio, ideas=ideas)) if with_plan else set()
    rows = sheet_with(portfolio, view, chosen)
    if not selection.active:
        return rows
    structures = select(directory(portfolio), selection)["structure_id"]
    measures = selecting.measures(portfolio, selection)
    kept = rows["id"].isin(structures).where(rows["of"] == STRUCTURE, rows["id"].isin(measures))
    return rows[kept].reset_index(drop=True)


@in_scenario
def sheet_with(portfolio: Portfolio, view: View, chosen: Iterable[int]) -> pd.DataFrame:
    """The same with the costs of chosen measures, by id, whatever their status."""
    parts = [_structures(portfolio, view), _measures(portfolio, view, set(chosen))]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return rows.sort_values(["year", "legal", "of", "name", "id"]).reset_index(drop=True)[COLUMNS]


def sums(rows: pd.DataFrame) -> pd.DataFrame:
    """The sheet by year and legal footing: year, legal, and the sums of what is counted."""
    columns = [*CENTS, *AMOUNTS, *MISSING, "unknown"]
    found = rows.groupby(["year", "legal"], as_index=False)[columns].sum(min_count=1)
    groups = rows.groupby(["year", "legal"])
    guessed = groups[[ESTIMATED]].sum(min_count=1).join(groups[[BY_EXAMPLE]].any()).reset_index()
    found = found.astype(dict.fromkeys([*AMOUNTS, *MISSING, "unknown"], "int64"))
    return found.merge(guessed.astype({ESTIMATED: "float64", BY_EXAMPLE: "bool"}), on=["year", "legal"])


def together(rows: pd.DataFrame) -> dict[str, Any]:
    """Rows of the sheet or its sums as one: the year of the first, and what is counted."""
    return {
        "year": int(rows["year"].iloc[0]),
        **{name: rows[name].sum(min_count=1) for name in (*CENTS, ESTIMATED)},
        **{name: int(rows[name].sum()) for name in (*AMOUNTS, *MISSING)},
        BY_EXAMPLE: bool(rows[BY_EXAMPLE].any()),
    }


def in_year(row: Mapping[Any, Any]) -> YearMoney | None:
    """What is uncovered of a row of the sheet or its sums, where some of it is estimated."""
    if pd.isna(row[ESTIMATED]):
        return None
    cents, unknown = row[f"{money_sums.UNCOVERED}_cents"], int(row[f"{money_sums.UNCOVERED}_unknown"])
    known = 0.0 if pd.isna(cents) else float(cents)
    return YearMoney(int(row["year"]), known, float(row[ESTIMATED]), bool(row[BY_EXAMPLE]), unknown)


def _structures(portfolio: Portfolio, view: View) -> pd.DataFrame:
    flows = county.reckoned(portfolio, view)
    parts = []
    for year in range(view.horizon.first.year, view.horizon.last.year + 1):
        first = max(date(year, 1, 1), view.horizon.first)
        last = min(date(year, 12, 31), view.horizon.last)
        parts.append(_of_year(lifecycle.clip(flows, Horizon(first, last)), year))
    rows = pd.concat(parts, ignore_index=True)
    about = directory(portfolio).set_index("structure_id")
    return rows.assign(
        of=STRUCTURE,
        name=rows["id"].map(about["name"]),
        legal=rows["id"].map(about["legal"]),
        example=(rows["id"].map(about["provenance"]) == Provenance.EXAMPLE) | (rows["id"] < 0),
    )


def _of_year(flows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Cents by structure and payer in a year to which the flows are cut."""
    days = (flows["end"] - flows["start"]).dt.days + 1
    share = days / (date(year + 1, 1, 1) - date(year, 1, 1)).days
    cents = flows["cents_per_day"] * days + flows["cents_per_year"] * share
    flows = flows.assign(cents=cents.where(flows["known"]))
    wide = flows.pivot_table(
        index="structure_id", columns="payer", values="cents", aggfunc=lambda part: part.sum(min_count=1)
    )
    amounts = flows.drop_duplicates(["structure_id", "funding_id", "payer"])
    untold = ~flows["known"] & flows["reckoning"].isna()
    missing = flows[untold].drop_duplicates(["structure_id", "funding_id", "payer"])
    unknown = missing.drop_duplicates(["structure_id", "funding_id"])
    ids = sorted(flows["structure_id"].unique())
    found: dict[str, Any] = {"year": year, "id": pd.array(ids, dtype="int64")}
    for payer, column in zip(money_sums.PAYERS, CENTS, strict=True):
        have = wide[payer] if payer in wide else pd.Series(dtype="float64")
        found[column] = pd.Series(ids).map(have).astype("float64")
        found[f"{payer}_amounts"] = _number(amounts[amounts["payer"] == payer], ids)
        found[f"{payer}_unknown"] = _number(missing[missing["payer"] == payer], ids)
    found["unknown"] = _number(unknown, ids)
    reckoned = flows[flows["reckoning"].notna()]
    guessed = {key: county.estimate(rows, year) for key, rows in reckoned.groupby("structure_id")}
    each = [guessed.get(key, (None, False)) for key in ids]
    found[ESTIMATED] = pd.array([cents for cents, _ in each], dtype="float64")
    found[BY_EXAMPLE] = pd.array([example for _, example in each], dtype="bool")
    return pd.DataFrame(found)


def _number(rows: pd.DataFrame, structures: list[int]) -> pd.Series:
    """How many of the rows each structure has."""
    return pd.Series(structures).map(rows.groupby("structure_id").size()).fillna(0).astype("int64")


def _measures(portfolio: Portfolio, view: View, chosen: set[int]) -> pd.DataFrame:
    costs = portfolio.measure_costs
    costs = costs[costs["measure_id"].isin(chosen)]
    costs = costs[costs["year"].between(view.horizon.first.year, view.horizon.last.year)]
    if costs.empty:
        return costs.reindex(columns=COLUMNS)
    measures = portfolio.measures.set_index("id")
    legal = _legal(portfolio)
    rows = []
    together: Any = costs.groupby(["measure_id", "year"])
    for (key, year), group in together:
        amounts = group["amount_cents"].astype("float64")
        own = {
            f"{payer}_cents": amounts[group["payer"] == payer].sum(min_count=1) for payer in money_sums.PAYERS
        }
        every, gaps = (some["payer"].value_counts() for some in (group, group[amounts.isna()]))
        rows.append(
            own
            | {f"{payer}_amounts": int(every.get(payer, 0)) for payer in money_sums.PAYERS}
            | {f"{payer}_unknown": int(gaps.get(payer, 0)) for payer in money_sums.PAYERS}
            | {"year": int(year), "of": MEASURE, "id": int(key), "name": measures.loc[key, "name"],
               "legal": legal[key], "unknown": int(amounts.isna().sum()),
               ESTIMATED: float("nan"), BY_EXAMPLE: False,
               "example": measures.loc[key, "provenance"] == Provenance.EXAMPLE}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _legal(portfolio: Portfolio) -> dict[Any, str]:
    """The legal footing of each measure by its tasks."""
    characters = portfolio.measure_tasks["task_id"].map(portfolio.tasks.set_index("id")["legal_character"])
    found = characters.groupby(portfolio.measure_tasks["measure_id"]).agg(set).to_dict()
    return {key: legal_of(found.get(key, set())) for key in portfolio.measures["id"]}
