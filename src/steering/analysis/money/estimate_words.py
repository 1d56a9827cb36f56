"""How an estimate is told: its reckoning in one sentence, or what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from steering.analysis.money.estimates import Basis, Missing, Reckoning, Rule
from steering.model.german import euro, in_a_row, number

EXAMPLE = "Beispielwert"
WHY = "Geschätzt, weil der Betrag nicht erfasst ist"
_MISSING = {Missing.FTE: "VZÄ nicht erfasst", Missing.RULE: "kein Kostensatz erfasst"}


def reckoned(reckoning: Reckoning, years: Iterable[int]) -> str:
    """1,5 VZÄ × 70.000 € je VZÄ und Jahr (»Sachbearbeitung«, Satz von 2026); else what is missing.

    Budget years with different rates are told one after the other, each with its rate.
    """
    if reckoning.missing:
        return "nicht zu schätzen: " + " und ".join(_MISSING[part] for part in reckoning.missing)
    told = {year: rate(rule) for year in years if (rule := reckoning.rule(year)) is not None}
    spans = in_a_row(told)
    by_year = " und ".join(f"{said} für {span}" if len(spans) > 1 else said for span, said in spans)
    return f"{number(reckoning.fte, 2)} VZÄ × {by_year}"


def why(name: str, reckoning: Reckoning, years: Iterable[int]) -> str:
    """Whose cost is estimated, and how."""
    return f"{WHY} – {name}: {reckoned(reckoning, years)}."


def rate(rule: Rule) -> str:
    """What a rule says, with its name and year, and that it is an example where it is one."""
    said = f"{euro(rule.rate_cents)} je {'Stelle' if rule.basis is Basis.PROGRAMME else 'VZÄ'} und Jahr"
    origin = [
        f"»{rule.name}«",
        f"Satz von {rule.year}" if rule.year is not None else "",
        EXAMPLE if rule.example else "",
    ]
    return f"{'höchstens ' if rule.at_most else ''}{said} ({', '.join(filter(None, origin))})"
