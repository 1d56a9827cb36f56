"""The Masterplan in Chromium: its parts and pictures, and the toggle that acts on other pages."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit


def test_the_plan_is_looked_at_and_then_acts_on_another_page(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/masterplan")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Mit dem Masterplan")
    main.get_by_text("Fahrplan", exact=True).click()
    visitor.settle()
    expect(main.locator("svg").get_by_text("Beispiel: Nachfolge der BIR III sichern")).to_be_visible()
    main.get_by_text("Haushaltsblatt", exact=True).click()
    visitor.settle()
    expect(main).to_contain_text("Gezeigt wird der Stand ohne Masterplan")
    page.get_by_test_id("stSidebar").get_by_text("mit Masterplan", exact=True).click()
    visitor.settle()
    expect(main).not_to_contain_text("Gezeigt wird der Stand ohne Masterplan")
    visitor.navigate("Steuerung", "Lücken")
    expect(main).to_contain_text("3 Maßnahmen wirken")
    assert "masterplan=mit" in page.url
    main.get_by_role("button", name="Ohne Masterplan ansehen").click()
    visitor.settle()
    expect(main).not_to_contain_text("Maßnahmen wirken")
    assert "masterplan=ohne" in page.url
    assert visitor.failures() == []
    assert visitor.foreign == []
