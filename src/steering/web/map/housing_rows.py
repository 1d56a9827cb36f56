"""What the Karte shows of where people live: figures per municipality, who reaches it, map and table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from steering.analysis.housing import people, reach
from steering.analysis.housing.people import Housed
from steering.analysis.housing.reach import NOBODY, SURE, UNSURE, Reached
from steering.analysis.housing.unreached import Unreached, unreached
from steering.analysis.lives.stretches import RUNNING
from steering.analysis.portfolio import Portfolio
from steering.analysis.small_counts import FEW, BoundedCount
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts import map_picture
from steering.charts.drawing import Drawing
from steering.charts.map import CountyMap, county_map
from steering.charts.ramp import Ramp, Step, number_ramp
from steering.charts.theme import Theme
from steering.model import AreaKind, HousingKind, Level
from steering.model.german import UNKNOWN, count, day, listing, number
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import current
from steering.web.map import ground, points

MEASURE = "Untergebrachte Personen"
# What stands beside a municipality's figure on the map, and as a word everywhere else.
MARKS = {NOBODY: "×", UNSURE: "~", SURE: ""}
KEY_TO_MARKS = "Zahl: Personen · ? nicht erfasst · × von keiner Struktur erreicht · ~ nur ungewiss"
MOST_NAMED = 6


@dataclass(frozen=True)
class HousingAsked:
    """What is looked at: a day in a scenario, the filters, one kind of accommodation and one task, or all."""

    at: View
    chosen: Selection
    kind: HousingKind | None = None
    task_id: int | None = None

    @property
    def of_all_places(self) -> Selection:
        """The filters without the municipality: whoever reaches others is looked at, too."""
        return replace(self.chosen, municipalities=frozenset())


def recorded(asked: HousingAsked) -> dict[str, Housed]:
    """What is recorded, by AGS."""
    return current.of(people.by_municipality, asked.at.as_of, asked.kind)


def serving(asked: HousingAsked) -> pd.DataFrame:
    """The structures that reach somebody."""
    return current.of(reach.serving, asked.at, asked.task_id, asked.of_all_places)


def reached(asked: HousingAsked) -> dict[str, Reached]:
    """Who reaches each inhabited municipality."""
    return current.derived(_reached, asked)


def _reached(asked: HousingAsked) -> dict[str, Reached]:
    return reach.reached(current.portfolio(), serving(asked))


def _structure_names(asked: HousingAsked) -> pd.Series:
    """What those that reach somebody are called: id → name; what the scenario adds is among them."""
    return serving(asked).set_index("structure_id")["name"]


def left_out(asked: HousingAsked) -> Unreached:
    """Where many live whom nobody reaches. Many is judged by all kinds together, or by the chosen one."""
    found = recorded(asked)
    return unreached(found, reached(asked), people.many_from(found))


def names() -> pd.Series:
    """What the inhabited municipalities are called: AGS → name."""
    return current.of(_names)


def _names(portfolio: Portfolio) -> pd.Series:
    places = portfolio.municipalities
    return places[places["inhabited"]].sort_values("name").set_index("ags")["name"]


def short(figure: BoundedCount) -> str:
    """A figure in as few letters as a map has room for."""
    if figure.high is None:
        return f"ab {number(figure.low, 0)}" if figure.low else "?"
    return figure.words.replace(" bis ", "–")


def _values(asked: HousingAsked) -> pd.DataFrame:
    found, who = recorded(asked), reached(asked)
    every, structures = current.of(people.on_day, asked.at.as_of), _structure_names(asked)
    rows = []
    for ags in names().index:
        housed, reaching = found.get(ags), who[ags]
        persons = housed.persons if housed else people.UNBOUNDED
        known = persons.low > 0 or persons.exact
        said = f"{short(persons)} {MARKS[reaching.state]}".strip()
        rows.append((ags, float(persons.low) if known else np.nan, said))
    tooltips = [
        "\n".join([*_kinds(every.get(ags, {}), asked.kind), _who(who[ags], structures)])
        for ags in names().index
    ]
    return pd.DataFrame(rows, columns=["ags", "value", "text"]).assign(tooltip=tooltips)


def _kinds(kinds: people.Kinds, wanted: HousingKind | None) -> Iterable[str]:
    for kind in HousingKind:
        if wanted in (None, kind):
            yield f"{word(kind)[:1].upper()}{word(kind)[1:]}: {_figures(kinds.get(kind))}"


def _figures(housed: Housed | None) -> str:
    if housed is None:
        return people.NOT_RECORDED
    persons = "1 Person" if housed.persons == BoundedCount(1, 1) else f"{housed.persons.words} Personen"
    if housed.persons.high is None:
        persons = f"Personen {UNKNOWN}"
    places = f"Plätze {UNKNOWN}" if housed.places.high is None else f"{housed.places.words} Plätze"
    free = "" if housed.free.high is None else f", frei: {housed.room}"
    return f"{persons}, {places}{free} ({day(housed.since)})"


def _who(who: Reached, structures: pd.Series) -> str:
    said = (
        []
        if who.running
        else ["Von keiner Struktur sicher erreicht" if who.unknown else "Von keiner Struktur erreicht"]
    )
    if who.running:
        said.append(f"Erreicht von {_listed(who.running, structures)}")
    if who.unknown:
        said.append(f"Ungewiss: {_listed(who.unknown, structures)}")
    return "\n".join(said)


def _listed(ids: Iterable[int], structures: pd.Series) -> str:
    return listing(sorted(structures[list(ids)], key=str.casefold), MOST_NAMED)


def ramp(asked: HousingAsked) -> Ramp:
    """The classes of the figures; few people are one class for everyone."""
    return number_ramp(_values(asked)["value"], few=FEW)


def classes(asked: HousingAsked, theme: Theme) -> list[Step]:
    """The classes that occur, for the legend."""
    return ramp(asked).on(theme).legend(_values(asked)["value"])


def _points(asked: HousingAsked) -> pd.DataFrame:
    rows = serving(asked)
    told = {key: reach_words(ags) for key, ags in zip(rows["structure_id"], rows["reaches"], strict=True)}
    return points.of(rows, asked.at.as_of, told)


def reach_words(reaches: frozenset[str], most: int = 3) -> str:
    """Where somebody reaches people, in words."""
    every = names()
    if len(reaches) == len(every):
        return word(AreaKind.DISTRICT)
    here = [name for ags, name in every.items() if ags in reaches]
    return listing(here, most) if len(here) <= most else count(len(here), "Gemeinde", "Gemeinden")


def points_explained(asked: HousingAsked) -> str:
    """What the points say."""
    return points.explained(_points(asked))


def drawn(asked: HousingAsked, theme: Theme) -> CountyMap:
    """The map for the browser."""
    base = current.derived(ground.made)
    assert base is not None
    return county_map(
        base, _values(asked), _points(asked), ramp(asked).on(theme), measure=MEASURE,
        selected=asked.chosen.municipalities, theme=theme,
    )  # fmt: skip


def picture(asked: HousingAsked) -> Drawing:
    """The map for a file."""
    base = current.derived(ground.made)
    assert base is not None
    return map_picture.picture(
        base, _values(asked), _points(asked), ramp(asked), measure=MEASURE, notes=(KEY_TO_MARKS,)
    )


def who_reaches_whom(asked: HousingAsked) -> pd.DataFrame:
    """The structures, those that run first, and the municipalities that each reaches."""
    rows = serving(asked)
    rows = rows.assign(sure=rows["state"] == RUNNING).sort_values("sure", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Struktur": rows["name"].where(rows["sure"], rows["name"] + " (ungewiss)"),
            "Ebene": [LEVEL_LETTER[Level(level)] for level in rows["level"]],
            "erreicht": [reach_words(ags) for ags in rows["reaches"]],
        }
    )


def table(asked: HousingAsked, full: bool = False) -> pd.DataFrame:
    """Unterkünfte against structures, per municipality and kind; those with most people first.

    `full`: with the names of structures and tasks, for files.
    """
    who, structures = reached(asked), _structure_names(asked)
    tasks = current.of(reach.unserved_tasks, asked.at, asked.of_all_places)
    rows = []
    for ags, kind, housed in _cells(asked):
        row = {
            "Gemeinde": names()[ags],
            "Unterkunft": word(kind) if kind else "–",
            "Personen": housed.persons.words if housed else people.NOT_RECORDED,
            "Plätze": housed.places.words if housed else people.NOT_RECORDED,
            "frei": housed.room if housed else "–",
            "Stand": day(housed.since) if housed else "–",
            "erreicht von": _how_many(who[ags]),
            "Aufgaben ohne Struktur": len(tasks[ags]),
        }
        if full:
            row |= {
                "Gemeindeschlüssel": ags,
                "Erreicht von": "; ".join(sorted(structures[list(who[ags].running)], key=str.casefold)),
                "Ungewiss erreicht von": "; ".join(
                    sorted(structures[list(who[ags].unknown)], key=str.casefold)
                ),
                "Welche Aufgaben": "; ".join(tasks[ags]),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def _how_many(who: Reached) -> str:
    unsure = f"{len(who.unknown)} ungewiss" if who.unknown else ""
    sure = count(len(who.running), "Struktur", "Strukturen") if who.running else ""
    return ", ".join(filter(None, (sure, unsure))) or "keiner"


def _cells(asked: HousingAsked) -> list[tuple[str, HousingKind | None, Housed | None]]:
    """Municipality and kind of each row: what is recorded, and where nothing is, one row that says so."""
    every = current.of(people.on_day, asked.at.as_of)
    wanted = [asked.kind] if asked.kind else list(HousingKind)
    found, rank = recorded(asked), names().index
    order = sorted(rank, key=lambda ags: -(found[ags].persons.low if ags in found else -1))
    if asked.chosen.municipalities:
        order = [ags for ags in order if ags in asked.chosen.municipalities]
    rows: list[tuple[str, HousingKind | None, Housed | None]] = []
    for ags in order:
        if ags in found:
            rows += [(ags, kind, every[ags].get(kind)) for kind in wanted]
        else:
            rows.append((ags, asked.kind, None))
    return rows
