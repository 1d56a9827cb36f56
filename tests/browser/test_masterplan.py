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
    visitor.navigate("Lücken")
    expect(main).to_contain_text("3 Maßnahmen wirken")
    assert "masterplan=mit" in page.url
    main.get_by_role("button", name="Ohne Masterplan ansehen").click()
    visitor.settle()
    expect(main).not_to_contain_text("Maßnahmen wirken")
    assert "masterplan=ohne" in page.url
    assert visitor.failures() == []
    assert visitor.foreign == []


ROW_HEIGHT = 35  # of a table that is drawn on a canvas: the head is as high


def choose_row(visitor: Visit, table: str, row: int) -> None:
    """Tick a row of a table, counted from 0."""
    drawn = visitor.page.locator(f".st-key-{table} .dvn-scroller")
    drawn.click(position={"x": 16, "y": ROW_HEIGHT * (row + 1.5)})
    visitor.settle()


def test_a_gap_becomes_a_measure_that_closes_it_in_the_masterplan(
    serve: Callable[..., Server], visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(serve("coburg"))
    page = visitor.go("/luecken?masterplan=mit&handlungsfeld=sprache")
    main, sidebar = page.get_by_test_id("stMain"), page.get_by_test_id("stSidebar")
    expect(main).to_contain_text("sind 2 Aufgaben offen")
    choose_row(visitor, "gaps-table", 0)
    expect(main.get_by_role("heading", name="Kurskoordination")).to_be_visible()
    main.get_by_role("button", name="Maßnahme dazu anlegen").click()
    visitor.settle()
    expect(page.locator("h1")).to_have_text("Masterplan")
    # What is looked at stays the same on the way.
    assert "masterplan=mit" in page.url
    assert "handlungsfeld=sprache" in page.url
    expect(sidebar.get_by_label("Maßnahme", exact=True)).to_have_value("Lücke: Kurskoordination")
    visitor.choose(sidebar, "Status", "geplant")
    sidebar.get_by_role("button", name="Maßnahme anlegen").click()

    # What the measure does is tried out first, and then kept with it.
    visitor.go("/masterplan?masterplan=mit&handlungsfeld=sprache")
    main.get_by_text("Was wäre wenn …").click()
    visitor.choose(main, "Was soll sich ändern?", "Zuständigkeit kommt hinzu")
    for question, words in (
        ("Struktur", "Planungsstab"),
        ("Aufgabe", "Kurskoordination"),
        ("Gebiet", "Landkreis Coburg"),
        ("Zuständigkeit", "federführend"),
    ):
        visitor.choose(main, question, words)
    main.get_by_label("ab", exact=True).fill("01.01.2026")
    main.get_by_role("button", name="Annehmen").click()
    visitor.settle()
    sidebar.get_by_text("Maßnahme erfassen oder ändern").click()
    visitor.choose(sidebar, "Welche Maßnahme?", "Lücke: Kurskoordination")
    sidebar.get_by_role("button", name="Annahmen aus »Was wäre wenn« anfügen").click()
    visitor.settle()
    # What the measure keeps is assumed no longer.
    expect(main.get_by_role("button", name="Zurücknehmen")).to_have_count(0)

    visitor.navigate("Lücken")
    # The number of structures behind the chosen field has changed on the way; it stays chosen.
    assert "handlungsfeld=sprache" in page.url
    expect(main).to_contain_text("5 Maßnahmen wirken (geplant, beschlossen, laufend oder Idee)")
    expect(main).to_contain_text("ist eine Aufgabe offen")
    main.get_by_role("button", name="Ohne Masterplan ansehen").click()
    expect(main).to_contain_text("sind 2 Aufgaben offen")
    assert visitor.failures() == []
    assert visitor.foreign == []


def test_rows_of_the_plan_open_their_measure_in_the_sidebar(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/masterplan")
    main = page.get_by_test_id("stMain")
    name = page.get_by_test_id("stSidebar").get_by_role("textbox", name="Maßnahme", exact=True)
    choose_row(visitor, "plan-left", 2)
    expect(name).to_have_value("Federführung ohne Durchführung: Patenschaften vermitteln")
    for part, table, measure in (
        ("Fahrplan", "measures_table", "Beispiel: Stelle für Integrationsplanung"),
        ("Zu ergänzen", "plan-missing", "Beispiel: Vorkurs Deutsch an der Beispielschule"),
    ):
        main.get_by_text(part, exact=True).click()
        visitor.settle()
        choose_row(visitor, table, 0)
        expect(name).to_have_value(measure)
    assert visitor.failures() == []
