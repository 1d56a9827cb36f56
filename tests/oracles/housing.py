"""Where many live whom nobody reaches, place by place, as docs/rules.md#housing tells it.

Slow and obvious on purpose: worlds are lists of records as the builders make them, their days as `date`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Values = dict[str, Any]
World = dict[str, list[Values]]


def persons(world: World, day: date, kind: str | None = None) -> dict[str, int]:
    """How many are recorded in each place that has anything recorded."""
    found: dict[str, int] = {}
    for place in {each["ags"] for each in world["municipalities"] if each["inhabited"]}:
        for each in sorted({row["kind"] for row in world["housing"]}):
            if kind not in (None, each):
                continue
            rows = [
                row
                for row in world["housing"]
                if row["ags"] == place and row["kind"] == each and row["reference_date"] <= day
            ]
            if rows:
                newest = max(rows, key=lambda row: row["reference_date"])
                found[place] = found.get(place, 0) + (newest["persons"] or 0)
    return found


def reaches(world: World, day: date, task: int, place: str, states: dict[int, str], state: str) -> bool:
    """Whether somebody in this state delivers the task there on that day."""
    for each in world["responsibilities"]:
        first, last = each["valid_from"], each["valid_until"]
        valid = (first is None or first <= day) and (last is None or day <= last)
        delivers = each["role"] == "deliver" or (each["role"] == "lead" and each["delivers"])
        members = {row["ags"] for row in world["area_municipalities"] if row["area_id"] == each["area_id"]}
        if (
            each["task_id"] == task
            and valid
            and delivers
            and place in members
            and states[each["structure_id"]] == state
        ):
            return True
    return False


def unreached(
    world: World, day: date, task: int, states: dict[int, str], few: int
) -> tuple[set[str], set[str]]:
    """The places with many people that nobody reaches, and those where it is not known."""
    many = crowded(world, day, few)
    sure = {place for place in many if reaches(world, day, task, place, states, "running")}
    perhaps = {place for place in many - sure if reaches(world, day, task, place, states, "unknown")}
    return many - sure - perhaps, perhaps


def crowded(world: World, day: date, few: int) -> set[str]:
    """The places with many people."""
    counts = persons(world, day)
    known = sorted(count for count in counts.values() if count)
    if not known:
        return set()
    middle = len(known) // 2
    median = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
    return {place for place, count in counts.items() if count >= median and count >= few}


def uncounted(world: World, day: date, task: int, states: dict[int, str], few: int) -> set[str]:
    """The places that nobody surely reaches and where nobody knows whether many live."""
    found = set()
    for place in {each["ags"] for each in world["municipalities"] if each["inhabited"]}:
        rows = [row for row in world["housing"] if row["ags"] == place and row["reference_date"] <= day]
        newest = {row["kind"]: row for row in sorted(rows, key=lambda row: row["reference_date"])}
        lacking = not newest or any(row["persons"] is None for row in newest.values())
        if lacking and not reaches(world, day, task, place, states, "running"):
            found.add(place)
    return found - crowded(world, day, few)
