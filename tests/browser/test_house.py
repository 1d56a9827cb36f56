"""What holds on every page: nothing leaves the house, nothing breaks, German, and usable by all."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser

from steering.web import pages
from tests.browser import axe
from tests.browser.serving import Server
from tests.browser.visiting import Visit, new_user

Look = Literal["light", "dark"]
# Every page of the navigation by its address, so that a new one is looked at without being named here.
PAGES = {f"/{page.path}": page.title for page in pages.ALL}


@pytest.fixture(scope="module")
def window(coburg: Server, browser: Browser) -> Iterator[Visit]:
    with new_user(browser) as context:
        yield Visit(context, coburg.url)


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, window: Visit) -> tuple[str, Visit]:
    """Each page by its address, with what the browser noted while it opened."""
    address: str = request.param
    window.foreign.clear()
    window.complaints.clear()
    window.go(address)
    return address, window


def test_every_page_opens_without_an_error_and_asks_nobody_else(opened: tuple[str, Visit]) -> None:
    address, visitor = opened
    assert visitor.page.locator("h1").first.inner_text() == PAGES[address]
    assert visitor.failures() == []
    assert visitor.foreign == []
    assert visitor.complaints == []


def test_every_page_says_that_it_is_german(opened: tuple[str, Visit]) -> None:
    _, visitor = opened
    assert visitor.page.locator("html").get_attribute("lang") == "de"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_that_streamlit_does_not_cause(opened: tuple[str, Visit], look: Look) -> None:
    _, visitor = opened
    visitor.page.emulate_media(color_scheme=look)
    visitor.settle()
    assert axe.findings(visitor.page) == []
