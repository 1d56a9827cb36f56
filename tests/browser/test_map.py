"""The Karte stands there at once: a picture of it, until the one that can be clicked has been drawn."""

from collections.abc import Callable

import pytest
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


# What hides the parts of the words about a place that lie outside of it.
HIDING = """() => {
    const words = document.querySelector('.deck-tooltip'), box = words.getBoundingClientRect(), hiding = [];
    for (let one = words.parentElement; one.dataset?.testid !== 'stMain'; one = one.parentElement) {
        const around = one.getBoundingClientRect();
        if (getComputedStyle(one).overflow === 'hidden'
            && (around.right < box.right || around.bottom < box.bottom || around.top > box.top))
            hiding.push(one.className);
    }
    return hiding;
}"""


@pytest.mark.parametrize("look", ["", "?praesentation=an"])
def test_the_words_about_a_place_are_not_cut_at_the_edge_of_the_map(
    coburg: Server, visit: Callable[[Server], Visit], look: str
) -> None:
    page = visit(coburg).go(f"/karte{look}")
    words, chart = page.locator(".deck-tooltip"), page.get_by_test_id("stDeckGlJsonChart")
    for step in range(50):  # The map answers once its shapes are drawn.
        box = chart.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * 0.75 + step % 2, box["y"] + box["height"] * 0.5)
        page.wait_for_timeout(100)
        if words.is_visible():
            break
    expect(words).to_be_visible()
    assert page.evaluate(HIDING) == []
