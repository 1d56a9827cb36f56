"""Speed of `steering.analysis.coverage.segments`, as a table in Markdown; fails when a limit is missed.

python -m benchmarks.coverage                 3 million assignments over ten years
python -m benchmarks.coverage --rounds 9      more repetitions, on a busy machine

DuckDB computes the same by SQL with two threads, from a table of its own into a table of its own; the results
must be equal. Everything is measured in turns within one process, and the best of all rounds counts: ratios
survive a change of machine, and the best time is the one least disturbed.
"""

from __future__ import annotations

import argparse
import sys
import tracemalloc
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from benchmarks.generator import assignments
from benchmarks.report import report
from benchmarks.timing import best
from steering.analysis.coverage import segments

ROWS = 3_000_000
SMALL, LARGE = 1_000_000, 4_000_000
HORIZON = (date(2020, 1, 1), date(2029, 12, 31))
SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
MEGABYTE = 2**20


class Line(NamedTuple):
    what: str
    found: str
    limit: str = ""
    kept: bool = True

    def cells(self) -> tuple[str, ...]:
        return self.what, self.found, self.limit, "" if self.kept else "missed"


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    lines = [*against_others(rounds), *growth(rounds), *memory()]
    head = ("segments", "found", "limit", "")
    report(f"{ROWS:,} assignments over ten years", [head, *(line.cells() for line in lines)])
    if not all(line.kept for line in lines):
        sys.exit("A limit was missed")


def against_others(rounds: int) -> list[Line]:
    frame = assignments(ROWS)
    numbers = np.random.default_rng(1).integers(-(2**63), 2**63 - 1, 2 * ROWS)
    database = in_duckdb(frame)
    segments_time, sort_time, sql_time = best(
        rounds,
        lambda: segments(frame, *HORIZON),
        lambda: np.sort(numbers),
        lambda: database.execute(f"CREATE OR REPLACE TEMP TABLE run AS {SQL}", parameters()),
    )
    found = segments(frame, *HORIZON)
    same = database.execute("FROM run").df().astype(found.dtypes.to_dict()).equals(found)
    faster, sorts = sql_time / segments_time, segments_time / sort_time
    return [
        Line("runs found", f"{len(found):,}"),
        Line("time", f"{segments_time:.2f} s"),
        Line("the same from DuckDB", "yes" if same else "no", "yes", same),
        Line("DuckDB, 2 threads", f"{faster:.1f} times as long ({sql_time:.2f} s)", "≥ 4", faster >= 4),
        Line(f"numpy.sort of {2 * ROWS:,} int64", f"{sorts:.1f} of them", "≤ 25", sorts <= 25),
    ]


def in_duckdb(frame: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """A database in memory that holds the assignments, their days as DATE."""
    database = duckdb.connect(config={"threads": 2})
    database.register("frame", frame)
    database.execute(
        """CREATE TABLE assignment AS
        SELECT * REPLACE ("start"::DATE AS "start", "end"::DATE AS "end") FROM frame"""
    )
    database.unregister("frame")
    return database


def parameters() -> dict[str, date]:
    return dict(zip(("first", "last"), HORIZON, strict=True))


def growth(rounds: int) -> list[Line]:
    small, large = assignments(SMALL), assignments(LARGE)
    short, long = best(rounds, lambda: segments(small, *HORIZON), lambda: segments(large, *HORIZON))
    fold = long / short
    return [Line(f"from {SMALL:,} to {LARGE:,}", f"{fold:.1f} times as long", "≤ 6.5", fold <= 6.5)]


def memory() -> list[Line]:
    """What is taken beside the input, the result included."""
    frame = assignments(ROWS)
    tracemalloc.start()
    found = segments(frame, *HORIZON)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sizes = [int(each.memory_usage(index=False).sum()) / MEGABYTE for each in (frame, found)]
    told = f"{peak / MEGABYTE:.0f} MB (input {sizes[0]:.0f} MB, result {sizes[1]:.0f} MB)"
    return [Line("most memory at once", told)]


if __name__ == "__main__":
    main()
