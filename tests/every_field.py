"""A Portfolio in which every field of every record holds something that is found nowhere else."""

from __future__ import annotations

from itertools import count
from typing import Any

from steering.analysis.portfolio import Portfolio
from steering.model import (
    AreaKind,
    EndKind,
    FundingPart,
    PotentialState,
    Provenance,
    Record,
    Role,
    StructureKind,
)
from steering.storage.tables import key_of, table_of
from tests.builders import TYPES, column_types, portfolio, record, table_name

Secrets = dict[str, str]
"""For each `table.field` how its value reads."""
_MEANT: dict[str, Any] = {
    "structure.kind": StructureKind.SERVICE,
    "structure.end_kind": EndKind.OPEN,
    "structure.confirmed_on": "2025-03-04",
    "funding.end_kind": EndKind.OPEN,
    "funding.part": FundingPart.CARRYING,
    "responsibility.role": Role.LEAD,
    "area.kind": AreaKind.MUNICIPALITY,
    "area.level": "",
    "potential.state": PotentialState.RECOGNISED,
    "municipality.ags": "09473112",
    "municipality.inhabited": True,
    "public_text.language": "en",
    "public_site.licence": "dl-by-de/2.0",
    "public_offer.postal_code": "96450",
    "public_offer.website": "https://geheim-public_offer-website.example",
    "public_site.address": "https://geheim-public_site-address.example",
    "public_offer.mailbox": "geheim-public_offer-mailbox@example.org",
    "public_site.mailbox": "geheim-public_site-mailbox@example.org",
}
_UNTOLD = ("provenance", "archived_on", "version")


def planted(shows: frozenset[str] = frozenset(), public: bool = False) -> tuple[Portfolio, Secrets]:
    """One row of each record, all pointing to each other; which flags of `shows_…` are set, and `public`."""
    numbers = count(1)
    secrets: Secrets = {}
    tables: dict[str, Any] = {}
    for word, kind in TYPES.items():
        row = {name: _value(kind, name, numbers) for name in kind.model_fields if name not in _UNTOLD}
        row |= {name: name in shows for name in row if name.startswith("shows_")}
        if "public" in row:
            row["public"] = public
        if "provenance" in kind.model_fields:
            row["provenance"] = Provenance.DOCUMENTED
        tables[word] = [record(kind, **{name: value for name, value in row.items() if value is not None})]
        for name, value in row.items():
            if isinstance(value, float) or (isinstance(value, int | str) and "730" in str(value)):
                secrets[f"{table_name(kind)}.{name}"] = str(value)
            elif isinstance(value, str) and ("geheim" in value or value == "1987-07-30"):
                secrets[f"{table_name(kind)}.{name}"] = value
    text = tables["public_texts"][0]
    tables["public_texts"] = [
        text | {"potential_id": None},
        text | {"id": 2, "offer_id": None, "title": f"{text['title']}-2", "text": f"{text['text']}-2"},
    ]
    settings = {"district_name": "Landkreis", "district_key": "09473"}
    return portfolio(settings=settings, **tables), secrets


def _value(kind: type[Record], name: str, numbers: Any) -> Any:
    """What stands in a field: what has to be there for records to fit together, else something of its own."""
    said = f"{table_name(kind)}.{name}"
    if said in _MEANT:
        return _MEANT[said]
    column = table_of(kind).c[name]
    if column.foreign_keys or (name == key_of(kind).name and column_types(kind)[name] == "int64"):
        return "09473112" if column_types(kind)[name] == "str" else 1
    if enums := getattr(column.type, "enums", None):
        return enums[0]
    match column_types(kind)[name].lower():
        case "str":
            return f"geheim-{table_name(kind)}-{name}"
        case "int64":
            return 730_000 + next(numbers)
        case "float64":
            return round(7.30 + next(numbers) * 0.000137, 6)
        case "datetime64[s]" if not column.nullable:
            return "1987-07-30"
    return None
