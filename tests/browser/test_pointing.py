"""What is pointed at: bars, municipalities and points open or filter; links keep the view."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit


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
    canvas = visitor.page.locator(".st-key-map canvas").first
    box = canvas.bounding_box()
    assert box
    # Meeder fills the upper middle of the map. WebGL in software takes its time to know what is where.
    meeder = {"x": box["width"] * 0.39, "y": box["height"] * 0.16}
    expect(canvas).to_be_visible()
    for _ in range(10):
        canvas.hover(position=meeder)
        visitor.page.wait_for_timeout(1_000)
        if visitor.page.get_by_text("Einwohner: 3.638").count():
            break
    canvas.click(position=meeder)
    in_address(visitor, "gemeinde=09473144")
    visitor.settle()
    visitor.navigate("Bestand", "Strukturen")
    expect(visitor.page.locator("h1")).to_have_text("Strukturen")
    in_address(visitor, "gemeinde=09473144")


def in_address(visitor: Visit, part: str) -> None:
    """Wait until the address holds a part."""
    visitor.page.wait_for_function("part => location.search.includes(part)", arg=part)


def test_the_view_stays_while_one_goes_from_page_to_page(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/?stichtag=2027-01-01&szenario=optimistisch&ebene=landkreis")
    for group, page in (("Bestand", "Karte"), ("Steuerung", "Lücken"), ("Bestand", "Lagebild")):
        visitor.navigate(group, page)
        for part in ("stichtag=2027-01-01", "szenario=optimistisch", "ebene=landkreis"):
            in_address(visitor, part)
    assert visitor.failures() == []


def test_a_figure_leads_to_the_list_behind_it(coburg: Server, visit: Callable[[Server], Visit]) -> None:
    visitor = visit(coburg)
    visitor.go("/")
    visitor.page.get_by_role("link", name="Liste ansehen").nth(2).click()
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
