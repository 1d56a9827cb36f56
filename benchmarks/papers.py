"""How long a paper takes from the command to the file, as a table in Markdown.

python -m benchmarks.papers                      Coburg and 500 structures
python -m benchmarks.papers --structures 5000    Coburg and as many
python -m benchmarks.papers --times 5            the median of so many runs

The whole command counts, its start too: one person waits for one paper.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import TODAY, address, fill
from benchmarks.report import report
from steering.cli import reports
from steering.storage import schema


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--structures", type=int, default=500, metavar="COUNT")
    arguments.add_argument("--times", type=int, default=3, metavar="COUNT")
    chosen = arguments.parse_args()
    os.environ["STEERING_TODAY"] = TODAY
    with TemporaryDirectory() as folder:
        databases = {
            "Coburg": Path(folder, "coburg"),
            f"{chosen.structures} structures": Path(folder, "many"),
        }
        coburg, many = databases.values()
        coburg.mkdir()
        schema.prepare(address(coburg), "coburg").dispose()
        many.mkdir()
        fill(many, chosen.structures)
        report("From the command to the paper", rows(databases, chosen.times))


def rows(databases: dict[str, Path], times: int) -> Iterator[tuple[str, ...]]:
    yield "data", "paper", "s"
    for data, folder in databases.items():
        for kind in reports.KINDS:
            taken = statistics.median(seconds(kind, folder) for _ in range(times))
            yield data, kind, f"{taken:.1f}"


def seconds(kind: str, folder: Path) -> float:
    out = folder / f"{kind}.docx"
    out.unlink(missing_ok=True)  # A command writes over nothing.
    command = [sys.executable, "-m", "steering.cli", "report", kind, str(out)]
    surroundings = os.environ | {"STEERING_DATABASE_URL": address(folder)}
    started = time.perf_counter()
    subprocess.run(command, check=True, env=surroundings, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
