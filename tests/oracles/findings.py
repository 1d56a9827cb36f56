"""The findings, day by day and cell by cell, as DESIGN section 4 tells them. Slow and obvious on purpose.

A world is a dictionary of lists of records as the builders make them, their days as `date`. Nothing here
knows numpy, pandas or the code under test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from tests.oracles import lives
from tests.oracles.lives import ONE_DAY, days

Values = dict[str, Any]
World = dict[str, list[Values]]
Period = tuple[date, date]


class Statement(NamedTuple):
    """What is said about a cell on a day."""

    kind: str
    task: int | None
    participants: tuple[int, ...]
    reason: str = ""
    need: int | None = None
    coordinated: bool = False
    internal: bool = False


class Place(NamedTuple):
    """Where and for whom it is said; empty where a statement is about a structure as such."""

    municipality: str = ""
    group: str = ""
    site: str = ""


class Finding(NamedTuple):
    statement: Statement
    start: date | None
    end: date | None
    municipalities: tuple[str, ...]
    groups: tuple[str, ...]
    sites: tuple[str, ...]


Said = Iterator[tuple[Statement, Place]]


class Land:
    """A world and what does not change in it from day to day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.organisations = {each["id"]: each for each in world["organisations"]}
        self.structures = {each["id"]: each for each in world["structures"]}
        self.areas = {each["id"]: each for each in world["areas"]}
        self.places = sorted(each["ags"] for each in world["municipalities"] if each["inhabited"])
        self.groups = [each for each in world["target_groups"] if not each["everyone"]]
        self.answers = {
            (task["id"], place, group["slug"]): self._answering(task["id"], place, group["slug"])
            for task in world["tasks"]
            for place in self.places
            for group in self.groups
        }

    def in_area(self, area: int) -> set[str]:
        members = {each["ags"] for each in self.world["area_municipalities"] if each["area_id"] == area}
        return members & set(self.places)

    def reached(self, record: Values, links: str, key: str) -> set[str]:
        """Slugs of the groups a record reaches; all of them where it names none, or everyone."""
        named = {each["target_group_id"] for each in self.world[links] if each[key] == record["id"]}
        single = {each["slug"] for each in self.groups if each["id"] in named}
        everyone = any(each["everyone"] and each["id"] in named for each in self.world["target_groups"])
        return {each["slug"] for each in self.groups} if everyone or not named else single

    def _answering(self, task: int, place: str, group: str) -> list[Values]:
        """The responsibilities that count in a cell, whether or not anyone runs."""
        return [
            each
            for each in self.world["responsibilities"]
            if each["task_id"] == task
            and place in self.in_area(each["area_id"])
            and group in self.reached(each, "responsibility_groups", "responsibility_id")
        ]


class Day:
    """A land on one day: who runs, who answers for what, what is needed and agreed."""

    def __init__(self, land: Land, day: date, states: dict[int, str]) -> None:
        self.land, self.world, self.day, self.states = land, land.world, day, states
        self.organisations, self.structures, self.areas = land.organisations, land.structures, land.areas
        self.places, self.groups = land.places, land.groups
        self.in_area, self.reached = land.in_area, land.reached

    def valid(self, record: Values) -> bool:
        first, last = record["valid_from"], record["valid_until"]
        return (first is None or first <= self.day) and (last is None or self.day <= last)

    def answering(self, task: int, place: str, group: str) -> list[Values]:
        return self.land.answers[task, place, group]

    def who(self, answers: list[Values], role: Callable[[Values], bool], state: str = "running") -> set[int]:
        return {
            each["structure_id"]
            for each in answers
            if role(each) and self.valid(each) and self.states[each["structure_id"]] == state
        }

    def lineage(self, organisation: int) -> list[int]:
        found = [organisation]
        while self.organisations[found[-1]]["parent_id"] is not None:
            found.append(self.organisations[found[-1]]["parent_id"])
        return found

    def roof(self, structure: int) -> int:
        return self.lineage(self.structures[structure]["organisation_id"])[-1]

    def agreed(self, task: int, structures: set[int]) -> bool:
        """Whether an agreement in force covers the task and the organisations of all these structures."""
        for agreement in self.world["agreements"]:
            parties = {
                each["organisation_id"]
                for each in self.world["agreement_organisations"]
                if each["agreement_id"] == agreement["id"]
            }
            tasks = {
                each["task_id"]
                for each in self.world["agreement_tasks"]
                if each["agreement_id"] == agreement["id"]
            }
            bound = all(
                parties & set(self.lineage(self.structures[each]["organisation_id"])) for each in structures
            )
            if self.valid(agreement) and task in tasks and bound:
                return True
        return False


def leads(answer: Values) -> bool:
    return bool(answer["role"] == "lead")


def delivers(answer: Values) -> bool:
    return bool(answer["role"] == "deliver" or (answer["role"] == "lead" and answer["delivers"]))


def provides(answer: Values) -> bool:
    return leads(answer) or delivers(answer)


def is_statutory(answer: Values) -> bool:
    return bool(answer["role"] == "statutory")


def overlap(today: Day) -> Said:
    """Two or more leads of the same planning level, unless the task wants several providers."""
    for task, place, answers in sited_cells(today):
        for district in (True, False):
            level = [
                each for each in answers if (today.areas[each["area_id"]]["kind"] == "district") == district
            ]
            found = today.who(level, leads)
            if len(found) > 1 and not task["several_providers_wanted"]:
                statement = Statement(
                    "OVERLAP",
                    task["id"],
                    tuple(sorted(found)),
                    coordinated=today.agreed(task["id"], found),
                    internal=len({today.roof(each) for each in found}) == 1,
                )
                yield statement, place


def without_lead(today: Day) -> Said:
    """No lead, two or more deliverers; unknown where an unknown structure would be the lead."""
    for task, place, answers in sited_cells(today):
        found, maybe = today.who(answers, delivers), today.who(answers, leads, "unknown")
        if len(found) > 1 and not today.who(answers, leads) and not task["several_providers_wanted"]:
            if maybe:
                yield possibly_covered(task["id"], maybe), place
            else:
                yield Statement("NO_LEAD", task["id"], tuple(sorted(found))), place


def sited_cells(today: Day) -> Iterator[tuple[Values, Place, list[Values]]]:
    """Each cell at each site that is named in it; the responsibilities without a site count at each."""
    for task in today.world["tasks"]:
        for municipality in today.places:
            for group in today.groups:
                answers = today.answering(task["id"], municipality, group["slug"])
                judged = [each for each in answers if provides(each) or is_statutory(each)]
                sites = {each["site"] for each in judged} - {""} or {""}
                for site in sites:
                    here = [each for each in answers if each["site"] in ("", site)]
                    yield task, Place(municipality, group["slug"], site), here


def gap(today: Day) -> Said:
    """A valid need and neither lead nor deliverer, or a lead and no deliverer, within its level and site."""
    for need in today.world["needs"]:
        for municipality in today.in_area(need["area_id"]) if today.valid(need) else ():
            for group in today.reached(need, "need_groups", "need_id"):
                answers = fitting(today, need, today.answering(need["task_id"], municipality, group))
                statement = (steering_gap if need["kind"] == "steering" else service_gap)(
                    today, need, answers
                )
                if statement:
                    yield statement, Place(municipality, group, need["site"])


def fitting(today: Day, need: Values, answers: list[Values]) -> list[Values]:
    """Those within the level and the site that the need is limited to."""

    def level(answer: Values) -> str:
        structure = today.structures[answer["structure_id"]]
        return str(today.organisations[structure["organisation_id"]]["level"])

    return [
        each
        for each in answers
        if (not need["site"] or each["site"] in ("", need["site"]))
        and (need["level"] is None or level(each) == need["level"])
    ]


def service_gap(today: Day, need: Values, answers: list[Values]) -> Statement | None:
    lead, deliver = today.who(answers, leads), today.who(answers, delivers)
    if deliver:
        return None
    if lead:
        maybe = today.who(answers, delivers, "unknown")
        only = Statement("LEAD_ONLY", need["task_id"], tuple(sorted(lead)), need=need["id"])
        return possibly_covered(need["task_id"], maybe, need["id"]) if maybe else only
    maybe = today.who(answers, provides, "unknown")
    nobody = Statement("GAP", need["task_id"], (), need=need["id"])
    return possibly_covered(need["task_id"], maybe, need["id"]) if maybe else nobody


def steering_gap(today: Day, need: Values, answers: list[Values]) -> Statement | None:
    if today.who(answers, leads):
        return None
    maybe = today.who(answers, leads, "unknown")
    nobody = Statement("GAP", need["task_id"], (), need=need["id"])
    return possibly_covered(need["task_id"], maybe, need["id"]) if maybe else nobody


def possibly_covered(task: int, maybe: set[int], need: int | None = None) -> Statement:
    return Statement("UNKNOWN", task, tuple(sorted(maybe)), "möglicherweise gedeckt", need)


def findings(
    world: World, rules: list[Callable[[Day], Said]], today: date, rule: str, search: Period, horizon: Period
) -> set[Finding]:
    """What the rules say within the horizon; nothing may change at the ends of the search."""
    told = {
        each["id"]: lives.lives(each, world["fundings"], today, rule, search) for each in world["structures"]
    }
    land = Land(world)
    said: dict[tuple[Statement, Place], list[date]] = {}
    for day in days(*search):
        states = {identity: life[day]["state"] for identity, life in told.items()}
        for each in rules:
            for what in set(each(Day(land, day, states))):
                said.setdefault(what, []).append(day)
    return merged(said, horizon, [each["slug"] for each in world["target_groups"] if not each["everyone"]])


def merged(
    said: dict[tuple[Statement, Place], list[date]], horizon: Period, groups: list[str]
) -> set[Finding]:
    """Equal statements over the same days, in several municipalities, groups or sites, are one finding."""
    places: dict[tuple[Statement, date | None, date | None], list[Place]] = {}
    for (statement, place), found in said.items():
        for first, last in runs(found):
            if last >= horizon[0] and first <= horizon[1]:
                start = first if first >= horizon[0] else None
                end = last if last <= horizon[1] else None
                places.setdefault((statement, start, end), []).append(place)
    return {Finding(*about, *lists(where, groups)) for about, where in places.items()}


def lists(places: list[Place], groups: list[str]) -> tuple[tuple[str, ...], ...]:
    found = {each.group for each in places if each.group}
    return (
        tuple(sorted({each.municipality for each in places if each.municipality})),
        ("alle",) if found == set(groups) else tuple(each for each in groups if each in found),
        tuple(sorted({each.site for each in places if each.site})),
    )


def runs(found: list[date]) -> Iterator[Period]:
    """The unbroken stretches of ascending days."""
    first = found[0]
    for day, following in zip(found, [*found[1:], None], strict=True):
        if following != day + ONE_DAY:
            yield first, day
            if following:
                first = following
