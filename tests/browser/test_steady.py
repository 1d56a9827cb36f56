"""What is the same after a step stays as it is in the browser, instead of being made anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from steering.web import pages
from tests.browser.serving import Server
from tests.browser.visiting import Visit, new_user

WITH_VIEW = [entry for entry in pages.ALL if entry not in pages.WITHOUT_VIEW]
# Each element is told by what it is and says; its mark goes with it as long as it is the same one.
MARK = """() => {
    window.told = one => one.dataset.testid + one.textContent;
    window.elements = () => [...document.querySelectorAll(
        ['stElementContainer', 'stExpander'].map(kind => `[data-testid=${kind}]`)
    )].filter(one => one.textContent);
    window.before = elements().map(told);
    for (const one of document.querySelectorAll('[data-testid], [data-testid=stVegaLiteChart] svg *')) {
        one.marked = true;
    }
}"""
MADE_ANEW = """() => {
    const gone = [...before];
    for (const one of elements().filter(one => one.marked)) {
        if (gone.includes(told(one))) gone.splice(gone.indexOf(told(one)), 1);
    }
    return elements().filter(one => !one.marked).map(told).filter(one => gone.includes(one));
}"""
KEPT = """() => {
    const drawn = [...document.querySelector('[data-testid=stVegaLiteChart]').querySelectorAll('svg *')];
    return drawn.filter(one => one.marked).length / drawn.length;
}"""


def forth(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_role("button", name="chevron_right").click()


def today(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar").get_by_role("button", name="Zurück zu heute")


def back(page: Page) -> None:
    today(page).click()


@pytest.fixture(scope="module")
def visitor(coburg: Server, browser: Browser) -> Iterator[Visit]:
    with new_user(browser) as window:
        found = Visit(window, coburg.url)
        found.go(f"/{pages.HISTORY.path}")
        yield found


def opened(visitor: Visit, entry: pages.PageEntry) -> None:
    visitor.navigate(entry.title)
    # A try that failed has left it on another day.
    if today(visitor.page).is_visible():
        back(visitor.page)
        visitor.settle()


@pytest.mark.parametrize("entry", WITH_VIEW, ids=lambda entry: entry.title)
def test_a_step_leaves_what_is_the_same_as_it_is(entry: pages.PageEntry, visitor: Visit) -> None:
    opened(visitor, entry)
    visitor.page.evaluate(MARK)
    forth(visitor.page)
    visitor.settle()
    assert visitor.page.evaluate(MADE_ANEW) == []

    visitor.page.evaluate(MARK)
    back(visitor.page)
    visitor.settle()
    assert visitor.page.evaluate(MADE_ANEW) == []


def test_of_a_picture_only_what_has_moved_is_drawn_anew(visitor: Visit) -> None:
    opened(visitor, pages.GAPS)
    visitor.page.evaluate(MARK)
    forth(visitor.page)
    visitor.settle()
    assert visitor.page.evaluate(KEPT) > 0.9
    back(visitor.page)
    visitor.settle()


def test_the_masterplan_comes_and_goes_above_what_stays(visitor: Visit) -> None:
    opened(visitor, pages.GAPS)
    visitor.page.evaluate(MARK)
    visitor.page.get_by_test_id("stSidebar").get_by_text("mit Masterplan").click()
    visitor.page.get_by_text("Mit Masterplan:").wait_for()
    visitor.settle()
    assert visitor.page.evaluate(MADE_ANEW) == []
