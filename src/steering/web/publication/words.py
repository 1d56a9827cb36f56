"""The sentences of the public directory: what is public, what waits, what stays out, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.publication.confirming import PublicTurn
from steering.analysis.publication.standing import KeptOut
from steering.model.german import count, day, listing
from steering.web.text import bold

NOTHING = "Noch ist **nichts öffentlich**."
SEEN = "Ich habe gesehen, was öffentlich wird"
# A shape beside the word, so that no colour need tell them apart.
SHAPES: Mapping[str, str] = {
    PublicTurn.NEW: ":material/add:",
    PublicTurn.CHANGED: ":material/edit:",
    PublicTurn.GONE: ":material/close:",
}
_OUT = {
    KeptOut.EXAMPLE: ("Beispiel", "Beispiele"),
    KeptOut.ACCOMMODATION: ("Unterkunft", "Unterkünfte"),
    KeptOut.NOT_RUNNING: ("Struktur, die heute nicht läuft", "Strukturen, die heute nicht laufen"),
    KeptOut.NOT_PURSUED: ("nicht weiterverfolgtes Potenzial", "nicht weiterverfolgte Potenziale"),
}
_NEEDED = {
    "name": "Das Verzeichnis hat noch keinen Namen.",
    "imprint": "Ein Impressum fehlt noch; ein öffentliches Verzeichnis braucht eines (§ 5 DDG).",
    "privacy": "Eine Datenschutzerklärung fehlt noch; sie sagt, was beim Aufruf der Seiten verarbeitet wird "
    "(Art. 13 DSGVO).",
    "accessibility": "Eine Erklärung zur Barrierefreiheit fehlt noch; Websites öffentlicher Stellen "
    "brauchen eine.",
    "mailbox": "Ein Postfach fehlt noch; wer einen Fehler findet, weiß dann, wohin er sich wendet.",
    "address": "Die Webadresse ist noch offen; der Feed und der Katalog der offenen Daten nennen sie, sobald "
    "sie hier steht.",
}


def state(offers: int, potentials: int, released: date | None, waiting: int, gone: int) -> str:
    """The answer: how much is public since when, how much waits, and how much goes without waiting."""
    told = [_public(offers, potentials, released)]
    if waiting:
        told.append(f"{bold(count(waiting, 'Änderung', 'Änderungen'))} {_verb(waiting)} auf Freigabe.")
    elif released:
        told.append("Auf Freigabe wartet nichts.")
    if gone:
        goes = "entfällt" if gone == 1 else "entfallen"
        told.append(
            f"{count(gone, 'Angabe', 'Angaben')} {goes} mit der nächsten Ausgabe, auch ohne Freigabe."
        )
    return " ".join(told)


def then(offers: int, potentials: int) -> str:
    """How much stands in the directory with the release."""
    entries = _entries(offers, potentials)
    if not entries:
        return "Mit der Freigabe steht **kein Eintrag** im Verzeichnis."
    verb = "steht" if offers + potentials == 1 else "stehen"
    return f"Mit der Freigabe {verb} {entries} im Verzeichnis."


def _public(offers: int, potentials: int, released: date | None) -> str:
    if released is None:
        return NOTHING
    entries = _entries(offers, potentials)
    if not entries:
        return f"Öffentlich ist **kein Eintrag**; zuletzt freigegeben wurde am {day(released)}."
    verb = "ist" if offers + potentials == 1 else "sind"
    return f"Öffentlich {verb} {entries}, freigegeben am {day(released)}."


def _entries(offers: int, potentials: int) -> str:
    """Offers and potentials, of which there are any; "" for none."""
    kinds = ((offers, ("Angebot", "Angebote")), (potentials, ("Potenzial", "Potenziale")))
    return listing([bold(count(many, *words)) for many, words in kinds if many])


def _verb(many: int) -> str:
    return "wartet" if many == 1 else "warten"


def left_out(structures: pd.DataFrame, potentials: pd.DataFrame) -> str:
    """What stays out whatever is decided, and why; "" where nothing does.

    `structures`, `potentials`: as `analysis.publication.standing` finds them.
    """
    reasons = pd.concat([structures["kept_out"], potentials["kept_out"]])
    counted = [(int((reasons == reason).sum()), words) for reason, words in _OUT.items()]
    parts = [count(many, *words) for many, words in counted if many]
    told = []
    if parts:
        stay = "bleibt" if sum(many for many, _ in counted) == 1 else "bleiben"
        told.append(f"Nicht angeboten, was immer entschieden wird, {stay}: {listing(parts)}.")
    derived = int((structures["only_derived"] & (structures["kept_out"] == "")).sum())
    if derived:
        one = derived == 1
        told.append(
            f"Bei {count(derived, 'Struktur', 'Strukturen')} {'ist' if one else 'sind'} die Zuständigkeiten "
            f"nur abgeleitet; {'ihre' if one else 'deren'} Aufgaben und Zielgruppen werden erst öffentlich, "
            "wenn sie bestätigt sind."
        )
    return " ".join(told)


def missing(site: Mapping[Any, Any]) -> list[str]:
    """What the directory does not say of itself yet, calmly; `site`: what stands in the form."""
    return [sentence for name, sentence in _NEEDED.items() if not str(site.get(name) or "").strip()]


def _so_already(many: int) -> str:
    return "sie steht" if many == 1 else "sie stehen"


def effect(chosen: int, changing: int, others: int, *, shows: bool) -> str:
    """What a decision for many at once does. `others`: of those chosen, how many belong to other units."""
    if not chosen:
        return "Zu dieser Auswahl gibt es keine Struktur, die Sie ändern können."
    doing = f"{'zeigt' if changing == 1 else 'zeigen'} danach {'mehr' if shows else 'weniger'}"
    told = f"Gewählt {'ist' if chosen == 1 else 'sind'} {count(chosen, 'Struktur', 'Strukturen')}; "
    told += f"{changing} davon {doing}." if changing else f"{_so_already(chosen)} schon so da."
    if others:
        belong = count(others, "weitere gehört", "weitere gehören")
        told += f" {belong} anderen Einheiten; daran ändert sich nichts."
    return told
