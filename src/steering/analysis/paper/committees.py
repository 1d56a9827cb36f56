"""What a committee is called at the head of a sentence: its gender follows from the last word of its name."""

from __future__ import annotations

import re

# By the end of the word that says what it is; anything else is told of neutrally.
_MASCULINE = (
    *("ausschuss", "ausschuß", "kreistag", "landtag", "bezirkstag", "rat", "senat", "vorstand"),
    *("arbeitskreis", "lenkungskreis", "zweckverband", "fachkreis"),
)
_FEMININE = (
    *("kommission", "versammlung", "konferenz", "runde", "gruppe", "vertretung", "fraktion"),
    *("delegation", "jury", "verwaltung"),
)
_NEUTER = (
    "gremium",
    "forum",
    "präsidium",
    "parlament",
    "kollegium",
    "plenum",
    "komitee",
    "team",
    "kuratorium",
)
_NOMINATIVE = {"m": "Der", "f": "Die", "n": "Das"}
_DATIVE = {"m": "Dem", "f": "Der", "n": "Dem"}
# "Kreis- und Strategieausschuss": what may stand before the word without having to be declined.
_BEFORE = re.compile(r"[\wÄÖÜäöüß]+-,?|und|u\.|sowie")


def gender(name: str) -> str:
    """ "m", "f" or "n"; "" where the name does not tell, or an adjective would have to be declined."""
    for word in name.split():
        plain = word.strip(",;:()»«\"'").casefold()
        for endings, found in ((_MASCULINE, "m"), (_FEMININE, "f"), (_NEUTER, "n")):
            if plain.endswith(endings):
                return found
        if not _BEFORE.fullmatch(word):
            return ""
    return ""


def subject(name: str) -> str:
    """Who decides: Der Kreistag, Die Verbandsversammlung, Das Gremium »Runder Tisch«."""
    found = gender(name)
    return f"{_NOMINATIVE[found]} {name}" if found else f"Das Gremium »{name}«"


def to_whom(name: str) -> str:
    """To whom it is recommended: Dem Kreistag, Der Verbandsversammlung, Dem Gremium »Runder Tisch«."""
    found = gender(name)
    return f"{_DATIVE[found]} {name}" if found else f"Dem Gremium »{name}«"
