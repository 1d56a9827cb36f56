"""Writing what people have typed: checked, all of it or nothing, logged, and answered with a receipt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select

from steering.model import Record, TargetGroup, texts
from steering.storage import rules
from steering.storage.conflicts import check_version
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.provenance import with_source
from steering.storage.rows import Row
from steering.storage.slugs import unused_slug
from steering.storage.tables import LINKS, key_of, table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.validation import WrongByField, check, tidy


@dataclass(frozen=True)
class Made:
    """As a value in an edit: the key of the record that an earlier edit of the same write makes."""

    index: int


@dataclass(frozen=True)
class Edit:
    """A record to add, or with `id` one to change from `version`; fields not in `values` stay as they are.

    Lists a record owns (target_groups, municipalities, organisations, tasks) are values like others.
    `base`: the record as it stood in the form when that was opened, to tell a conflict field by field.
    """

    record: type[Record]
    values: Mapping[str, Any]
    id: Any = None
    version: int | None = None
    base: Mapping[str, Any] | None = None


def write(engine: Engine, edits: Sequence[Edit], *, actor: str, now: datetime) -> Receipt:
    """Carry out all edits in their order, or none.

    `now` is UTC without a zone. Raises Invalid with every problem of every edit, Conflict where a
    record has moved on, and as `saving` does.
    """
    with transaction(engine, actor, now) as batch:
        return write_in(batch, edits)


def write_in(batch: Batch, edits: Sequence[Edit]) -> Receipt:
    """Within a transaction: carry out all edits in their order. Raises as `write` does."""
    for index, edit in enumerate(edits):
        if edit.id is not None:
            _check_version(batch, index, edit)
    work = _Work(batch)
    for edit in edits:
        work.carry_out(edit)
    work.look_back()
    if work.problems:
        raise Invalid(*work.problems)
    cleaned = (name for edit in edits for name, value in edit.values.items() if texts.has_unseen(value))
    return replace(batch.receipt(*work.keys), cleaned=tuple(dict.fromkeys(cleaned)))


@dataclass
class _Work:
    """The edits under way; `keys` has None for each edit that was refused."""

    batch: Batch
    keys: list[Any] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def carry_out(self, edit: Edit) -> None:
        """Check one edit and, where nothing is wrong, write it within the transaction."""
        values, waiting = self._resolved(edit)
        before = self.batch.row(edit.record, edit.id) if edit.id is not None else None
        values = tidy(edit.record, values)
        if before is None:
            values = _completed(self.batch.connection, edit.record, values)
        values = with_source(edit.record, before, values, self.batch.actor, self.batch.now)
        row, findings = check(edit.record, (before or {}) | values)
        touched = {name: row[name] for name in (row if before is None else values) if name in row}
        findings = self._rules(edit, _new(before, touched), findings)
        findings = {name: text for name, text in findings.items() if name not in waiting}
        self._report(len(self.keys), findings)
        self.edits.append(edit)
        self.keys.append(None if findings or waiting else self._written(edit, before, touched))

    def look_back(self) -> None:
        """Check what must hold between records once all edits are in."""
        seen: set[tuple[str, Any]] = set()
        for index, (edit, key) in enumerate(zip(self.edits, self.keys, strict=True)):
            place = (table_of(edit.record).name, key)
            if key is not None and place not in seen:
                self._report(index, rules.relations(self.batch.connection, edit.record, key))
                seen.add(place)

    def _resolved(self, edit: Edit) -> tuple[Row, set[str]]:
        """The values with keys in place of Made, and the fields that wait for a refused edit."""
        waiting = {
            name
            for name, value in edit.values.items()
            if any(isinstance(part, Made) and self.keys[part.index] is None for part in _parts(value))
        }
        values = {
            name: _filled(value, self.keys)
            for name, value in edit.values.items()
            if name not in waiting | _not_edited(edit)
        }
        return values, waiting

    def _rules(self, edit: Edit, new: Row, findings: WrongByField) -> WrongByField:
        sound = {name: value for name, value in new.items() if name not in findings}
        connection = self.batch.connection
        return (
            findings
            | rules.references(connection, edit.record, sound)
            | rules.uniqueness(connection, edit.record, edit.id, sound)
        )

    def _written(self, edit: Edit, before: Row | None, touched: Row) -> Any:
        if before is None:
            return self.batch.insert(edit.record, touched)
        self.batch.update(edit.record, edit.id, touched)
        return edit.id

    def _report(self, index: int, findings: WrongByField) -> None:
        self.problems += [Problem(index, name, text) for name, text in findings.items()]


def _check_version(batch: Batch, index: int, edit: Edit) -> None:
    mine = {name: value for name, value in edit.values.items() if name not in _not_edited(edit)}
    stored = batch.row(edit.record, edit.id)
    check_version(
        batch.connection, index, edit.record, edit.id, stored, edit.version, base=edit.base, mine=mine
    )


def _not_edited(edit: Edit) -> set[str]:
    """Fields that values may bring along without meaning them."""
    return {"id", "version"} | ({key_of(edit.record).name} if edit.id is not None else set())


def _new(before: Row | None, touched: Row) -> Row:
    """What an edit brings in: what it says anew, and of a list only what is added to it."""
    if before is None:
        return touched
    changed = {name: value for name, value in touched.items() if before[name] != value}
    return {
        name: [member for member in value if member not in before[name]] if isinstance(value, list) else value
        for name, value in changed.items()
    }


def _completed(connection: Connection, record: type[Record], values: Row) -> Row:
    """The values of a new record with what nobody is asked for: its short name, and "alle" as the group."""
    if "slug" in table_of(record).c and not values.get("slug"):
        values = values | {"slug": unused_slug(connection, record, str(values.get("name", "")))}
    lists = {link.field for link in LINKS.get(record, ())}
    if "target_groups" in lists - values.keys():
        groups = table_of(TargetGroup).c
        everyone = select(groups.id).where(groups.everyone, groups.archived_on.is_(None))
        values = values | {"target_groups": sorted(connection.execute(everyone).scalars())}
    return values


def _parts(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _filled(value: Any, keys: Sequence[Any]) -> Any:
    if isinstance(value, list | tuple):
        return [_filled(part, keys) for part in value]
    return keys[value.index] if isinstance(value, Made) else value
