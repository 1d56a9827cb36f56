"""A list of 10,000 rows and 15 columns: read, compared and written, against openpyxl's mere reading of it.

    python -m benchmarks.lists

One process, the file read once, then the dry run and the writing of the same comparison. Fails above 4.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from benchmarks.report import report
from steering.analysis.incoming import RowOutcome
from steering.exchange.incoming_files import received
from steering.exchange.lists import lists
from steering.storage import reading, schema
from steering.storage.imports import importing

ROWS, MOST = 10_000, 4.0
HEADINGS = (
    "Bezeichnung", "Träger", "Art", "Gemeinde", "AGS", "Aufgabe", "Zielgruppe", "Beginn", "Befristung",
    "Förderprogramm", "Mittelgeber", "Betrag (EUR)", "Förderquote", "VZÄ", "Bemerkung",
)  # fmt: skip


def made(places: list[tuple[str, str]], tasks: list[str]) -> bytes:
    """A workbook as a ministry might send it: three title lines, every form of cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Angebote")
    for title in ("Übersicht der Angebote", "Stand: 12.11.2026", ""):
        sheet.append([title])
    sheet.append(HEADINGS)
    for number in range(ROWS):
        ags, name = places[number % len(places)]
        amount = f"{1_000 + number:,}".replace(",", ".") + ",50 €"
        task, end = tasks[number % len(tasks)], ("unbefristet", "31.12.2027", "laufend")[number % 3]
        start = date(2020, 1 + number % 12, 1 + number % 28)
        who = [f"Angebot {number}", f"Träger {number % 200}", "Projekt", name, ags, task, "alle"]
        money = [start, end, f"Programm {number % 20}", "Land", amount, 0.9, 0.5 + number % 4]
        sheet.append([*who, *money, f"Zeile {number}"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def main() -> int:
    with TemporaryDirectory() as folder:
        engine = schema.prepare(f"sqlite:///{(Path(folder) / 'steering.db').as_posix()}", "coburg")
        before = reading.portfolio(engine)
        own = before.municipalities.loc[before.municipalities["inhabited"]]
        places = list(zip(own["ags"], own["name"], strict=True))
        content = made(places, before.tasks["name"].tolist())
        plain = _timed(lambda: _read_plainly(content))
        clock = [time.perf_counter()]
        found = lists.read(received("liste.xlsx", content), before)
        clock.append(time.perf_counter())
        proposal = importing.propose(engine, before, found)
        clock.append(time.perf_counter())
        importing.take_over(engine, proposal, actor="Messung", now=datetime.now(UTC).replace(tzinfo=None))
        clock.append(time.perf_counter())
        written = len(reading.portfolio(engine).structures) - len(before.structures)
        engine.dispose()
    read, compared, wrote = (later - earlier for earlier, later in pairwise(clock))
    ratio = (clock[-1] - clock[0]) / plain
    rows = [("step", "seconds"), ("openpyxl, read only", f"{plain:.2f}"), ("reading the list", f"{read:.2f}"),
            ("comparing (dry run)", f"{compared:.2f}"), ("writing", f"{wrote:.2f}"),
            ("all together, times openpyxl", f"{ratio:.2f}")]  # fmt: skip
    report(f"{written} of {ROWS} structures from a workbook", rows)
    complete = written == proposal.counts[RowOutcome.NEW] == ROWS
    return 0 if complete and ratio <= MOST else 1


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _read_plainly(content: bytes) -> int:
    book = load_workbook(BytesIO(content), read_only=True)
    return sum(len(row) for row in book.active.iter_rows(values_only=True))


if __name__ == "__main__":
    sys.exit(main())
