"""What a list of needs names, found among the records: tasks, areas, groups, and the need that is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from steering.analysis.incoming import New, Wanted
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.known import KnownNames, RecordNames
from steering.analysis.incoming.lists.spots import Gazetteer, Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.recorded import plain_rows
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import steering_tasks
from steering.model import Area, AreaKind
from steering.model.german import listing

NeedIdentity = tuple[Any, ...]


class KnownRecords:
    """The records that rows of a list of needs point to."""

    def __init__(self, portfolio: Portfolio) -> None:
        names = KnownNames(portfolio, {})
        self._tasks, self._groups = names.tasks, names
        self.indicators = RecordNames(portfolio.indicators, {})
        self._areas = RecordNames(portfolio.areas, {})
        self._existing = Existing(portfolio)
        self.gazetteer = Gazetteer(portfolio)
        self.steering = steering_tasks(portfolio)
        groups = portfolio.target_groups
        self.everybody = sorted(int(key) for key in groups.loc[groups["everyone"].astype(bool), "id"])
        self._needs = _by_identity(portfolio)

    def task(self, said: str) -> tuple[int, str]:
        """The task that is meant, and a sentence if it is called otherwise. Raises ValueError in German."""
        if not said:
            raise ValueError("Die Aufgabe fehlt. Bitte eine des Aufgabenkatalogs eintragen.")
        found, note = self._tasks.understood(said)
        if found is None:
            near = listing([f"»{each}«" for each in self._tasks.near(said)], 3)
            hint = f"Gemeint sein könnte {near}." if near else "Bitte prüfen."
            raise ValueError(f"»{said[:60]}«: Diese Aufgabe steht nicht im Aufgabenkatalog. {hint}")
        return found, note

    def task_name(self, key: int) -> str:
        return self._tasks.name_of[key]

    def groups(self, said: str) -> list[int]:
        """The target groups that are named; everybody where none is. Raises ValueError in German."""
        if not said:
            return self.everybody
        found, unknown = self._groups.groups_in(said)
        if unknown:
            names = listing([f"»{each[:40]}«" for each in unknown])
            raise ValueError(f"{names} ist keine Zielgruppe, die hier geführt wird. Bitte prüfen.")
        return found

    def spot(self, key: str, said: str) -> Spot:
        """Where a row is about: by key, else by name."""
        return self.gazetteer.by_key(key) if key else self.gazetteer.by_name(said)

    def named_area(self, said: str) -> int | None:
        """An area that is recorded under that name."""
        return self._areas.find(said) if said else None

    def area(self, spot: Spot) -> tuple[Any, tuple[Wanted, ...], str]:
        """The area of these municipalities, the record of one that is new, and its name."""
        if (found := self._existing.area(spot)) is not None:
            return found, (), self._areas.name_of[found]
        keys = tuple(sorted(spot.municipalities))
        names = ", ".join(self.gazetteer.names[ags] for ags in keys)[:200]
        kind = AreaKind.MUNICIPALITY if len(keys) == 1 else AreaKind.GROUP
        values = {"name": names, "kind": kind, "municipalities": list(keys)}
        return New(Area, keys), (Wanted(Area, values, key=keys),), names

    def area_name(self, key: int) -> str:
        return self._areas.name_of[key]

    def recorded(self, identity: NeedIdentity) -> list[dict[str, Any]]:
        """The recorded needs for that task, area, groups, level and site."""
        return self._needs.get(identity, [])


def identity_of(values: Mapping[str, Any]) -> NeedIdentity:
    """What makes two needs the same, apart from how much and when."""
    return (
        str(values["kind"]),
        values["task_id"],
        values["area_id"],
        tuple(sorted(values["target_groups"])),
        str(values.get("level") or ""),
        plain_name(values.get("site") or ""),
    )


def _by_identity(portfolio: Portfolio) -> dict[NeedIdentity, list[dict[str, Any]]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for need, group in portfolio.need_groups[["need_id", "target_group_id"]].itertuples(index=False):
        groups[need].append(group)
    found: dict[NeedIdentity, list[dict[str, Any]]] = defaultdict(list)
    for row in plain_rows(portfolio.needs):
        found[identity_of(row | {"target_groups": groups[row["id"]]})].append(row)
    return found
