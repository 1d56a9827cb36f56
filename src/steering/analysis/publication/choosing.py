"""What may be public on a day: chosen from the Portfolio by what was decided, field by field.

Left out whatever was decided: examples and what rests on them, responsibilities that are only derived,
accommodations, what is archived, what has ended or has not begun, potentials that are not pursued. Of a
Kennzahl the directory says its name and source and no figure, so none of few persons can be told from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.publication.content import OFFER, POTENTIAL, PublicDirectory, PublicEntry, SiteWords
from steering.analysis.publication.doing import CatalogueNames, Doing, doings
from steering.analysis.publication.standing import done, view_on, why_out
from steering.analysis.structures.inventory import inventory
from steering.model import (
    EndKind,
    Language,
    PotentialKind,
    PotentialState,
    StructureKind,
)
from steering.model.vocabulary import word

_LANGUAGES = {language.value: place for place, language in enumerate(Language)}
Row = Mapping[Any, Any]


def public_directory(portfolio: Portfolio, today: date) -> PublicDirectory:
    """All that may be public on a day; nobody need have confirmed it yet."""
    real = portfolio.without_examples()
    settings = portfolio.settings
    places = real.municipalities.loc[lambda rows: rows["inhabited"]].sort_values("name")
    fields = real.fields.sort_values(["position", "name"])
    return PublicDirectory(
        district=str(settings["district_name"]),
        district_key=str(settings["district_key"]),
        site=_site(real),
        places=tuple(zip(places["ags"], places["name"], strict=True)),
        fields=tuple(zip(fields["slug"], fields["name"], strict=True)),
        entries=(*_by_name(_offers(real, today)), *_by_name(_potentials(real))),
    )


def _by_name(entries: Iterable[PublicEntry]) -> list[PublicEntry]:
    return sorted(entries, key=lambda each: (each.name.casefold(), each.key))


def _site(portfolio: Portfolio) -> SiteWords:
    rows = portfolio.frame("public_site").to_dict("records")
    if not rows:
        return SiteWords()
    return SiteWords(**{name: str(rows[0][name]) for name in SiteWords.__dataclass_fields__})


def _offers(portfolio: Portfolio, today: date) -> Iterable[PublicEntry]:
    view = view_on(portfolio, today)
    decided = portfolio.frame("public_offer")
    decided = decided[decided["public"]]
    if decided.empty:
        return
    rows = inventory(portfolio, view).set_index("structure_id", drop=False)
    duty = done(portfolio, view)
    # Only what somebody has documented.
    does = doings(portfolio, duty[~duty["derived"]])
    catalogue = CatalogueNames(portfolio)
    texts = _texts(portfolio, "offer_id")
    for offer in decided.to_dict("records"):
        key = offer["structure_id"]
        if key not in rows.index:
            continue
        structure = rows.loc[key]
        if why_out(structure["kind"], structure["state"]):
            continue
        said = _said_of_offer(catalogue, offer, structure, does.get(key, Doing()))
        found = {
            **_shown(offer, said),
            "name": structure["name"],
            "texts": _told(texts.get(offer["id"], []), offer["shows_what"]),
        }
        yield PublicEntry(f"{OFFER}-{key}", _filled(found))


def _said_of_offer(catalogue: CatalogueNames, offer: Row, structure: pd.Series, does: Doing) -> Row:
    return {
        "kind": word(StructureKind(structure["kind"])),
        "carrier": structure["organisation"],
        "what": offer["what"],
        "for_whom": offer["for_whom"],
        "tasks": catalogue.tasks(does.tasks),
        "target_groups": catalogue.groups(does.groups),
        # Where what it does is done; the catchment where nothing is documented.
        "reach": catalogue.places(does.areas or {structure["catchment_id"]}),
        "address": _filled(
            {
                "street": offer["street"],
                "postal_code": offer["postal_code"],
                "town": offer["town"],
                # Who gives no address does not mean to be found on a map either.
                **(_point(structure) if offer["street"] and offer["town"] else {}),
            }
        ),
        "contact": _filled(
            {
                "function": offer["contact"],
                "phone": offer["phone"],
                "mailbox": offer["mailbox"],
                "website": offer["website"],
            }
        ),
        "opening": offer["opening"],
        "end": _end(structure),
        "places": None if pd.isna(structure["effective_places"]) else int(structure["effective_places"]),
        "confirmed": _iso(structure["confirmed_on"]),
    }


def _point(structure: pd.Series) -> dict[str, float]:
    at = {"latitude": structure["seat_latitude"], "longitude": structure["seat_longitude"]}
    return {} if any(map(pd.isna, at.values())) else {name: float(value) for name, value in at.items()}


def _end(structure: pd.Series) -> dict[str, Any]:
    """How long it runs for certain, where that is known."""
    if structure["state"] != "running" or structure["after"] == "unknown":
        return {}
    if pd.isna(structure["until"]):
        return {"open_ended": True} if structure["last_end_kind"] == EndKind.OPEN else {}
    return {"until": _iso(structure["until"])}


def _potentials(portfolio: Portfolio) -> Iterable[PublicEntry]:
    rows = portfolio.potentials
    rows = rows[rows["public"] & (rows["state"] != PotentialState.NOT_PURSUED)]
    texts = _texts(portfolio, "potential_id")
    slugs = portfolio.fields.set_index("id")["slug"]
    indicators = portfolio.indicators.set_index("id")
    areas = portfolio.areas.set_index("id")["name"]
    catalogue = CatalogueNames(portfolio)
    for row in rows.to_dict("records"):
        area = row["area_id"]
        said = {
            "kind": word(PotentialKind(row["kind"])),
            "field": None if pd.isna(row["field_id"]) else slugs.get(row["field_id"]),
            "area": {} if pd.isna(area) else {"name": areas[area], **catalogue.places({area})},
            **{name: row[name] for name in ("description", "evidence", "idea", "next_step")},
        }
        found = {
            **_shown(row, said),
            "name": row["name"],
            "texts": _told(texts.get(row["id"], []), row["shows_description"]),
        }
        if row["shows_evidence"] and row["indicator_id"] in indicators.index:
            indicator = indicators.loc[row["indicator_id"]]
            found["indicator"] = _filled({"name": indicator["name"], "source": indicator["source"]})
        yield PublicEntry(f"{POTENTIAL}-{row['id']}", _filled(found))


def _texts(portfolio: Portfolio, owner: str) -> dict[Any, list[dict[str, str]]]:
    """For each owner its texts in other languages, by the order of these."""
    rows = portfolio.frame("public_text")
    rows = rows[rows[owner].notna()].sort_values("id")
    found: dict[Any, list[dict[str, str]]] = {}
    for row in sorted(rows.to_dict("records"), key=lambda row: _LANGUAGES[row["language"]]):
        told = {name: row[name] for name in ("language", "title", "text")}
        found.setdefault(int(row[owner]), []).append(told)
    return found


def _told(texts: list[dict[str, str]], whole: bool) -> list[dict[str, str]]:
    """Titles in other languages; texts only where the German one is told as well (`whole`)."""
    return texts if whole else [{**each, "text": ""} for each in texts]


def _shown(decided: Row, said: Row) -> dict[str, Any]:
    """Of what could be said, what was decided to be shown."""
    return {name: value for name, value in said.items() if decided[f"shows_{name}"]}


def _filled(said: Row) -> dict[str, Any]:
    """Without what says nothing."""
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _iso(value: Any) -> str | None:
    return None if pd.isna(value) else pd.Timestamp(value).date().isoformat()
