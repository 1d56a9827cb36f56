"""An answered file of a confirmation round: as it went out, as it came back, and as it is now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from steering.analysis.confirmation import RECORDS, AskedFile, asked
from steering.analysis.incoming import IncomingRow, Reading
from steering.analysis.incoming.recorded import Recorded
from steering.analysis.portfolio import Portfolio
from steering.exchange.asking.returning import NotOurs, answered_to
from steering.exchange.asking.tokens import listed_in, token_in
from steering.exchange.confirmation.files import TOKEN
from steering.exchange.confirmation.judging import Clash, Decisions, Gone, Judge
from steering.exchange.confirmation.rows import AnswerReader
from steering.exchange.confirmation.sheets import REPLY, TITLES, CarrierScope
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.workbook.cell_reading import as_words, is_empty
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.grids import CellRows, grids
from steering.exchange.workbook.name_reading import MeantRecords
from steering.exchange.workbook.reference_names import same
from steering.exchange.workbook.tables import HEADER_WITHIN, UnderstoodSheet, note_new, understood
from steering.model import ConfirmationItem, Verdict
from steering.model.german import count

_NOT_OURS = NotOurs(
    "trägt keine Kennung einer Rückmelderunde; sie steht auf dem Blatt »Erläuterungen«. Bitte den Träger um "
    "die Datei bitten, die ihm geschickt wurde.",
    "gehört zu keiner Rückmelderunde, die hier geführt wird. Bitte prüfen, ob die Runde zurückgenommen wurde "
    "oder die Datei aus einer anderen Datenbank stammt.",
)


@dataclass(frozen=True)
class Answer:
    """What came back in one file.

    `clashes`: where the carrier's answer rests on something that has been changed here since; `gone`: what
    no longer exists according to the carrier; `left_open`: how many rows would still wait for an answer after
    all others were taken over.
    """

    asked: AskedFile
    reading: Reading
    clashes: tuple[Clash, ...] = ()
    gone: tuple[Gone, ...] = ()
    left_open: int = 0


def is_answer(found: Mapping[str, CellRows]) -> bool:
    """Whether a workbook belongs to a confirmation round, though it may be damaged."""
    return bool(token_in(found, TOKEN)) or any(_asks(grid) for grid in found.values())


def read(
    file: IncomingFile,
    portfolio: Portfolio,
    lists: Lists,
    day: date,
    *,
    found: Mapping[str, CellRows] | None = None,
    round_id: int | None = None,
    decisions: Decisions | None = None,
    read_before: Collection[int] = (),
) -> Answer:
    """One row per row of the three sheets.

    `day`: when the answer came. `round_id`: the round that is looked at, where one is. `decisions`: what
    somebody has decided about clashes and about what is gone. `read_before`: requests that another file of
    the same upload has answered. Raises FileRefused where the file is none of this round, or not readable.
    """
    found = grids(file) if found is None else found
    sent = answered_to(file, found, TOKEN, asked(portfolio), round_id, _NOT_OURS)
    if sent.request_id in read_before:
        raise file.refused(
            f"ist schon die zweite Datei von »{sent.carrier}«. Bitte nur die neueste einlesen."
        )
    scope = CarrierScope(portfolio, sent.carrier_id, sent.items, lists)
    placed, notes = _tables(file, found, scope, sent)
    listed = listed_in(found)
    recorded = Recorded(scope.own, _flat(lists), {})
    meant = MeantRecords(scope.own, listed)
    for table in placed:
        note_new(table, meant)
    judge = Judge(sent, recorded, day, decisions or Decisions())
    answers = AnswerReader(file.name, sent, recorded, meant, scope, judge)
    rows = tuple(row for table in placed for row in answers.of(table))
    whole = Reading(rows, (f"Rückmeldung von »{sent.carrier}« ({sent.round_name}).", *notes))
    return Answer(sent, whole, tuple(judge.clashes), tuple(judge.gone), _left_open(sent, rows))


def _left_open(sent: AskedFile, rows: Collection[IncomingRow]) -> int:
    answered = {
        wanted.id
        for row in rows
        for wanted in row.records
        if wanted.record is ConfirmationItem and wanted.values["verdict"] != Verdict.OPEN
    }
    return sum(item.verdict == Verdict.OPEN and item.id not in answered for item in sent.items)


def _asks(grid: CellRows) -> bool:
    return any(same(as_words(cell)) == same(REPLY.heading) for row in grid[:HEADER_WITHIN] for cell in row)


def _tables(
    file: IncomingFile, found: Mapping[str, CellRows], scope: CarrierScope, sent: AskedFile
) -> tuple[list[UnderstoodSheet], list[str]]:
    """The sheets that are understood, and a sentence on each that is missing or was changed."""
    tables, notes = [], []
    by_title = {same(title): (title, grid) for title, grid in found.items()}
    for name, record in RECORDS.items():
        title, grid = by_title.get(same(TITLES[name]), (TITLES[name], None))
        columns = scope.columns[record]
        table, strange = understood(record, title, grid, columns) if grid else (None, [])
        notes += strange
        many = len(sent.of(record))
        if table is None:
            if many:
                left = f"{count(many, 'Zeile bleibt', 'Zeilen bleiben')} offen"
                notes.append(f"Das Blatt »{title}« fehlt oder ist nicht lesbar; {left}.")
            continue
        missing = [column.heading for column in columns if column not in table.columns]
        notes += [
            f"Blatt »{title}«: Die Spalte »{heading}« fehlt; ihre Angaben bleiben, wie sie sind."
            for heading in missing
        ]
        tables.append(_whole(table, columns))
    if not tables:
        titles = ", ".join(f"»{title}«" for title in TITLES.values())
        raise file.refused(
            f"enthält keines der Blätter {titles} mit der Spalte »Nr.«. Bitte den Träger um die Datei "
            "bitten, die ihm geschickt wurde."
        )
    return tables, notes


def _whole(table: UnderstoodSheet, columns: Collection[Any]) -> UnderstoodSheet:
    """A table whose lines have the question and the remark, empty where the columns are missing."""
    empty = {column.field: None for column in columns if column not in table.columns}
    lines = tuple(replace(line, cells=empty | line.cells) for line in table.lines)
    return replace(table, lines=tuple(line for line in lines if not all(map(is_empty, line.cells.values()))))


def _flat(lists: Lists) -> dict[Any, Any]:
    return {
        record: tuple((each.field, each.record, each.owner, each.member) for each in links)
        for record, links in lists.items()
    }
