"""What people call records in a sentence: Struktur »Integrationslotsen«; many of them at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, select

from steering.model import (
    ActionItem,
    AgendaItem,
    Change,
    ClosedYear,
    CommitteeDate,
    ConfirmationRequest,
    Consultation,
    Forecast,
    ForecastRule,
    ForecastVariant,
    Funding,
    Housing,
    HousingKind,
    MeasureCost,
    Milestone,
    Observation,
    Outcome,
    Participant,
    Period,
    PersonnelCost,
    Record,
    Responsibility,
    SurveyAnswer,
    SurveyRequest,
)
from steering.model.german import day
from steering.model.labels import RECORD_WORDS
from steering.model.vocabulary import word
from steering.storage.rows import WHOLE, Row, in_parts, row_from_text
from steering.storage.tables import TYPES, key_from_text, key_of, table_of

RecordKey = tuple[str, str]
"""A record in the history: its table, and its key as text."""
_Named = Callable[[str], str]
_CHANGES = table_of(Change)


def _of(row: Row, named: _Named) -> str:
    return f" für »{named('funding_id')}«" if row["funding_id"] is not None else ""


# How a record is told apart where its own name does not do it, or it has none; with the fields whose records'
# names belong to it.
_TOLD: dict[type[Record], tuple[tuple[str, ...], Callable[[Row, _Named], str]]] = {
    Responsibility: (
        ("structure_id", "task_id"),
        lambda row, named: f"von »{named('structure_id')}« für »{named('task_id')}«",
    ),
    Funding: (("structure_id",), lambda row, named: f"»{row['name']}« von »{named('structure_id')}«"),
    ClosedYear: (("funding_id",), lambda row, named: f"{row['year']}{_of(row, named)}"),
    CommitteeDate: (
        ("committee_id",),
        lambda row, named: f"{named('committee_id')} am {day(row['day'])}",
    ),
    MeasureCost: (("measure_id",), lambda row, named: f"{row['year']} von »{named('measure_id')}«"),
    Milestone: (("measure_id",), lambda row, named: f"»{row['name']}« von »{named('measure_id')}«"),
    PersonnelCost: ((), lambda row, named: f"»{row['name']}« ({row['year']})"),
    Period: ((), lambda row, named: f"{day(row['first'])}–{day(row['last'])}"),
    Participant: (("organisation_id",), lambda row, named: f"von »{named('organisation_id')}«"),
    ConfirmationRequest: (("organisation_id",), lambda row, named: f"von »{named('organisation_id')}«"),
    Consultation: (
        ("committee_id", "submission_id"),
        lambda row, named: f"{named('committee_id')} am {day(row['day'])} über »{named('submission_id')}«",
    ),
    SurveyRequest: (
        ("organisation_id", "ags"),
        lambda row, named: f"von »{named('organisation_id' if row['ags'] is None else 'ags')}«",
    ),
    SurveyAnswer: (("task_id",), lambda row, named: f"»{named('task_id')}«"),
    Outcome: (("agenda_item_id",), lambda row, named: f"zu »{named('agenda_item_id')}«"),
    Housing: (
        ("ags",),
        lambda row, named: (
            f"in {named('ags')}, {word(HousingKind(row['kind']))} ({day(row['reference_date'])})"
        ),
    ),
    Forecast: (
        ("indicator_id", "ags"),
        lambda row, named: (
            f"»{named('indicator_id')}« für {named('ags')} ({day(row['reference_date'])}, "
            f"{word(ForecastVariant(row['variant']))})"
        ),
    ),
    ForecastRule: (("indicator_id",), lambda row, named: f"zu »{named('indicator_id')}«"),
    Observation: (
        ("indicator_id", "ags"),
        lambda row, named: f"»{named('indicator_id')}« für {named('ags')} ({day(row['reference_date'])})",
    ),
}
_BY_NAME = (ActionItem, AgendaItem)


def title(connection: Connection, record: type[Record], key: Any) -> str:
    """What one record is called in a sentence."""
    return titles(connection, [(table_of(record).name, str(key))])[table_of(record).name, str(key)]


def titles(connection: Connection, wanted: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """What records are called; those that are gone as they were called last."""
    keys: dict[str, set[str]] = defaultdict(set)
    for table, key in wanted:
        keys[table].add(key)
    found: dict[RecordKey, str] = {}
    for table, texts in keys.items():
        record = TYPES.get(table)
        if record is None or record is Change:
            found |= {(table, text): RECORD_WORDS.get(table, "Kontaktdaten") for text in texts}
            continue
        rows = _present(connection, record, texts)
        rows |= _gone(connection, record, texts - rows.keys())
        names = _names(connection, record, rows.values())
        for text in texts:
            found[table, text] = _title(record, text, rows.get(text), names)
    return found


def _title(record: type[Record], key: str, row: Row | None, names: Mapping[str, Mapping[Any, str]]) -> str:
    table = table_of(record).name
    word = RECORD_WORDS.get(table, table)
    if row is None:
        return f"{word} Nr. {key}"
    if record in _TOLD:
        return f"{word} {_TOLD[record][1](row, lambda field: names[field].get(row[field], '?'))}"
    return f"{word} »{row['name']}«" if row.get("name") else word


def _names(connection: Connection, record: type[Record], rows: Iterable[Row]) -> dict[str, dict[Any, str]]:
    """For each field whose record belongs to the title: the names of the records it names."""
    fields = _TOLD[record][0] if record in _TOLD else ()
    rows = list(rows)
    found = {}
    for field in fields:
        target = _target(table_of(record).c[field])
        wanted = {str(row[field]) for row in rows if row[field] is not None}
        other = _present(connection, target, wanted)
        own = key_of(target).name
        names = {row[own]: str(row["name"]) for row in other.values()}
        lost = wanted - other.keys()
        names |= {row[own]: str(row["name"]) for row in _gone(connection, target, lost).values()}
        found[field] = names
    return found


def _target(column: Column) -> type[Record]:
    (key,) = column.foreign_keys
    return TYPES[key.column.table.name]


def _present(connection: Connection, record: type[Record], texts: Collection[str]) -> dict[str, Row]:
    """The records there are, by their key as text."""
    own = key_of(record)
    keys = sorted(key_from_text(record, text) for text in texts)
    found: dict[str, Row] = {}
    for part in in_parts(keys):
        for row in connection.execute(select(table_of(record)).where(own.in_(part))).mappings():
            found[str(row[own.name])] = dict(row)
    return found


def _gone(connection: Connection, record: type[Record], texts: Collection[str]) -> dict[str, Row]:
    """Removed records as the history last kept them as a whole."""
    keys, found = sorted(texts), {}
    for part in in_parts(keys):
        query = (
            select(_CHANGES.c.record_key, _CHANGES.c.before, _CHANGES.c.after)
            .where(_CHANGES.c.record == table_of(record).name, _CHANGES.c.record_key.in_(part))
            .where(_CHANGES.c.field == WHOLE)
            .order_by(_CHANGES.c.id)
        )
        for key, before, after in connection.execute(query):
            kept = before or after
            if isinstance(json.loads(kept), dict):
                found[key] = row_from_text(record, kept)
    return found
