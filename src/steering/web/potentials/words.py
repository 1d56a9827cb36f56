"""The sentences of Potenziale: how many there are, how many are used, and where none is recorded."""

from __future__ import annotations

import pandas as pd

from steering.analysis.potentials import recorded
from steering.analysis.structures.inventory import Selection
from steering.model import PotentialState, Provenance
from steering.model.german import count, listing
from steering.web import current, panels
from steering.web.gaps import rows as gap_rows
from steering.web.potentials import rows as potential_rows
from steering.web.text import bold, plain

MOST_NAMED = 3
NOTHING_YET = (
    "Es ist noch **kein Potenzial** erfasst. Links unter »Potenzial erfassen oder ändern« lässt sich das "
    "erste anlegen."
)
NOTHING_HERE = (
    "Zu diesen Filtern ist **kein Potenzial** erfasst. Bitte die Filter in der Seitenleiste ändern."
)
ONE, MANY = "Potenzial", "Potenziale"


def sentences(chosen: Selection) -> tuple[str, ...]:
    """The answer: how many are recorded and used, and in which municipalities none is."""
    rows = recorded.pursued(potential_rows.selected(chosen))
    nobody = [] if current.portfolio().has("structure") else [panels.NOTHING_YET]
    if rows.empty:
        return (NOTHING_HERE if chosen.active else NOTHING_YET, *nobody)
    many = f"Erfasst {'ist' if len(rows) == 1 else 'sind'} {bold(count(len(rows), ONE, MANY))}"
    return (f"{many}, {_used(rows)}{_places(rows, chosen)}.", *nobody)


def _used(rows: pd.DataFrame) -> str:
    used = len(recorded.of_state(rows, PotentialState.USED))
    if not used:
        return "**keines** wird bisher genutzt" if len(rows) > 1 else "**noch nicht** genutzt"
    if used == len(rows) == 1:
        return "es wird **genutzt**"
    if used == len(rows):
        return "**alle** werden genutzt"
    return f"{bold(str(used))} {'wird' if used == 1 else 'werden'} genutzt"


def _places(rows: pd.DataFrame, chosen: Selection) -> str:
    """In which municipalities none is recorded: no reproach, but where one might ask."""
    places = gap_rows.places(chosen)
    missing = recorded.places_without(rows, places["ags"])
    if not missing:
        return ""
    none = "kein eigenes" if rows["district_wide"].any() else "keines"
    names = places.set_index("ags")["name"]
    if len(missing) <= MOST_NAMED:
        return f"; in {plain(listing([str(names[ags]) for ags in missing]))} ist {none} erfasst"
    if len(missing) == len(places):
        return "; einer einzelnen Gemeinde ist noch keines zugeordnet"
    return f"; in {len(missing)} von {len(places)} Gemeinden ist {none} erfasst"


def aside(chosen: Selection) -> str:
    """How many of them are made up."""
    rows = recorded.pursued(potential_rows.selected(chosen))
    made_up = int((rows["provenance"] == Provenance.EXAMPLE).sum())
    if not made_up:
        return ""
    verb = "ist ein Beispiel" if made_up == 1 else "sind Beispiele"
    return f":material/science: {made_up} von {len(rows)} {verb}, erfunden."
