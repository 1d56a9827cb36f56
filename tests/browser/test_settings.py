"""Einstellungen, with mouse and keyboard: what is set on Daten is what the Lagebild goes by."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit


def test_a_longer_warning_time_is_what_the_lagebild_warns_by(
    serve: Callable[..., Server], visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(serve())
    main = visitor.go("/daten").get_by_test_id("stMain")
    main.get_by_text("Einstellungen", exact=True).click()
    visitor.settle()
    assert "bereich=einstellungen" in visitor.page.url
    field = main.get_by_label("Vorwarnzeit in Monaten", exact=True)
    field.fill("30")
    field.press("Enter")
    reaches = main.get_by_text("Als auslaufend gilt am heutigen Tag dann")
    expect(reaches).to_contain_text("22.05.2029")
    main.get_by_role("button", name="Einstellungen speichern").click()
    visitor.settle()
    visitor.navigate("Lagebild")
    expect(main).to_contain_text("Enden bis 22.05.2029")
    assert visitor.failures() == []
