"""That the scenario on the screen runs beyond ends that are listed: else its figures contradict the list."""

from __future__ import annotations

from steering.analysis.structures.inventory import Selection
from steering.analysis.structures.running_on import running_on
from steering.analysis.view import View
from steering.model.german import listing
from steering.model.vocabulary import word
from steering.web import current
from steering.web.findings.rows import on_any_day
from steering.web.overview import decision
from steering.web.text import plain


def sentence(at: View, chosen: Selection) -> str:
    """Whose ends the figures do not count, and why they are listed all the same; "" where there are none."""
    ahead = decision.ahead(at, chosen).drop_duplicates("structure_id")
    names = list(ahead.loc[ahead["structure_id"].isin(current.of(running_on, on_any_day(at))), "name"])
    if not names:
        return ""
    plan = " mit Masterplan" if at.scenario.planned else ""
    assumed = " und mit der Annahme" if len(at.scenario.changes) > at.scenario.planned else ""
    verb = "geht" if len(names) == 1 else "gehen"
    return (
        f"Im Szenario »{word(at.scenario.rule)}«{plan}{assumed} {verb} {plain(listing(names, 4))} weiter; so "
        "zählen Kennzahlen und Bild. Frage und Liste nennen die erfassten Enden, weil darüber noch zu "
        "entscheiden ist."
    )
