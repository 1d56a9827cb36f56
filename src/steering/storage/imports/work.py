"""The records of the rows that somebody has chosen, made and changed in an order that holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import sort_tables

from steering.analysis.incoming import JudgedRow, New, Wanted
from steering.model import Record, Traced
from steering.storage import closed_rounds, closed_years, rules
from steering.storage.problems import Invalid, StorageError
from steering.storage.provenance import as_fact
from steering.storage.rows import Row
from steering.storage.slugs import numbered, taken_slugs
from steering.storage.tables import LINKS, key_of, table_of
from steering.storage.transaction import Batch

TellsShare = Callable[[float], None]
_AT_ONCE = 2_000
_CIRCLE = "Die Einträge sind einander im Kreis zugeordnet. Bitte eine der Zuordnungen ändern."
_GONE = "Den Eintrag gibt es nicht mehr. Bitte die Vorschau neu aufbauen."


class ImportRefused(StorageError):
    """The chosen rows cannot be taken over as they are; nothing was written."""


@dataclass(frozen=True)
class Failure:
    """What is wrong with a record of a chosen row, and at which field ("" for the record as a whole)."""

    number: int
    wanted: Wanted
    field: str
    reason: str


class RowsRefused(ImportRefused):
    """What single rows want breaks a rule between records."""

    def __init__(self, place: str, failures: Sequence[Failure]) -> None:
        super().__init__(f"{place}: {failures[0].reason}")
        self.failures = failures


@dataclass(frozen=True, slots=True)
class _Part:
    """A record of a row, with the row's number in the proposal and its place in words."""

    number: int
    place: str
    wanted: Wanted


class Work:
    """The records of the chosen rows: which are to be made, under which keys, and which to be changed."""

    def __init__(
        self, batch: Batch, rows: Mapping[int, JudgedRow], progress: TellsShare | None = None
    ) -> None:
        self._batch = batch
        self._new: dict[type[Record], dict[Any, _Part]] = {}
        self._changed: list[_Part] = []
        self._keys: dict[New, Any] = {}
        for number, judged in rows.items():
            place = judged.row.place.words
            for wanted in judged.wanted:
                self._collect(_Part(number, place, wanted))
        self._all = sum(map(len, self._new.values())) + len(self._changed) or 1
        self._done = 0
        self._progress = progress

    def _collect(self, part: _Part) -> None:
        """Note a record; one that an earlier row wants already is made once."""
        wanted = part.wanted
        if wanted.id is not None:
            self._changed.append(part)
            return
        of_type = self._new.setdefault(wanted.record, {})
        of_type.setdefault(wanted.key if wanted.key is not None else object(), part)

    def write(self) -> None:
        """Carry everything out: what others point to first, then what changes, then the rules between.

        Raises RowsRefused for rows that break a rule, ImportRefused where the rows do not fit the data.
        """
        try:
            self._write()
        except IntegrityError as error:
            raise ImportRefused(
                "Die gewählten Zeilen passen nicht zu dem, was schon erfasst ist; übernommen wurde nichts. "
                "Bitte die Vorschau neu aufbauen."
            ) from error

    def _write(self) -> None:
        for record, of_type in self._new.items():
            self._give_keys(record, of_type)
        for table in _members_first():
            for record, of_type in self._new.items():
                if table is table_of(record):
                    self._insert(record, list(of_type.values()))
        for part in self._changed:
            self._update(part)
            self._count(1)
        self._look_back()

    def _count(self, number: int) -> None:
        before, self._done = self._done, self._done + number
        if self._progress and before // 100 < self._done // 100:
            self._progress(min(1.0, self._done / self._all))

    def _give_keys(self, record: type[Record], of_type: Mapping[Any, _Part]) -> None:
        own = key_of(record).name
        keys = iter(self._batch.unused_keys(record, len(of_type)) if own == "id" else ())
        for key, part in of_type.items():
            made = part.wanted.values.get(own) if own != "id" else next(keys)
            self._keys[New(record, key)] = made

    def _insert(self, record: type[Record], parts: Sequence[_Part]) -> None:
        own = key_of(record).name
        rows = []
        named = "slug" in table_of(record).c
        taken = taken_slugs(self._batch.connection, record) if named else set()
        traced = issubclass(record, Traced)
        for key, part in zip(self._new[record], parts, strict=True):
            values = self._resolved(part)
            values[own] = self._keys[New(record, key)]
            if named:
                values["slug"] = numbered(values["slug"], taken)
                taken.add(values["slug"])
            if traced and not values.get("source"):
                values |= self._origin(part)
            if closed_rounds.guards(record):
                with self._laid_at(part):
                    closed_rounds.check_change(self._batch.connection, record, None, values, values)
            rows.append(values)
        fields = _own_fields(record)
        if circular := _circular(rows, own, fields):
            failures = [Failure(parts[at].number, parts[at].wanted, fields[0], _CIRCLE) for at in circular]
            raise RowsRefused(parts[circular[0]].place, failures)
        rows = _parents_first(rows, own, fields)
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            self._batch.insert_many(record, some)
            self._count(len(some))

    @contextmanager
    def _laid_at(self, part: _Part) -> Iterator[None]:
        """Lay what a guard of the tables refuses at the row that wanted it."""
        try:
            yield
        except Invalid as invalid:
            self._refuse(part, invalid.problems[0].field, invalid.problems[0].message)

    def _update(self, part: _Part) -> None:
        wanted = part.wanted
        before = self._batch.row(wanted.record, wanted.id)
        if before is None:
            raise RowsRefused(part.place, [Failure(part.number, wanted, "", _GONE)])
        values = self._resolved(part)
        changes = {field: value for field, value in values.items() if before[field] != value}
        if changes:
            fact = as_fact(before, self._batch.actor, self._batch.now)
            with self._laid_at(part):
                self._batch.update(wanted.record, wanted.id, fact | changes)

    def _resolved(self, part: _Part) -> Row:
        return {
            name: self._resolve(part, value) if isinstance(value, _RESOLVABLE) else value
            for name, value in part.wanted.values.items()
        }

    def _resolve(self, part: _Part, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return sorted(self._resolve(part, each) for each in value)
        if not isinstance(value, New):
            return value
        if value not in self._keys:
            self._refuse(
                part,
                "",
                "Braucht einen Eintrag aus einer Zeile, die nicht gewählt oder abgewiesen ist. "
                "Bitte beide wählen.",
            )
        return self._keys[value]

    def _origin(self, part: _Part) -> Row:
        """Where a record comes from, unless the file says so itself."""
        day = f"{self._batch.now:%d.%m.%Y}"
        return {"source": f"eingelesen am {day} durch {self._batch.actor}", "origin": part.place[:5_000]}

    def _look_back(self) -> None:
        failures = [
            Failure(part.number, part.wanted, field, text)
            for part, key in self._written()
            if rules.binds(part.wanted.record, part.wanted.values, new=part.wanted.id is None)
            for field, text in rules.relations(self._batch.connection, part.wanted.record, key).items()
        ]
        failures += self._in_closed_years()
        if failures:
            places = {part.number: part.place for part, _ in self._written()}
            raise RowsRefused(places[failures[0].number], failures)

    def _in_closed_years(self) -> list[Failure]:
        """What the rows would change in closed years, laid at the rows that do."""
        failures = []
        for one in self._batch.years.broken():
            parts = next(filter(None, map(self._that_move, one.causes)), None)
            if parts is None:
                raise ImportRefused(one.sentence)
            failures += [Failure(part.number, part.wanted, "", one.sentence) for part in parts]
        return failures

    def _that_move(self, cause: tuple[type[Record], Any]) -> list[_Part]:
        """The parts of rows that change in a record what counts for a closed year."""
        return [
            part
            for part, key in self._written()
            if (part.wanted.record, key) == cause
            and closed_years.concerns(part.wanted.record, part.wanted.values)
        ]

    def _written(self) -> Iterator[tuple[_Part, Any]]:
        yield from ((part, part.wanted.id) for part in self._changed)
        for record, of_type in self._new.items():
            yield from ((part, self._keys[New(record, key)]) for key, part in of_type.items())

    def _refuse(self, part: _Part, field: str, reason: str) -> None:
        raise RowsRefused(part.place, [Failure(part.number, part.wanted, field, reason)])


_RESOLVABLE = (list, tuple, New)


def _members_first() -> list[Table]:
    """All tables so that a record comes after what it points to and after what its lists hold."""
    held = [
        (key.column.table, table_of(owner))
        for owner, links in LINKS.items()
        for link in links
        for key in table_of(link.record).c[link.member].foreign_keys
    ]
    return sort_tables(Record.metadata.tables.values(), extra_dependencies=held)


def _own_fields(record: type[Record]) -> list[str]:
    """The fields of a record that point to others of its type."""
    own = key_of(record)
    return [
        column.name for column in table_of(record).columns
        if any(key.column is own for key in column.foreign_keys)
    ]  # fmt: skip


def _circular(rows: Sequence[Row], own: str, fields: Sequence[str]) -> list[int]:
    """The positions of the rows from which their own references lead back to them."""
    above = {row[own]: [row.get(field) for field in fields] for row in rows if any(map(row.get, fields))}

    def leads_back(key: Any) -> bool:
        seen, ahead = set(), list(above.get(key, ()))
        while ahead:
            if (found := ahead.pop()) == key:
                return True
            if found not in seen:
                seen.add(found)
                ahead += above.get(found, ())
        return False

    return [at for at, row in enumerate(rows) if row[own] in above and leads_back(row[own])]


def _parents_first(rows: list[Row], own: str, fields: Sequence[str]) -> list[Row]:
    """The rows so that none points by one of the fields to one that comes later."""
    if not fields:
        return rows
    waiting = {row[own]: row for row in rows}
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
