"""Many at once on one database, others in the way, and a clock that is set back.

4 seconds of 8 writers and 40 readers on each engine, and a lock of one second, in the gate; a minute and 10
seconds with STEERING_TESTS=search.
"""

import os
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from steering.model import Structure
from steering.storage import checking, schema
from steering.storage import engine as engine_module
from steering.storage.backups import copies
from steering.storage.history import searching, undoing
from steering.storage.problems import NotSaved
from steering.storage.writing import Edit, write
from tests.conftest import sqlite_url
from tests.storage.conftest import LOTSEN, NOW, WHO
from tests.storage.crowd import Crowd
from tests.stored import batch_of, row_of

THOROUGHLY = os.environ.get("STEERING_TESTS") == "search"
CROWDED_SECONDS = 60 if THOROUGHLY else 4
LOCKED_SECONDS = 10.0 if THOROUGHLY else 1.0
WRITERS, READERS = 8, 40


def save(engine: Engine, text: str, version: int = 1) -> None:
    write(engine, [Edit(Structure, {"note": text}, id=LOTSEN, version=version)], **WHO)


def note(engine: Engine) -> str:
    found = row_of(engine, Structure, LOTSEN)
    assert found is not None
    return str(found["note"])


def keep_a_copy(url: str, hour: int) -> None:
    copies.hourly(url, NOW + hour * timedelta(hours=1))


def test_writers_and_readers_at_once_lose_nothing_and_see_no_half(engine: Engine, url: str) -> None:
    crowd = Crowd(engine)
    crowd.joined_by_writers(WRITERS)
    crowd.joined_by_readers(READERS)
    if copies.possible(url):
        crowd.joined_by(lambda turn: keep_a_copy(url, turn))
    with crowd.at_work():
        crowd.goes_on_for(CROWDED_SECONDS)
        crowd.each_has_written()
    crowd.nothing_is_lost_or_half_there()
    assert not crowd.refused
    assert checking.problems(url) == []


def lock(ready: Path) -> sqlite3.Connection:
    other = sqlite3.connect(ready, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_who_meets_a_lock_waits_and_saves_when_it_is_gone(engine: Engine, ready: Path) -> None:
    with closing(lock(ready)) as other:
        waits = threading.Thread(target=save, args=(engine, "gewartet"))
        waits.start()
        assert note(engine) == "", "reading goes on meanwhile"
        time.sleep(LOCKED_SECONDS / 10)
        other.rollback()
        waits.join()
    assert note(engine) == "gewartet"


def test_a_lock_of_ten_seconds_is_a_sentence_for_each_and_nothing_is_lost(
    engine: Engine, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = LOCKED_SECONDS / 10
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", int(engine_module.BUSY_MILLISECONDS * share))
    here = schema.prepare(sqlite_url(ready), "coburg")
    told: list[str] = []

    def attempt() -> None:
        try:
            save(here, "gesperrt")
        except NotSaved as refused:
            told.append(str(refused))

    with closing(lock(ready)) as other:
        many = [threading.Thread(target=attempt) for _ in range(3)]
        for thread in many:
            thread.start()
        many[0].join(LOCKED_SECONDS)
        assert note(here) == ""
        for thread in many:
            thread.join()
        other.rollback()
    assert len(told) == 3
    assert set(told) == {
        "Nicht gespeichert: Die Datenbank ist gerade durch ein anderes Programm gesperrt. "
        "Bitte noch einmal speichern."
    }
    save(here, "danach")
    assert note(here) == "danach"
    here.dispose()


def test_a_clock_set_back_leaves_the_history_in_the_order_of_writing(engine: Engine, url: str) -> None:
    moments = [NOW, NOW - timedelta(days=400), NOW - timedelta(days=399)]
    for number, moment in enumerate(moments):
        edit = Edit(Structure, {"note": f"Stand {number}"}, id=LOTSEN, version=number + 1)
        last = write(engine, [edit], actor=WHO["actor"], now=moment)
    found = searching.find(engine, searching.Sought())
    assert [written.signature.at for written in found.writes] == moments[::-1]
    undoing.undo(engine, batch_of(last) or "", **WHO)
    assert note(engine) == "Stand 1"
    assert checking.problems(url) == []
