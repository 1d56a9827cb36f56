"""The Karte's answer about where people live: how many, and where many live whom nobody reaches."""

from __future__ import annotations

from collections.abc import Sequence

from steering.analysis.housing.unreached import Unreached
from steering.analysis.portfolio import Portfolio
from steering.analysis.small_counts import FEW, BoundedCount, total
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
    return current.portfolio().has("housing")


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
    """The municipalities with many people whom nobody reaches, what many means, and what is not known."""
    found = housing_rows.left_out(asked)
    if not found.crowded:
        said = [f"**Keine Gemeinde hat nachweislich viele Untergebrachte**{_meant(found.many)}."]
    elif not found.nobody and not found.unsure:
        said = [
            f"**Jede Gemeinde mit {'nachweislich ' if found.uncounted else ''}vielen Untergebrachten**"
            f"{_meant(found.many)} wird von einer {_structure(asked)} erreicht."
        ]
    else:
        said = _left_out(asked, found)
    if found.uncounted:
        places = count(len(found.uncounted), "Gemeinde, die", "Gemeinden, die")
        said.append(
            f"Von {places} keine {_structure(asked)} sicher erreicht, ist **nicht bekannt**, ob dort viele "
            "leben."
        )
    return " ".join(said)


def _left_out(asked: HousingAsked, found: Unreached) -> list[str]:
    """Where many live whom nobody reaches, and where that is uncertain."""
    structure, said = _structure(asked), []
    if found.nobody:
        named = bold(_named(asked, found.nobody))
        said.append(f"In {named} leben viele{_meant(found.many)}, und **keine {structure}** erreicht sie.")
    if found.unsure:
        named = bold(_named(asked, found.unsure))
        many = "" if found.nobody else f", wo viele leben{_meant(found.many)},"
        said.append(f"In {named}{many} ist **ungewiss**, ob eine {structure} sie noch erreicht.")
    return said


def _meant(many: int | None) -> str:
    """What many means, in brackets."""
    if many is None:
        return ""
    why = (
        ", dem Median der Gemeinden mit erfassten Personen"
        if many > FEW
        else "; weniger gelten nie als viele"
    )
    return f" (ab {number(many, 0)} Personen{why})"


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
