"""What in an answer is to be asked about before it becomes a need; nothing is refused for it or lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import AskedBody
from steering.analysis.surveys.said import answers
from steering.model import Needed, NeedKind, NeedUnit
from steering.model.german import number, read_number
from steering.model.vocabulary import word

UNUSUAL = 100
"""From so many times the usual figure on, an answer is asked about."""
_AMOUNT = re.compile(r"(?:ca\.?|circa|etwa|rund|mind(?:estens|\.)?)?\s*([\d.,]+)\s*(.*)", re.IGNORECASE)
_UNITS: Mapping[NeedUnit, frozenset[str]] = {
    NeedUnit.PLACES: frozenset({"plätze", "platz", "plätzen", "pl"}),
    NeedUnit.FTE: frozenset(
        {"vzä", "vz", "vollzeitstelle", "vollzeitstellen", "stelle", "stellen", "vollzeitäquivalente", "vk"}
    ),
    NeedUnit.RATIO: frozenset(
        {"beratungsschlüssel", "schlüssel", "personen je fachkraft", "personen je vzä"}
    ),
}


def unit_in(text: str) -> NeedUnit | None:
    """The unit that somebody has typed; None where it is none of ours."""
    plain = " ".join(text.casefold().replace(".", "").split())
    return next((unit for unit, words in _UNITS.items() if plain in words), None)


def amount_in(text: str) -> tuple[float, NeedUnit | None] | None:
    """A figure with its unit in one cell, such as "ca. 2 VZÄ"; None where it says anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        value = read_number(found[1])
    except ValueError:
        return None
    unit = unit_in(found[2])
    return None if value is None or (found[2] and unit is None) else (value, unit)


class Usual:
    """What is usual: the needs that are recorded, and what bodies have answered, by task and unit."""

    def __init__(self, portfolio: Portfolio) -> None:
        columns = ["task_id", "unit", "quantity"]
        said = answers(portfolio)
        said = said[said["holds"] & (said["doubt"] == "")]
        rows = pd.concat([portfolio.needs[columns], said[columns]]).dropna()
        rows = rows[rows["quantity"] > 0]
        self._by_task = rows.groupby(["task_id", "unit"])["quantity"].median().to_dict()
        self._population = portfolio.municipalities.set_index("ags")["population"]
        self._places = portfolio.area_municipalities.groupby("area_id")["ags"].agg(list)

    def doubt(self, values: Mapping[str, Any]) -> str:
        """Why nobody can have meant a figure; "" where somebody can."""
        quantity, unit = values.get("quantity"), values.get("unit")
        if not quantity or unit is None:
            return ""
        usual = self._by_task.get((values["task_id"], str(unit)))
        said = f"{number(quantity, 4)} {word(NeedUnit(unit))}"
        if usual and quantity / usual >= UNUSUAL:
            times = number(float(f"{quantity / usual:.3g}"), 0)
            return (
                f"{said} sind das {times}-Fache des Üblichen ({number(usual, 2)}). Bitte nachfragen, ob ein "
                "Komma fehlt."
            )
        people = self._people(values["area_id"])
        if unit != NeedUnit.RATIO and people and quantity > people:
            return f"{said} sind mehr, als das Gebiet Einwohner hat ({number(people, 0)}). Bitte nachfragen."
        return ""

    def _people(self, area_id: int) -> float:
        found = self._population.reindex(self._places.get(area_id, []))
        return float(found.sum()) if len(found) and found.notna().all() else 0.0


def contradictions(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields that do not go together, each with a sentence."""
    found = []
    first, last, unit = values.get("valid_from"), values.get("valid_until"), values.get("unit")
    quantity = values.get("quantity")
    if first and last and last < first:
        found.append(("valid_until", f"Das Ende liegt vor dem Beginn ({first:%d.%m.%Y})."))
    if values["needed"] != Needed.YES:
        if quantity:
            said = word(Needed(values["needed"]))
            found.append(("quantity", f"Gewählt ist »{said}«, aber eine Menge ist genannt."))
        return found
    if quantity is not None and unit is None:
        found.append(("unit", "Zur Menge fehlt die Einheit."))
    if values["kind"] == NeedKind.STEERING and unit in (NeedUnit.PLACES, NeedUnit.RATIO):
        found.append(("unit", f"»{word(NeedUnit(unit))}« passt nicht: Steuerung wird in VZÄ gemessen."))
    if unit == NeedUnit.PLACES and quantity is not None and not float(quantity).is_integer():
        found.append(("quantity", "Plätze gibt es nur ganz."))
    if unit == NeedUnit.RATIO and quantity == 0:
        found.append(("quantity", "Ein Beratungsschlüssel von 0 ist nicht möglich."))
    return found


def place_doubt(portfolio: Portfolio, asked: AskedBody, area_id: int) -> str:
    """Why a municipality's answer is about somewhere else; "" for all others."""
    own = asked.body.ags
    if own is None:
        return ""
    members = portfolio.area_municipalities
    places = set(members.loc[members["area_id"] == area_id, "ags"])
    if places <= {own}:
        return ""
    named = portfolio.names("area").get(area_id, "")
    return f"Geantwortet hat »{asked.name}«, genannt ist »{named}«. Bitte nachfragen, welches Gebiet gilt."
