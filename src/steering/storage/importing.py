"""Taking over what a file proposes: compared and checked first, then written as one batch, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import sort_tables

from steering.analysis.incoming import New, Outcome, Proposal, Reading, Wanted, compare
from steering.analysis.portfolio import Portfolio
from steering.model import Boundary, BoundaryRole, Dataset, Municipality, Record, Traced
from steering.storage import backups, rules
from steering.storage.engine import reading
from steering.storage.problems import Receipt, StorageError
from steering.storage.provenance import as_fact
from steering.storage.rows import Row
from steering.storage.slugs import numbered, slug_of, taken_slugs
from steering.storage.stale import settled
from steering.storage.tables import LINKS, key_of, table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.validation import Findings, check, tidy

_DATASET = table_of(Dataset)
LISTS = {
    record: tuple((link.field, link.record, link.owner, link.member) for link in links)
    for record, links in LINKS.items()
}


class ImportRefused(StorageError):
    """The chosen rows cannot be taken over as they are; nothing was written."""


class Outdated(ImportRefused):
    """Somebody has saved since the comparison, which therefore no longer shows what would happen."""


@dataclass(frozen=True)
class Imported:
    """What was written, and the copy of the database as it was before (none on a database server)."""

    receipt: Receipt
    copy: Path | None


def propose(
    engine: Engine,
    portfolio: Portfolio,
    found: Reading,
    *,
    progress: Callable[[float], None] | None = None,
) -> Proposal:
    """Judge the rows of a file against a Portfolio that shows everything, examples too; writes nothing.

    Records of types that a Portfolio lacks (Boundary) are read from the database.
    """
    wanted = {record.record for row in found.rows for record in row.records}
    apart = [record for record in wanted if table_of(record).name not in portfolio.frames]
    with reading(engine) as connection:
        stored = {record: _all(connection, record) for record in apart}
        places = _places(connection)
        found = settled(connection, found)
    everyone = portfolio.target_groups.loc[lambda groups: groups["everyone"], "id"].tolist()

    def judged(record: type[Record], values: Row) -> tuple[Row, Findings]:
        row, findings = check(record, _completed(record, tidy(record, values), everyone))
        seat = row.get("seat_ags")
        if seat is not None and seat not in places and seat[:5] not in places:
            findings = findings | {"seat_ags": _NO_SEAT.format(seat)}
        return row, findings

    return compare(found, portfolio, judged, lists=LISTS, stored=stored, progress=progress)


def take_over(
    engine: Engine,
    proposal: Proposal,
    chosen: Iterable[int] | None = None,
    *,
    actor: str,
    now: datetime,
    prepare: Callable[[Batch], None] | None = None,
) -> Imported:
    """Write the chosen rows (by default the new and the changed ones) as one batch that undo takes back.

    Before, the database is copied beside itself and the copy checked. `prepare` does within the same batch
    what rows cannot say, before they are written. Raises Outdated where the data have moved on since the
    comparison, ImportRefused where a chosen row needs one that is not chosen or a rule between records is
    broken, DatabaseRefused where no copy can be made.
    """
    numbers = sorted(set(proposal.takeable() if chosen is None else chosen))
    rows = [proposal.rows[number] for number in numbers]
    if any(row.outcome == Outcome.REFUSED for row in rows):
        raise ImportRefused("Abgewiesene Zeilen lassen sich nicht übernehmen. Bitte zuerst berichtigen.")
    with transaction(engine, actor, now) as batch:
        _check_revision(batch, proposal)
        address = engine.url.render_as_string(hide_password=False)
        # Copied under the write lock: what another server wrote last is in the copy as well.
        copy = backups.set_aside(address, now, "einlesen") if backups.possible(address) else None
        if prepare is not None:
            prepare(batch)
        work = _Work(batch)
        for row in rows:
            for wanted in row.wanted:
                work.collect(row.row.place.words, wanted)
        try:
            work.write()
        except IntegrityError as error:
            raise ImportRefused(
                "Die gewählten Zeilen passen nicht zu dem, was schon erfasst ist; übernommen wurde nichts. "
                "Bitte die Vorschau neu aufbauen."
            ) from error
        return Imported(batch.receipt(), copy)


_NO_SEAT = (
    "Der Gemeindeschlüssel {} gehört zu keiner Gemeinde des Landkreises und zu keinem Nachbarkreis. "
    "Bitte prüfen oder leeren."
)


class _Work:
    """The records of the chosen rows: which are to be made, under which keys, and which to be changed."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._new: dict[type[Record], dict[Any, tuple[str, Wanted]]] = {}
        self._changed: list[tuple[str, Wanted]] = []
        self._keys: dict[New, Any] = {}

    def collect(self, origin: str, wanted: Wanted) -> None:
        """Note a record; one that an earlier row wants already is made once."""
        if wanted.id is not None:
            self._changed.append((origin, wanted))
            return
        of_type = self._new.setdefault(wanted.record, {})
        of_type.setdefault(wanted.key if wanted.key is not None else object(), (origin, wanted))

    def write(self) -> None:
        """Carry everything out: what others point to first, then what changes, then the rules between."""
        for record, of_type in self._new.items():
            self._give_keys(record, of_type)
        for table in _members_first():
            for record, of_type in self._new.items():
                if table is table_of(record):
                    self._insert(record, list(of_type.values()))
        for origin, wanted in self._changed:
            self._update(origin, wanted)
        self._look_back()

    def _give_keys(self, record: type[Record], of_type: Mapping[Any, tuple[str, Wanted]]) -> None:
        own = key_of(record).name
        keys = iter(self._batch.unused_keys(record, len(of_type)) if own == "id" else ())
        for key, (_, wanted) in of_type.items():
            made = wanted.values.get(own) if own != "id" else next(keys)
            self._keys[New(record, key)] = made

    def _insert(self, record: type[Record], wanted: Sequence[tuple[str, Wanted]]) -> None:
        own = key_of(record).name
        of_type = self._new[record]
        rows = []
        named = "slug" in table_of(record).c
        taken = taken_slugs(self._batch.connection, record) if named else set()
        for key, (origin, each) in zip(of_type, wanted, strict=True):
            values = self._resolved(origin, each) | {own: self._keys[New(record, key)]}
            if named:
                values["slug"] = numbered(values["slug"], taken)
                taken.add(values["slug"])
            rows.append(values | self._origin(record, values, origin))
        self._batch.insert_many(record, _parents_first(record, rows))

    def _update(self, origin: str, wanted: Wanted) -> None:
        before = self._batch.row(wanted.record, wanted.id)
        if before is None:
            raise ImportRefused(f"{origin}: Den Eintrag gibt es nicht mehr. Bitte die Vorschau neu aufbauen.")
        values = self._resolved(origin, wanted)
        changes = {field: value for field, value in values.items() if before[field] != value}
        if changes:
            fact = as_fact(before, self._batch.actor, self._batch.now)
            self._batch.update(wanted.record, wanted.id, fact | changes)

    def _resolved(self, origin: str, wanted: Wanted) -> Row:
        return {name: self._resolve(origin, value) for name, value in wanted.values.items()}

    def _resolve(self, origin: str, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return sorted(self._resolve(origin, part) for part in value)
        if not isinstance(value, New):
            return value
        if value not in self._keys:
            raise ImportRefused(
                f"{origin} braucht einen Eintrag aus einer Zeile, die nicht gewählt ist. Bitte beide wählen."
            )
        return self._keys[value]

    def _origin(self, record: type[Record], values: Row, origin: str) -> Row:
        """Where a record comes from, unless the file says so itself."""
        if not issubclass(record, Traced) or values.get("source"):
            return {}
        day = f"{self._batch.now:%d.%m.%Y}"
        return {"source": f"eingelesen am {day} durch {self._batch.actor}", "origin": origin[:5_000]}

    def _look_back(self) -> None:
        changed = [(origin, wanted, wanted.id) for origin, wanted in self._changed]
        made = [
            (origin, wanted, self._keys[New(record, key)])
            for record, of_type in self._new.items()
            for key, (origin, wanted) in of_type.items()
        ]
        for origin, wanted, key in changed + made:
            if rules.binds(wanted.record, wanted.values, new=wanted.id is None):
                for text in rules.relations(self._batch.connection, wanted.record, key).values():
                    raise ImportRefused(f"{origin}: {text}")


def _members_first() -> list[Table]:
    """All tables so that a record comes after what it points to and after what its lists hold."""
    held = [
        (key.column.table, table_of(owner))
        for owner, links in LINKS.items()
        for link in links
        for key in table_of(link.record).c[link.member].foreign_keys
    ]
    return sort_tables(Record.metadata.tables.values(), extra_dependencies=held)


def _parents_first(record: type[Record], rows: list[Row]) -> list[Row]:
    """The rows so that none points to one of its own type that comes later."""
    own = key_of(record)
    fields = [
        column.name for column in table_of(record).columns
        if any(key.column is own for key in column.foreign_keys)
    ]  # fmt: skip
    if not fields:
        return rows
    waiting = {row[own.name]: row for row in rows}
    ordered: list[Row] = []

    def place(key: Any) -> None:
        row = waiting.pop(key, None)
        if row is not None:
            for field in fields:
                place(row.get(field))
            ordered.append(row)

    for key in list(waiting):
        place(key)
    return ordered


def _completed(record: type[Record], values: Row, everyone: list[int]) -> Row:
    """The values with what nobody is asked for: a short name, and "alle" as the target group."""
    if "slug" in table_of(record).c and not values.get("slug"):
        values = values | {"slug": slug_of(str(values.get("name", "")))}
    if any(link.field == "target_groups" for link in LINKS.get(record, ())) and not values.get(
        "target_groups"
    ):
        values = values | {"target_groups": everyone}
    return values


def _check_revision(batch: Batch, proposal: Proposal) -> None:
    found = batch.connection.execute(select(_DATASET.c.dataset_id, _DATASET.c.revision)).one()
    if tuple(found) != (proposal.dataset_id, proposal.revision):
        raise Outdated(
            "Inzwischen hat jemand etwas gespeichert; die Vorschau zeigt einen älteren Stand. "
            "Übernommen wurde nichts. Bitte die Vorschau neu aufbauen."
        )


def _all(connection: Connection, record: type[Record]) -> dict[Any, Row]:
    rows = connection.execute(select(table_of(record))).mappings()
    return {row[key_of(record).name]: dict(row) for row in rows}


def _places(connection: Connection) -> set[str]:
    """The keys of the own municipalities, and of the neighbouring districts (five digits)."""
    own = connection.execute(select(table_of(Municipality).c.ags)).scalars()
    around = table_of(Boundary).c
    nearby = connection.execute(select(around.key).where(around.role == BoundaryRole.NEIGHBOUR)).scalars()
    return {*own, *nearby}
