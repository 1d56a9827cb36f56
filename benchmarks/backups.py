"""How long a backup, a drill and a restore take, at the size of a Landkreis today and at ten times that.

.venv/bin/python -m benchmarks.backups
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import timed
from steering.storage import schema
from steering.storage.backups import copies, drilling, restoring
from tests.scaled import coburg_scaled_to

SIZES = (500, 5_000)
ROUNDS = 3
NOW = datetime(2026, 11, 22, 10, 30)  # noqa: DTZ001


def main() -> None:
    for size in SIZES:
        with TemporaryDirectory() as folder:
            _measure(size, Path(folder) / "steering.db")


def _measure(size: int, file: Path) -> None:
    url = f"sqlite:///{file}"
    schema.prepare(url, "coburg", fill=lambda _dataset: coburg_scaled_to(size)).dispose()
    hours = [NOW + number * timedelta(hours=1) for number in range(ROUNDS)]

    def put_back() -> None:
        with restoring.opened(copies.kept(url)[0].file) as backup:
            restoring.put_in_place(url, backup, NOW)

    backup = min(timed(lambda hour=hour: copies.hourly(url, hour)) for hour in hours)  # type: ignore[misc]
    drill = min(timed(lambda: drilling.drill(url, hours[-1])) for _ in range(ROUNDS))
    restore = min(timed(put_back) for _ in range(ROUNDS))
    sys.stdout.write(
        f"{size} structures, {file.stat().st_size / 1e6:.1f} MB: "
        f"backup {backup:.2f} s, drill {drill:.2f} s, restore {restore:.2f} s\n"
    )


if __name__ == "__main__":
    main()
