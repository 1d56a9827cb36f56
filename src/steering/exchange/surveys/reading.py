"""An answered file of a survey of needs: which body's it is, what it says, and what it said before."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.incoming import IncomingRow, Reading, Wanted
from steering.analysis.incoming.recorded import Recorded
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import AskedBody, asked
from steering.analysis.surveys.said import answers
from steering.exchange.asking.returning import NotOurs, answered_to
from steering.exchange.asking.tokens import listed_in, token_in
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.surveys.files import TOKEN
from steering.exchange.surveys.prefilled import plain
from steering.exchange.surveys.rows import SAID, RowReader, SaidRow
from steering.exchange.surveys.sheets import TITLES, columns, last_in_words
from steering.exchange.workbook.columns import Lists
from steering.exchange.workbook.grids import CellRows, grids
from steering.exchange.workbook.name_reading import MeantRecords
from steering.exchange.workbook.reading import SheetReader
from steering.exchange.workbook.reference_names import same
from steering.exchange.workbook.tables import UnderstoodSheet, understood
from steering.model import NeedKind, SurveyAnswer, SurveyRequest
from steering.model.german import listing

_NOT_OURS = NotOurs(
    "trägt keine Kennung einer Bedarfserhebung; sie steht auf dem Blatt »Erläuterungen«. Bitte um die Datei "
    "bitten, die versandt wurde.",
    "gehört zu keiner Bedarfserhebung, die hier geführt wird. Bitte prüfen, ob sie zurückgenommen wurde oder "
    "die Datei aus einer anderen Datenbank stammt.",
)


@dataclass(frozen=True)
class BodyAnswer:
    """What came back in one file; `left_open`: about how many tasks the body has said nothing so far."""

    asked: AskedBody
    reading: Reading
    left_open: int = 0


def is_answer(found: Mapping[str, CellRows]) -> bool:
    """Whether a workbook belongs to a survey of needs."""
    token = token_in(found, TOKEN)
    titles = {same(title) for title in found}
    return bool(token) and {same(title) for title in TITLES.values()} & titles != set()


def read(
    file: IncomingFile,
    portfolio: Portfolio,
    lists: Lists,
    day: date,
    *,
    found: Mapping[str, CellRows] | None = None,
    round_id: int | None = None,
    read_before: Collection[int] = (),
) -> BodyAnswer:
    """One row per line that says something; all rows about a task are new where one of them says otherwise.

    `day`: when the file came. `round_id`: the round that is looked at, where one is. `read_before`: requests
    that another file of the same upload has answered. Raises FileRefused where the file is none of this
    round, or not readable.
    """
    found = grids(file) if found is None else found
    sent = answered_to(file, found, TOKEN, asked(portfolio), round_id, _NOT_OURS)
    if sent.request_id in read_before:
        raise file.refused(
            f"ist schon die zweite Datei von »{sent.name}«. Bitte nacheinander einlesen; beide Antworten "
            "bleiben erhalten, die später eingegangene gilt."
        )
    sheets, notes = _sheets(file, found, lists)
    meant = MeantRecords(portfolio, listed_in(found))
    plain = SheetReader(file.name, Recorded(portfolio, {}, {}), meant, day)
    reader = RowReader(file.name, portfolio, sent, meant, plain, day)
    said = [row for kind, table in sheets for row in reader.of(table, kind)]
    digest = hashlib.sha256(file.content).hexdigest()
    rows = (*_rows(portfolio, sent, said, day, digest), *reader.refused)
    whole = Reading(rows, (f"Antwort von »{sent.name}« ({sent.round_name}).", *notes))
    return BodyAnswer(sent, whole, _left_open(portfolio, sent, said))


def _sheets(
    file: IncomingFile, found: Mapping[str, CellRows], lists: Lists
) -> tuple[list[tuple[NeedKind, UnderstoodSheet]], list[str]]:
    """The sheets that are understood, and a sentence on what is missing."""
    by_title = {same(title): (title, grid) for title, grid in found.items()}
    tables: list[tuple[NeedKind, UnderstoodSheet]] = []
    notes: list[str] = []
    for kind, name in TITLES.items():
        title, grid = by_title.get(same(name), (name, None))
        table, strange = understood(SurveyAnswer, title, grid, columns(kind, lists)) if grid else (None, [])
        notes += strange
        fields = {column.field for column in table.columns} if table else set()
        if table is None or "needed" not in fields:
            notes.append(
                f"Das Blatt »{title}« fehlt oder hat keine Spalte »Bedarf?«; nichts davon ist gelesen."
            )
            continue
        missing = [each.heading for each in columns(kind, lists) if each.field not in fields]
        if missing:
            notes.append(f"Blatt »{title}«: Es fehlt {listing([f'»{each}«' for each in missing])}.")
        tables.append((kind, table))
    if not tables:
        titles = " und ".join(f"»{title}«" for title in TITLES.values())
        raise file.refused(
            f"enthält keines der Blätter {titles} mit den Spalten »Nr.« und »Bedarf?«. Bitte um die Datei "
            "bitten, die versandt wurde."
        )
    return tables, notes


def _rows(
    portfolio: Portfolio, sent: AskedBody, said: list[SaidRow], day: date, digest: str
) -> Iterator[IncomingRow]:
    """The answers task by task: as they stand already, or all of the task anew."""
    known = answers(portfolio)
    known = known[known["body"] == sent.body.key]
    by_task: dict[int, list[SaidRow]] = {}
    for row in said:
        by_task.setdefault(row.said["task_id"], []).append(row)
    for task, rows in by_task.items():
        before = known[known["task_id"] == task].to_dict("records")
        own = [each for each in before if each["request_id"] == sent.request_id]
        holding = [each for each in own if each["holds"]]
        read_already = [each for each in own if each["digest"] == digest]
        everybody = _everybody(portfolio)
        if len(read_already) >= len(rows) or _same(
            [_key(row.said, everybody) for row in rows], [_stored(each) for each in holding]
        ):
            yield from _unchanged(rows, read_already or holding)
            continue
        # Of a file that was read already those lines are left that were not taken in then.
        stored = [(_stored(each), each) for each in read_already]
        came = read_already[0]["received_on"].date() if read_already else day
        notes = _replaces([each for each in holding if each["digest"] != digest])
        for number, row in enumerate(rows):
            key = _key(row.said, everybody)
            if (taken := next((pair for pair in stored if pair[0] == key), None)) is not None:
                stored.remove(taken)
                yield from _unchanged([row], [taken[1]])
                continue
            same_before = [each for each in before if _stored(each) == key]
            need = next((int(each["need_id"]) for each in same_before if pd.notna(each["need_id"])), None)
            values = row.said | {"request_id": sent.request_id, "received_on": came, "digest": digest}
            yield IncomingRow(
                row.place, row.title,
                (
                    Wanted(SurveyAnswer, values | {"need_id": need}, key=(digest, task, number)),
                    Wanted(SurveyRequest, {"answered_on": day, "refused_on": None}, id=sent.request_id),
                ),
                row.cells, notes=row.notes + notes,
            )  # fmt: skip


def _unchanged(rows: list[SaidRow], stored: list[dict[Any, Any]]) -> Iterator[IncomingRow]:
    for place, row in enumerate(rows):
        key = int(stored[min(place, len(stored) - 1)]["answer_id"])
        yield IncomingRow(row.place, row.title, (Wanted(SurveyAnswer, {}, id=key),), row.cells)


def _replaces(holding: list[dict[Any, Any]]) -> tuple[str, ...]:
    """That the body has answered before, and what it said."""
    if not holding:
        return ()
    said = listing([str(last_in_words(each)) for each in holding])
    return (f"Zweite Antwort zu dieser Aufgabe; zuvor: {said}. Beide bleiben, die später eingegangene gilt.",)


def _same(first: list[tuple[Any, ...]], second: list[tuple[Any, ...]]) -> bool:
    return sorted(map(repr, first)) == sorted(map(repr, second))


def _everybody(portfolio: Portfolio) -> list[int]:
    groups = portfolio.target_groups
    return sorted(int(key) for key in groups.loc[groups["everyone"].astype(bool), "id"])


def _key(values: dict[str, Any], everybody: list[int]) -> tuple[Any, ...]:
    """What a row says, as it would be stored."""
    groups = values.get("target_groups") or everybody
    usual = {"site": "", "reason": ""}
    found = {name: values.get(name, usual.get(name)) for name in SAID} | {
        "target_groups": tuple(sorted(groups))
    }
    return tuple(plain(found[name]) for name in SAID)


def _stored(row: dict[Any, Any]) -> tuple[Any, ...]:
    found = row | {"target_groups": tuple(sorted(row["groups"]))}
    return tuple(plain(found[name]) for name in SAID)


def _left_open(portfolio: Portfolio, sent: AskedBody, said: list[SaidRow]) -> int:
    known = portfolio.survey_answers
    before = set(known.loc[known["request_id"] == sent.request_id, "task_id"])
    return len(set(sent.tasks) - before - {row.said["task_id"] for row in said})
