"""Who moved the end of a funding is found in the Verlauf, and it is taken back, as a planner does it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit


def test_an_end_that_was_moved_is_found_by_its_field_and_taken_back(
    serve: Callable[..., Server], visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(serve("coburg"))
    page = visitor.go("/zeitachse")
    sidebar = visitor.open_quick_edit()
    visitor.choose(sidebar, "Struktur", "Integrationslotsen")
    before = sidebar.get_by_label("Ende", exact=True).input_value()
    sidebar.get_by_label("Ende", exact=True).fill("30.06.2028")
    sidebar.get_by_role("button", name="Speichern").click()
    visitor.settle()

    visitor.navigate("Verlauf")
    main = page.get_by_test_id("stMain")
    search = main.get_by_label("Suche", exact=True)
    search.fill("Integrationslotsen")
    search.press("Enter")
    visitor.settle()
    visitor.choose(main, "Feld", "Ende")
    expect(main).to_contain_text(f"Ende: {before} → 30.06.2028")
    expect(page).to_have_url(
        re.compile("suche=Integrationslotsen.*feld=Ende|feld=Ende.*suche=Integrationslotsen")
    )
    main.get_by_role("button", name="Rückgängig", exact=True).click()
    visitor.settle()
    expect(main).to_contain_text(f"Ende: 30.06.2028 → {before}")
    expect(main).to_contain_text("Rücknahme des Vorgangs")
    expect(main).to_contain_text("zurückgenommen am")
    expect(sidebar.get_by_label("Ende", exact=True)).to_have_value(before)

    page.reload()
    visitor.settle()
    expect(main).to_contain_text("Zu dieser Suche stehen 2 Vorgänge mit 2 Änderungen.")
    assert visitor.failures() == visitor.complaints == visitor.foreign == []
