"""Lists read into the small inventory of a Kreis, and what came of them, for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import received
from steering.exchange.lists import lists
from steering.model import Funding, Organisation, Structure
from tests.builders import (
    area,
    area_municipality,
    municipality,
    organisation,
    portfolio,
    programme,
    target_group,
    task,
    task_field,
)

PLACES = {
    "09473112": ("Ahorn", "96482"),
    "09473132": ("Grub a.Forst", "96271"),
    "09473141": ("Lautertal", "96486"),
    "09473144": ("Meeder", "96484"),
    "09473151": ("Neustadt b.Coburg, GKSt", "96465"),
    "09473158": ("Bad Rodach, St", "96476"),
    "09473159": ("Rödental, St", "96472"),
}
WORLD: dict[str, Any] = {
    "settings": {"district_key": "09473", "district_name": "Landkreis Coburg"},
    "municipalities": [
        municipality(ags=ags, name=name, postcode=code) for ags, (name, code) in PLACES.items()
    ],
    "areas": [area(id=1)],
    "area_municipalities": [area_municipality(area_id=1, ags=ags) for ags in PLACES],
    "organisations": [organisation(id=1, name="Caritasverband Coburg e.V.", short_name="Caritas Coburg")],
    "fields": [task_field()],
    "tasks": [task(id=1, name="Sprachkurse")],
    "target_groups": [target_group(id=1, name="alle", everyone=True), target_group(id=2, name="Frauen")],
    "programmes": [programme(id=1, name="Beratungs- und Integrationsrichtlinie", short_name="BIR")],
}
KNOWN = portfolio(**WORLD)
CASES = Path(__file__).parent.parent / "data" / "lists"
Period = tuple[date | None, date | None]


def read(content: bytes | str, name: str = "liste.csv", *, known: Portfolio = KNOWN, **more: Any) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return lists.read(received(name, raw), known, **more)


def case(name: str) -> Any:
    """A list from the folder of odd ones."""
    return read((CASES / name).read_bytes(), name)


def csv(*rows: list[Any]) -> str:
    return "".join(";".join(map(str, row)) + "\r\n" for row in rows)


def of(row: Any, kind: type) -> dict[str, Any]:
    """The values of the first record of a type that a row wants, {} without one."""
    return next((dict(record.values) for record in row.records if record.record is kind), {})


def period(row: Any) -> Period:
    """First and last day that a row gives its structure or its funding."""
    money, structure = of(row, Funding), of(row, Structure)
    first = money.get("start") or structure.get("valid_from")
    return first, money.get("end") or structure.get("valid_until")


def periods(found: Any) -> list[Period | str]:
    """The period of each row, "refused" for those that are."""
    return ["refused" if row.refusals else period(row) for row in found.rows]


def cents(found: Any) -> list[int | str | None]:
    """The amount of each row in cents."""
    return ["refused" if row.refusals else of(row, Funding).get("amount_cents") for row in found.rows]


def figures(found: Any, field: str) -> list[float | str | None]:
    """A number of each row, from its structure or its funding."""
    return [
        "refused" if row.refusals else (of(row, Structure) | of(row, Funding)).get(field)
        for row in found.rows
    ]


def carriers(found: Any) -> list[str]:
    return [of(row, Organisation).get("name", "") for row in found.rows]
