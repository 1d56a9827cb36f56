"""The history beside what stands there now: each change follows from the one before, the last one holds.

What a database was filled with has no history. So nothing is known of a record until the first change that
is about it: one that adds it says all its fields, one to a field says that field alone. `version` is left
out: it counts, and the history says it of whole records only. A field that the table does not have (any more)
is left out as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, select

from steering.model import Change, Dataset, Record
from steering.storage.checking.content import place, raw, raw_rows, shown
from steering.storage.rows import WHOLE, as_text
from steering.storage.tables import LINKS, OWNER_OF, TYPES, key_of, table_of

_CHANGES = table_of(Change)
Known = dict[str, Any]


@dataclass
class _Trail:
    """What the history says of one record so far; `there`: False where it was removed, None where unsaid."""

    there: bool | None = None
    fields: Known = field(default_factory=dict)


def problems(connection: Connection, tables: Sequence[Table]) -> Iterator[str]:
    """Where the history contradicts itself or the present state."""
    if _CHANGES not in tables:
        return
    yield from _numbers(connection, tables)
    trails: dict[tuple[str, str], _Trail] = {}
    read = ("id", "record", "record_key", "field", "before", "after", "erased")
    columns = (raw(_CHANGES.c[name]) for name in read)
    for change in connection.execute(select(*columns).order_by(_CHANGES.c.id)).mappings():
        yield from _follow(trails, dict(change))
    for name in sorted({name for name, _ in trails}):
        record = TYPES[name]
        needed = [table_of(record), *(table_of(link.record) for link in LINKS.get(record, ()))]
        if all(table in tables for table in needed):
            told = {key: trail for (table, key), trail in trails.items() if table == name}
            yield from _compare(record, _present(connection, record), told)


def _numbers(connection: Connection, tables: Sequence[Table]) -> Iterator[str]:
    latest = connection.execute(select(func.max(raw(_CHANGES.c.revision)))).scalar()
    dataset = table_of(Dataset)
    if dataset in tables and isinstance(latest, int):
        revision = connection.execute(select(func.max(raw(dataset.c.revision)))).scalar()
        if isinstance(revision, int) and revision < latest:
            yield (
                f"Tabelle »dataset«, Spalte »revision«: Sie steht auf {revision}, "
                f"der Verlauf reicht aber bis {latest}."
            )
    yield from _order(connection)
    for name, known in (("undoes_change", _CHANGES.c.id), ("undoes", _CHANGES.c.batch)):
        column = _CHANGES.c[name]
        lost = select(raw(_CHANGES.c.id), raw(column)).where(
            column.is_not(None), column.not_in(select(known))
        )
        for key, wanted in connection.execute(lost.order_by(_CHANGES.c.id)):
            where = place(_CHANGES, str(key), name)
            yield f"{where}: Die Änderung »{shown(wanted)}« gibt es im Verlauf nicht."


def _order(connection: Connection) -> Iterator[str]:
    """Revisions rise with the numbers of changes, and one write has one of them."""
    latest, of_batch = 0, dict[Any, Any]()
    query = select(*(raw(_CHANGES.c[name]) for name in ("id", "batch", "revision"))).order_by(_CHANGES.c.id)
    for key, batch, revision in connection.execute(query):
        if not isinstance(revision, int):
            continue  # Its cell is named already.
        where = place(_CHANGES, str(key), "revision")
        if revision < latest:
            yield f"{where}: Sie steht auf {revision}, eine Änderung davor schon auf {latest}."
        elif of_batch.setdefault(batch, revision) != revision:
            other = of_batch[batch]
            yield f"{where}: Sie steht auf {revision}, ein anderer Schritt desselben Vorgangs auf {other}."
        latest = max(latest, revision)


def _follow(trails: dict[tuple[str, str], _Trail], change: Mapping[str, Any]) -> Iterator[str]:
    """Go one step on with the history of a record."""
    where = place(_CHANGES, str(change["id"]))
    if change["record"] == _CHANGES.name:
        return  # Contact data were erased, which is about no record.
    if change["record"] not in TYPES or change["record"] in OWNER_OF:
        yield f"{where}, Spalte »record«: Die Tabelle »{shown(change['record'])}« kennt das Programm nicht."
        return
    try:
        before, after = (_read(change[name]) for name in ("before", "after"))
    except ValueError:
        return  # Its cell is named already.
    trail = trails.setdefault((change["record"], change["record_key"]), _Trail())
    if change["erased"]:
        _forget(trail, change["field"], before)
        return
    of = place(Record.metadata.tables[change["record"]], shown(change["record_key"]))
    if change["field"] != WHOLE:
        yield from _field_changed(trail, change["field"], before, after, f"{where}: {of}")
    elif not isinstance(after if before is None else before, dict) or None not in (before, after):
        yield f"{where}: Was ganz dazukam oder wegfiel, ist nicht lesbar."
    elif before is None:
        if trail.there:
            yield f"{where}: {of} kommt ein zweites Mal dazu."
        trail.there, trail.fields = True, dict(after)
    else:
        if trail.there is False:
            yield f"{where}: {of} fällt ein zweites Mal weg."
        for name, value in before.items():
            yield from _contradiction(trail, name, value, f"{where}: {of}")
        trail.there, trail.fields = False, {}


def _forget(trail: _Trail, name: str, before: Any) -> None:
    """A change from which contact data were erased no longer says what was there."""
    if name == WHOLE:
        trail.there, trail.fields = before is None, {}
    else:
        trail.there = True
        trail.fields.pop(name, None)


def _field_changed(trail: _Trail, name: str, before: Any, after: Any, where: str) -> Iterator[str]:
    if trail.there is False:
        yield f"{where} wird geändert, obwohl der Eintrag weggefallen ist."
    yield from _contradiction(trail, name, before, where)
    trail.there = True
    trail.fields[name] = after


def _contradiction(trail: _Trail, name: str, before: Any, where: str) -> Iterator[str]:
    if name in trail.fields and name != "version" and not _same(trail.fields[name], before):
        yield (
            f"{where}, Spalte »{name}«: Vorher stand hier »{shown(before)}«, "
            f"zuletzt festgehalten ist aber »{shown(trail.fields[name])}«."
        )


def _compare(record: type[Record], present: Mapping[str, Known], told: Mapping[str, _Trail]) -> Iterator[str]:
    table = table_of(record)
    for key, trail in told.items():
        row = present.get(key)
        if row is None and trail.there:
            yield f"{place(table, shown(key))}: Sie fehlt, obwohl sie nach dem Verlauf da ist."
        elif row is not None and trail.there is False:
            yield f"{place(table, shown(key))}: Sie ist da, obwohl sie nach dem Verlauf weggefallen ist."
        elif row is not None:
            for name in sorted(trail.fields.keys() & row.keys() - {"version"}):
                if not _same(trail.fields[name], row[name]):
                    yield (
                        f"{place(table, shown(key), name)}: Da steht »{shown(row[name])}«, "
                        f"nach dem Verlauf aber »{shown(trail.fields[name])}«."
                    )


def _present(connection: Connection, record: type[Record]) -> dict[str, Known]:
    """All records of a type as they stand now, with their lists, by the key as the history writes it."""
    own = key_of(record).name
    found = {str(row[own]): dict(row) for row in raw_rows(connection, table_of(record))}
    for link in LINKS.get(record, ()):
        for row in found.values():
            row[link.field] = []
        for member in raw_rows(connection, table_of(link.record)):
            if str(member[link.owner]) in found:
                found[str(member[link.owner])][link.field].append(member[link.member])
    return found


def _read(text: str) -> Any:
    return json.loads(text) if text else None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    # A server's driver gives days as days, the history as text.
    return bool(one == other or one == _read(as_text(other)))
