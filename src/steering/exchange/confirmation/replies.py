"""What stands in the column »Stimmt so?«, also where somebody has typed instead of choosing."""

from __future__ import annotations

import re

from steering.exchange.workbook.reference_names import same
from steering.model import Reply
from steering.model.vocabulary import WORDS

_TYPED = {
    Reply.YES: {
        "ja",
        "j",
        "x",
        "stimmt",
        "stimmt so",
        "ok",
        "richtig",
        "korrekt",
        "bestätigt",
        "wahr",
        "yes",
        "true",
    },
    Reply.CHANGED: {
        "nein",
        "n",
        "geändert",
        "nein geändert",
        "geaendert",
        "korrigiert",
        "falsch",
        "no",
        "false",
    },
    Reply.GONE: {
        *("gibt es nicht mehr", "gibts nicht mehr", "nicht mehr", "entfällt", "entfallen", "beendet"),
        *("eingestellt", "weg", "löschen"),
    },
}


def reply_in(text: str) -> Reply | None:
    """The reply that is meant; None for an empty cell. Raises ValueError with a German sentence."""
    plain = " ".join(re.sub(r"[^\w\s]+", " ", same(text)).split())
    if not plain:
        return None
    for reply, words in _TYPED.items():
        if plain in words:
            return reply
    choices = ", ".join(f"»{word}«" for word in WORDS[Reply].values())
    raise ValueError(f"»{text[:30]}« ist nicht verständlich. Möglich sind: {choices}.")
