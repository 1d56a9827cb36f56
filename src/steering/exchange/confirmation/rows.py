"""The rows of an answered file as records that are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from steering.analysis.confirmation import AskedFile, Item
from steering.analysis.incoming import IncomingRow, New, Place, Refusal, Wanted
from steering.analysis.incoming.recorded import Recorded
from steering.analysis.incoming.sameness import alike
from steering.exchange.cells import letters
from steering.exchange.confirmation.judging import AnsweredRow, Judge, Wrong, fit_end
from steering.exchange.confirmation.replies import reply_in
from steering.exchange.confirmation.sheets import REMARK, REPLY, CarrierScope, correctable
from steering.exchange.workbook.cell_reading import as_words, is_empty, readable, value_of
from steering.exchange.workbook.name_reading import MeantRecords
from steering.exchange.workbook.reading import SheetReader
from steering.exchange.workbook.tables import SheetRow, UnderstoodSheet, new_key
from steering.model import ConfirmationItem, Record, Reply, Structure, Verdict

Values = dict[str, Any]
_LONGEST_REMARK = 5_000


class _Sent:
    """The records as they went out, in the place of the recorded ones: what differs, the carrier changed."""

    def __init__(self, asked: AskedFile) -> None:
        self.items = {(item.record, item.key): item for item in asked.items}

    def row(self, record: type[Record], key: Any) -> Values | None:
        item = self.items.get((record, key))
        return item.sent if item else None


@dataclass
class AnswerReader:
    """Reads the rows of a carrier's file."""

    file: str
    asked: AskedFile
    recorded: Recorded
    meant: MeantRecords
    scope: CarrierScope
    judge: Judge

    def __post_init__(self) -> None:
        self._sent = _Sent(self.asked)
        sent: Any = self._sent
        self._rows = SheetReader(self.file, sent, self.meant, self.judge.day)

    def of(self, table: UnderstoodSheet) -> Iterator[IncomingRow]:
        """The rows of one sheet, in its order."""
        fields = replace(table, columns=correctable(table.columns))
        seen: set[Any] = set()
        for line in table.lines:
            place = Place(self.file, table.title, line.number)
            title = self._title(table, line)
            try:
                yield self._row(fields, line, place, title, seen)
            except Wrong as wrong:
                stands_in = (Wanted(table.record, {}, key=new_key(table, line)),)
                refusals = tuple(Refusal(place, *each) for each in wrong.reasons)
                yield IncomingRow(place, title, stands_in, line.words, refusals=refusals)

    def _row(
        self, table: UnderstoodSheet, line: SheetRow, place: Place, title: str, seen: set[Any]
    ) -> IncomingRow:
        item = self._item(table, line, seen)
        if item is not None:
            self.judge.now(item)
        reply = self._reply(line)
        notes: list[str] = []
        remark = self._remark(line, notes)
        emptied = item is not None and _is_emptied(table, line)
        if emptied and reply is not Reply.GONE:
            raise Wrong(
                ("", "", "Die Zeile ist geleert; gelöscht wird dadurch nichts. Bitte beim Träger nachfragen.")
            )
        problems: list[Refusal] = []
        changes = {} if emptied else self._rows.values(table, line, item and item.key, place, problems, notes)
        if problems:
            raise Wrong(*((each.column, each.value, each.reason) for each in problems))
        self._stay_in_scope(table, item, changes)
        if item is None:
            records = self._added(table, line, changes, remark, notes)
        else:
            headings = {column.field: column.heading for column in table.columns}
            row = AnsweredRow(item, title, reply, changes, remark, headings)
            records = self.judge.answered(row, notes)
        return IncomingRow(place, title, tuple(records), line.words, notes=tuple(notes))

    def _item(self, table: UnderstoodSheet, line: SheetRow, seen: set[Any]) -> Item | None:
        """The row that went out, by its number; None for one that the carrier has added."""
        cell = line.cells[table.key.field]
        if is_empty(cell):
            return None
        shown = as_words(cell)[:80]
        try:
            key = value_of(table.key, cell)
        except ValueError:
            key = None
        item = self._sent.items.get((table.record, key))
        if item is None:
            raise Wrong(
                (
                    table.key.heading,
                    shown,
                    f"Diese Nummer ging nicht an »{self.asked.carrier}«. Für einen neuen Eintrag bleibt sie "
                    "leer; sonst bitte beim Träger nachfragen.",
                )
            )
        if key in seen:
            raise Wrong((table.key.heading, shown, "Diese Nummer steht schon in einer Zeile weiter oben."))
        seen.add(key)
        return item

    def _reply(self, line: SheetRow) -> Reply | None:
        cell = line.cells[REPLY.field]
        try:
            return reply_in(as_words(readable(cell)))
        except ValueError as problem:
            raise Wrong((REPLY.heading, as_words(cell)[:80], str(problem))) from None

    def _remark(self, line: SheetRow, notes: list[str]) -> str:
        cell = line.cells[REMARK.field]
        try:
            said = as_words(readable(cell))
        except ValueError as problem:
            raise Wrong((REMARK.heading, as_words(cell)[:80], str(problem))) from None
        if (remark := letters.ungarbled(said)) != said:
            notes.append(letters.mended_said(said, remark))
        if len(remark) > _LONGEST_REMARK:
            raise Wrong((REMARK.heading, remark[:80], "Die Bemerkung ist zu lang. Bitte kürzen."))
        return remark

    def _stay_in_scope(self, table: UnderstoodSheet, item: Item | None, changes: Mapping[str, Any]) -> None:
        """Nobody's file reaches into another house, whatever number somebody types."""
        headings = {column.field: column.heading for column in table.columns}
        structures = set(self.scope.own.structures["id"])
        for name, allowed in (("organisation_id", self.scope.units), ("structure_id", structures)):
            key = changes.get(name)
            if key is None or isinstance(key, New) or key in allowed:
                continue
            raise Wrong((headings[name], str(key), f"Das gehört nicht zu »{self.asked.carrier}«."))

    def _added(
        self, table: UnderstoodSheet, line: SheetRow, values: Values, remark: str, notes: list[str]
    ) -> list[Wanted]:
        record, key = table.record, new_key(table, line)
        headings = {column.field: column.heading for column in table.columns}
        if record is Structure:
            values.setdefault("organisation_id", self.asked.carrier_id)
        elif "structure_id" not in values and len(self.scope.own.structures) == 1:
            values["structure_id"] = int(self.scope.own.structures["id"].iloc[0])
            notes.append("Keine Struktur genannt: der einzigen des Trägers zugeordnet.")
        fit_end(record, {}, values, notes)
        known = self._recorded_already(record, values)
        if known is not None:
            return [Wanted(record, {}, id=known)]
        row = {
            "request_id": self.asked.request_id,
            "record": str(record.__tablename__),
            "record_key": New(record, key),
            "verdict": Verdict.ADDED,
            "remark": remark,
            "answered_on": self.judge.day,
        }
        return [
            Wanted(record, values | {"confirmed_on": self.judge.day}, key=key, columns=headings),
            Wanted(ConfirmationItem, row, key=("item", *key)),
            self.judge.request(),
        ]

    def _recorded_already(self, record: type[Record], values: Values) -> Any:
        """A record that says all that a new row does: the same file read twice adds nothing twice."""
        for key, row in self.recorded.rows(record).items():
            if all(alike(row[name], value) for name, value in values.items()):
                return key
        return None

    def _title(self, table: UnderstoodSheet, line: SheetRow) -> str:
        named = [
            as_words(line.cells[column.field])
            for column in table.columns
            if column.field in ("structure_id", "name", "task_id") and not is_empty(line.cells[column.field])
        ]
        return f"{' – '.join(named) or table.title} ({self.asked.short})"


def _is_emptied(table: UnderstoodSheet, line: SheetRow) -> bool:
    return all(is_empty(line.cells[column.field]) for column in table.columns if not column.protected)
