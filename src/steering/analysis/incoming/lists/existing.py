"""Which recorded structure, area, responsibility or funding a row of a list means."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from steering.analysis.incoming.lists.spots import Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.recorded import plain_rows
from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind


class Existing:
    """The recorded inventory, to be asked by what a row says."""

    def __init__(self, portfolio: Portfolio) -> None:
        members: dict[int, set[str]] = defaultdict(set)
        for area, ags in portfolio.area_municipalities[["area_id", "ags"]].itertuples(index=False):
            members[area].add(ags)
        self._areas = {frozenset(keys): area for area, keys in reversed(members.items())}
        areas = portfolio.areas
        districts: list[int] = areas.loc[areas["kind"] == AreaKind.DISTRICT, "id"].tolist()
        self._district = districts[0] if districts else None
        self._structures: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for row in plain_rows(portfolio.structures):
            self._structures[plain_name(row["name"]), row["organisation_id"]].append(row)
        self._answers: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in plain_rows(portfolio.responsibilities):
            self._answers[row["structure_id"]].append(row)
        self._fundings: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in plain_rows(portfolio.fundings):
            self._fundings[row["structure_id"]].append(row)

    def area(self, spot: Spot) -> int | None:
        """The area of just these municipalities, or of the whole Kreis."""
        return self._district if spot.whole else self._areas.get(frozenset(spot.municipalities))

    def structure(self, name: str, carrier: Any, spot: Spot, whole: str) -> int | None:
        """The structure of that name and carrier; of several, or one elsewhere, the one at that place.

        `whole`: the name before it was shortened; it stands in the remark and tells apart what begins alike.
        """
        if not isinstance(carrier, int):
            return None
        named = self._structures.get((plain_name(name), carrier), [])
        if whole != name:
            named = [row for row in named if whole in row["note"].split("\n")]
        here = [row for row in named if self._fits(row, spot)]
        return here[0]["id"] if len(here) == 1 else None

    def _fits(self, row: dict[str, Any], spot: Spot) -> bool:
        if spot.empty:
            return True
        if spot.outside:
            return row["catchment_id"] is None and plain_name(row["seat_place"]) in plain_name(spot.outside)
        areas = {row["catchment_id"], *(each["area_id"] for each in self._answers.get(row["id"], []))} - {
            None
        }
        wanted = self.area(spot)
        if row["seat_ags"] in spot.municipalities or wanted in areas:
            return True
        return not areas and row["seat_ags"] is None and not row["seat_place"]

    def responsibility(self, structure: Any, task: int, area: Any) -> int | None:
        """The structure's responsibility for the task in the area."""
        if not isinstance(structure, int):
            return None
        found = [
            each["id"] for each in self._answers.get(structure, [])
            if each["task_id"] == task and each["area_id"] == area
        ]  # fmt: skip
        return found[0] if found else None

    def fundings(self, structure: int) -> list[dict[str, Any]]:
        """The recorded fundings of a structure."""
        return self._fundings.get(structure, [])
