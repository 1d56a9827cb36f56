"""What one answer, or several together, make as a need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys import twice
from steering.analysis.surveys.bodies import areas_of_places
from steering.model import NeedUnit, Priority
from steering.model.german import day, listing

_URGENT_FIRST = (Priority.HIGH, Priority.MEDIUM, Priority.LOW)


@dataclass(frozen=True)
class Suggestion:
    """What answers make: the fields of the `need`, and sentences on what the answers leave open.

    It is without an area where none consists of just these `places`.
    """

    need: Mapping[str, Any]
    places: frozenset[str]
    notes: tuple[str, ...] = field(default=())


def suggestion(portfolio: Portfolio, chosen: pd.DataFrame) -> Suggestion:
    """The need that answers to one task make: figures are summed, periods, groups and places united.

    `chosen`: rows of `said.answers`, at least one. Without a figure of one of them there is no sum, and
    neither is there of different units or of Beratungsschlüssel that differ: the need then has no figure,
    which a note says. Notes say as well where the answers may count the same thing twice. The reasons stay
    with the answers: a need is read by everyone, what somebody wrote is not.
    """
    rows = chosen.to_dict("records")
    notes: list[str] = []
    quantity, unit = _summed(rows, notes)
    notes += [*twice.places(chosen), *twice.periods(chosen)]
    everybody = frozenset().union(*(row["places"] for row in rows))
    areas = {int(row["area_id"]) for row in rows}
    area = areas.pop() if len(areas) == 1 else areas_of_places(portfolio).get(everybody)
    values: dict[str, Any] = {
        "name": _name(portfolio, rows),
        "kind": rows[0]["kind"],
        "task_id": int(rows[0]["task_id"]),
        "area_id": area,
        "target_groups": _groups(portfolio, rows),
        "quantity": quantity,
        "unit": unit,
        "valid_from": _first(row["valid_from"] for row in rows),
        "valid_until": _last(row["valid_until"] for row in rows),
        "priority": _most_urgent(rows),
        "level": _alike(rows, "level", notes, "Die Antworten nennen verschiedene Ebenen"),
        "site": _alike(rows, "site", notes, "Die Antworten nennen verschiedene Standorte") or "",
        "source": origin(rows)[:5_000],
    }
    return Suggestion(values, everybody, tuple(notes))


def changing(portfolio: Portfolio, made: Suggestion, need_id: int) -> Suggestion:
    """The same as the change of a need that is there already, which may follow a Kennzahl by now.

    A figure of the answers takes the place of its rule, which a note says; without one the rule stays.
    """
    if pd.isna(portfolio.needs.set_index("id")["indicator_id"][need_id]):
        return made
    if made.need["quantity"] is None:
        kept = {name: value for name, value in made.need.items() if name not in ("quantity", "unit")}
        note = "Der Bedarf folgt einer Kennzahl; ohne Menge in den Antworten bleibt es dabei."
        return replace(made, need=kept, notes=(*made.notes, note))
    note = "Der Bedarf folgt bisher einer Kennzahl; mit der Übernahme gilt die feste Zahl."
    return replace(made, need={**made.need, "per": None, "indicator_id": None}, notes=(*made.notes, note))


def origin(rows: Sequence[Mapping[Any, Any]]) -> str:
    """Who asked for it, when and in which round."""
    said = [
        f"{row['body_name']}, {day(row['received_on'])} ({row['round_name']})"
        for row in sorted(rows, key=lambda row: str(row["body_name"]).casefold())
    ]
    return f"Bedarfserhebung: {'; '.join(dict.fromkeys(said))}"


def _summed(rows: Sequence[Mapping[Any, Any]], notes: list[str]) -> tuple[float | None, str | None]:
    units = {row["unit"] for row in rows if not pd.isna(row["unit"])}
    told = [float(row["quantity"]) for row in rows if not pd.isna(row["quantity"])]
    unit = units.pop() if len(units) == 1 else None
    if not told:
        return None, unit
    if bare := [row for row in rows if not pd.isna(row["quantity"]) and pd.isna(row["unit"])]:
        who = listing(list(dict.fromkeys(str(row["body_name"]) for row in bare)))
        notes.append(f"Zur Menge fehlt die Einheit: {who}. Der Bedarf bekommt keine Menge; bitte nachtragen.")
        return None, unit
    if unit is None:
        notes.append(
            "Die Antworten nennen verschiedene Einheiten. Der Bedarf bekommt keine Menge; bitte nachtragen."
        )
        return None, None
    if len(told) < len(rows):
        missing = [str(row["body_name"]) for row in rows if pd.isna(row["quantity"])]
        notes.append(
            f"Ohne Menge: {listing(missing)}. Eine Summe gibt es erst, wenn alle eine Menge nennen; der "
            "Bedarf bekommt keine."
        )
        return None, unit
    if unit == NeedUnit.RATIO:
        if len(set(told)) == 1:
            return told[0], unit
        notes.append(
            "Verschiedene Beratungsschlüssel lassen sich nicht summieren. Der Bedarf bekommt keinen; bitte "
            "nachtragen."
        )
        return None, unit
    return round(sum(told), 6), unit


def _name(portfolio: Portfolio, rows: Sequence[Mapping[Any, Any]]) -> str:
    task = str(portfolio.names("task")[rows[0]["task_id"]])
    who = listing(list(dict.fromkeys(str(row["body_name"]) for row in rows)), most=3)
    return f"{task} ({who})"[:200]


def _groups(portfolio: Portfolio, rows: Sequence[Mapping[Any, Any]]) -> list[int]:
    """All that are named; "alle" alone where somebody says so, or names none."""
    groups = portfolio.target_groups
    everyone = set(groups.loc[groups["everyone"].astype(bool), "id"].tolist())
    named = [set(row["groups"]) for row in rows]
    if everyone and any(not each or each & everyone for each in named):
        return sorted(everyone)
    return sorted(set().union(*named))


def _first(days: Any) -> date | None:
    """The earliest; none where one of them has no beginning."""
    found = list(days)
    return None if any(pd.isna(each) for each in found) else min(found).date()


def _last(days: Any) -> date | None:
    """The latest; none where one of them has no end."""
    found = list(days)
    return None if any(pd.isna(each) for each in found) else max(found).date()


def _most_urgent(rows: Sequence[Mapping[Any, Any]]) -> Priority:
    named = {row["priority"] for row in rows if not pd.isna(row["priority"])}
    return next((each for each in _URGENT_FIRST if each in named), Priority.MEDIUM)


def _alike(rows: Sequence[Mapping[Any, Any]], name: str, notes: list[str], otherwise: str) -> Any:
    """What all say alike; nothing, and a note, where they differ."""
    said = {None if pd.isna(row[name]) else row[name] for row in rows}
    if len(said) == 1:
        return said.pop()
    notes.append(f"{otherwise}; der Bedarf gilt ohne.")
    return None
