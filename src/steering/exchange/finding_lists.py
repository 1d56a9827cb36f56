"""Findings as text for other programs and for the terminal: JSON, CSV and a table."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.exchange.cells.separated_cells import guarded
from steering.model import FindingKind
from steering.model.german import day, listing
from steering.model.vocabulary import word

Row = dict[str, Any]

COLUMNS = (
    "key",
    "kind",
    "task",
    "task_name",
    "participants",
    "participant_names",
    "reason",
    "municipalities",
    "target_groups",
    "sites",
    "need",
    "start",
    "end",
    "coordinated",
    "internal",
    "assessment",
)
DISTRICT_WIDE = "kreisweit"
_WIDEST = 44  # characters of a cell in the table


def rows(portfolio: Portfolio, found: pd.DataFrame) -> list[Row]:
    """One object per finding, with the names and values that `steering findings` promises."""
    tasks = portfolio.tasks.set_index("id")[["slug", "name"]].astype(object).to_dict("index")
    return [_row(record, tasks) for record in found.to_dict("records")]


def _row(record: dict[Any, Any], tasks: dict[Any, Any]) -> Row:
    task = tasks.get(record["task_id"], {"slug": None, "name": None})
    assessment = {"state": record["assessment_state"], "changed": bool(record["assessment_changed"])}
    values = (
        record["key"],
        record["kind"],
        task["slug"],
        task["name"],
        list(record["participants"]),
        list(record["participant_names"]),
        record["reason"],
        list(record["municipalities"]),
        list(record["target_groups"]),
        list(record["sites"]),
        None if pd.isna(record["need_id"]) else int(record["need_id"]),
        _iso(record["start"]),
        _iso(record["end"]),
        bool(record["coordinated"]),
        bool(record["internal"]),
        assessment if record["assessment_state"] else None,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _iso(moment: Any) -> str | None:
    return None if pd.isna(moment) else moment.date().isoformat()


def as_json(found: list[Row]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_csv(found: list[Row]) -> str:
    """Separated by semicolons, as German spreadsheets read it; lists within a cell by blanks or commas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([_flat(row[column]) for column in COLUMNS])
    return text.getvalue()


def _flat(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case list():
            return _flat(", ".join(value))
        case str():
            return guarded(value)
        case {"state": state, "changed": changed}:
            return f"{state}, changed" if changed else state
        case _:
            return value


def as_table(portfolio: Portfolio, found: list[Row]) -> str:
    """A table in German, one line per finding; a sentence where there is none."""
    if not found:
        return "Im Planungshorizont gibt es keine Hinweise.\n"
    names = portfolio.municipalities.set_index("ags")["name"]
    inhabited = int(portfolio.municipalities["inhabited"].sum())
    head = ["Art", "Aufgabe", "Beteiligte", "Grund", "Gemeinden", "von", "bis"]
    lines = [head] + [
        [
            word(FindingKind(row["kind"])),
            row["task_name"] or "",
            listing(row["participant_names"], 3),
            _remark(row),
            _where(row, names, inhabited),
            _day(row["start"]),
            _day(row["end"]),
        ]
        for row in found
    ]
    cut = [[cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…" for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in cut
    )


def _remark(row: Row) -> str:
    said = [row["reason"], "abgestimmt" * row["coordinated"], "intern" * row["internal"]]
    return ", ".join(filter(None, said))


def _where(row: Row, names: pd.Series, inhabited: int) -> str:
    if len(row["municipalities"]) == inhabited:
        return DISTRICT_WIDE
    return listing([str(names[ags]) for ags in row["municipalities"]], 3)


def _day(iso: str | None) -> str:
    return day(pd.Timestamp(iso).date() if iso else None, empty="offen")
