"""How a year's money of the Landkreis is told: recorded, estimated beside it, not known."""

from __future__ import annotations

from steering.analysis.money.county import YearMoney, in_whole_euros
from steering.analysis.money.estimate_words import EXAMPLE
from steering.model.german import count, euro

ESTIMATED = "geschätzt"
ESTIMATED_BY_EXAMPLE = f"{ESTIMATED}, {EXAMPLE}"
NOT_KNOWN = "nicht bekannt"


def parts(of_year: YearMoney) -> tuple[str, str]:
    """A year's money in words, and the mark that belongs beside it; "" where it stands in the words."""
    told = []
    nothing = of_year.estimated is None and not of_year.unknown
    if of_year.recorded or nothing:
        told.append(whole(of_year.recorded))
    mark = ""
    if of_year.estimated is not None:
        mark = ESTIMATED_BY_EXAMPLE if of_year.example else ESTIMATED
        # Where more stands there, the mark must not seem to be about that.
        alone = not told and not of_year.unknown
        told.append(about(of_year.estimated) + ("" if alone else f" ({mark})"))
        mark = mark if alone else ""
    if of_year.unknown:
        unknown = count(of_year.unknown, "Betrag", "Beträge")
        told.append(f"{unknown} {NOT_KNOWN}" if told else NOT_KNOWN)
    return " und ".join(told), mark


def said(of_year: YearMoney) -> str:
    """The same in one: rund 105.000 € (geschätzt)."""
    text, mark = parts(of_year)
    return f"{text} ({mark})" if mark else text


def whole(cents: float) -> str:
    """Whole euros: what is spread over days is not known to the cent."""
    return euro(in_whole_euros(cents))


def about(cents: float) -> str:
    """rund 105.000 €: an estimate says no more than it knows."""
    return f"rund {euro(round(cents / 10_000) * 10_000)}"
