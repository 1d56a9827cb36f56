"""How long the first visitor of each page waits, right after the start and after the server has worked ahead.

python -m benchmarks.first_look                     with 500 and 5,000 structures, about 8 minutes
python -m benchmarks.first_look --structures 500    with so many only
python -m benchmarks.first_look --ahead 60          a quicker machine needs less time to work ahead

Asked as a browser asks, without one: from opening the connection to the last element, pages in the order of
the navigation. The memory is the server's, of which only Linux tells.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import TODAY, fill
from benchmarks.report import report
from benchmarks.visiting import visiting
from steering.web import pages
from tests.browser.serving import free_port, serving

SIZES = (500, 5_000)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--structures", type=int, action="append", help="how many there are")
    arguments.add_argument("--ahead", type=float, default=100.0, help="seconds that the server has before")
    asked = arguments.parse_args()
    os.environ["STEERING_TODAY"] = TODAY
    for size in asked.structures or SIZES:
        with TemporaryDirectory() as folder:
            fill(Path(folder), size)
            report(f"{size:,} structures: first opening, s", rows(Path(folder), asked.ahead))


def rows(filled: Path, ahead: float) -> Iterator[tuple[str, ...]]:
    yield "page", "at once after the start", f"{ahead:.0f} s after the start"
    at_once, memory = opened(filled, 0.0)
    later, memory_later = opened(filled, ahead)
    for page in pages.ALL:
        yield page.title, f"{at_once[page.title]:.1f}", f"{later[page.title]:.1f}"
    yield "memory in the end, at most", memory, memory_later


def opened(filled: Path, wait: float) -> tuple[dict[str, float], str]:
    """Seconds of each page's first opening on a server of its own, and its memory."""
    with TemporaryDirectory() as folder:
        shutil.copy(filled / "steering.db", folder)
        with serving(Path(folder), port=free_port()) as server:
            time.sleep(wait)
            return asyncio.run(each_page(server.url)), held(server.process.pid)


async def each_page(address: str) -> dict[str, float]:
    found = {}
    for page in pages.ALL:
        begun = time.perf_counter()
        async with visiting(address, page.path):
            found[page.title] = time.perf_counter() - begun
    return found


def held(process: int) -> str:
    """Resident megabytes of a process, now and at most; "–" where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if sys.platform != "linux":
        return "–"
    kilobytes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status.read_text(), flags=re.MULTILINE))
    return ", ".join(f"{int(kilobytes[each]) // 1024} MB" for each in ("VmRSS", "VmHWM"))


if __name__ == "__main__":
    main()
