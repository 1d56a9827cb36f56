"""What is pointed at: bars, municipalities and points open or filter; links keep the view."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit

PRESSES = 10


def test_a_click_on_a_bar_brings_its_funding_into_the_sidebar(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/zeitachse")
    bar = visitor.page.locator(".st-key-timeline_body svg.marks").get_by_text("bis 31.12.2026").first
    bar.click(force=True)
    visitor.settle()
    expect(visitor.page.get_by_test_id("stSidebar").get_by_label("Ende", exact=True)).to_have_value(
        "31.12.2026"
    )


def test_a_click_on_a_municipality_filters_every_page(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/karte")
    # Meeder fills the upper middle of the map.
    click_on_map(visitor, 0.39, 0.16, until="gemeinde=09473144")
    visitor.settle()
    visitor.navigate("Strukturen")
    expect(visitor.page.locator("h1")).to_have_text("Strukturen")
    in_address(visitor, "gemeinde=09473144")


def click_on_map(visitor: Visit, across: float, down: float, *, until: str) -> None:
    """Press at a share of the map's width and height until the address holds a part.

    deck.gl looks up what is under the pointer while the button is down, and takes the press for a click only
    if it is over within 250 ms. Without a graphics card the first look-up alone took 350 to 500 ms on a busy
    machine, a later one 110 to 130: so whoever is too slow presses again, as people do.
    """
    canvas = visitor.page.locator(".st-key-map canvas").first
    box = canvas.bounding_box()
    assert box
    for _ in range(PRESSES):
        canvas.click(position={"x": box["width"] * across, "y": box["height"] * down})
        with suppress(TimeoutError):
            in_address(visitor, until, patience=3_000)
            return
    in_address(visitor, until)


def in_address(visitor: Visit, part: str, patience: float | None = None) -> None:
    """Wait until the address holds a part."""
    visitor.page.wait_for_function("part => location.search.includes(part)", arg=part, timeout=patience)


def test_the_view_stays_while_one_goes_from_page_to_page(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/?stichtag=2027-01-01&szenario=optimistisch&ebene=landkreis")
    for page in ("Karte", "Lücken", "Lagebild"):
        visitor.navigate(page)
        for part in ("stichtag=2027-01-01", "szenario=optimistisch", "ebene=landkreis"):
            in_address(visitor, part)
    assert visitor.failures() == []


def test_a_figure_leads_to_the_list_behind_it(coburg: Server, visit: Callable[[Server], Visit]) -> None:
    visitor = visit(coburg)
    visitor.go("/")
    visitor.page.locator(".st-key-ways-endet").get_by_role("link").click()
    visitor.settle()
    expect(visitor.page.locator("h1")).to_have_text("Strukturen")
    expect(visitor.page.get_by_role("combobox", name="Auswahl")).to_have_value("enden in der Warnfrist")


def test_tables_and_charts_come_down_as_files(coburg: Server, visit: Callable[[Server], Visit]) -> None:
    visitor = visit(coburg)
    visitor.go("/")
    for label, start in (("XLSX", b"PK"), ("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with visitor.page.expect_download() as waiting:
            visitor.page.get_by_test_id("stDownloadButton").filter(has_text=label).first.click()
        assert waiting.value.path().read_bytes().startswith(start)


def test_a_figure_with_an_arrow_down_takes_one_to_its_rows(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/luecken")
    for title in ("Lücken", "Strukturen", "Karte", "Bedarfe"):
        visitor.navigate(title)
        expect(page.locator("h1")).to_have_text(title)
        for way in (0, -1):
            back_to_the_top(page)
            page.locator('[class*="st-key-way-"] button').nth(way).click()
            visitor.settle()
            rows = page.locator(".st-key-rows-here")
            expect(rows).to_be_focused()
            expect(rows).to_be_in_viewport(ratio=1)
    assert visitor.failures() == visitor.complaints == []


def back_to_the_top(page: Page) -> None:
    """With a key, as people do: the page stays where they have gone."""
    # A run that ends late takes the focus away, and a key pressed nowhere moves nothing.
    page.get_by_test_id("stMain").focus()
    page.keyboard.press("Control+Home")
    expect(page.get_by_test_id("stMain")).to_have_js_property("scrollTop", 0)


def test_rows_that_come_late_are_followed_until_the_reader_moves(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/luecken")
    rows, main = page.locator(".st-key-rows-here"), page.get_by_test_id("stMain")
    # As where what is folded away opens only after the run: the page is too short to go down, and what cannot
    # be seen takes no focus.
    late = page.add_style_tag(
        content=".stMainBlockContainer {height: 50rem; overflow: hidden}"
        ".st-key-rows-here {visibility: hidden}"
    )
    page.locator('[class*="st-key-way-"] button').first.click()
    visitor.settle()
    too_early = main.evaluate("main => main.scrollTop")
    late.evaluate("style => style.remove()")
    expect(rows).to_be_focused()
    expect(rows).to_be_in_viewport(ratio=1)
    there = main.evaluate("main => main.scrollTop")
    assert there > too_early
    back_to_the_top(page)
    page.add_style_tag(content=".stMainBlockContainer {padding-bottom: 30rem}")
    page.wait_for_timeout(500)
    assert main.evaluate("main => main.scrollTop") == 0
