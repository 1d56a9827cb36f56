"""The rows of a list of needs as records, new or as they are recorded already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from steering.analysis.incoming import IncomingRow, Refusal, Wanted
from steering.analysis.incoming.names import plain_name
from steering.exchange.needs.amounts import COUNTING
from steering.exchange.needs.columns import part_of
from steering.exchange.needs.known import KnownRecords, NeedIdentity, identity_of
from steering.exchange.needs.rows import NeedRow
from steering.model import Need, NeedUnit
from steering.model.german import day, listing, number
from steering.model.vocabulary import word

HOW_MUCH, WHEN = "Wie viel gebraucht", "Zeitraum"
"""What a row says, beside its cells: as headings of a preview."""
NeedKey = tuple[NeedIdentity, date | None, str]
"""What is one need of a list: what it is about, its first day, its name where names tell several apart."""
_WHOSE = ("area_id", "task_id", "kind", "target_groups")


def judged(rows: list[NeedRow], records: KnownRecords, today: date) -> list[IncomingRow]:
    """The rows as what they make of needs; of two that say otherwise of the same, neither is taken."""
    read = [row for row in rows if not row.refusals and not row.outside]
    named = _named_apart(read)
    keys = {id(row): _key(row, named) for row in read}
    same: dict[NeedKey, list[NeedRow]] = {}
    for row in read:
        same.setdefault(keys[id(row)], []).append(row)
    for alike in same.values():
        _contradicted(alike)
    meant = _meant([row for row in read if not row.refusals], keys, records)
    for row in read:
        if not row.refusals and (reason := _takes_from_today(row, meant.get(keys[id(row)]), today)):
            row.refusals.append(Refusal(row.place, "", "", reason))
    return [_incoming(row, keys.get(id(row)), meant) for row in rows]


def _named_apart(rows: list[NeedRow]) -> set[tuple[Any, Any]]:
    """What several needs of different names have in common."""
    names: dict[tuple[Any, Any], set[str]] = {}
    for row in rows:
        if name := plain_name(row.values.get("name", "")):
            names.setdefault((identity_of(row.values), row.values.get("valid_from")), set()).add(name)
    return {common for common, told in names.items() if len(told) > 1}


def _key(row: NeedRow, named: set[tuple[Any, Any]]) -> NeedKey:
    common = identity_of(row.values), row.values.get("valid_from")
    return (*common, plain_name(row.values.get("name", "")) if common in named else "")


def _contradicted(alike: list[NeedRow]) -> None:
    """Refuse all rows of one need if they do not say the same of it."""
    told = [{key: value for key, value in row.values.items() if key not in _WHOSE} for row in alike]
    if all(each == told[0] for each in told):
        return
    for row in alike:
        others = [f"Zeile {other.place.row}" for other in alike if other is not row]
        verb = "sagt" if len(others) == 1 else "sagen"
        reason = f"{listing(others)} {verb} zum selben Bedarf etwas anderes. Bitte klären, was gilt."
        row.refusals.append(Refusal(row.place, "", "", reason))


def _meant(
    rows: list[NeedRow], keys: Mapping[int, NeedKey], records: KnownRecords
) -> dict[NeedKey, dict[str, Any]]:
    """The recorded need that each key means; of several periods the first that overlaps has it."""
    left = {key[0]: list(records.recorded(key[0])) for key in keys.values()}
    found: dict[NeedKey, dict[str, Any]] = {}
    periods = Counter(identity for identity, _ in {keys[id(row)][:2] for row in rows})

    def order(row: NeedRow) -> tuple[date, bool]:
        return row.values.get("valid_from") or date.min, not keys[id(row)][2]

    for row in sorted(rows, key=order):
        key = keys[id(row)]
        if key in found:
            continue
        fitting = [each for each in left[key[0]] if _overlap(row.values, each)]
        if key[2]:
            fitting = [each for each in fitting if plain_name(each["name"]) == key[2]]
        if len(fitting) > 1 or (periods[key[0]] > 1 and key[1] is None):
            fitting = [each for each in fitting if each["valid_from"] == key[1]]
        if len(fitting) == 1:
            found[key] = fitting[0]
            left[key[0]].remove(fitting[0])
    return found


def _overlap(said: Mapping[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Whether the days that a row gives and those of a recorded need meet; without days they do."""
    first, last = said.get("valid_from") or date.min, said.get("valid_until") or date.max
    if first == date.min and last == date.max:
        return True
    return first <= (recorded["valid_until"] or date.max) and last >= (recorded["valid_from"] or date.min)


def _takes_from_today(row: NeedRow, recorded: Mapping[str, Any] | None, today: date) -> str:
    """Why a period to come cannot be laid over a need that holds now; "" where it does not."""
    first = row.values.get("valid_from")
    if recorded is None or first is None or first <= today:
        return ""
    begin, end = recorded["valid_from"] or date.min, recorded["valid_until"] or date.max
    if not begin <= today <= end:
        return ""
    return (
        f"Erfasst ist dazu »{recorded['name']}«, der heute schon gilt; mit dieser Zeile begänne er erst am "
        f"{day(first)}. Bitte beim erfassten Bedarf das Ende vor diesem Tag eintragen, dann wird die Zeile "
        "ein eigener Bedarf."
    )


def _incoming(row: NeedRow, key: NeedKey | None, meant: Mapping[NeedKey, Mapping[str, Any]]) -> IncomingRow:
    if row.outside:
        return IncomingRow(row.place, row.title, cells=row.cells, outside=row.outside)
    if row.refusals or key is None:
        return IncomingRow(row.place, row.title, cells=row.cells, refusals=tuple(row.refusals))
    values = {name: value for name, value in row.values.items() if value is not None}
    columns, cells = _columns(row), {**row.cells, **_shown(values)}
    if before := meant.get(key):
        kept = {name: value for name, value in values.items() if name not in _WHOSE}
        kept["target_groups"] = values["target_groups"]
        wanted = Wanted(Need, kept, id=before["id"], columns=columns)
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
