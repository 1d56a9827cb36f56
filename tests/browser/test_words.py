"""Where Streamlit speaks English by itself, the stylesheet has it speak German."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit

SHOWN = """element => [getComputedStyle(element).fontSize, getComputedStyle(element, "::after").content]"""


def test_a_search_without_a_find_says_so_in_german(coburg: Server, visit: Callable[[Server], Visit]) -> None:
    window = visit(coburg)
    page = window.go("/strukturen")
    box = window.open_quick_edit().get_by_role("combobox", name="Struktur", exact=True)
    box.click()
    assert box.get_attribute("placeholder") == "Name suchen"
    box.fill("zzzz")
    empty = page.locator('[role="listbox"][data-empty="true"] [role="option"] > span')
    empty.wait_for(state="attached")
    assert empty.evaluate(SHOWN) == ["0px", '"Nichts gefunden"']


def test_a_field_that_is_being_filled_says_nothing_in_english(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    window = visit(coburg)
    page = window.go("/strukturen")
    page.get_by_label("Suche", exact=True).fill("Lotsen")
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.get_by_text("Press Enter").filter(visible=True)).to_have_count(0)


def test_a_file_that_the_browser_does_not_send_has_a_german_reason(
    coburg: Server, visit: Callable[[Server], Visit], tmp_path
) -> None:
    window = visit(coburg)
    page = window.go("/daten")
    huge = tmp_path / "riesig.csv"
    with huge.open("wb") as sparse:
        sparse.truncate(401 * 1024 * 1024 * 2)
    page.locator('input[type="file"]').set_input_files(huge)
    page.locator('[data-testid="stFileChip"][aria-invalid="true"]').wait_for()
    said = page.get_by_test_id("stFileUploaderDropzone").evaluate(SHOWN)[1]
    assert said.startswith('"Diese Datei ist zu groß')
