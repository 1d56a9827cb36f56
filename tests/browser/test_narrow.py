"""Windows of less width, and those the browser enlarges: pictures keep their parts apart."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from steering.web import pages
from tests.browser.readable import UNREADABLE
from tests.browser.serving import Server
from tests.browser.visiting import Visit, new_user

# 911 is what a screen of 1366 has at 150 %.
SIZES = [(1200, ""), (911, ""), (1024, "praesentation=an"), (768, "praesentation=an")]
# How far apart the names of columns stand, and how high their letters are.
NAMES = """() => {
    const words = document.querySelectorAll('.st-key-matrix-head svg text');
    const names = [...words].filter(one => one.textContent);
    const boxes = names.map(one => one.getBoundingClientRect());
    const middles = boxes.map(box => box.left + box.width / 2).sort((one, other) => one - other);
    const size = Number(getComputedStyle(names[0]).fontSize.slice(0, -2));
    const zoom = boxes[0].width / names[0].getBBox().height;
    return [Math.min(...middles.slice(1).map((each, place) => each - middles[place])), size * zoom];
}"""
# What the map has to draw on, in the pixels it is drawn for.
GROUND = """() => {
    const one = document.querySelector('[data-testid="stDeckGlJsonChart"]');
    return one.getBoundingClientRect().width / one.currentCSSZoom;
}"""
HIDDEN_CHOICES = """() => [...document.querySelectorAll('[data-testid="stButtonGroup"]')].flatMap(group => {
    const edge = group.getBoundingClientRect().right + 1;
    const choices = [...group.querySelectorAll('[role="radio"]')];
    return choices.filter(one => one.getBoundingClientRect().right > edge).map(one => one.innerText);
})"""


@pytest.fixture(scope="module", params=SIZES, ids=[f"{width} {how}".strip() for width, how in SIZES])
def narrow(request: pytest.FixtureRequest, coburg: Server, browser: Browser) -> Iterator[tuple[Visit, str]]:
    """A visitor with such a window, and what an address ends in."""
    width, how = request.param
    with new_user(browser, viewport={"width": width, "height": 800}) as window:
        visitor = Visit(window, coburg.url)
        visitor.go(f"/{pages.HISTORY.path}?{how}")
        yield visitor, how


def turn_to(narrow: tuple[Visit, str], entry: pages.PageEntry) -> Page:
    visitor, how = narrow
    page = visitor.turn_to(entry, f"?{how}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(HIDDEN_CHOICES) == [], entry.path
    return page


def test_pictures_keep_their_words_apart(narrow: tuple[Visit, str]) -> None:
    for entry in (pages.NEEDS, pages.GAPS, pages.TIMELINE):
        page = turn_to(narrow, entry)
        page.locator('[data-testid="stVegaLiteChart"] svg').first.wait_for()
        assert page.evaluate(UNREADABLE) == [], entry.path


def test_the_columns_of_the_matrix_are_as_wide_as_their_names_are_high(narrow: tuple[Visit, str]) -> None:
    page = turn_to(narrow, pages.RESPONSIBILITIES)
    page.locator(".st-key-matrix-head svg text").first.wait_for()
    apart, high = page.evaluate(NAMES)
    assert apart >= high


def test_the_whole_landkreis_is_on_the_map(narrow: tuple[Visit, str]) -> None:
    page = turn_to(narrow, pages.MAP)
    expect(page.get_by_test_id("stDeckGlJsonChart")).to_be_visible()
    assert page.evaluate(GROUND) >= 570


@pytest.fixture(scope="module")
def opened(coburg: Server, browser: Browser) -> Iterator[Page]:
    with new_user(browser) as window:
        yield Visit(window, coburg.url).go("/zustaendigkeiten")


@pytest.fixture
def matrix(opened: Page) -> Page:
    """The page of the matrix, nothing of it scrolled, where there is less room than it wants."""
    opened.set_viewport_size({"width": 911, "height": 800})
    opened.evaluate("document.querySelector('.st-key-matrix').scrollLeft = 0")
    return opened


def test_head_and_rows_are_scrolled_together(matrix: Page) -> None:
    charts = matrix.locator(".st-key-matrix svg.marks")
    expect(charts).to_have_count(2)
    matrix.evaluate("document.querySelector('.st-key-matrix').scrollLeft = 120")
    moved = [charts.nth(place).bounding_box() for place in range(2)]
    assert [box and box["x"] for box in moved] == [moved[0] and moved[0]["x"]] * 2
    place = matrix.locator(".st-key-matrix").bounding_box()
    assert place is not None
    assert moved[0] is not None
    assert moved[0]["x"] < place["x"] - 100


def test_what_is_scrolled_is_reached_and_moved_by_the_keyboard(matrix: Page) -> None:
    place = matrix.locator(".st-key-matrix")
    expect(place).to_have_attribute("tabindex", "0")
    place.focus()
    matrix.keyboard.press("ArrowRight")
    matrix.wait_for_function("() => document.querySelector('.st-key-matrix').scrollLeft > 0")
    # Where all of it is seen the Tab key does not stop.
    matrix.set_viewport_size({"width": 1920, "height": 800})
    expect(place).not_to_have_attribute("tabindex", "0")


def test_the_names_of_columns_stay_in_view_where_there_is_room(coburg: Server, browser: Browser) -> None:
    with new_user(browser) as window:
        page = Visit(window, coburg.url).go("/zustaendigkeiten")
        page.locator(".st-key-matrix svg.marks").last.wait_for()
        page.locator(".st-key-matrix svg.marks").last.hover()
        page.mouse.wheel(0, 450)
        page.wait_for_timeout(500)
        expect(page.locator(".st-key-matrix-head svg.marks")).to_be_in_viewport(ratio=0.9)
