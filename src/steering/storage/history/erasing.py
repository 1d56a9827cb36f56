"""Taking contact data of a person out of the Verlauf for good, as data protection asks (Art. 17 DSGVO).

What is left is the trace that it was done: by whom, when, and in how many entries. A change from which
something was taken out cannot be taken back any more, since it no longer says what was there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Text, select, update
from sqlmodel import AutoString

from steering.model import Boundary, Change, Municipality, Record, Settings
from steering.model.labels import RECORD_WORDS
from steering.storage.closed_rounds import check_change
from steering.storage.engine import reading
from steering.storage.history import kept_for_people
from steering.storage.history.sought_words import MARK, SLUG, SoughtWords
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights.table import Right
from steering.storage.rows import WHOLE, Row, as_text, fetch_row
from steering.storage.slugs import unused_slug
from steering.storage.tables import TYPES, key_of, table_of
from steering.storage.titles import title
from steering.storage.transaction import Batch, Purpose, transaction
from steering.storage.validation import check

ERASED = "erased"
_CHANGES = table_of(Change)
# What records are known by, texts for programs, and who has done something: nobody types contact data there.
_NOT_SEARCHED = {
    "actor", "ags", "answers", "ars", "closed_by", "digest", "district_key", "effects", "ends", "geometry",
    "key", "opened_by", "proposal", "proposal_facts", "record", "record_key", "subject_key", "token",
    "wording",
}  # fmt: skip
# Copies of what was sent or closed, which stay; and places, which bear names that people bear, too.
_COPIES = {"content", "sent"}
_PLACES = (Boundary, Municipality, Settings)


@dataclass(frozen=True)
class Holding:
    """A field of a record in which it stands today. `fixed`: in a closed round, which stays as it is."""

    record: type[Record]
    key: Any
    field: str
    title: str
    fixed: bool


@dataclass(frozen=True)
class Traces:
    """Where something stands: in how many entries of the Verlauf, and in which records today.

    `kept`: in how many saved views and subscriptions; whose and which is nobody else's business.
    `inside`: the longer words of which it is a part.
    """

    entries: int
    holdings: tuple[Holding, ...]
    kept: int
    inside: tuple[str, ...]


@dataclass(frozen=True)
class Erased:
    """What was done, and in how many entries of the Verlauf and fields of today's records."""

    receipt: Receipt
    entries: int
    fields: int


def find(engine: Engine, words: str) -> Traces:
    """Where the words stand, however they are written. Raises Invalid where they are too short."""
    sought = SoughtWords(words)
    with reading(engine) as connection:
        entries, holdings = len(list(_entries(connection, sought))), tuple(_holdings(connection, sought))
        kept = kept_for_people.number(connection, sought)
        return Traces(entries, holdings, kept, tuple(sorted(sought.inside)))


def erase(engine: Engine, words: str, *, from_records: bool, actor: str, now: datetime) -> Erased:
    """Take the words out of every entry of the Verlauf, and from today's records where `from_records`.

    Raises Invalid where they are too short or stand nowhere.
    """
    sought = SoughtWords(words)
    with transaction(engine, actor, now, Purpose(erases=True), needs=Right.ERASE) as work:
        entries = list(_entries(work.connection, sought))
        holdings = [each for each in _holdings(work.connection, sought) if from_records and not each.fixed]
        kept = kept_for_people.number(work.connection, sought) if from_records else 0
        if not entries and not holdings and not kept:
            raise Invalid(Problem(0, "", f"»{words.strip()}« steht nicht im Verlauf. Gelöscht wurde nichts."))
        fields = len(holdings) + kept
        work.note(Change, ERASED, {"entries": len(entries), "fields": fields})
        if kept:
            kept_for_people.erase(work.connection, sought)
        for holding in holdings:
            _leave_out(work, holding, sought)
        work.conceal(partial(_concealed, sought))
        for change in entries:
            work.connection.execute(update(_CHANGES).where(_CHANGES.c.id == change["id"]).values(
                before=change["before"], after=change["after"], imported=change["imported"], erased=True
            ))  # fmt: skip
        return Erased(work.receipt(), len(entries), fields)


def _entries(connection: Connection, sought: SoughtWords) -> Iterator[dict[str, Any]]:
    """The changes that say the words, as they are without them."""
    for change in connection.execute(select(_CHANGES)).mappings():
        about = sought, change["record"], change["field"]
        without = {side: _concealed(*about, change[side]) for side in ("before", "after")}
        without["imported"] = sought.without(change["imported"])
        if any(change[side] != text for side, text in without.items()):
            yield {"id": change["id"], **without}


def _concealed(sought: SoughtWords, record: str, field: str, text: str) -> str:
    """What the history keeps of a field or a record, without the words; itself where they are not there."""
    if not text:
        return text
    value = json.loads(text)
    if field == WHOLE and isinstance(value, dict):
        without: Any = {name: _without(sought, record, name, each) for name, each in value.items()}
    else:
        without = _without(sought, record, field, value)
    return text if without == value else as_text(without)


def _without(sought: SoughtWords, record: str, field: str, value: Any) -> Any:
    if isinstance(value, str) and _is_text(record, field):
        return sought.without_in_field(field, value)
    return value


def _is_text(record: str, field: str) -> bool:
    """Whether people write into a field; a member of a closed list, a day and a reference are no text."""
    if field in _NOT_SEARCHED:
        return False
    column = table_of(TYPES[record]).c.get(field) if record in TYPES else None
    if column is None:
        return True
    return isinstance(column.type, AutoString | Text) and not column.foreign_keys


def _holdings(connection: Connection, sought: SoughtWords) -> Iterator[Holding]:
    for record in TYPES.values():
        table = table_of(record)
        fields = [
            column.name
            for column in table.c
            if _is_text(table.name, column.name) and not column.primary_key and column.name not in _COPIES
        ]
        if not fields or table.name not in RECORD_WORDS or record in _PLACES:
            continue
        own = key_of(record)
        for row in connection.execute(select(own, *(table.c[name] for name in fields))).mappings():
            for name in fields:
                if row[name] and sought.is_in_field(name, row[name]):
                    key = row[own.name]
                    called = title(connection, record, key)
                    yield Holding(record, key, name, called, _is_fixed(connection, record, key, name))


def _is_fixed(connection: Connection, record: type[Record], key: Any, field: str) -> bool:
    try:
        check_change(connection, record, fetch_row(connection, record, key), None, [field])
    except Invalid:
        return True
    return False


def _leave_out(work: Batch, holding: Holding, sought: SoughtWords) -> None:
    """Take the words out of a field; the whole text where it would not be valid without them."""
    row = work.row(holding.record, holding.key) or {}
    without = sought.without_in_field(holding.field, row[holding.field])
    if holding.field == SLUG:
        short = unused_slug(work.connection, holding.record, without)
        work.update(holding.record, holding.key, {SLUG: short})
        return
    choices = ["", MARK] if without == MARK else [without, "", MARK]
    fitting = (text for text in choices if not _refused(holding, row, text))
    work.update(holding.record, holding.key, {holding.field: next(fitting, MARK)})


def _refused(holding: Holding, row: Row, text: str) -> bool:
    return holding.field in check(holding.record, row | {holding.field: text})[1]
