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


def test_an_answer_on_the_lagebild_opens_its_what_if(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/")
    main = visitor.page.get_by_test_id("stMain")
    expect(main).to_contain_text("Soll der Landkreis die Stelle »Integrationslotsen«")
    answers = main.get_by_role("table", name="Wege und was sie bedeuten")
    expect(answers.get_by_role("columnheader", name="Selbst weiterführen")).to_be_visible()
    main.get_by_role("button", name="Durchspielen").nth(1).click()
    visitor.settle()
    visitor.page.wait_for_function("() => location.search.includes('annahme=eigenmittel~1~1.5')")
    expect(main).to_contain_text("Integrationslotsen bei Wegfall der Förderung: wird weitergeführt")
    visitor.navigate("Lücken")
    expect(main).to_contain_text("Integrationslotsen bei Wegfall der Förderung: wird weitergeführt")
    assert visitor.failures() == []
