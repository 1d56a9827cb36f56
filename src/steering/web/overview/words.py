"""The next decision in words: what ends, on what footing, what going on costs, what else happens."""

from __future__ import annotations

import pandas as pd

from steering.analysis.structures.inventory import Selection
from steering.model import Extension, OnLoss
from steering.model.german import day, euro, fte, listing
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.text import bold, plain, short_name

# A question about the next decision, the answer, and what must be known beside it.
Fact = tuple[str, str, str]


def told(found: pd.DataFrame, chosen: Selection) -> tuple[str, tuple[Fact, ...]]:
    """The next decision in a sentence, and the facts beside it; `found`: the ends decided together."""
    if found.empty:
        return _nothing_to_decide(chosen), ()
    return _decision(found), (_footing(found), _cost(found), _application(found), _else(found))


def _nothing_to_decide(chosen: Selection) -> str:
    if current.portfolio().structures.empty:
        return panels.NOTHING_YET
    scope = "in dieser Auswahl " if chosen.active else ""
    return (
        f"Es ist {scope}**kein festes Ende** bekannt, über das zu entscheiden wäre. "
        "Was offen ist, steht unten."
    )


def _decision(found: pd.DataFrame) -> str:
    first = found.iloc[0]
    names = [
        f"{bold(short_name(name))} ({fte(size)})"
        for name, size in zip(found["name"], found["fte"], strict=True)
    ]
    end = bold(day(first["end"]))
    if isinstance(first["programme"], str):
        verb = "verliert" if len(found) == 1 else "verlieren"
        loss = f"Damit {verb} {listing(names)} die tragende Förderung."
        what = f"Am {end} endet: {bold(first['programme'])}. {loss}"
    else:
        what = f"Am {end} endet die tragende Förderung von {listing(names)}."
    if first["decide_estimated"]:
        return f"Bis {bold(day(first['decide_by']))} (geschätzt) zu entscheiden: {what}"
    sitting = f"{first['committee']} am {day(first['decide_by'])}"
    return f"{bold(sitting)}{' (Beispieltermin)' if first['decide_example'] else ''}: {what}"


def _footing(found: pd.DataFrame) -> Fact:
    words = sorted(set(found["legal"]))
    who = {1: "eine Struktur", 2: "beide Strukturen"}.get(len(found), f"alle {len(found)} Strukturen")
    return (
        "Pflicht oder freiwillig",
        " und ".join(words),
        who if len(words) == 1 else listing(_each(found, "legal")),
    )


def _each(found: pd.DataFrame, column: str) -> list[str]:
    pairs = zip(found["name"], found[column], strict=True)
    return [f"{plain(short_name(name))}: {value}" for name, value in pairs]


def _cost(found: pd.DataFrame) -> Fact:
    question = "Weiterführen kostet im Jahr"
    own = found.dropna(subset=["own_cents"])
    unknown = int((~found["grant_known"]).sum())
    rest = "der übrige Betrag ist erfasst"
    if unknown:
        rest = "die übrigen Kosten sind nicht bekannt"
    if 0 < unknown < len(found):
        rest = f"bei {unknown} von {len(found)} sind die übrigen Kosten nicht bekannt"
    if own.empty:
        return question, "Eigenanteil nicht bekannt", rest
    whose = listing([plain(short_name(name)) for name in own["name"]])
    return question, f"{plain(euro(own['own_cents'].sum()))} Eigenanteil", f"{whose}; {rest}"


def _application(found: pd.DataFrame) -> Fact:
    first = found.iloc[0]
    question = "Antrag auf Verlängerung"
    if first["extension"] == Extension.NOT_YET_POSSIBLE:
        successor = first["successor"] if isinstance(first["successor"], str) else ""
        return (
            question,
            word(Extension.NOT_YET_POSSIBLE),
            plain(successor) or "über eine Nachfolge ist nichts dokumentiert",
        )
    if first["extension"] in (Extension.APPLIED, Extension.EXPECTED):
        return question, word(Extension(first["extension"])), "noch nicht bewilligt"
    note = "geschätzt, keine Frist hinterlegt" if first["apply_estimated"] else "Frist des Programms"
    return question, f"bis {plain(day(first['apply_by']))}", note


def _else(found: pd.DataFrame) -> Fact:
    after = plain(day(found.iloc[0]["end"] + pd.Timedelta(days=1)))
    question = f"Ohne Entscheidung ab {after}"
    outcome = set(found["on_loss"])
    if outcome == {OnLoss.CONTINUES.value}:
        return question, "weiter aus Eigenmitteln", "ein Risiko für den Haushalt"
    if outcome == {OnLoss.ENDS.value}:
        return question, "beendet", "so ist es festgelegt"
    return question, "nicht mehr gesichert", "was dann geschieht, ist offen"
