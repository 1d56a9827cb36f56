"""How long people wait for each other: 40 with open pages, on one process and on two, and what writing costs.

python -m benchmarks.users              all of it, about 9 minutes
python -m benchmarks.users --seconds 60 as long for each crowd

Each visitor speaks Streamlit's own protocol, asks for the page again 8 s after its last answer, and has it
look for the edits of others every three seconds, as a browser does. The time is that from the question to the
last element. What counts are the ratios within one run: milliseconds depend on the machine and on what
else it does, which is why its load stands above the tables.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from benchmarks.report import report
from benchmarks.visiting import Visitor, visiting
from steering.model import Structure
from steering.storage import schema
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests import postgres
from tests.browser.serving import free_port, serving
from tests.scaled import coburg_scaled_to

TODAY = "2026-11-22"
NOW = datetime(2026, 11, 22, 10, 30)  # noqa: DTZ001
USERS, THINK = 40, 8.0
# People come to a server that runs: soon after its start it works out ahead what they will look at.
RUNNING_FOR = 60.0
LIGHT = ("strukturen", "koordinierungsrunde", "daten")
SIZES = (500, 5_000)
EDITS, WRITES, WRITERS = 5, 200, 8
OPEN = (1, 12)
LATER = 3.0  # seconds from one look of a browser to the next
NUMBERS = count(1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=30, help="how long each crowd stays")
    seconds = arguments.parse_args().seconds
    os.environ["STEERING_TODAY"] = TODAY
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    sys.stdout.write(f"{os.cpu_count()} cores; load before the run, of 1, 5 and 15 minutes: {load}\n")
    # As on a server that people rely on: what is acknowledged is on the disk.
    durable = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with TemporaryDirectory() as folder, postgres.running(durable) as server:
        report(f"{USERS} users, one click each {THINK:.0f} s", crowds(Path(folder), server, seconds))
        report("Writes per second", writes(Path(folder), server))
        report("What one edit costs the next visitor", edits(Path(folder)))
        report("Until the last of many open Lagebilder is up to date", together(Path(folder)))


def crowds(folder: Path, server: postgres.Server, seconds: float) -> Iterator[tuple[str, ...]]:
    yield "where", "users", "rerun, median", "95 %", "watch, median", "95 %", "against one user alone"
    sqlite = f"sqlite:///{folder / 'crowd.db'}"
    alone = 0.0
    for where, url, processes, users in (
        ("one process, SQLite", sqlite, 1, 1),
        ("one process, SQLite", sqlite, 1, USERS),
        ("one process, PostgreSQL", server.url(server.new()), 1, USERS),
        ("two processes, PostgreSQL", server.url(server.new()), 2, USERS),
    ):
        with ExitStack() as running:
            said = {"STEERING_DATABASE_URL": url}
            servers = [
                running.enter_context(serving(folder, port=free_port(), environment=said))
                for _ in range(processes)
            ]
            time.sleep(RUNNING_FOR)
            visitors = asyncio.run(crowd([each.url for each in servers], users, seconds))
        reruns = sorted(each for visitor in visitors for each in visitor.reruns)
        watched = sorted(each for visitor in visitors for each in visitor.watched)
        alone = alone or statistics.median(reruns)
        yield (
            where, str(users), *spread(reruns), *spread(watched),
            f"{statistics.median(reruns) / alone:.1f}",
        )  # fmt: skip


async def crowd(addresses: Sequence[str], users: int, seconds: float) -> list[Visitor]:
    """Everybody opens a page, then all stay for so long; whoever is alone thinks half a second only."""
    dice, think = random.Random(1), THINK if users > 1 else 0.5
    async with AsyncExitStack() as staying:
        visitors = [
            await staying.enter_async_context(
                visiting(addresses[number % len(addresses)], LIGHT[number // len(addresses) % len(LIGHT)])
            )
            for number in range(users)
        ]
        until = time.monotonic() + seconds

        async def stay(visitor: Visitor, late: float) -> None:
            await asyncio.sleep(late)
            await asyncio.gather(visitor.think(think, until), visitor.watch(until))

        await asyncio.gather(*(stay(each, dice.uniform(0, think)) for each in visitors))
    return visitors


def spread(milliseconds: Sequence[float]) -> tuple[str, str]:
    """Median and 95th percentile."""
    ordered = sorted(milliseconds)
    high = ordered[int(len(ordered) * 0.95)]
    return f"{statistics.median(ordered):.0f} ms", f"{high:.0f} ms"


def writes(folder: Path, server: postgres.Server) -> Iterator[tuple[str, ...]]:
    yield "engine", "one writer", f"{WRITERS} writers"
    for name, url in (
        ("SQLite", f"sqlite:///{folder / 'writes.db'}"),
        ("PostgreSQL", server.url(server.new())),
    ):
        engine = schema.prepare(url, "coburg")
        yield name, *(f"{per_second(engine, writers):.0f}" for writers in (1, WRITERS))
        engine.dispose()


def per_second(engine: Engine, writers: int) -> float:
    begun = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        for _ in pool.map(lambda _: edit(engine), range(WRITES)):
            pass
    return WRITES / (time.perf_counter() - begun)


def edit(engine: Engine) -> None:
    """One form saved: a structure of its own, so that nobody is in another's way."""
    added = {"name": f"Neu {next(NUMBERS)}", "kind": "post", "organisation_id": 2}
    write(engine, [Edit(Structure, added)], actor="Planungsstab", now=NOW)


def edits(folder: Path) -> Iterator[tuple[str, ...]]:
    yield "structures", "page", "without an edit before", "at once after an edit", f"{LATER:.0f} s after one"
    for size in SIZES:
        url = f"sqlite:///{folder / f'{size}.db'}"
        schema.prepare(url, "coburg", lambda _, size=size: coburg_scaled_to(size)).dispose()  # type: ignore[misc]
        with serving(folder, port=free_port(), environment={"STEERING_DATABASE_URL": url}) as server:
            for page in ("", "strukturen"):
                found = asyncio.run(with_edits(server.url, page, url))
                yield (
                    f"{size:,}", page or "(Lagebild)",
                    *(f"{statistics.median(each):.0f} ms" for each in found),
                )  # fmt: skip


async def with_edits(address: str, page: str, url: str) -> tuple[list[float], list[float], list[float]]:
    """Reruns of one visitor in turns: with nothing new, as soon as somebody else has saved, and as long after
    that as a browser takes to look, another one having seen it at once.
    """
    usual, after, later, engine = [], [], [], make_engine(url)
    async with visiting(address, page) as visitor, visiting(address, LIGHT[-1]) as another:
        await visitor.rerun()
        for _ in range(EDITS):
            usual.append(await visitor.rerun())
            await asyncio.to_thread(edit, engine)
            after.append(await visitor.rerun())
            await asyncio.to_thread(edit, engine)
            await another.rerun()
            await asyncio.sleep(LATER)
            later.append(await visitor.rerun())
    engine.dispose()
    return usual, after, later


def together(folder: Path) -> Iterator[tuple[str, ...]]:
    yield "open", "nothing new", "after an edit"
    url = f"sqlite:///{folder / f'{SIZES[0]}.db'}"
    for users in OPEN:
        with serving(folder, port=free_port(), environment={"STEERING_DATABASE_URL": url}) as server:
            usual, after = asyncio.run(all_at_once(server.url, users, url))
        yield str(users), f"{statistics.median(usual):.1f} s", f"{statistics.median(after):.1f} s"


async def all_at_once(address: str, users: int, url: str) -> tuple[list[float], list[float]]:
    """Seconds until all who ask at once have their page: with nothing new, and after somebody has saved."""
    usual: list[float] = []
    after: list[float] = []
    engine = make_engine(url)
    async with AsyncExitStack() as staying:
        visitors = [await staying.enter_async_context(visiting(address, "")) for _ in range(users)]
        for visitor in visitors:
            await visitor.rerun()
        for _ in range(EDITS):
            for taken, before in ((usual, None), (after, edit)):
                if before:
                    await asyncio.to_thread(before, engine)
                begun = time.perf_counter()
                await asyncio.gather(*(visitor.rerun() for visitor in visitors))
                taken.append(time.perf_counter() - begun)
    engine.dispose()
    return usual, after


if __name__ == "__main__":
    main()
