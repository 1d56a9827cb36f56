"""The Karte stands there at once: a picture of it, until the one that can be clicked has been drawn."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit

# Notes, while the page is being built, what was there first.
WATCH = """
window.seen = [];
new MutationObserver(() => {
    const still = document.querySelector('[class*="st-key-map-still"] img');
    if (still && still.complete && still.naturalWidth && !window.seen.includes('picture'))
        window.seen.push('picture');
    if (document.querySelector('[data-testid="stDeckGlJsonChart"] canvas') && !window.seen.includes('map'))
        window.seen.push('map');
}).observe(document, {childList: true, subtree: true, attributes: true});
"""


def test_a_picture_of_the_map_is_there_before_the_map_is(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.page
    page.add_init_script(WATCH)
    page.goto(f"{coburg.url}/karte")
    page.wait_for_function("() => window.seen.length === 2")
    assert page.evaluate("window.seen") == ["picture", "map"]
    # It lies where the map is drawn, and goes once that is there.
    still = page.locator('[class*="st-key-map-still"] img')
    place = page.get_by_test_id("stDeckGlJsonChart")
    drawn, meant = still.bounding_box(), place.bounding_box()
    assert drawn is not None
    assert meant is not None
    assert abs(drawn["y"] - meant["y"]) < 2
    expect(still).to_be_hidden()
    visitor.settle()
    assert visitor.failures() == visitor.complaints == visitor.foreign == []
