"""How an estimate is told: its reckoning in one sentence, or what is missing."""

from __future__ import annotations

from steering.analysis.money.estimates import Basis, Missing, Reckoning, Rule
from steering.model.german import euro, number

EXAMPLE = "Beispielwert"
_MISSING = {Missing.FTE: "VZÄ nicht erfasst", Missing.RULE: "kein Kostensatz erfasst"}


def reckoned(reckoning: Reckoning) -> str:
    """1,5 VZÄ × 70.000 € je VZÄ und Jahr (»Sachbearbeitung«, 2026); what is missing where it is unknown."""
    if reckoning.rule is None or reckoning.fte is None:
        return "nicht zu schätzen: " + " und ".join(_MISSING[part] for part in reckoning.missing)
    return f"{number(reckoning.fte, 2)} VZÄ × {rate(reckoning.rule)}"


def rate(rule: Rule) -> str:
    """What a rule says, with its name and year, and that it is an example where it is one."""
    said = f"{euro(rule.rate_cents)} je {'Stelle' if rule.basis is Basis.PROGRAMME else 'VZÄ'} und Jahr"
    origin = [
        f"»{rule.name}«",
        str(rule.year) if rule.year is not None else "",
        EXAMPLE if rule.example else "",
    ]
    return f"{'höchstens ' if rule.at_most else ''}{said} ({', '.join(filter(None, origin))})"
