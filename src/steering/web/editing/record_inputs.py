"""Which inputs the forms of the sidebar have, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from steering.analysis.incoming.twins import Twins
from steering.analysis.portfolio import Portfolio
from steering.model import (
    AmountBasis,
    EndKind,
    Extension,
    FundingPart,
    Level,
    OnLoss,
    Payer,
    Role,
    StructureKind,
)
from steering.model.german import listing, read_day
from steering.web import current
from steering.web.editing import choices
from steering.web.editing.widgets import Input, enumeration
from steering.web.text import plain

# Of money and structures of today none has ended so long ago: rather, 1927 was typed for 2027.
LONG_AGO = 50
_END_HELP = "Daueraufgabe und nicht bekannt haben kein Datum; jährlich steht unter Haushaltsvorbehalt."


def structure() -> tuple[Input, ...]:
    """What is corrected most often first."""
    return (
        Input("name", "Name"),
        Input("end_kind", "Fristart der Struktur selbst", "choice", enumeration(EndKind), help=_END_HELP),
        Input("valid_until", "Ende der Struktur selbst", "day",
              help="Endet nur das Geld, bleibt dieses Feld leer: Das Ende steht bei der Förderung.",
              below=_long_ago("valid_until"), told_after=("valid_until",)),
        Input("on_loss", "Folge bei Wegfall der Förderung", "choice", enumeration(OnLoss)),
        Input("fte_after", "Weitergeführt mit VZÄ", "number"),
        Input("fte", "VZÄ", "number", help="Gilt, wo keine tragende Förderung eigene VZÄ nennt."),
        Input("extension", "Verlängerung", "choice", enumeration(Extension), more=True),
        Input("expected_until", "Verlängert erwartet bis", "day", more=True),
        Input("valid_from", "Beginn", "day", more=True),
        Input("kind", "Art", "choice", enumeration(StructureKind), more=True),
        Input("organisation_id", "Träger", "choice", choices.organisations, more=True),
        Input("department_id", "Zuständig für die Vorlage", "choice", choices.units, more=True),
        Input("catchment_id", "Einzugsgebiet", "choice", choices.areas_or_none, more=True),
        Input("places", "Plätze", "whole", more=True),
        Input("seat_place", "Sitz (Ort)", more=True),
        Input("seat_ags", "Sitz (Gemeindeschlüssel)", "optional", placeholder="acht Ziffern", more=True),
        Input("source", "Quelle", "long", more=True),
        Input("note", "Anmerkung", "long", more=True),
    )  # fmt: skip


def funding(structure_id: int) -> tuple[Input, ...]:
    """The end first: that is what changes."""
    return (
        Input("end", "Ende", "day", below=_long_ago("end"), told_after=("end",)),
        Input("end_kind", "Fristart", "choice", enumeration(EndKind), help=_END_HELP),
        Input("extension", "Verlängerung", "choice", enumeration(Extension)),
        Input("expected_until", "Verlängert erwartet bis", "day", help="Leer heißt: ohne bekanntes Ende."),
        Input("fte", "VZÄ aus dieser Förderung", "number"),
        Input("amount_cents", "Betrag in €", "euro", fresh=True, below=_uncounted,
              told_after=("amount_cents", "amount_basis")),
        Input("amount_basis", "Betrag bezieht sich auf", "choice", enumeration(AmountBasis), fresh=True),
        Input("name", "Bezeichnung", more=True),
        Input("programme_id", "Programm", "choice", choices.programmes_or_none, more=True),
        Input("part", "Rolle der Förderung", "choice", enumeration(FundingPart), more=True),
        Input("accompanies_id", "begleitet die Förderung", "choice",
              lambda: choices.carrying(structure_id), more=True),
        Input("payer", "Wessen Geld", "choice", enumeration(Payer), more=True),
        Input("start", "Beginn", "day", more=True),
        Input("share_percent", "Förderquote in %", "number", more=True),
        Input("places", "Plätze aus dieser Förderung", "whole", more=True),
        Input("notice_date", "Bescheid vom", "day", more=True),
        Input("notice_reference", "Bescheid, Zeichen", more=True),
        Input("notice_authority", "Bewilligungsstelle", more=True),
        Input("approved_from", "Bewilligungszeitraum von", "day", more=True),
        Input("approved_until", "Bewilligungszeitraum bis", "day", more=True),
        Input("proof_due", "Verwendungsnachweis bis", "day", more=True),
        Input("early_start", "Vorzeitiger Maßnahmebeginn", "flag", more=True),
        Input("budget_item", "Haushaltsstelle", more=True),
        Input("note", "Anmerkung", "long", more=True),
    )  # fmt: skip


def _long_ago(name: str) -> Callable[[Mapping[str, Any]], str]:
    """Asks whether a day is meant that is very long past; it is stored all the same."""

    def asked(drafts: Mapping[str, Any]) -> str:
        try:
            day = read_day(str(drafts.get(name) or ""))
        except ValueError:
            return ""
        years = current.today().year - day.year if day else 0
        if years < LONG_AGO:
            return ""
        return f"Dieses Ende liegt {years} Jahre zurück. Bitte prüfen, ob das Jahr so gemeint ist."

    return asked


def _uncounted(drafts: Mapping[str, Any]) -> str:
    """Why the amount in the form is in no sum, "" where it is."""
    if not str(drafts.get("amount_cents") or "").strip():
        return ""
    if drafts["amount_basis"] == AmountBasis.UNKNOWN:
        return "Dieser Betrag zählt in keiner Summe, bis gewählt ist, ob er je Jahr oder insgesamt gilt."
    days_known = drafts["start"] and (drafts["end"] or drafts["end_kind"] == EndKind.ANNUAL)
    if drafts["amount_basis"] == AmountBasis.TOTAL and not days_known and not drafts["accompanies_id"]:
        return "Dieser Betrag zählt in keiner Summe, bis Beginn und Ende der Förderung erfasst sind."
    return ""


def responsibility() -> tuple[Input, ...]:
    """Task, area, role and for whom."""
    return (
        Input("task_id", "Aufgabe", "choice", choices.tasks),
        Input("area_id", "Gebiet", "choice", choices.areas),
        Input("role", "Zuständigkeit", "choice", enumeration(Role)),
        Input("delivers", "führt als Federführende selbst durch", "flag"),
        Input("target_groups", "Zielgruppen", "many", choices.target_groups, placeholder="alle",
              empty=choices.everyone),
        Input("site", "Standort", help="Schule oder Unterkunft, wenn es nur dort gilt.", more=True),
        Input("valid_from", "gilt ab", "day", more=True),
        Input("valid_until", "gilt bis", "day", more=True),
        Input("source", "Quelle", "long", more=True),
    )  # fmt: skip


def new_structure(*, carrier_is_new: bool = False, money_is_other: bool = False) -> tuple[Input, ...]:
    """The six inputs that make a structure, and what is asked where carrier or money is not known yet."""
    new_carrier = (
        Input("carrier_name", "Name des neuen Trägers"),
        Input("level", "Ebene des neuen Trägers", "choice", enumeration(Level)),
    )
    return (
        Input("name", "Name", fresh=True, below=_likely_the_same),
        Input("carrier", "Träger", "choice", _carriers, fresh=True, other=NEW_CARRIER),
        *(new_carrier if carrier_is_new else ()),
        Input("task", "Aufgabe", "choice", choices.tasks),
        Input("area", "Gebiet", "choice", choices.areas),
        Input("end", "Ende", placeholder="TT.MM.JJJJ, unbefristet …",
              help="Ein Tag wie 31.12.2027, »unbefristet«, »jährlich« oder »nicht bekannt«.",
              below=_long_ago("end"), told_after=("end",)),
        Input("money", "Förderung", "choice", _money, fresh=True, other=OTHER_MONEY),
        *((Input("money_name", "Name der Förderung"),) if money_is_other else ()),
    )  # fmt: skip


OWN_MEANS, NOT_FUNDED, OTHER_MONEY = "own", "none", "other"
NEW_CARRIER = "new"


def _likely_the_same(drafts: Mapping[str, Any]) -> str:
    """Which structures have a name much like the one in the form: it may be one of them."""
    found = current.of(_named_like, str(drafts.get("name") or "").strip())
    return f"Ähnlich heißt schon: {plain(listing(list(found)))}" if found else ""


def _named_like(portfolio: Portfolio, name: str) -> tuple[str, ...]:
    carriers, rows = portfolio.names("organisation"), portfolio.structures
    carrier_of = dict(zip(rows["id"].tolist(), rows["organisation_id"].tolist(), strict=True))
    return tuple(
        f"»{twin.name}« ({carriers[carrier_of[twin.id]]})"
        for twin in Twins(portfolio).like([name] if name else []).get(name, ())
    )


def _carriers() -> dict[Any, str]:
    """The known ones, and last the choice that asks for another one: a typing error makes no new carrier."""
    return {**choices.organisations(), NEW_CARRIER: "Neuer Träger …"}


def _money() -> dict[Any, str]:
    programmes: dict[Any, str] = {
        key: words for key, words in choices.programmes_or_none().items() if key is not None
    }
    return {NOT_FUNDED: "keine oder nicht bekannt", OWN_MEANS: "Haushalt des Trägers", **programmes,
            OTHER_MONEY: "Andere Förderung …"}  # fmt: skip
