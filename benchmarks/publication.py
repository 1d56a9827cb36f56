"""A public directory of 2,000 offers: how long its site takes to make, and its search to answer in Chromium.

    python -m benchmarks.publication

Fails where the site takes over 20 s of the processor (it uses one only, so that others on the machine do not
count), or the slowest search over 100 ms. Building the index, which the browser does once when somebody first
goes to the search, is told apart.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import report
from steering.exchange.publication.folder import write
from steering.exchange.publication.site import files
from tests.browser.visiting import chromium, find_chromium
from tests.exchange.publication.directories import boundaries, many

OFFERS, MOST_SECONDS, MOST_MILLISECONDS = 2_000, 20.0, 100.0
SOUGHT = (
    "b",
    "be",
    "beratung",
    "beratnug",
    "Nachbarschaftshilfe Gruppe 17",
    "übrgänge",
    "Musterdorf 7",
    "zzzz",
)
# What the browser does while a person waits: from the input to the list of what was found.
FOCUS = """async () => {
    const input = document.getElementById('suchwort');
    const start = performance.now();
    input.value = 'x';
    input.dispatchEvent(new Event('input'));
    while (document.getElementById('suchstand').textContent.includes('vorbereitet')) {
        await new Promise(resolve => setTimeout(resolve));
    }
    return performance.now() - start;
}"""
TYPE = """words => {
    const input = document.getElementById('suchwort');
    input.value = words;
    const start = performance.now();
    input.dispatchEvent(new Event('input'));
    return performance.now() - start;
}"""


def main() -> int:
    executable = find_chromium()
    assert executable, "no Chromium, Chrome or Edge found"
    published = many(OFFERS)
    outlines = boundaries(published.directory.places)
    clock, processor = [time.perf_counter()], time.process_time()
    made = files(published, outlines)
    processor = time.process_time() - processor
    clock.append(time.perf_counter())
    with TemporaryDirectory() as folder:
        write(Path(folder), made)
        clock.append(time.perf_counter())
        write(Path(folder), made)
        clock.append(time.perf_counter())
        with chromium(executable) as browser:
            page = browser.new_page()
            page.goto((Path(folder) / "index.html").as_uri())
            built: float = page.evaluate(FOCUS)
            searches: dict[str, float] = {words: page.evaluate(TYPE, words) for words in SOUGHT}
    making, writing, again = (later - earlier for earlier, later in pairwise(clock))
    size = sum(map(len, made.values())) / 1e6
    rows = [
        ("step", "time"),
        (f"making {len(made)} files, {size:.0f} MB", f"{making:.1f} s, {processor:.1f} s of the processor"),
        ("writing them into an empty folder", f"{writing:.1f} s"),
        ("writing them again, nothing changed", f"{again:.1f} s"),
        ("building the index in the browser, once", f"{built:.0f} ms"),
        *((f"searching »{words}«", f"{taken:.0f} ms") for words, taken in searches.items()),
    ]
    report(f"the site of {OFFERS} offers", rows)
    return 0 if processor <= MOST_SECONDS and max(searches.values()) <= MOST_MILLISECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
