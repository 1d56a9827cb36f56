"""What was chosen in the sidebar stays chosen while the sidebar is not drawn, for however long."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from steering.web.frame import shell
from tests.browser.serving import Server
from tests.browser.visiting import Visit

VIEW = {
    "stichtag": ["2027-07-01"],
    "szenario": ["erwartet"],
    "masterplan": ["mit"],
    "ideen": ["mit"],
    "ebene": ["landkreis"],
}
ADDRESS = "&".join(f"{name}={value}" for name, (value,) in VIEW.items())


def begin_presentation(visitor: Visit) -> None:
    visitor.page.get_by_test_id("stSidebar").get_by_role("button", name="Präsentation beginnen").click()
    visitor.page.wait_for_url("**praesentation=an**")
    visitor.settle()


def leave_for_history(visitor: Visit) -> None:
    visitor.navigate("Verlauf")


@pytest.mark.parametrize("put_away", [begin_presentation, leave_for_history])
def test_the_view_outlasts_a_sidebar_that_is_put_away(
    coburg: Server, visit: Callable[[Server], Visit], put_away: Callable[[Visit], None]
) -> None:
    visitor = visit(coburg)
    # As somebody chooses it, not as a link brings it: by the widgets.
    page = visitor.go(f"/luecken?{ADDRESS}&szenario=gesichert")
    visitor.choose(page.get_by_test_id("stSidebar"), "Szenario", "erwartet")
    put_away(visitor)
    # Each look of the page for the edits of others runs a part of it alone.
    page.wait_for_timeout(1000 * (shell.LOOK_EVERY_SECONDS + 1))
    visitor.navigate("Bedarfe")
    page.wait_for_url("**/bedarfe?**stichtag=**")
    kept = parse_qs(urlsplit(page.url).query)
    assert {name: kept.get(name) for name in VIEW} == VIEW
    assert not visitor.failures()
