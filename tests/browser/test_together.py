"""Several people at once: what one saves, the others see, and nobody loses what they are typing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit

WITHIN_FIVE_SECONDS = 5_000
LOTSEN = "Integrationslotsen"


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve("coburg")


def edit(visitor: Visit, structure: str) -> None:
    """Bring a structure into the sidebar by its name."""
    visitor.choose(visitor.open_quick_edit(), "Struktur", structure)


def end_of_funding(page: Page):
    return page.get_by_test_id("stSidebar").get_by_label("Ende", exact=True)


def save(visitor: Visit) -> None:
    visitor.page.get_by_test_id("stSidebar").get_by_role("button", name="Speichern").click()
    visitor.settle()


def bars(visitor: Visit):
    return visitor.page.locator(".st-key-timeline_body svg.marks")


def test_an_edit_moves_the_bar_at_once_and_in_a_second_browser_within_five_seconds(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    for visitor in (mine, theirs):
        visitor.go("/zeitachse")
        expect(bars(visitor)).to_contain_text("bis 31.12.2026")
        expect(bars(visitor)).not_to_contain_text("bis 30.06.2028")
    edit(mine, LOTSEN)
    end_of_funding(mine.page).fill("30.06.2028")
    save(mine)
    expect(bars(theirs)).to_contain_text("bis 30.06.2028", timeout=WITHIN_FIVE_SECONDS)
    expect(bars(mine)).to_contain_text("bis 30.06.2028")
    assert mine.failures() == theirs.failures() == []


def test_what_one_types_into_a_paper_is_seen_by_who_has_it_open(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    for visitor in (mine, theirs):
        visitor.go("/")
        visitor.page.get_by_role("button", name="Sitzungsvorlage dazu schreiben").click()
        visitor.settle()
    mine.page.get_by_label("Betreff", exact=True).fill("Lotsen weiterführen")
    subject = theirs.page.get_by_label("Betreff", exact=True)
    # What is typed is handed over after a pause, stored, and looked for every three seconds.
    expect(subject).to_have_value("Lotsen weiterführen")
    # Still both work on one draft.
    subject.fill("Lotsen weiterführen ab 2027")
    expect(mine.page.get_by_label("Betreff", exact=True)).to_have_value("Lotsen weiterführen ab 2027")
    assert mine.failures() == theirs.failures() == []


def test_a_form_kept_open_over_the_edit_of_somebody_else_loses_nothing_and_overwrites_nothing(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    for visitor in (mine, theirs):
        visitor.go("/zeitachse")
        edit(visitor, LOTSEN)
    # Typed, not yet left: the field still has the focus while the other one saves.
    end_of_funding(theirs.page).press_sequentially("")
    end_of_funding(theirs.page).fill("31.12.2029")
    end_of_funding(mine.page).fill("30.06.2028")
    save(mine)
    expect(bars(theirs)).to_contain_text("bis 30.06.2028", timeout=WITHIN_FIVE_SECONDS)
    expect(end_of_funding(theirs.page)).to_have_value("31.12.2029")
    save(theirs)
    sidebar = theirs.page.get_by_test_id("stSidebar")
    expect(sidebar).to_contain_text("denselben Datensatz gespeichert")
    expect(bars(theirs)).to_contain_text("bis 30.06.2028")
    expect(end_of_funding(theirs.page)).to_have_value("31.12.2029")
    sidebar.get_by_role("button", name="Auf dem neuen Stand weiterarbeiten").click()
    theirs.settle()
    save(theirs)
    expect(bars(theirs)).to_contain_text("bis 31.12.2029")


def test_a_new_structure_of_a_new_carrier_is_seen_by_everybody(
    server: Server, visit: Callable[[Server], Visit]
) -> None:
    mine, theirs = visit(server), visit(server)
    theirs.go("/zeitachse")
    mine.go("/strukturen")
    sidebar = mine.open_quick_edit()
    sidebar.get_by_role("button", name="Neue Struktur").click()
    mine.settle()
    sidebar.get_by_label("Name", exact=True).fill("Sprachcafé Rödental")
    for label, words in (
        ("Träger", "Neuer Träger"),
        ("Aufgabe", "Ehrenamtliche Sprach"),
        ("Gebiet", "Rödental"),
    ):
        mine.choose(sidebar, label, words)
    mine.settle()
    expect(sidebar).to_contain_text("Ebene des neuen Trägers")
    sidebar.get_by_label("Name des neuen Trägers").fill("Kulturverein Rödental")
    sidebar.get_by_label("Ende", exact=True).fill("31.12.2028")
    sidebar.get_by_role("button", name="Anlegen").click()
    mine.settle()
    expect(bars(theirs)).to_contain_text("Sprachcafé Rödental", timeout=WITHIN_FIVE_SECONDS)
    expect(bars(theirs)).to_contain_text("bis 31.12.2028")
    assert mine.failures() == []


@pytest.mark.parametrize("noticed", [True, False], ids=["seen before saving", "while saving"])
def test_what_somebody_else_renames_stays_chosen_with_what_is_typed_about_it(
    server: Server, visit: Callable[[Server], Visit], noticed: bool
) -> None:
    mine, theirs = visit(server), visit(server)
    theirs.go("/zeitachse")
    edit(theirs, LOTSEN)
    structure_part(theirs)
    theirs_sidebar = theirs.page.get_by_test_id("stSidebar")
    theirs_sidebar.get_by_label("Name", exact=True).fill("Lotsendienst")
    mine.go("/zeitachse")
    edit(mine, LOTSEN)
    structure_part(mine)
    sidebar = mine.page.get_by_test_id("stSidebar")
    sidebar.get_by_label("VZÄ", exact=True).fill("7,5")
    save(theirs)
    if noticed:
        expect(bars(mine)).to_contain_text("Lotsendienst")
        mine.settle()
    save(mine)
    expect(sidebar).to_contain_text("denselben Datensatz gespeichert")
    expect(sidebar.get_by_role("combobox", name="Struktur", exact=True)).to_have_value("Lotsendienst")
    expect(sidebar.get_by_label("VZÄ", exact=True)).to_have_value("7,5")


def structure_part(visitor: Visit) -> None:
    visitor.page.get_by_test_id("stSidebar").get_by_role("radio", name="Struktur").check(force=True)
    visitor.settle()
