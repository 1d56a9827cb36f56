"""Was wäre wenn, with the mouse: a programme ends, the gap shows, and goes when it is taken back."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit


def test_a_programme_that_ends_shows_its_gap_until_it_is_taken_back(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/luecken")
    main = visitor.page.get_by_test_id("stMain")
    main.get_by_text("Was wäre wenn …").click()
    visitor.choose(main, "Was soll sich ändern?", "Programm endet")
    visitor.choose(main, "Programm", "BIR III")
    main.get_by_label("am", exact=True).fill("30.06.2026")
    main.get_by_role("button", name="Annehmen").click()
    visitor.settle()
    expect(main).to_contain_text("BIR III endet am 30.06.2026")
    expect(main).to_contain_text("−1,5 VZÄ")
    expect(main).to_contain_text("01.07.2026")
    main.get_by_role("button", name="Zurücknehmen").first.click()
    visitor.settle()
    expect(main).not_to_contain_text("BIR III endet am 30.06.2026")
    expect(main).not_to_contain_text("01.07.2026")
    assert visitor.failures() == []
