"""The recorded potentials, each with what is written about it elsewhere, and what is counted of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind, PotentialState

NO_FIELD, NO_AREA, NOBODY = "ohne Handlungsfeld", "Gebiet offen", "noch offen"


@once
def recorded(portfolio: Portfolio) -> pd.DataFrame:
    """One row per potential, by Handlungsfeld and name.

    Columns: all of its own, with `potential_id` for its id, and
    `field` (its name, or NO_FIELD), `area` (its name, or NO_AREA), `who` and `who_short` (who looks after it,
    or NOBODY), `indicator` (name of the Kennzahl, "" for none);
    `municipalities` (frozenset of AGS of its area), `district_wide`;
    `measures`, `needs` (tuples of ids).
    """
    rows, fields = portfolio.potentials, portfolio.fields.set_index("id")
    members = portfolio.area_municipalities
    places = {key: frozenset(group) for key, group in members.groupby("area_id")["ags"]}
    wide = set(portfolio.areas.loc[portfolio.areas["kind"] == AreaKind.DISTRICT, "id"])
    found = rows.rename(columns={"id": "potential_id"}).assign(
        field=_named(rows["field_id"], fields["name"], NO_FIELD),
        area=_named(rows["area_id"], portfolio.names("area"), NO_AREA),
        who=_named(rows["organisation_id"], portfolio.names("organisation"), NOBODY),
        who_short=_named(rows["organisation_id"], portfolio.short_names("organisation"), NOBODY),
        indicator=_named(rows["indicator_id"], portfolio.names("indicator"), ""),
        municipalities=_each(places.get(key, frozenset()) for key in rows["area_id"]),
        district_wide=rows["area_id"].isin(wide),
        measures=_linked(rows["id"], portfolio.measure_potentials, "measure_id"),
        needs=_linked(rows["id"], portfolio.potential_needs, "need_id"),
    )
    order = pd.DataFrame(
        {
            "field": rows["field_id"].map(fields["position"]).astype("float64"),
            "name": rows["name"].str.casefold(),
        }
    )
    return found.loc[order.sort_values(["field", "name"]).index].reset_index(drop=True)


def pursued(rows: pd.DataFrame) -> pd.DataFrame:
    """Those that are not put aside."""
    return rows[rows["state"] != PotentialState.NOT_PURSUED]


def of_state(rows: pd.DataFrame, state: PotentialState) -> pd.DataFrame:
    """Those that have come so far."""
    return rows[rows["state"] == state]


def without_measure(rows: pd.DataFrame) -> pd.DataFrame:
    """Those that are pursued and that no measure makes use of."""
    found = pursued(rows)
    return found[found["measures"].map(len) == 0]


def places_without(rows: pd.DataFrame, places: pd.Series) -> list[str]:
    """Of these AGS, those that have no potential of their own that is pursued; a kreisweites is none."""
    own = pursued(rows)
    known: frozenset[str] = frozenset().union(*own.loc[~own["district_wide"], "municipalities"])
    return [ags for ags in places if ags not in known]


def _named(keys: pd.Series, names: pd.Series, missing: str) -> pd.Series:
    return keys.map(names).astype(object).fillna(missing)


def _each(values: Any) -> pd.Series:
    return pd.Series(list(values), dtype=object)


def _linked(keys: pd.Series, links: pd.DataFrame, column: str) -> pd.Series:
    found = {key: tuple(int(one) for one in group) for key, group in links.groupby("potential_id")[column]}
    return pd.Series([found.get(key, ()) for key in keys], index=keys.index, dtype=object)
