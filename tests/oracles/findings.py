"""The findings, day by day and cell by cell, as docs/rules.md#findings-and-keys tells them.

Slow and obvious on purpose.

A world is a dictionary of lists of records as the builders make them, their days as `date`. Nothing here
knows numpy, pandas or the code under test.
"""

from __future__ import annotations

import math
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

    def __init__(self, land: Land, day: date, lived: dict[int, Values], today: date, rule: str) -> None:
        self.land, self.world, self.day, self.today, self.rule = land, land.world, day, today, rule
        self.states = {identity: life["state"] for identity, life in lived.items()}
        self.sizes = {
            identity: {unit: life[unit] for unit in ("fte", "places")} for identity, life in lived.items()
        }
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
    """Each cell at each site that is named in it today; the responsibilities without a site count at each."""
    for task in today.world["tasks"]:
        for municipality in today.places:
            for group in today.groups:
                answers = today.answering(task["id"], municipality, group["slug"])
                for site in sites_named(today, task["id"], municipality, group["slug"]) or {""}:
                    here = [each for each in answers if each["site"] in ("", site)]
                    yield task, Place(municipality, group["slug"], site), here


def sites_named(today: Day, task: int, municipality: str, group: str) -> set[str]:
    """The sites that a responsibility or a need of today names in a cell."""
    answers = [
        each for each in today.answering(task, municipality, group) if provides(each) or is_statutory(each)
    ]
    needs = [
        each
        for each in today.world["needs"]
        if each["task_id"] == task
        and municipality in today.in_area(each["area_id"])
        and group in today.reached(each, "need_groups", "need_id")
    ]
    return {each["site"] for each in [*answers, *needs] if today.valid(each)} - {""}


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
        looked = Day(land, day, {identity: life[day] for identity, life in told.items()}, today, rule)
        for each in rules:
            for what in set(each(looked)):
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
    return {
        Finding(*about, *lists(part, groups)) for about, where in places.items() for part in products(where)
    }


def products(places: list[Place]) -> Iterator[list[Place]]:
    """The places in parts, each of which is all of its municipalities × all of its groups × all of its sites.

    Municipalities that have the same groups at the same sites stay together.
    """
    groups: dict[tuple[str, str], set[str]] = {}
    for each in places:
        groups.setdefault((each.municipality, each.site), set()).add(each.group)
    sites: dict[tuple[str, frozenset[str]], set[str]] = {}
    for (municipality, site), of_site in groups.items():
        sites.setdefault((municipality, frozenset(of_site)), set()).add(site)
    parts: dict[tuple[frozenset[str], frozenset[str]], list[Place]] = {}
    for (municipality, reached), at in sites.items():
        parts.setdefault((reached, frozenset(at)), []).extend(
            Place(municipality, group, site) for group in reached for site in at
        )
    yield from parts.values()


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


def unagreed(today: Day) -> Said:
    """A statutory body and a lead of another house at work in a cell, and no agreement between them."""
    for task, place, answers in sited_cells(today):
        for body in today.who(answers, is_statutory):
            for lead in today.who(answers, leads):
                if today.roof(body) != today.roof(lead) and not today.agreed(task["id"], {body, lead}):
                    both = tuple(sorted({body, lead}))
                    yield Statement("UNKNOWN", task["id"], both, "Vereinbarung fehlt"), place


def shortfall(today: Day) -> Said:
    """Less than a need's quantity reaches it, although somebody delivers."""
    for need in today.world["needs"]:
        if today.valid(need) and asks(today, need) and is_provided(today, need):
            for municipality in today.in_area(need["area_id"]):
                for group in today.reached(need, "need_groups", "need_id"):
                    statement = short(today, need)
                    if statement:
                        yield statement, Place(municipality, group, need["site"])


def wanted(today: Day, need: Values) -> float | None:
    """How much a need asks for today; None where its Kennzahl has no value somewhere."""
    if not need["quantity"]:
        return 0.0
    each, per = need["quantity"], need["per"]
    if need["unit"] == "ratio" and need["indicator_id"]:
        each, per = 1.0, need["quantity"]
    if per is None:
        return float(each)
    found = 0.0
    for place in today.in_area(need["area_id"]):
        there = value(today, need["indicator_id"], place)
        if there is None:
            return None
        found += there
    if need["indicator_id"] is None:
        return None
    found = found * each / per
    return float(math.ceil(round(found, 6))) if need["unit"] == "places" else round(found, 6)


def value(today: Day, indicator: int, place: str) -> float | None:
    """What an indicator is in a municipality today: its latest value, of days after `today` expected ones."""
    expected = [
        each
        for each in today.world.get("forecasts", [])
        if each["variant"] == "middle" and each["reference_date"] > today.today
    ]
    # Of one day, what was recorded comes last and beats what was expected.
    found = [
        each
        for each in [*expected, *today.world.get("observations", [])]
        if (each["indicator_id"], each["ags"]) == (indicator, place) and each["reference_date"] <= today.day
    ]
    latest = max((each["reference_date"] for each in found), default=None)
    return [each["value"] for each in found if each["reference_date"] == latest][-1] if found else None


def asks(today: Day, need: Values) -> bool:
    """Whether it asks for anything today, or for nobody knows how much."""
    return wanted(today, need) != 0


def unit(need: Values) -> str:
    """In what it is counted: of a counselling ratio with an indicator, in full-time equivalents."""
    return "fte" if need["unit"] == "ratio" and need["indicator_id"] else need["unit"]


def reaching(today: Day, need: Values, municipality: str) -> list[Values]:
    """The responsibilities that reach any group of the need in a municipality."""
    found = {
        each["id"]: each
        for group in today.reached(need, "need_groups", "need_id")
        for each in fitting(today, need, today.answering(need["task_id"], municipality, group))
    }
    return list(found.values())


def is_provided(today: Day, need: Values) -> bool:
    return any(today.who(reaching(today, need, place), delivers) for place in today.in_area(need["area_id"]))


def short(today: Day, need: Values) -> Statement | None:
    def unknown(reason: str, who: set[int] = frozenset()) -> Statement:  # type: ignore[assignment]
        return Statement("UNKNOWN", need["task_id"], tuple(sorted(who)), reason, need["id"])

    if unit(need) not in ("places", "fte"):
        return unknown("Beratungsschlüssel nicht berechenbar")
    if wanted(today, need) is None:
        return unknown("Kennzahl ohne Wert")
    area = today.in_area(need["area_id"])
    at_work = {place: today.who(reaching(today, need, place), delivers) for place in area}
    everyone = set().union(*at_work.values())
    if known_supply(today, need, at_work) >= (wanted(today, need) or 0) - 1e-6:
        return None
    needed = [other for each in everyone for place in area for other in sharing(today, need, each, place)]
    catchments = [catchment(today, need["task_id"], each) for each in everyone]
    if any(uncounted(today, each) for each in [area, *catchments]) or any(
        uncounted(today, today.in_area(other["area_id"])) for other in needed
    ):
        return unknown("Einwohnerzahl nicht bekannt")
    if any(
        wanted(today, other) is None
        for each in everyone
        for place in area
        if each in at_work[place] and len(sharing(today, need, each, place)) > 1
        for other in sharing(today, need, each, place)
    ):
        return unknown("Kennzahl ohne Wert")
    unsized = {each for each in everyone if today.sizes[each][unit(need)] is None}
    if unsized:
        return unknown("Plätze nicht bekannt" if unit(need) == "places" else "VZÄ nicht bekannt", unsized)
    return Statement("SHORTFALL", need["task_id"], tuple(sorted(everyone)), need=need["id"])


def known_supply(today: Day, need: Values, at_work: dict[str, set[int]]) -> float:
    """What reaches a need for certain: the sum over those of whom all figures are known."""
    return sum(
        share(today, need, each, place)
        for place, found in at_work.items()
        for each in found
        if today.sizes[each][unit(need)] is not None
        and not uncounted(today, catchment(today, need["task_id"], each))
        and not is_share_unknown(today, need, each, place)
    )


def is_share_unknown(today: Day, need: Values, structure: int, place: str) -> bool:
    """Whether it cannot be told how needs share a structure.

    Because some area's people are not counted, or because nobody knows how much one of them asks for.
    """
    others = sharing(today, need, structure, place)
    return len(others) > 1 and any(
        uncounted(today, today.in_area(each["area_id"])) or wanted(today, each) is None for each in others
    )


def share(today: Day, need: Values, structure: int, place: str) -> float:
    """What of a structure's places or FTE falls to a need in a municipality."""
    served = sum(people(today, each) for each in catchment(today, need["task_id"], structure))
    there = today.sizes[structure][unit(need)] * people(today, place) / served

    def weight(other: Values) -> float:
        area = sum(people(today, each) for each in today.in_area(other["area_id"]))
        return (wanted(today, other) or 0) * people(today, place) / area

    if len(sharing(today, need, structure, place)) == 1:
        return float(there)
    return float(
        there * weight(need) / sum(weight(other) for other in sharing(today, need, structure, place))
    )


def sharing(today: Day, need: Values, structure: int, place: str) -> list[Values]:
    """The needs that ask a structure in a municipality for the same thing, in the same unit."""
    return [
        other
        for other in today.world["needs"]
        if today.valid(other)
        and asks(today, other)
        and (other["task_id"], unit(other)) == (need["task_id"], unit(need))
        and place in today.in_area(other["area_id"])
        and structure in today.who(reaching(today, other, place), delivers)
    ]


def catchment(today: Day, task: int, structure: int) -> set[str]:
    """The municipalities in which a structure delivers a task today."""
    return {
        place
        for each in today.world["responsibilities"]
        if each["task_id"] == task and structure in today.who([each], delivers)
        for place in today.in_area(each["area_id"])
    }


def people(today: Day, place: str) -> int:
    (found,) = (each for each in today.world["municipalities"] if each["ags"] == place)
    return int(found["population"])


def uncounted(today: Day, places: set[str]) -> bool:
    return any(not each["population"] for each in today.world["municipalities"] if each["ags"] in places)


def about_structures(today: Day) -> Said:
    """What is not known about structures as such, said in each municipality that they answer for."""
    for identity, structure in today.structures.items():
        mine = [each for each in today.world["responsibilities"] if each["structure_id"] == identity]
        places = {place for each in mine for place in today.in_area(each["area_id"])} or {""}
        for reason in reasons(today, structure, mine):
            for place in places:
                yield Statement("UNKNOWN", None, (identity,), reason), Place(place)


def reasons(today: Day, structure: Values, mine: list[Values]) -> Iterator[str]:
    state = today.states[structure["id"]]
    fundings = [each for each in today.world["fundings"] if each["structure_id"] == structure["id"]]
    if state == "unknown" and end_unknown(today, structure, fundings):
        yield "Ende nicht bekannt"
    if state != "not_running" and not any(today.valid(each) for each in mine):
        yield "ohne Zuständigkeit"
    periods = [
        (structure, "valid_from", "valid_until"),
        *((each, "valid_from", "valid_until") for each in mine),
    ]
    periods += [(each, "start", "end") for each in fundings]
    if any(each[first] and each[last] and each[last] < each[first] for each, first, last in periods) or any(
        is_outside(each, structure) for each in fundings
    ):
        yield "widersprüchliche Daten"


def is_outside(funding: Values, structure: Values) -> bool:
    """Whether a funding lies wholly before or behind the days for which its structure is recorded."""
    last = lives.known_end(funding, "end") if funding["end_kind"] in ("fixed", "annual") else None
    until = (
        lives.known_end(structure, "valid_until") if structure["end_kind"] in ("fixed", "annual") else None
    )
    early = last is not None and structure["valid_from"] is not None and last < structure["valid_from"]
    late = until is not None and funding["start"] is not None and funding["start"] > until
    return early or late


def end_unknown(today: Day, structure: Values, fundings: list[Values]) -> bool:
    """Whether it is an unknown end, and not a yearly one, that leaves open if the structure runs."""
    carrying = [each for each in fundings if each["part"] == "carrying"]
    periods = [(each, "start", "end") for each in carrying] or [(structure, "valid_from", "valid_until")]
    return any(
        each["end_kind"] == "unknown"
        and lives.state(each, first, last, today.day, today.today, today.rule) == lives.UNKNOWN
        for each, first, last in periods
    )


class Ending(NamedTuple):
    structure: int
    day: date
    reason: str
    lost: tuple[tuple[int, int], ...]


def endings(world: World, first: date, last: date, today: date, rule: str, search: Period) -> set[Ending]:
    """Every running day from `first` to `last` after which a known end stops a structure, with the cascade.

    `lost`: tasks that lose their last provider with it, with the number of municipalities.
    """
    land = Land(world)
    told = {
        each["id"]: lives.lives(each, world["fundings"], today, rule, search) for each in world["structures"]
    }

    def look(day: date) -> Day:
        return Day(land, day, {identity: life[day] for identity, life in told.items()}, today, rule)

    found = set()
    for day in days(first, last):
        now, after = look(day), look(day + ONE_DAY)
        for identity in told:
            stops = now.states[identity] == "running" and after.states[identity] != "running"
            if stops and any(ends_on(now, *period) for period in carrying(now, identity)):
                reason = "danach nicht bekannt" if after.states[identity] == "unknown" else ""
                found.add(Ending(identity, day, reason, cascade(now, after, identity)))
    return found


def carrying(today: Day, structure: int) -> list[tuple[Values, str, str]]:
    """The periods that may keep a structure running: its own, and those of its carrying fundings."""
    paid = [
        (each, "start", "end")
        for each in today.world["fundings"]
        if each["structure_id"] == structure and each["part"] == "carrying"
    ]
    return [(today.structures[structure], "valid_from", "valid_until"), *paid]


def ends_on(today: Day, record: Values, first: str, last: str) -> bool:
    """Whether a fixed or yearly period is active on this day for the last time."""
    if record["end_kind"] not in ("fixed", "annual") or lives.known_end(record, last) is None:
        return False
    now, after = (
        lives.state(record, first, last, day, today.today, today.rule)
        for day in (today.day, today.day + ONE_DAY)
    )
    return now == lives.ACTIVE and after != lives.ACTIVE


def cascade(now: Day, after: Day, structure: int) -> tuple[tuple[int, int], ...]:
    """The cells of today, at their sites of today, that have nobody tomorrow."""
    lost: dict[int, set[str]] = {}
    for task, place, answers in sited_cells(now):
        if structure in now.who(answers, provides) and not after.who(answers, provides):
            lost.setdefault(task["id"], set()).add(place.municipality)
    return tuple((task, len(places)) for task, places in sorted(lost.items()))
