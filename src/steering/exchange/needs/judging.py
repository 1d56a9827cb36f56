"""The rows of a list of needs as records, new or as they are recorded already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steering.analysis.incoming import IncomingRow, Refusal, Wanted
from steering.exchange.needs.amounts import COUNTING
from steering.exchange.needs.columns import part_of
from steering.exchange.needs.known import KnownRecords, identity_of
from steering.exchange.needs.rows import NeedRow
from steering.model import Need, NeedUnit
from steering.model.german import day, listing, number
from steering.model.vocabulary import word

HOW_MUCH, WHEN = "Wie viel gebraucht", "Zeitraum"
"""What a row says, beside its cells: as headings of a preview."""


def judged(rows: list[NeedRow], records: KnownRecords) -> list[IncomingRow]:
    """The rows as what they make of needs; of two that say otherwise of the same, neither is taken."""
    same: dict[Any, list[NeedRow]] = {}
    for row in rows:
        if not row.refusals and not row.outside:
            same.setdefault(_key(row), []).append(row)
    for alike in same.values():
        told = {
            (row.values.get("quantity"), row.values.get("unit"), row.values.get("valid_until"))
            for row in alike
        }
        if len(told) > 1:
            for row in alike:
                others = [f"Zeile {other.place.row}" for other in alike if other is not row]
                reason = f"{listing(others)} sagt zum selben Bedarf etwas anderes. Bitte klären, was gilt."
                row.refusals.append(Refusal(row.place, "", "", reason))
    times: dict[Any, int] = {}
    for key in same:
        times[key[0]] = times.get(key[0], 0) + 1
    return [_incoming(row, records, times) for row in rows]


def _key(row: NeedRow) -> tuple[Any, Any]:
    return identity_of(row.values), row.values.get("valid_from")


def _incoming(row: NeedRow, records: KnownRecords, times: Mapping[Any, int]) -> IncomingRow:
    if row.refusals:
        return IncomingRow(row.place, row.title, cells=row.cells, refusals=tuple(row.refusals))
    if row.outside:
        return IncomingRow(row.place, row.title, cells=row.cells, outside=row.outside)
    key = _key(row)
    before = records.recorded(key[0])
    if len(before) > 1 or times[key[0]] > 1:
        before = [each for each in before if each["valid_from"] == key[1]]
    values = {name: value for name, value in row.values.items() if value is not None}
    columns, cells = _columns(row), {**row.cells, **_shown(values)}
    if len(before) == 1:
        kept = {name: value for name, value in values.items() if name not in ("area_id", "task_id", "kind")}
        wanted = Wanted(Need, kept, id=before[0]["id"], columns=columns)
        return IncomingRow(row.place, row.title, (wanted,), cells, notes=tuple(row.notes))
    values = {"name": row.title[:200], "source": f"Liste »{row.place.file}«", **values}
    wanted = Wanted(Need, values, key=key, columns=columns)
    return IncomingRow(row.place, row.title, (wanted, *row.made), cells, notes=tuple(row.notes))


def _shown(values: Mapping[str, Any]) -> dict[str, str]:
    """What a preview shows beside a row."""
    unit, first, last = values.get("unit"), values.get("valid_from"), values.get("valid_until")
    much = number(values.get("quantity"), 4, "")
    begin, end = f"ab {day(first)}" if first else "", f"bis {day(last)}" if last else ""
    return {
        HOW_MUCH: f"{much} {word(NeedUnit(unit)) if unit else ''}".strip(),
        WHEN: " ".join(filter(None, (begin, end))),
    }


def _columns(row: NeedRow) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading in row.cells:
        if (part := part_of(heading)) is not None:
            name = "quantity" if part in COUNTING else str(part)
            found.setdefault(name, heading)
    return found
