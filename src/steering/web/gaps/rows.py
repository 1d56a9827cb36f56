"""What page Lücken shows, as far as the filters let it through: open tasks, fields, and where they are."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from steering.analysis import selecting
from steering.analysis.needs import counted, open_tasks
from steering.analysis.needs.open_tasks import Opening
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model.german import count, day, listing
from steering.web import current, presets
from steering.web.findings import rows as finding_rows

DISTRICT_WIDE = "kreisweit"
NOT_SURVEYED = "Bedarf nicht erhoben: Ohne erfasste Bedarfe lässt sich nicht sagen, was offen ist."


def unmet(at: View, chosen: Selection) -> pd.DataFrame:
    """`open_tasks.unmet` of the filtered findings; a step of the Stichtag recomputes nothing."""
    return current.derived(_unmet, finding_rows.on_any_day(at), chosen).copy(deep=False)


def _unmet(at: View, chosen: Selection) -> pd.DataFrame:
    rows = open_tasks.unmet(finding_rows.of_tasks(at))
    return selecting.selected_or_anybodys(finding_rows.known(at), rows, chosen)


def on_day(at: View, chosen: Selection) -> pd.DataFrame:
    """The same as far as it holds on the Stichtag."""
    return finding_rows.on_day(unmet(at, chosen), at)


def of_state(rows: pd.DataFrame) -> tuple[frozenset[int], frozenset[int]]:
    """The tasks that are open, and those of which nobody knows, each task once."""
    return counted.open_tasks(rows), counted.uncertain_tasks(rows)


def opening(at: View, chosen: Selection) -> Opening | None:
    """The next day after the Stichtag on which tasks open."""
    return current.derived(_next_opening, at, chosen)


def _next_opening(at: View, chosen: Selection) -> Opening | None:
    return open_tasks.next_opening(unmet(at, chosen), current.portfolio(), at.as_of)


def ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    """From what is open, what may be, and what opens next to these tasks."""
    now, unsure = of_state(on_day(at, chosen))
    coming = opening(at, chosen)
    found: list[presets.FigureLink] = [
        (presets.OPEN_TASKS, len(now), "offen"),
        (presets.UNCERTAIN_TASKS, len(unsure), "ungewiss"),
    ]
    if coming:
        found.append((presets.OPENING_TASKS, len(coming.tasks), f"ab {day(coming.day)} offen"))
    return tuple(found)


def surveyed(chosen: Selection) -> pd.DataFrame:
    """`open_tasks.surveyed` within the chosen fields and municipalities, with field_id."""
    pairs = current.of(open_tasks.surveyed).merge(tasks(chosen)[["task_id", "field_id"]], on="task_id")
    if chosen.municipalities:
        pairs = pairs[pairs["ags"].isin(chosen.municipalities)]
    return pairs


def survey(chosen: Selection) -> counted.Survey:
    """How much of what is in view is known at all."""
    return current.derived(_survey, chosen)


def _survey(chosen: Selection) -> counted.Survey:
    here, portfolio = places(chosen)["ags"], current.portfolio()
    needed = open_tasks.with_needs(portfolio.needs, portfolio.area_municipalities, here)
    return counted.survey(tasks(chosen)["task_id"], surveyed(chosen), len(here), needed)


def fields(chosen: Selection) -> pd.DataFrame:
    """The fields in view in the order of the catalogue: field_id, name."""
    found = current.portfolio().fields.sort_values("position")
    if chosen.fields:
        found = found[found["slug"].isin(chosen.fields)]
    return found[["id", "name"]].rename(columns={"id": "field_id"}).reset_index(drop=True)


def tasks(chosen: Selection) -> pd.DataFrame:
    """The tasks of these fields: task_id, field_id, name, legal_character, legal_basis."""
    found = current.portfolio().tasks.rename(columns={"id": "task_id"})
    columns = ["task_id", "field_id", "name", "legal_character", "legal_basis"]
    return found.loc[found["field_id"].isin(fields(chosen)["field_id"]), columns]


def places(chosen: Selection) -> pd.DataFrame:
    """The inhabited municipalities in view by name: ags, name."""
    found = current.portfolio().municipalities
    found = found[found["inhabited"]]
    if chosen.municipalities:
        found = found[found["ags"].isin(chosen.municipalities)]
    return found.sort_values("name")[["ags", "name"]].reset_index(drop=True)


def where(municipalities: Iterable[str], *, most: int = 1) -> str:
    """ "kreisweit", up to `most` names, or how many municipalities; never how many inhabitants."""
    found, known = set(municipalities), current.of(_names)
    if found >= set(known):
        return DISTRICT_WIDE
    if len(found) > most:
        return count(len(found), "Gemeinde", "Gemeinden")
    return listing(sorted(known.get(ags, ags) for ags in found), most=most)


def all_names(municipalities: Iterable[str]) -> list[str]:
    """The names of municipalities, sorted."""
    known = current.of(_names)
    return sorted(known.get(ags, ags) for ags in municipalities)


def _names(portfolio: Portfolio) -> dict[str, str]:
    rows = portfolio.municipalities
    rows = rows[rows["inhabited"]]
    return dict(zip(rows["ags"], rows["name"], strict=True))


def untouched() -> bool:
    """Whether nothing has been entered yet."""
    portfolio = current.portfolio()
    return not portfolio.has("structure") and not portfolio.has("need")
