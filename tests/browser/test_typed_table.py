"""Values typed into a table in Chromium: there again after another page and edits of others, and saved."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from playwright.sync_api import Page, expect

from steering.model import Indicator
from steering.storage import reading
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests.browser.serving import Server
from tests.browser.visiting import Visit
from tests.conftest import TODAY, sqlite_url
from tests.stored import Who

WHO: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}
VALUES = 260  # pixels from the left edge of the table, within the column


def test_what_is_typed_stays_and_is_saved(
    serve: Callable[..., Server], visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    engine = make_engine(sqlite_url(tmp_path / "steering.db"))
    visitor = visit(serve())
    write(engine, [Edit(Indicator, {"name": "Asylsuchende"})], **WHO)
    page = visitor.go("/daten")
    open_values(visitor)
    type_into(page, 0, "12")
    type_into(page, 1, "3")
    visitor.settle()
    visitor.navigate("Verlauf")
    write(engine, [Edit(Indicator, {"name": "Geduldete"})], **WHO)
    visitor.navigate("Daten und Einstellungen")
    open_values(visitor)
    type_into(page, 2, "5")
    page.get_by_role("button", name="Werte speichern").click()
    page.get_by_text("Werte vom").first.wait_for()
    assert not visitor.failures()
    assert sorted(reading.portfolio(engine).observations["value"]) == [3, 5, 12]
    engine.dispose()


def open_values(visitor: Visit) -> None:
    page = visitor.page
    page.get_by_text("Kennzahlen", exact=True).first.click()
    visitor.settle()
    visitor.choose(page.get_by_test_id("stMain"), "Welche Kennzahl?", "Asylsuchende")
    visitor.settle()


def type_into(page: Page, row: int, text: str) -> None:
    table = page.get_by_test_id("stDataFrame").last
    table.click(position={"x": VALUES, "y": 17 + 35 * (row + 1)})
    # The cell opens with the first key, and on a busy machine takes longer than it takes to press the next.
    page.keyboard.type(text[0])
    expect(page.locator("#portal input")).to_have_value(text[0])
    page.keyboard.type(text[1:], delay=150)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
