"""What is typed is never lost: on a slow server, over reloads, while it is away, and beside others."""

import random
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from steering.model import AgendaItem, Meeting, MeetingStatus
from steering.storage import rounds, schema
from steering.storage.writing import Edit, Made, write
from tests.browser.serving import PROJECT, Server, free_port, serving
from tests.browser.visiting import PATIENCE, Visit
from tests.conftest import PROFILE, TODAY, sqlite_url
from tests.stored import Who

WHO: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}
# Sixty runs where one searches; the gate takes each way of typing once at least.
TYPISTS, RUNS = 3, 20 if PROFILE == "search" else 7
AWAY, RELOADED, CONTESTED, DRAFTED = range(TYPISTS + 1, TYPISTS + 5)
# The server of these tests: each run and each write takes its time, as on a PC that has more to do.
SLOWLY = """
import time
from steering.storage import paper_texts, rounds
from steering.web.frame import shell

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


def beside(field: Locator) -> Locator:
    """What stands beside a field about its text."""
    return field.locator("xpath=ancestor::*[contains(@class, 'st-key-typing-')][1]").locator(".typing-state")


def is_saved(field: Locator) -> None:
    expect(beside(field)).to_have_text("gespeichert")


def becomes_stored(field: Locator, running: Path, point: int, words: str) -> None:
    """The words are stored before long, or the screen asks, and they are stored once it has its answer.

    It asks where a page was loaded anew in mid-save: what the session before it still stored came in between.
    """
    mine = field.page.get_by_role("button", name="Meinen Text behalten")
    for _ in range(PATIENCE // 100):
        if stored(running, point) == words:
            return
        if mine.is_visible():
            mine.click()
        field.page.wait_for_timeout(100)
    raise AssertionError(f"stored: {stored(running, point)!r}, typed: {words!r}")


def typed_into_silence(server: Server, field: Locator, words: str) -> None:
    """Type while the server takes nothing any more; then it is gone, and Streamlit locks the field."""
    if not hasattr(signal, "SIGSTOP"):
        pytest.skip("Processes cannot be halted here")
    server.process.send_signal(signal.SIGSTOP)
    field.press_sequentially(words)
    expect(beside(field)).to_have_text("wird gespeichert …")
    server.kill()


def typed_before_and_into_silence(server: Server, field: Locator) -> Locator:
    """Type words that are saved, and words that nobody takes."""
    field.press_sequentially("Vorher. ")
    is_saved(field)
    typed_into_silence(server, field, "Währenddessen.")
    return field


def is_all_there(field: Locator, running: Path, point: int) -> None:
    """Both stand in the field and are stored."""
    is_saved(field)
    expect(field).to_have_value("Vorher. Währenddessen.")
    assert stored(running, point) == "Vorher. Währenddessen."


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
    burst, slowly, up_to_the_pause, pasted, burst, reloaded, up_to_the_pause, up_to_the_longest, pasted,
    burst,
)  # fmt: skip


def test_on_a_slow_server_what_is_stored_is_what_was_typed_or_the_screen_says_otherwise(
    slow_app: Path, running: Path, visit: Callable[[Server], Visit]
) -> None:
    random.seed(7)
    with serving(running, script=slow_app, loaded=True) as server:
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
                becomes_stored(field, running, point, meant[point])
                # Nothing stands beside it where it was stored before a reload.
                expect(beside(field)).to_have_text(re.compile("^(gespeichert)?$"))
                expect(field).to_have_value(meant[point])
        for visitor in typists.values():
            assert visitor.failures() == visitor.complaints == []


def test_what_is_typed_while_the_server_is_away_is_handed_over_when_it_is_back(
    running: Path, visit: Callable[[Server], Visit]
) -> None:
    port = free_port()
    with serving(running, port=port, loaded=True) as server:
        field = typed_before_and_into_silence(server, at_point(visit(server), AWAY))
        expect(beside(field)).to_contain_text("nicht gespeichert – das Programm antwortet nicht")
    with serving(running, port=port, loaded=True):
        is_all_there(field, running, AWAY)


def test_what_was_not_stored_before_the_page_was_left_is_put_back_and_stored(
    running: Path, visit: Callable[[Server], Visit]
) -> None:
    port = free_port()
    with serving(running, port=port, loaded=True) as server:
        visitor = visit(server)
        typed_before_and_into_silence(server, at_point(visitor, RELOADED))
        # Left, not loaded anew: there is no server, and Chromium would try the failed page again by itself,
        # at times just as the test goes on.
        visitor.page.goto("about:blank")
    with serving(running, port=port, loaded=True):
        field = at_point(visitor, RELOADED)
        is_all_there(field, running, RELOADED)


def test_what_somebody_else_wrote_in_between_is_not_overwritten_and_both_are_there_to_choose(
    running: Path, visit: Callable[[Server], Visit]
) -> None:
    port = free_port()
    with serving(running, port=port, loaded=True) as server:
        visitor = visit(server)
        field = at_point(visitor, CONTESTED)
        typed_into_silence(server, field, "Meines.")
        expect(beside(field)).to_contain_text("nicht gespeichert")
    engine = schema.prepare(sqlite_url(running / "steering.db"), "coburg")
    rounds.keep(engine, CONTESTED, {"text": "Ihres."}, **WHO)
    engine.dispose()
    with serving(running, port=port, loaded=True):
        expect(beside(field)).to_contain_text("inzwischen hat jemand anderes hier geschrieben")
        expect(beside(field)).to_contain_text("Meines.")
        expect(field).to_have_value("Ihres.")
        assert stored(running, CONTESTED) == "Ihres."
        beside(field).get_by_role("button", name="Beide vereinen").click()
        is_saved(field)
        assert stored(running, CONTESTED) == "Ihres.\nMeines."


def test_what_was_typed_into_a_form_and_not_saved_is_there_again_until_it_is_saved(
    slow_app: Path, running: Path, visit: Callable[[Server], Visit]
) -> None:
    with serving(running, script=slow_app, loaded=True) as server:
        visitor = visit(server)

        def note() -> Locator:
            at_point(visitor, DRAFTED)
            main = visitor.page.get_by_test_id("stMain")
            main.get_by_text("Punkt ändern").click()
            return main.get_by_label("Notiz für alle (gewählter Punkt)")

        field = note()
        field.press_sequentially("Bitte Unterlagen mitbringen.")
        expect(beside(field)).to_contain_text("noch nicht gespeichert")
        visitor.page.reload()
        field = note()
        expect(field).to_have_value("Bitte Unterlagen mitbringen.")
        expect(beside(field)).to_contain_text("wiederhergestellter Entwurf, noch nicht gespeichert")
        # Pressed right after the last key.
        field.press_sequentially(" Danke.")
        visitor.page.get_by_role("button", name="Punkt speichern").click()
        expect(visitor.page.get_by_text("Punkt gespeichert.").first).to_be_visible()
        visitor.settle()
        with closing(sqlite3.connect(running / "steering.db")) as connection:
            found = connection.execute("select note from agenda_item where id = ?", (DRAFTED,)).fetchone()
        assert "Bitte Unterlagen mitbringen." in found[0]
        assert " Danke." in found[0]
        assert visitor.page.evaluate("Object.keys(localStorage).filter(key => key.includes('typing'))") == []


def test_a_press_right_after_leaving_a_field_is_not_lost_on_a_slow_server(
    slow_app: Path, running: Path, visit: Callable[[Server], Visit]
) -> None:
    with serving(running, script=slow_app, loaded=True) as server:
        visitor = visit(server)
        at_point(visitor, 1)
        main = visitor.page.get_by_test_id("stMain")
        for point in range(1, DRAFTED):
            field = main.get_by_label("Ergebnis", exact=True)
            expect(main.get_by_role("heading", name=f"Punkt {point}", exact=True)).to_be_visible()
            # The last point's fields stand beside the new ones until the run has ended.
            expect(main.get_by_label("Wiedervorlage am")).to_have_count(1)
            main.get_by_label("Wiedervorlage am").fill("31.12.2026")
            field.press_sequentially(f"Ergebnis {point}")
            main.get_by_role("button", name="Nächster Punkt").click()
            expect(main.get_by_role("heading", name=f"Punkt {point + 1}", exact=True)).to_be_visible()
            assert stored(running, point) == f"Ergebnis {point}"
        assert visitor.failures() == []
