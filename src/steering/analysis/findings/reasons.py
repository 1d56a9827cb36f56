"""Why something is not known: the German words of the reasons, and their short names in keys."""

from __future__ import annotations

COVERED = "möglicherweise gedeckt"
AGREEMENT = "Vereinbarung fehlt"
END = "Ende nicht bekannt"
CONFIRMATION = "seit zwölf Monaten nicht bestätigt"
NEVER_CONFIRMED = "noch nie bestätigt"
RESPONSIBILITY = "ohne Zuständigkeit"
DATES = "widersprüchliche Daten"
PROGRAMME = "Laufzeit passt nicht zum Förderprogramm"
PLACES = "Plätze nicht bekannt"
FTE = "VZÄ nicht bekannt"
RATIO = "Beratungsschlüssel nicht berechenbar"
POPULATION = "Einwohnerzahl nicht bekannt"
INDICATOR = "Kennzahl ohne Wert"
DOUBT = "danach nicht bekannt"

# In keys, so that an Einschätzung outlives a change of wording.
SLUGS = {
    "": "",
    COVERED: "covered",
    AGREEMENT: "agreement",
    END: "end",
    CONFIRMATION: "confirmation",
    # One question to the carrier, whichever of both it is.
    NEVER_CONFIRMED: "confirmation",
    RESPONSIBILITY: "responsibility",
    DATES: "dates",
    PROGRAMME: "programme",
    PLACES: "places",
    FTE: "fte",
    RATIO: "ratio",
    POPULATION: "population",
    DOUBT: "doubt",
    INDICATOR: "indicator",
}
REASONS = tuple(SLUGS)
