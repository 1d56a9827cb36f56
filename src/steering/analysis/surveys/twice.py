"""Whether answers may count the same thing twice when they become one need."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from steering.model.german import day, listing


def places(rows: pd.DataFrame) -> tuple[str, ...]:
    """A sentence where answers speak of the same municipality; `rows` as `said.answers` gives them."""
    told = rows[["body_name", "places"]].itertuples(index=False, name=None)
    over = [(first[0], second[0]) for first, second in combinations(told, 2) if first[1] & second[1]]
    if not over:
        return ()
    who = listing(list(dict.fromkeys(name for pair in over for name in pair)))
    return (
        f"Die Gebiete überschneiden sich: {who}. Zusammen würde womöglich dasselbe doppelt gezählt; bitte "
        "nur wählen, was sich ergänzt.",
    )


def periods(rows: pd.DataFrame) -> tuple[str, ...]:
    """A sentence where answers are about different periods, of which the sum would be for the whole."""
    spans = rows[["valid_from", "valid_until"]].drop_duplicates()
    if len(spans) < 2:
        return ()
    told = listing(
        [
            f"{day(first, 'schon jetzt')} – {day(last, 'auf Dauer')}"
            for first, last in spans.itertuples(index=False, name=None)
        ]
    )
    return (
        f"Die Antworten nennen verschiedene Zeiträume: {told}. Zusammen gälte der Bedarf für die ganze Zeit; "
        "bitte nur wählen, was zur selben Zeit gebraucht wird.",
    )


def several(earlier: Mapping[int, str]) -> tuple[str, ...]:
    """A sentence where more than one need was made of earlier answers, of which one can be changed."""
    if len(earlier) < 2:
        return ()
    told = listing([f"»{name}«" for name in earlier.values()], most=len(earlier))
    return (f"Aus früheren Antworten sind mehrere Bedarfe entstanden: {told}. Ändern lässt sich je einer.",)


def left_standing(earlier: Mapping[int, str], instead: int | None) -> tuple[str, ...]:
    """A sentence where needs of earlier answers stay as they are beside the one that is made or changed."""
    left = [f"»{name}«" for key, name in earlier.items() if key != instead]
    if not left:
        return ()
    stay = "bleibt" if len(left) == 1 else "bleiben"
    return (
        f"Aus früheren Antworten {stay} daneben bestehen: {listing(left, most=len(left))}. "
        "Damit nichts doppelt zählt, auf »Bedarfe« bitte ändern oder entfernen, was nicht mehr gilt.",
    )
