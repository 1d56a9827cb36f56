"""The pages: title, address, file and group of each, told once for navigation, links, addresses and tests."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class PageEntry:
    """A page of the navigation. `path`: its address without the slash, "" for the first one."""

    group: str
    file: str
    title: str
    path: str


OVERVIEW = PageEntry("Bestand", "pages/overview.py", "Lagebild", "")
MAP = PageEntry("Bestand", "pages/map.py", "Karte", "karte")
TIMELINE = PageEntry("Bestand", "pages/timeline.py", "Zeitachse", "zeitachse")
STRUCTURES = PageEntry("Bestand", "pages/structures.py", "Strukturen", "strukturen")
RESPONSIBILITIES = PageEntry("Steuerung", "pages/responsibilities.py", "Zuständigkeiten", "zustaendigkeiten")
NEEDS = PageEntry("Steuerung", "pages/needs.py", "Bedarfe", "bedarfe")
GAPS = PageEntry("Steuerung", "pages/gaps.py", "Lücken", "luecken")
MASTERPLAN = PageEntry("Steuerung", "pages/masterplan.py", "Masterplan", "masterplan")
ROUNDS = PageEntry("Zusammenarbeit", "pages/meeting.py", "Koordinierungsrunde", "koordinierungsrunde")
DATA = PageEntry("Verwaltung", "pages/data.py", "Daten", "daten")

# The sections of Daten, and the parts of its settings, as an address names them: /daten?bereich=gremien.
SECTION = "bereich"
SETTINGS, COMMITTEES, PERSONNEL = "einstellungen", "gremien", "personalkosten"
DATA_SECTIONS = {
    "liste": "Liste einlesen",
    "arbeitsmappe": "Arbeitsmappe",
    "rueckmeldung": "Rückmeldung",
    "register": "Amtliche Register",
    "foerderkatalog": "Förderkatalog",
    "kennzahlen": "Kennzahlen",
    SETTINGS: "Einstellungen",
    COMMITTEES: "Einstellungen",
    PERSONNEL: "Einstellungen",
    "ausgabe": "Ausgabe",
    "sicherung": "Sicherung",
}
SETTINGS_PARTS = {SETTINGS: "Planung", COMMITTEES: "Gremien und Termine", PERSONNEL: "Personalkosten"}

ALL = (OVERVIEW, MAP, TIMELINE, STRUCTURES, RESPONSIBILITIES, NEEDS, GAPS, MASTERPLAN, ROUNDS, DATA)
GROUPS = {group: tuple(members) for group, members in groupby(ALL, lambda page: page.group)}
# On these pages assumptions can be added; those in force stand on every one.
ASSUMING = GROUPS["Steuerung"]
