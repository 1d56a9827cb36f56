"""The Karte's answer about where people live: how many, and where many live whom nobody reaches."""

from __future__ import annotations

from collections.abc import Sequence

from steering.analysis.portfolio import Portfolio
from steering.analysis.small_counts import BoundedCount, total
from steering.model.german import UNKNOWN, count, day, listing, number
from steering.model.vocabulary import word
from steering.storage.rights.table import Right
from steering.web import current
from steering.web.map import housing_rows
from steering.web.map.housing_rows import HousingAsked
from steering.web.text import bold, plain

MOST_NAMED = 4
NOT_YET = "Wie viele Menschen wo untergebracht sind, ist noch **nicht erfasst**."
HOW = (
    "Links unter »Unterbringung erfassen oder ändern« lässt es sich je Gemeinde eintragen; als ganze Tabelle "
    "kommt es mit der Arbeitsmappe herein (Blatt »Unterbringung«)."
)


def sentences(asked: HousingAsked) -> tuple[str, ...]:
    """How many live where; then where many live and nobody reaches them."""
    if housing_rows.recorded(asked):
        return _how_many(asked), unreached_sentence(asked)
    if _anything():
        which = f" ({word(asked.kind)})" if asked.kind else ""
        return (f"Bis zum {day(asked.at.as_of)} ist keine Unterbringung{which} erfasst.",)
    return (NOT_YET, *([HOW] if current.offers(Right.EDIT_ALL) else []))


def _anything() -> bool:
    return not current.portfolio().housing.empty


def _how_many(asked: HousingAsked) -> str:
    found = housing_rows.recorded(asked)
    persons, free = (total(getattr(each, name) for each in found.values()) for name in ("persons", "free"))
    every = len(housing_rows.names())
    where = f" ({word(asked.kind)})" if asked.kind else ""
    missing = every - len(found)
    gap = f"; {count(missing, 'Gemeinde ist', 'Gemeinden sind')} nicht erfasst" if missing else ""
    room = f", {free.words} {'Platz ist' if free == BoundedCount(1, 1) else 'Plätze sind'} frei"
    return (
        f"Am {day(asked.at.as_of)} sind in {len(found)} von {count(every, 'Gemeinde', 'Gemeinden')} "
        f"{bold(_people(persons))} in Unterkünften erfasst{where}"
        f"{'' if free.high is None and not free.low else room}{gap}."
    )


def _people(persons: BoundedCount) -> str:
    if persons.high is None and not persons.low:
        return f"Personen in {UNKNOWN}er Zahl"
    return "1 Person" if persons == BoundedCount(1, 1) else f"{persons.words} Personen"


def unreached_sentence(asked: HousingAsked) -> str:
    """The municipalities with many people whom nobody reaches, and what many means."""
    found = housing_rows.left_out(asked)
    if found.many is None:
        return "Ob Gemeinden mit vielen Untergebrachten erreicht werden, ist ohne Personenzahlen ungewiss."
    meant = f"(ab {number(found.many, 0)} Personen, dem Median der Gemeinden mit erfassten Personen)"
    structure = _structure(asked)
    if not found.nobody and not found.unsure:
        return f"**Jede Gemeinde mit vielen Untergebrachten** {meant} wird von einer {structure} erreicht."
    said = []
    if found.nobody:
        named = bold(_named(asked, found.nobody))
        said.append(f"In {named} leben viele {meant}, und **keine {structure}** erreicht sie.")
    if found.unsure:
        named, many = bold(_named(asked, found.unsure)), "" if found.nobody else f", wo viele leben {meant},"
        said.append(f"In {named}{many} ist **ungewiss**, ob eine {structure} sie noch erreicht.")
    return " ".join(said)


def _named(asked: HousingAsked, places: Sequence[str]) -> str:
    found, names = housing_rows.recorded(asked), housing_rows.names()
    told = [f"{names[ags]} ({housing_rows.short(found[ags].persons)})" for ags in places]
    return listing(told, MOST_NAMED)


def _structure(asked: HousingAsked) -> str:
    """Who is asked for: any structure, one of the chosen ones, or one for the task."""
    which = " dieser Auswahl" if asked.of_all_places.active else ""
    task = f" für »{plain(current.of(_task, asked.task_id))}«" if asked.task_id is not None else ""
    return f"Struktur{which}{task}"


def _task(portfolio: Portfolio, task_id: int) -> str:
    return str(portfolio.names("task")[task_id])
