"""The pages: title, address and file of each, told once for navigation, links, addresses and tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageEntry:
    """A page of the navigation. `path`: its address without the slash, "" for the first one."""

    file: str
    title: str
    path: str


OVERVIEW = PageEntry("pages/overview.py", "Lagebild", "")
MAP = PageEntry("pages/map.py", "Karte", "karte")
TIMELINE = PageEntry("pages/timeline.py", "Zeitachse", "zeitachse")
STRUCTURES = PageEntry("pages/structures.py", "Strukturen", "strukturen")
RESPONSIBILITIES = PageEntry("pages/responsibilities.py", "Zuständigkeiten", "zustaendigkeiten")
NEEDS = PageEntry("pages/needs.py", "Bedarfe", "bedarfe")
GAPS = PageEntry("pages/gaps.py", "Lücken", "luecken")
MASTERPLAN = PageEntry("pages/masterplan.py", "Masterplan", "masterplan")
POTENTIALS = PageEntry("pages/potentials.py", "Potenziale", "potenziale")
ROUNDS = PageEntry("pages/meeting.py", "Koordinierungsrunde", "koordinierungsrunde")
HISTORY = PageEntry("pages/history.py", "Verlauf", "verlauf")
DATA = PageEntry("pages/data.py", "Daten und Einstellungen", "daten")

# The sections of Daten, and the parts of its settings, as an address names them: /daten?bereich=gremien.
SECTION = "bereich"
SETTINGS, COMMITTEES, PERSONNEL = "einstellungen", "gremien", "personalkosten"
SITTINGS = "sitzungen"
DIRECTORY = "verzeichnis"
SETTINGS_PARTS = {SETTINGS: "Planung", COMMITTEES: "Gremien und Termine", PERSONNEL: "Personalkosten"}
# The parts of a round with what is proposed for it, and with what was agreed in it and before.
WISHES_OF_ROUND, AGREED_IN_ROUNDS = "Themenwünsche", "Vereinbart"
DATA_GROUPS: dict[str, dict[str, str]] = {
    "Daten einlesen und ausgeben": {
        "liste": "Liste einlesen",
        "arbeitsmappe": "Arbeitsmappe",
        "register": "Amtliche Register",
        "foerderkatalog": "Förderkatalog",
        "kennzahlen": "Kennzahlen",
        "bedarfe": "Bedarfe einlesen",
        "potenziale": "Potenziale",
        "export": "Export",
    },
    "Öffentliches Verzeichnis": {DIRECTORY: "Öffentliches Verzeichnis"},
    "Abfragen und Sitzungen": {
        "rueckmeldung": "Rückmeldung",
        "bedarfserhebung": "Bedarfserhebung",
        SITTINGS: "Sitzungstermine",
        "ergebnisse": "Ergebnisse der Gremien",
    },
    "Einstellungen": dict.fromkeys(SETTINGS_PARTS, "Einstellungen"),
    "Verwaltung und Sicherung": {
        "abschluss": "Jahresabschluss",
        "sicherung": "Sicherung",
        "personen": "Personen",
    },
}
DATA_SECTIONS = {word: title for sections in DATA_GROUPS.values() for word, title in sections.items()}

# What is looked for in the Verlauf, as the address names it on its page alone.
SEARCH, KIND, FIELD, ACTOR, SINCE, UNTIL = "suche", "art", "feld", "wer", "von", "bis"
OCCASION, FILE, WRITE, PAGE = "anlass", "datei", "vorgang", "seite"
OF_HISTORY = (SEARCH, KIND, FIELD, ACTOR, SINCE, UNTIL, OCCASION, FILE, WRITE, PAGE)

ALL = (
    OVERVIEW, MAP, TIMELINE, STRUCTURES, RESPONSIBILITIES, NEEDS, GAPS, MASTERPLAN, POTENTIALS, ROUNDS,
    HISTORY, DATA,
)  # fmt: skip
# A saved view of these pages can be fetched as a table.
WITH_TABLE = (
    OVERVIEW, MAP, TIMELINE, STRUCTURES, RESPONSIBILITIES, NEEDS, GAPS, MASTERPLAN, POTENTIALS,
)  # fmt: skip
# On these pages neither Stichtag nor filters act.
WITHOUT_VIEW = (HISTORY, DATA)
# On these pages assumptions can be added; those in force stand on every one.
ASSUMING = (RESPONSIBILITIES, NEEDS, GAPS, MASTERPLAN)


def history_key(name: str) -> str:
    """Where the session keeps what is looked for in the Verlauf."""
    return f"history {name}"
