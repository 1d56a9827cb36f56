"""kill -9 at any moment, 200 times in writing and 20 in imports: nothing acknowledged is lost or half there.

One process loads the program and forks a child for each kill, so that a kill costs what it interrupts.
"""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest

from steering.storage import checking
from steering.storage.backups import copies
from steering.storage.copying import shelf
from steering.storage.copying.files import digest
from steering.storage.engine import PROJECT_ROOT
from tests.conftest import sqlite_url
from tests.storage.conftest import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows forks no process")
SECONDS = 300

# Each child does one thing after another and names each that was acknowledged; it is killed while it does so.
KILLER = """
    import itertools, json, os, random, signal, sys, time
    from datetime import datetime
    from steering.analysis.incoming import IncomingRow, Place, Reading, Wanted
    from steering.model import TargetGroup
    from steering.storage import reading
    from steering.storage.engine import make_engine
    from steering.storage.imports import importing
    from steering.storage.writing import Edit, write

    url, kind, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
    dice = random.Random(20261127)
    WHO = {"actor": "Planungsstab", "now": datetime(2026, 11, 22, 10, 30)}

    def named(name):
        return {"slug": name, "name": name}

    def edits(engine, name):
        write(engine, [Edit(TargetGroup, named(f"{name}-{part}")) for part in "ab"], **WHO)

    def imports(engine, name):
        rows = [
            IncomingRow(Place("liste.xlsx", "", 2), part, (Wanted(TargetGroup, named(f"{name}-{part}")),))
            for part in "ab"
        ]
        found = importing.propose(engine, reading.portfolio(engine), Reading(tuple(rows)))
        importing.take_over(engine, found, **WHO)

    do = {"edits": edits, "imports": imports}[kind]
    do(make_engine(url), "before-0")  # what is loaded late is loaded here
    told, patience, most = ["before-0"], None, {"edits": 0.3, "imports": 4.0}[kind]
    for number in range(kills + 1):
        hears, says = os.pipe()
        child = os.fork()
        if not child:
            engine = make_engine(url)
            os.write(says, b"ready\\n")
            for turn in itertools.count():
                do(engine, f"{number}-{turn}")
                os.write(says, f"{number}-{turn}\\n".encode())
        os.close(says)
        said = os.read(hears, 100)
        begun = time.monotonic()
        if patience is None:
            said += os.read(hears, 100)
            patience = min(2 * (time.monotonic() - begun), most)  # so long as two of them take here
        else:
            time.sleep(dice.uniform(0, patience))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with open(hears) as heard:
            told += [line for line in (said.decode() + heard.read()).split() if line != "ready"]
    print(json.dumps(told))
"""


def killed(file: Path, kind: str, kills: int) -> list[str]:
    """What was acknowledged by children that were all killed."""
    done = subprocess.run(
        [sys.executable, "-c", dedent(KILLER), sqlite_url(file), kind, str(kills)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=PROJECT_ROOT,
        timeout=SECONDS,
    )
    told: list[str] = json.loads(done.stdout)
    return told


def stored(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM target_group WHERE name LIKE '%-%'")]


@pytest.mark.parametrize(("kind", "kills"), [("edits", 200), ("imports", 20)])
def test_what_was_acknowledged_is_there_and_nothing_is_there_by_half(
    kind: str, kills: int, ready: Path
) -> None:
    told = killed(ready, kind, kills)
    there = stored(ready)
    whole = {name.removesuffix("-a") for name in there if name.endswith("-a")}
    assert len(told) > 2, "nothing was acknowledged: the kills came too early to tell anything"
    assert set(told) <= whole
    assert sorted(there) == sorted(f"{name}-{part}" for name in whole for part in "ab")
    assert checking.problems(sqlite_url(ready)) == []
    for copy in shelf.found(ready):
        noted = shelf.read_note(copy.file)
        assert noted is not None
        assert noted.digest == digest(copy.file)
    assert copies.hourly(sqlite_url(ready), NOW).is_new
