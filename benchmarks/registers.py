"""All of Germany's boundaries (VG250 as GeoJSON, 78 MB in npm's copy) to one Kreis: time and memory.

    python -m benchmarks.registers FILE [KEY …]

Fails above 60 seconds or 1.5 GB, the largest the process has been.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import report
from steering.exchange.registers import boundaries
from steering.exchange.registers.rows import district_name, districts

MOST_SECONDS, MOST_MEGABYTES = 60.0, 1_500.0


def measured(file: Path, keys: list[str]) -> Iterator[tuple[str, ...]]:
    """The reading, then each Kreis out of it."""
    yield "step", "areas", "seconds", "MB at most"
    started = time.perf_counter()
    areas = boundaries.read(file.read_bytes(), file.name)
    yield "reading", str(len(areas.ags)), f"{time.perf_counter() - started:.2f}", f"{megabytes():.0f}"
    for key in keys:
        begun = time.perf_counter()
        found = boundaries.outlines(areas, key, districts())
        yield district_name(key), str(len(found)), f"{time.perf_counter() - begun:.2f}", f"{megabytes():.0f}"
    if time.perf_counter() - started > MOST_SECONDS or megabytes() > MOST_MEGABYTES:
        sys.exit(f"More than {MOST_SECONDS:.0f} s or {MOST_MEGABYTES:.0f} MB")


def megabytes() -> float:
    """The largest this process has been; Linux counts in kilobytes, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    report("Boundaries of Germany to one Kreis", measured(Path(sys.argv[1]), sys.argv[2:] or ["09473"]))
