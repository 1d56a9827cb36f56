"""What the Masterplan leaves open and who answers it, in right German for none, one and many."""

from __future__ import annotations

from steering.model.german import count
from steering.web.text import bold


def still_open(without: int, left: int, opened: int) -> str:
    """How many findings are open with the plan, of how many without it; `opened`: those only the plan has."""
    if not without and not left:
        return "Es gibt keinen Hinweis auf Lücken oder Mehrfachzuständigkeiten."
    closed = without - left + opened
    if closed and opened:
        verb = "wäre" if left == 1 else "wären"
        told = f"Mit dem Masterplan {verb} {bold(count(left, 'Hinweis', 'Hinweise'))} offen"
        return f"{told}, ohne ihn {without}. Er schließt {closed} und öffnet {opened}."
    if opened:
        before = str(without) if without else "keinem"
        verb = "wäre" if left == 1 else "wären"
        return f"Mit dem Masterplan {verb} {bold(count(left, 'Hinweis', 'Hinweise'))} offen statt {before}."
    if not left:
        nothing = "von dem einen Hinweis nichts" if without == 1 else f"von {without} Hinweisen keiner"
        return f"Mit dem Masterplan bleibt {bold(nothing)} offen."
    if without == 1:
        return f"Mit dem Masterplan bleibt {bold('der eine Hinweis')} offen."
    verb = "bleibt" if left == 1 else "bleiben"
    return f"Mit dem Masterplan {verb} {bold(f'{left} von {without} Hinweisen')} offen."


def acting(here: int, measures: int) -> str:
    """How many of the measures with effects change something in the period."""
    if not measures:
        return "Noch hat keine Maßnahme, die geplant oder beschlossen ist oder läuft, eine Wirkung."
    if not here:
        which = "Die eine Maßnahme" if measures == 1 else f"Keine der {measures} Maßnahmen"
        return f"{which} mit Wirkung ändert daran {'nichts' if measures == 1 else 'etwas'}."
    if measures == 1:
        return "Die eine Maßnahme mit Wirkung wirkt sich darauf aus."
    verb = "wirkt" if here == 1 else "wirken"
    return f"{bold(f'{here} von {measures} Maßnahmen')} mit Wirkung {verb} sich darauf aus."


def unanswered(nobody: int, left: int) -> str:
    """How many of the `left` findings no measure names."""
    if not left:
        return ""
    if not nobody:
        return (
            "Zu ihm ist eine Maßnahme erfasst."
            if left == 1
            else "Zu jedem, der offen bleibt, ist eine Maßnahme erfasst."
        )
    if nobody == left:
        return (
            "Dazu ist keine Maßnahme erfasst."
            if left == 1
            else "Zu keinem der offenen Hinweise ist eine Maßnahme erfasst."
        )
    which = bold("einem" if nobody == 1 else str(nobody))
    return f"Zu {which} der {left} offenen Hinweise ist keine Maßnahme erfasst."


def contribution(closed: int, opened: int) -> str:
    """What a measure does in a period: how many findings it closes and opens."""
    if closed and opened:
        return f"schließt {count(closed, 'Hinweis', 'Hinweise')}, öffnet {opened}"
    if closed or opened:
        return f"{'schließt' if closed else 'öffnet'} {count(closed or opened, 'Hinweis', 'Hinweise')}"
    return "ändert nichts"
