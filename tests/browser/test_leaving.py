"""What was typed a moment before another page is chosen stands there when one comes back."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, expect

from steering.model import Indicator
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests.browser.serving import Server
from tests.browser.test_typed_table import VALUES, open_values
from tests.browser.visiting import SETTLED, Visit
from tests.conftest import TODAY, sqlite_url
from tests.stored import Who

WHO: Who = {"actor": "Landratsamt", "now": datetime.combine(TODAY, time(9))}

BUSY = """() => document.querySelector('[data-testid="stApp"]').dataset.testScriptState !== 'notRunning'"""


def by_mouse(link: Locator) -> None:
    link.click()


def by_key(link: Locator) -> None:
    link.focus()
    link.press("Enter")


@pytest.mark.parametrize("choose", [by_mouse, by_key])
def test_fields_of_forms_are_kept(
    coburg: Server, visit: Callable[[Server], Visit], choose: Callable[[Locator], None]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/bedarfe")
    links = page.get_by_test_id("stHeader")
    main = page.get_by_test_id("stMain")
    sidebar = visitor.open_quick_edit()
    sidebar.get_by_role("button", name="Neue Struktur").click()
    visitor.settle()
    main.get_by_text("Bedarf erfassen").first.click()
    visitor.settle()
    sidebar.get_by_label("Name", exact=True).fill("Sprachtreff")
    # Each look for the edits of others hands over what stands in the fields: typed right after one.
    page.wait_for_function(BUSY)
    page.wait_for_function(SETTLED)
    main.get_by_label("Menge", exact=True).fill("12,5")
    choose(links.get_by_role("link", name="Karte", exact=True))
    page.wait_for_url("**/karte*")
    visitor.settle()
    expect(sidebar.get_by_label("Name", exact=True)).to_have_value("Sprachtreff")
    visitor.navigate("Bedarfe")
    expect(main.get_by_label("Menge", exact=True)).to_have_value("12,5")
    assert not visitor.failures()


def test_a_cell_that_is_still_open_is_kept(
    serve: Callable[..., Server], visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    visitor = visit(serve())
    engine = make_engine(sqlite_url(tmp_path / "steering.db"))
    write(engine, [Edit(Indicator, {"name": "Asylsuchende"})], **WHO)
    engine.dispose()
    page = visitor.go("/daten")
    open_values(visitor)
    table = page.get_by_test_id("stDataFrame").last
    table.click(position={"x": VALUES, "y": 17 + 35})
    page.keyboard.type("12", delay=150)
    visitor.navigate("Karte")
    page.wait_for_url("**/karte*")
    visitor.navigate("Daten und Einstellungen")
    open_values(visitor)
    expect(page.get_by_role("button", name="Werte speichern")).to_be_enabled()
    page.get_by_role("button", name="Werte speichern").click()
    page.get_by_text("Werte vom").first.wait_for()
    assert not visitor.failures()


def test_the_browser_asks_before_a_half_filled_form_is_gone_and_not_without_one(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sidebar = visitor.open_quick_edit()
    page.reload()
    visitor.settle()
    sidebar = visitor.open_quick_edit()
    assert asked == []
    sidebar.get_by_role("button", name="Neue Struktur").click()
    visitor.settle()
    name = sidebar.get_by_label("Name", exact=True)
    name.press_sequentially("Sprachtreff")
    page.evaluate("location.reload()")
    visitor.settle()
    assert asked == ["beforeunload"]
    expect(name).to_have_value("Sprachtreff")
    # On another page it is still there to be lost.
    visitor.navigate("Karte")
    page.evaluate("location.reload()")
    visitor.settle()
    assert asked == ["beforeunload"] * 2
    sidebar.get_by_role("button", name="Verwerfen").click()
    visitor.settle()
    page.reload()
    visitor.settle()
    assert asked == ["beforeunload"] * 2
