"""What is typed is never lost: on a slow server, over reloads, while it is away, and beside others."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from steering.model import AgendaItem, Meeting, MeetingStatus
from steering.storage import schema
from steering.storage.writing import Edit, Made, write
from tests.browser.serving import PROJECT, Server, serving
from tests.browser.visiting import Visit
from tests.conftest import TODAY, sqlite_url

WHO = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}
TYPISTS, RUNS = 3, 20
UNFINISHED, AWAY, RELOADED, CONTESTED, PRESSED, DRAFTED = range(TYPISTS + 1, TYPISTS + 7)
# The server of these tests: each run and each write takes its time, as on a PC that has more to do.
SLOWLY = """
import time
from steering.storage import paper_texts, rounds
from steering.web import shell

def slowed(function, seconds):
    def slow(*args, **more):
        time.sleep(seconds)
        try:
            return function(*args, **more)
        finally:
            time.sleep(seconds)
    slow.is_slow = True
    return slow

if not hasattr(rounds.keep, "is_slow"):
    rounds.keep = slowed(rounds.keep, 0.15)
    paper_texts.keep = slowed(paper_texts.keep, 0.15)
    shell.open_page = slowed(shell.open_page, 0.05)
"""
STATE = """area => ({
    value: area.value,
    word: area.closest('[class*="st-key-typing-"]').querySelector('.typing-state').textContent,
})"""


@pytest.fixture(scope="module")
def slow_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's own script, slowed down."""
    folder = tmp_path_factory.mktemp("slow")
    for name in ("pages", ".streamlit"):
        shutil.copytree(PROJECT / name, folder / name)
    (folder / "slowly.py").write_text(SLOWLY, encoding="utf-8")
    script = (PROJECT / "app.py").read_text(encoding="utf-8")
    (folder / "app.py").write_text(
        script.replace("import streamlit", "import slowly\nimport streamlit", 1), "utf-8"
    )
    return folder / "app.py"


@pytest.fixture
def running(tmp_path: Path) -> Path:
    """A folder whose database has a round that is running, with a point for each test."""
    engine = schema.prepare(sqlite_url(tmp_path / "steering.db"), "coburg")
    points = [
        Edit(AgendaItem, {"meeting_id": Made(0), "name": f"Punkt {place}", "position": place})
        for place in range(1, DRAFTED + 1)
    ]
    write(engine, [Edit(Meeting, {"day": TODAY, "status": MeetingStatus.RUNNING}), *points], **WHO)
    engine.dispose()
    return tmp_path


def at_point(visitor: Visit, point: int) -> Locator:
    page = visitor.go(f"/koordinierungsrunde?runde=1&punkt={point}")
    return page.get_by_test_id("stMain").get_by_label("Ergebnis", exact=True)


def stored(folder: Path, point: int) -> str:
    with closing(sqlite3.connect(folder / "steering.db")) as connection:
        found = connection.execute("select text from outcome where agenda_item_id = ?", (point,)).fetchone()
    return found[0] if found else ""


def is_saved(field: Locator) -> None:
    beside = field.locator("xpath=ancestor::*[contains(@class, 'st-key-typing-')][1]").locator(
        ".typing-state"
    )
    expect(beside).to_have_text("gespeichert")


def burst(field: Locator, words: str) -> None:
    field.press_sequentially(words)


def slowly(field: Locator, words: str) -> None:
    field.press_sequentially(words, delay=60)


def up_to_the_pause(field: Locator, words: str) -> None:
    """The next key comes when the script hands over what was typed before it."""
    half = len(words) // 2
    field.press_sequentially(words[:half])
    field.page.wait_for_timeout(random.choice((480, 500, 520)))
    field.press_sequentially(words[half:])


def up_to_the_longest(field: Locator, words: str) -> None:
    """No pause: the script hands over in the middle, and the end while that is being stored."""
    field.press_sequentially(words, delay=2100 / len(words))


def pasted(field: Locator, words: str) -> None:
    field.page.keyboard.insert_text(words)


def reloaded(field: Locator, words: str) -> None:
    field.press_sequentially(words)
    field.page.wait_for_timeout(random.choice((0, 0, 100, 300, 550, 800)))
    field.page.reload()


PATTERNS = (
    burst,
    slowly,
    up_to_the_pause,
    burst,
    pasted,
    reloaded,
    up_to_the_longest,
    reloaded,
    pasted,
    burst,
)


def test_on_a_slow_server_what_is_stored_is_what_was_typed_or_the_screen_says_otherwise(
    slow_app: Path, running: Path, visit: Callable[[Server], Visit]
) -> None:
    random.seed(7)
    with serving(running, script=slow_app) as server:
        typists = {point: visit(server) for point in range(1, TYPISTS + 1)}
        fields = {point: at_point(visitor, point) for point, visitor in typists.items()}
        meant = dict.fromkeys(typists, "")
        for run in range(RUNS):
            for point, field in fields.items():
                pattern = PATTERNS[(run + 3 * point) % len(PATTERNS)]
                words = f"{pattern.__name__[:12]} {run}-{point}."
                field.press("Control+End")
                pattern(field, words)
                meant[point] += words
                seen = field.evaluate(STATE)
                if seen["word"] == "gespeichert":
                    assert stored(running, point) == seen["value"], f"said to be saved: {seen}"
            for point, field in fields.items():
                expect(field).to_have_value(meant[point])
                is_saved(field)
                assert stored(running, point) == meant[point]
        for visitor in typists.values():
            assert visitor.failures() == visitor.complaints == []
