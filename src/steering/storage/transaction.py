"""One writing transaction: alone, at the program's schema, logged field by field, raising the revision."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Table, cast, delete, func, insert, select, update

from steering.model import AgendaItem, Change, Dataset, Meeting, Person, Record
from steering.storage import closed_years, kept_wording
from steering.storage.announcing import announced_with, newly_announced, with_announced
from steering.storage.closed_rounds import check_change
from steering.storage.problems import Receipt
from steering.storage.rights import belonging, staying
from steering.storage.rights.acting import Mandate
from steering.storage.rights.table import Right
from steering.storage.rows import WHOLE, Row, as_text, fetch_row
from steering.storage.saving import saving
from steering.storage.tables import LINKS, Link, key_of, table_of

_CHANGES = table_of(Change)
_DATASET = table_of(Dataset)


@dataclass(frozen=True)
class Purpose:
    """What a transaction is, beside somebody's edit: the way back of a batch, or of one change, or an import.

    `imported` names the file. `carries_over`: persons go on in other content as they were. `erases`: contact
    data are taken out, also of the name of a file that was handed in.
    """

    undoes: str | None = None
    undoes_change: int | None = None
    imported: str = ""
    carries_over: bool = False
    erases: bool = False


EDITED = Purpose()


class Batch:
    """What one transaction changes, as rows of the history; every way into the tables goes through here."""

    def __init__(
        self, connection: Connection, mandate: Mandate, actor: str, now: datetime, purpose: Purpose
    ) -> None:
        self.connection = connection
        self._mandate = mandate
        # Who is signed in writes under the own name, whatever a page says.
        self.actor = self._mandate.name or actor
        self.now = now
        self._purpose = purpose
        self._id = str(uuid.uuid4())
        # The row is locked where the engine lets several write at once.
        self._revision = connection.execute(select(_DATASET.c.revision).with_for_update()).scalar_one()
        self._changes: list[dict[str, Any]] = []
        self._raised: set[tuple[str, Any]] = set()
        # What lies in the closed years is to be the same once all is done.
        self.years = closed_years.Keeping(connection)
        # Whether persons are changed here of whom one must stay who gives out roles.
        self._keeps_an_administrator = False

    def receipt(self, *ids: Any) -> Receipt:
        """What this batch has done so far."""
        if not self._changes:
            return Receipt(None, self._revision, ids)
        return Receipt(self._id, self._revision + 1, ids)

    def row(self, record: type[Record], key: Any) -> Row | None:
        """The record as it stands now."""
        return fetch_row(self.connection, record, key)

    def insert(self, record: type[Record], row: Row) -> Any:
        """Add a record with the lists it owns; its key, an unused one where the row brings none."""
        self._permit(record, row)
        self._guard(record, None, row)
        row = with_announced(self.connection, record, row)
        key_name = key_of(record).name
        key = row.get(key_name)
        if key is None:
            (key,) = self.unused_keys(record, 1)
        self.years.about_to_add(record, [key])
        table = table_of(record)
        cells = {name: value for name, value in row.items() if name in table.c} | {key_name: key}
        self.connection.execute(insert(table), cells)
        for link in LINKS.get(record, ()):
            self._write_list(link, key, row.get(link.field, []))
        self._raised.add((table.name, key))
        self._mandate = belonging.widened(self._mandate, record, key)
        self._log(record, key, WHOLE, "", as_text(self.row(record, key)))
        return key

    def insert_many(self, record: type[Record], rows: Sequence[Row]) -> None:
        """Add whole, checked records that bring their keys, with the lists they own; many at once."""
        if not rows:
            return
        table, own = table_of(record), key_of(record).name
        for row in rows:
            self._permit(record, row)
            self._mandate = belonging.widened(self._mandate, record, row[own])
            self._guard(record, None, row)
        self.years.about_to_add(record, [row[own] for row in rows])
        cells = [{name: row[name] for name in row if name in table.c} for row in rows]
        self.connection.execute(insert(table), cells)
        for link in LINKS.get(record, ()):
            members = [
                {link.owner: row[own], link.member: member} for row in rows for member in row[link.field]
            ]
            if members:
                self.connection.execute(insert(table_of(link.record)), members)
        for row in rows:
            self._raised.add((table.name, row[own]))
            self._log(record, row[own], WHOLE, "", as_text(row))

    def update(self, record: type[Record], key: Any, values: Mapping[str, Any]) -> bool:
        """Set fields and lists of a record; whether anything was different."""
        before = self.row(record, key)
        assert before is not None, f"no {record.__name__} {key} to update"
        changed = {field: value for field, value in values.items() if before[field] != value}
        if not changed:
            return False
        self._permit(record, before, before | changed)
        self._set(record, key, before, changed)
        return True

    def follow(self, record: type[Record], key: Any, values: Mapping[str, Any]) -> None:
        """Set what follows from what was done to another record, so that nobody needs a right to it."""
        before = self.row(record, key) or {}
        changed = {field: value for field, value in values.items() if before[field] != value}
        if changed:
            self._set(record, key, before, changed)

    def _set(self, record: type[Record], key: Any, before: Row, changed: Row) -> None:
        kept_wording.check_change(record, changed, erasing=self._purpose.erases)
        # Closing is such a change too: what counts is how the round stood before.
        check_change(self.connection, record, before, _moved(record, before, changed), changed)
        closed_years.check_closing(self.connection, record, before, before | changed, changed)
        self.years.about_to_change(record, [key], changed)
        table = table_of(record)
        cells = {field: value for field, value in changed.items() if field in table.c}
        if "version" in before and (table.name, key) not in self._raised:
            cells["version"] = before["version"] + 1
            self._raised.add((table.name, key))
        if cells:
            self.connection.execute(update(table).where(key_of(record) == key).values(cells))
        for link in LINKS.get(record, ()):
            if link.field in changed:
                self._write_list(link, key, changed[link.field])
        after = self.row(record, key) or {}
        for field in changed:
            self._log(record, key, field, as_text(before[field]), as_text(after[field]))
        self._announce(newly_announced(self.connection, record, key, changed))

    def delete(self, record: type[Record], key: Any) -> None:
        """Remove a record and the lists it owns."""
        row = self.row(record, key)
        self._permit(record, row)
        self._guard(record, row, None)
        self.years.about_to_change(record, [key], row or ())
        before = as_text(row)
        for link in LINKS.get(record, ()):
            self._write_list(link, key, [])
        self.connection.execute(delete(table_of(record)).where(key_of(record) == key))
        self._log(record, key, WHOLE, before, "")
        self._announce(announced_with(self.connection, record, row or {}))

    def _announce(self, points: Iterable[Any]) -> None:
        for point in points:
            self.follow(AgendaItem, point, {"announced": True})

    def delete_many(self, record: type[Record], before: Mapping[Any, str]) -> None:
        """Remove records that no closed round guards, by key with what the history keeps of each."""
        if not before:
            return
        # Whoever may change all records need not have each looked at.
        looked_at = [None] if self._mandate.units is None else [self.row(record, key) for key in before]
        for row in looked_at:
            self._permit(record, row)
        self.years.about_to_change(record, before, table_of(record).c.keys())
        for link in LINKS.get(record, ()):
            table = table_of(link.record)
            self.connection.execute(delete(table).where(table.c[link.owner].in_(before)))
        self.connection.execute(delete(table_of(record)).where(key_of(record).in_(before)))
        for key, text in before.items():
            self._log(record, key, WHOLE, text, "")

    def close(self) -> None:
        """Write the history and raise the revision, if anything has changed. Raises Invalid."""
        if not self._changes:
            return
        self.years.check()
        if self._keeps_an_administrator:
            staying.check(self.connection, self._mandate)
        revision = self._revision + 1
        self.connection.execute(update(_DATASET).values(revision=revision))
        same = {
            "batch": self._id,
            "at": self.now,
            "actor": self.actor[:200],
            "revision": revision,
            "undoes": self._purpose.undoes,
            "undoes_change": self._purpose.undoes_change,
            "imported": self._purpose.imported[:200],
        }
        self.connection.execute(insert(_CHANGES), [change | same for change in self._changes])

    def _guard(self, record: type[Record], before: Row | None, after: Row | None) -> None:
        """Refuse to add to what is closed, or to take from it. Raises Invalid."""
        fields = before or after or {}
        kept_wording.check_presence(record)
        check_change(self.connection, record, before, after, fields)
        closed_years.check_closing(self.connection, record, before, after, fields)

    def _permit(self, record: type[Record], *states: Row | None) -> None:
        """Refuse what the person behind this write may not change. Raises RightMissing."""
        belonging.check(self.connection, self._mandate, record, *states)
        if record is Person and not self._purpose.carries_over:
            self._keeps_an_administrator = self._keeps_an_administrator or staying.is_administered(
                self.connection
            )

    def _log(self, record: type[Record], key: Any, field: str, before: str, after: str) -> None:
        self._changes.append(
            {
                "record": table_of(record).name,
                "record_key": str(key),
                "field": field,
                "before": before,
                "after": after,
                "erased": False,
            }
        )

    def conceal(self, without: Callable[[str, str, str], str]) -> None:
        """Let the history of this batch not say what it takes away; `without` leaves it out of a field."""
        for change in self._changes:
            about = change["record"], change["field"]
            left = {side: without(*about, change[side]) for side in ("before", "after")}
            change["erased"] = any(change[side] != text for side, text in left.items())
            change.update(left)

    def note(self, record: type[Record], field: str, after: Any) -> None:
        """Say in the history what was done that changes no record of its own."""
        self._log(record, "", field, "", as_text(after))

    def unused_keys(self, record: type[Record], number: int) -> range:
        """So many keys that no record has now or ever had, so that the history never mixes two."""
        table = table_of(record)
        used = self.connection.execute(select(func.max(key_of(record)))).scalar() or 0
        once = self.connection.execute(
            select(func.max(cast(_CHANGES.c.record_key, Integer))).where(
                _CHANGES.c.record == table.name, _CHANGES.c.field == WHOLE
            )
        ).scalar()
        mine = [int(change["record_key"]) for change in self._changes if change["record"] == table.name]
        first = 1 + max([used, once or 0, *mine])
        return range(first, first + number)

    def _write_list(self, link: Link, key: Any, members: list[Any]) -> None:
        table: Table = table_of(link.record)
        self.connection.execute(delete(table).where(table.c[link.owner] == key))
        if members:
            self.connection.execute(
                insert(table), [{link.owner: key, link.member: member} for member in members]
            )


def _moved(record: type[Record], before: Row, changed: Row) -> Row | None:
    """The record as it becomes, where it goes to another round or point."""
    goes = {"meeting_id", "agenda_item_id"} & changed.keys()
    return before | changed if goes and record is not Meeting else None


@contextmanager
def transaction(
    engine: Engine, actor: str, now: datetime, purpose: Purpose = EDITED, needs: Right = Right.EDIT
) -> Iterator[Batch]:
    """A transaction that is written as a whole, or not at all where an exception leaves it.

    `now` is UTC without a zone. Raises as `saving` does, RightMissing with each record that is not the
    person's to change, and Invalid where nobody would be left to give out roles or something else would lie
    in a closed year.
    """
    with saving(engine, needs) as (connection, mandate):
        batch = Batch(connection, mandate, actor, now, purpose)
        yield batch
        batch.close()
