"""Why leads count as being on the same planning level (docs/rules.md#overlap), in a sentence.

A planning level is where somebody is in charge, not whose house it is: a Fachbereich and a Verband that both
lead for the whole Landkreis plan side by side.
"""

from __future__ import annotations

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind, Level, Role
from steering.model.finding_keys import structure
from steering.model.german import listing
from steering.model.vocabulary import word

_EVERYWHERE, _SOMEWHERE = "für den ganzen Landkreis", "für Gemeinden oder Gruppen von Gemeinden"


def why_the_same(portfolio: Portfolio, found: pd.DataFrame) -> str:
    """Why the participants of these overlaps, which share a key, are on one planning level; "" if unclear.

    Where their carriers belong to different levels, that this does not matter is said with it.
    """
    members = [structure(each) for each in found["participants"].iloc[0]]
    shared = _shared(portfolio, found, members)
    if not shared:
        return ""
    all_of_them = "beide" if len(members) == 2 else "alle"
    areas = listing([words for words in (_EVERYWHERE, _SOMEWHERE) if words in shared])
    return (
        f"Als dieselbe Planungsebene gilt das, weil {all_of_them} {areas} federführend sind"
        f"{_whoever_carries(portfolio, members)}."
    )


def _shared(portfolio: Portfolio, found: pd.DataFrame, members: list[int]) -> set[str]:
    """The reaches that each of the members has as a lead where and while these findings hold."""
    rows, areas = portfolio.responsibilities, portfolio.areas
    rows = rows[
        (rows["task_id"] == found["task_id"].iloc[0])
        & (rows["role"] == Role.LEAD)
        & rows["structure_id"].isin(members)
    ]
    links = portfolio.area_municipalities
    places = {ags for each in found["municipalities"] for ags in each}
    rows = rows[rows["area_id"].isin(links.loc[links["ags"].isin(places), "area_id"])]
    first, last = found["start"].min(skipna=False), found["end"].max(skipna=False)
    rows = rows[~(rows["valid_until"] < first) & ~(rows["valid_from"] > last)]
    wide = rows["area_id"].isin(areas.loc[areas["kind"] == AreaKind.DISTRICT, "id"])
    reach = wide.map({True: _EVERYWHERE, False: _SOMEWHERE})
    return {words for words, own in rows.groupby(reach)["structure_id"] if own.nunique() == len(set(members))}


def _whoever_carries(portfolio: Portfolio, members: list[int]) -> str:
    """That the carriers' own levels do not count, where these differ."""
    structures = portfolio.structures.set_index("id")["organisation_id"]
    organisations = portfolio.organisations.set_index("id")
    names = portfolio.short_names("organisation")
    carriers = dict.fromkeys(structures.loc[members])
    levels = {each: str(organisations["level"].get(each, "")) for each in carriers}
    if len(set(levels.values())) < 2 or not all(levels.values()):
        return ""
    told = listing([f"{names[each]}: {word(Level(level))}" for each, level in levels.items()])
    return f"; zu welcher Ebene ihre Träger gehören ({told}), zählt dafür nicht"
