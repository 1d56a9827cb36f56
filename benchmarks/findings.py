"""Speed of all findings of a Landkreis and of Bavaria, as a table in Markdown; fails when a limit is missed.

python -m benchmarks.findings

The best of all rounds counts. The limits are seconds on a machine that is not busy; how many sorts of
6 million numbers it takes in the same run can be compared between machines.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np

from benchmarks.generator import portfolio
from benchmarks.land import BAVARIA, LANDKREIS
from benchmarks.report import report
from benchmarks.timing import best
from steering.analysis.findings import findings
from steering.analysis.view import Horizon, View

TODAY = date(2026, 11, 22)
VIEW = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))


class Size(NamedTuple):
    structures: int
    municipalities: int
    limit: float  # seconds


SIZES = (Size(500, LANDKREIS, 0.05), Size(50_000, BAVARIA, 5.0))


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rounds", type=int, default=5)
    missed: list[Size] = []
    report("All findings of a horizon of eleven years", rows(arguments.parse_args().rounds, missed))
    if missed:
        sys.exit("A limit was missed")


def rows(rounds: int, missed: list[Size]) -> Iterator[tuple[str, ...]]:
    yield "structures", "municipalities", "findings", "time", "limit", "sorts of 6 million", ""
    numbers = np.random.default_rng(1).integers(-(2**63), 2**63 - 1, 6_000_000)
    for size in SIZES:
        whole = portfolio(size.structures, size.municipalities)
        found = findings(whole, VIEW)
        taken, sort = best(rounds, partial(findings, whole, VIEW), lambda: np.sort(numbers))
        if taken > size.limit:
            missed.append(size)
        yield (
            f"{size.structures:,}",
            f"{size.municipalities:,}",
            f"{len(found):,}",
            f"{1_000 * taken:,.0f} ms",
            f"{1_000 * size.limit:,.0f} ms",
            f"{taken / sort:.1f}",
            "missed" if taken > size.limit else "",
        )


if __name__ == "__main__":
    main()
