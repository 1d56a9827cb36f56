"""Which column of a list of potentials means what, by the words that people put above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from steering.analysis.incoming.lists.sheet import text
from steering.analysis.incoming.names import plain_name

PLACE = "area_id"
_WORDS: dict[str, tuple[str, ...]] = {
    "name": ("potenzial", "potential", "titel", "name", "bezeichnung", "chance", "thema"),
    "kind": ("art", "art des potenzials", "kategorie", "typ"),
    "field_id": ("handlungsfeld", "themenfeld", "feld", "bereich"),
    PLACE: ("gemeinde", "gemeinden", "gebiet", "wo", "ort", "kommune", "raum", "gemeinde oder gebiet"),
    "state": ("stand", "status", "stand des potenzials"),
    "description": ("beschreibung", "erlaeuterung", "kurzbeschreibung", "inhalt"),
    "evidence": (
        "woran es sich zeigt",
        "woran zeigt es sich",
        "beleg",
        "nachweis",
        "grundlage",
        "anhaltspunkt",
    ),
    "indicator_id": ("kennzahl", "indikator"),
    "idea": ("idee", "ansatz", "was man daraus machen kann", "idee zur nutzung"),
    "next_step": ("naechster schritt", "naechste schritte", "was als naechstes"),
    "organisation_id": (
        "kuemmert sich",
        "wer",
        "wer kuemmert sich",
        "verantwortlich",
        "zustaendig",
        "traeger",
    ),
    "reason": ("begruendung", "grund", "warum nicht"),
    "public": ("darf oeffentlich werden", "oeffentlich"),
    "source": ("quelle", "quellen", "fundstelle"),
    "note": ("anmerkung", "bemerkung", "notiz", "hinweis"),
}
_LOOKED_AT = 20
_FEWEST = 2


def columns_in(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, counted from 0, and the column of each field; None where there is none."""
    for at, cells in enumerate(rows[:_LOOKED_AT]):
        said = [plain_name(text(cell)) for cell in cells]
        found: dict[str, int] = {}
        for field, words in _WORDS.items():
            place = next((said.index(word) for word in words if word in said), None)
            if place is not None and place not in found.values():
                found[field] = place
        if "name" in found and len(found) >= _FEWEST:
            return at, found
    return None
