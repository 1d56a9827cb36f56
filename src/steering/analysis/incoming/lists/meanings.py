"""What a column of a list may mean, and how that is called on the screen."""

from enum import StrEnum


class Meaning(StrEnum):
    """What a column of a list may hold."""

    NAME = "name"
    ORGANISATION = "organisation"
    LEVEL = "level"
    KIND = "kind"
    TASK = "task"
    ROLE = "role"
    TARGET_GROUPS = "target_groups"
    AGS = "ags"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    POSTCODE = "postcode"
    SEAT = "seat"
    START = "start"
    END = "end"
    PERIOD = "period"
    PROGRAMME = "programme"
    FUNDER = "funder"
    AMOUNT = "amount"
    SHARE = "share"
    FTE = "fte"
    PLACES = "places"
    NOTE = "note"


MEANING_WORDS = {
    Meaning.NAME: "Name der Struktur",
    Meaning.ORGANISATION: "Träger",
    Meaning.LEVEL: "Ebene des Trägers",
    Meaning.KIND: "Art der Struktur",
    Meaning.TASK: "Aufgabe",
    Meaning.ROLE: "Rolle",
    Meaning.TARGET_GROUPS: "Zielgruppen",
    Meaning.AGS: "Gemeindeschlüssel (AGS)",
    Meaning.MUNICIPALITY: "Gemeinde oder Gebiet",
    Meaning.DISTRICT: "Landkreis",
    Meaning.POSTCODE: "Postleitzahl",
    Meaning.SEAT: "Ort des Sitzes",
    Meaning.START: "Beginn",
    Meaning.END: "Ende",
    Meaning.PERIOD: "Beginn und Ende in einer Zelle",
    Meaning.PROGRAMME: "Förderprogramm",
    Meaning.FUNDER: "Mittelgeber",
    Meaning.AMOUNT: "Betrag",
    Meaning.SHARE: "Förderquote",
    Meaning.FTE: "VZÄ",
    Meaning.PLACES: "Plätze",
    Meaning.NOTE: "Anmerkung",
}

DAYS = (Meaning.START, Meaning.END, Meaning.PERIOD)
FIGURES = (Meaning.AMOUNT, Meaning.SHARE, Meaning.FTE, Meaning.PLACES)
NAMED_IN_WORDS = (
    Meaning.NAME, Meaning.ORGANISATION, Meaning.LEVEL, Meaning.KIND, Meaning.TASK, Meaning.ROLE,
    Meaning.TARGET_GROUPS, Meaning.PROGRAMME, Meaning.FUNDER, Meaning.DISTRICT,
)  # fmt: skip
"""Meanings whose cells are words: a column of mere numbers or days has none of them."""
