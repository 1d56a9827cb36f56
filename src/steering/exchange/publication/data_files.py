"""What the page »Offene Daten« says of the files that stand beside the pages."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from steering.model import DataLicence
from steering.model.vocabulary import word


@dataclass(frozen=True)
class DataFile:
    """A file of open data. `path`: below the folder; `form`: its format; `about`: what it is good for."""

    path: str
    name: str
    form: str
    about: str


_FILES = (
    DataFile("daten/angebote.csv", "Angebote als Tabelle", "CSV", "Für Tabellenprogramme."),
    DataFile("daten/potenziale.csv", "Potenziale als Tabelle", "CSV", "Für Tabellenprogramme."),
    DataFile("daten/texte.csv", "Texte in weiteren Sprachen", "CSV", "Für Tabellenprogramme."),
    DataFile(
        "daten/angebote.geojson",
        "Angebote auf der Karte",
        "GeoJSON",
        "Für Geoinformationssysteme.",
    ),
    DataFile(
        "daten/angebote.hsds.json",
        "Angebote im Austauschformat",
        "HSDS 3.1, JSON",
        "Für andere Verzeichnisse und Apps; der Human Services Data Specification folgend.",
    ),
    DataFile(
        "daten/katalog.jsonld",
        "Beschreibung der Daten",
        "DCAT-AP.de, JSON-LD",
        "Für Datenportale wie GovData, die diese Daten auffindbar machen.",
    ),
    DataFile("daten/profil.txt", "Erläuterung der Felder", "Text", "Was in den Dateien wie gemeint ist."),
    DataFile("neues.atom", "Neues und Geändertes", "Atom", "Zum Abonnieren in einem Feedreader."),
    DataFile("termine.ics", "Termine", "iCalendar", "Zum Abonnieren in einem Kalender."),
)
_TERMS = {
    DataLicence.ZERO: "https://www.govdata.de/dl-de/zero-2-0",
    DataLicence.ATTRIBUTION: "https://www.govdata.de/dl-de/by-2-0",
    DataLicence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
}


def offered(paths: Set[str]) -> list[DataFile]:
    """Those of the files that are there."""
    return [each for each in _FILES if each.path in paths]


def terms(licence: str) -> tuple[str, str]:
    """Name and address of the licence under which the data are; both "" where that is undecided."""
    known = DataLicence(licence)
    return (word(known), _TERMS[known]) if known in _TERMS else ("", "")
