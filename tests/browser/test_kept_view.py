"""What was chosen stays chosen while it is not drawn, for however long."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from steering.web import current
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
    page.wait_for_timeout(1000 * (current.LOOK_EVERY_SECONDS + 1))
    visitor.navigate("Bedarfe")
    page.wait_for_url("**/bedarfe?**stichtag=**")
    kept = parse_qs(urlsplit(page.url).query)
    assert {name: kept.get(name) for name in VIEW} == VIEW
    assert not visitor.failures()


def test_the_measure_of_the_map_goes_before_the_room_and_comes_back(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/karte")
    main = page.get_by_test_id("stMain")
    main.get_by_text("Nächstes Ende", exact=True).first.click()
    visitor.settle()
    begin_presentation(visitor)
    page.wait_for_timeout(1000 * (current.LOOK_EVERY_SECONDS + 1))
    expect(main.get_by_role("radio", checked=True)).to_have_accessible_name("Nächstes Ende")
    main.get_by_text("Untergebrachte Personen", exact=True).first.click()
    visitor.settle()
    # With the pointer: nothing may lie over the way back.
    main.get_by_role("button", name="Präsentation beenden").click()
    page.wait_for_url(lambda url: "praesentation" not in url)
    visitor.settle()
    assert not visitor.failures()
    expect(main.get_by_role("radio", checked=True)).to_have_accessible_name("Untergebrachte Personen")


def test_each_press_of_back_leads_to_the_page_before(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/strukturen")
    for name in ("Bedarfe", "Lücken"):
        visitor.navigate(name)
        page.wait_for_url("**stichtag=**")
    visitor.choose(page.get_by_test_id("stSidebar"), "Szenario", "erwartet")
    page.wait_for_url("**szenario=erwartet**")
    came_to = []
    for _ in range(2):
        page.go_back()
        visitor.settle()
        came_to.append((page.get_by_role("heading", level=1).first.inner_text(), urlsplit(page.url).query))
    assert [title for title, _ in came_to] == ["Bedarfe", "Strukturen"]
    assert all("stichtag=" in query and "szenario=gesichert" in query for _, query in came_to)
    assert not visitor.failures()
