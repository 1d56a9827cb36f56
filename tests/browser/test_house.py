"""What holds on every page: nothing leaves the house, nothing breaks, German, and usable by all."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.serving import Server
from tests.browser.visiting import Visit

PAGES = {"/": "Lagebild", "/karte": "Karte", "/zeitachse": "Zeitachse", "/strukturen": "Strukturen"}

# What Streamlit itself causes and no setting of ours can change: rule of axe → where → why it stands.
STREAMLITS_OWN: dict[str, dict[str, str]] = {}


@pytest.fixture(params=PAGES)
def opened(
    request: pytest.FixtureRequest, coburg: Server, visit: Callable[[Server], Visit]
) -> tuple[str, Visit]:
    """Each page by its address, with what the browser noted while it opened."""
    address: str = request.param
    visitor = visit(coburg)
    visitor.go(address)
    return address, visitor


def test_every_page_opens_without_an_error_and_asks_nobody_else(opened: tuple[str, Visit]) -> None:
    address, visitor = opened
    assert visitor.page.locator("h1").first.inner_text() == PAGES[address]
    assert visitor.failures() == []
    assert visitor.foreign == []
    assert visitor.complaints == []


def test_every_page_says_that_it_is_german(opened: tuple[str, Visit]) -> None:
    _, visitor = opened
    assert visitor.page.locator("html").get_attribute("lang") == "de"


def test_axe_finds_nothing_that_streamlit_does_not_cause(opened: tuple[str, Visit]) -> None:
    _, visitor = opened
    violations = Axe().run(visitor.page).response["violations"]
    found = [
        f"{violation['id']} ({violation['impact']}): {target}: {violation['help']}"
        for violation in violations
        for node in violation["nodes"]
        for target in map(str, node["target"])
        if not any(own in target for own in STREAMLITS_OWN.get(violation["id"], {}))
    ]
    assert found == []
