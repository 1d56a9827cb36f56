"""The frame around the pages on the screen of an office PC: what it shows, and what it leaves to the page."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from operator import attrgetter

import pytest
from playwright.sync_api import Browser, Locator, expect

from steering.web import current, pages
from tests.browser.serving import Server
from tests.browser.visiting import QUIET, Visit, find_chromium, new_user

# The colours in which the first picture is written.
INKS = """[...new Set(
    [...document.querySelector("[data-testid=stVegaLiteChart]").querySelectorAll("svg text")]
        .map(one => one.getAttribute("fill"))
)].sort().join()"""

WIDTH, HEIGHT, GAP = 1366, 768, 17
# Words of the frame that reach beyond the box that cuts them off. What a screen reader alone is told is one
# pixel wide on purpose.
CUT = """() => [...document.querySelectorAll(
        ['stSidebar', 'stHeader'].map(part => `[data-testid=${part}] :is(p, label, span, button, input, a)`)
    )].filter(one => one.offsetParent && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
      .filter(one => getComputedStyle(one).overflowX !== 'visible')
      .map(one => one.innerText || one.value)"""
BOX = "one => { const box = one.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; }"
SIDEWAYS = "() => document.querySelector('[data-testid=stMain]').scrollWidth"


@pytest.fixture(scope="module")
def window(coburg: Server, browser: Browser) -> Iterator[Visit]:
    with new_user(browser) as context:
        visitor = Visit(context, coburg.url)
        visitor.go("/")
        yield visitor


@pytest.fixture(scope="module", params=pages.ALL, ids=lambda entry: entry.title)
def opened(request: pytest.FixtureRequest, window: Visit) -> tuple[pages.PageEntry, Visit]:
    """Each page, reached through the navigation."""
    window.navigate(request.param.title)
    return request.param, window


def box(element: Locator) -> list[float]:
    """Left, top, right, bottom in pixels of the screen."""
    found: list[float] = element.first.evaluate(BOX)
    return found


def test_beside_a_scroll_bar_nothing_of_the_sidebar_is_cut(coburg: Server, browser: Browser) -> None:
    bars = browser.browser_type.launch(
        executable_path=find_chromium(), args=QUIET, ignore_default_args=["--hide-scrollbars"]
    )
    with closing(bars), new_user(bars) as context:
        visitor = Visit(context, coburg.url)
        visitor.go("/")
        content = visitor.page.get_by_test_id("stSidebarContent")
        wide, room, gutter = content.evaluate(
            "one => [one.scrollWidth, one.clientWidth, one.offsetWidth - one.clientWidth]"
        )
        assert gutter > 0
        assert wide == room


# What neither has a rule for the end of a sheet, nor stands in something that has it.
WITHOUT_RULE = """([query, rule]) => [...document.querySelectorAll(`[data-testid=stMain] ${query}`)]
    .filter(one => {
        while (one.dataset?.testid !== 'stMain' && getComputedStyle(one)[rule] !== 'avoid')
            one = one.parentElement;
        return one.dataset.testid === 'stMain';
    }).map(one => one.innerText)"""


@pytest.fixture
def printing(window: Visit) -> Iterator[Visit]:
    """The window, which is a screen again whatever was printed."""
    yield window
    window.page.emulate_media(media="screen")


@pytest.mark.parametrize(
    "entry", [pages.OVERVIEW, pages.GAPS, pages.MASTERPLAN, pages.POTENTIALS], ids=attrgetter("title")
)
def test_on_paper_no_card_or_picture_is_cut_and_no_heading_stands_alone(
    printing: Visit, entry: pages.PageEntry
) -> None:
    page = printing.turn_to(entry)
    page.emulate_media(media="print")
    for whole in (
        "[data-testid=stMetric]",
        "[data-testid=stVegaLiteChart]",
        "tr",
        "[class*=st-key-proposal-]",
    ):
        assert page.evaluate(WITHOUT_RULE, [whole, "breakInside"]) == []
    assert page.evaluate(WITHOUT_RULE, ["h2", "breakAfter"]) == []
    # Of a table on a canvas paper gets the rows in sight.
    expect(page.get_by_test_id("stDataFrame").filter(visible=True)).to_have_count(0)
    drawn = page.get_by_test_id("stDataFrame").count()
    printed = page.locator(".printed-table").filter(visible=True)
    expect(printed).to_have_count(drawn)
    for table in printed.all():
        expect(table.locator("tbody tr").first).not_to_be_empty()
    page.emulate_media(media="screen")
    # While nobody prints, no click waits for hundreds of cells.
    expect(page.locator(".printed-table td")).to_have_count(0)


# What is pressed, and not the chosen part of a switch.
PRESSED = """() => [...document.querySelectorAll(
        '[data-testid=stMain] :is(button:not([aria-checked=true]), [data-testid=stPageLink], summary)')]
    .filter(one => one.checkVisibility()).map(one => one.innerText)"""


def test_on_paper_a_page_says_what_it_shows_and_has_no_buttons(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/?szenario=optimistisch&masterplan=mit&traeger=Caritas")
    for entry in pages.ALL:
        visitor.navigate(entry.title)
        expect(page.locator("h1")).to_have_text(entry.title)
        line = page.locator(".on-paper")
        expect(line).to_be_hidden()
        page.emulate_media(media="print")
        expect(line).to_contain_text("Stand der Daten: ")
        if entry not in pages.WITHOUT_VIEW:
            expect(line).to_have_text(
                re.compile("Stichtag: .* · Szenario: optimistisch · Masterplan: mit · ")
            )
        assert page.evaluate(PRESSED) == [], entry.title
        told = page.get_by_text("Masterplan: mit").filter(visible=True)
        expect(told).to_have_count(int(entry not in pages.WITHOUT_VIEW))
        page.emulate_media(media="screen")


def test_on_paper_a_map_is_its_picture_and_leaves_no_sheet_empty(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    page = visit(coburg).go("/karte")
    expect(page.locator("canvas").first).to_be_attached()
    page.emulate_media(media="print")
    expect(page.locator("canvas").first).to_be_hidden()
    still = page.locator('[class*="st-key-map-still"] img')
    expect(still).to_be_visible()
    left, right = (box(place)[0] + box(place)[2] for place in (still, page.locator('[class*="map-place"]')))
    assert abs(left - right) <= 2, "in the middle"
    rule = "one => getComputedStyle(one.closest('[data-testid=stHorizontalBlock]')).breakInside"
    assert page.locator('[class*="st-key-map-place"]').first.evaluate(rule) == "auto"


def test_the_navigation_shows_every_page_and_which_of_them_is_open(
    opened: tuple[pages.PageEntry, Visit],
) -> None:
    entry, visitor = opened
    header = visitor.page.get_by_test_id("stHeader")
    assert header.get_by_role("link").all_inner_texts() == [each.title for each in pages.ALL]
    expect(header.locator("[aria-current=page]")).to_have_text(entry.title)


def test_the_keyboard_is_seen_in_the_navigation(window: Visit) -> None:
    page = window.page
    page.keyboard.press("Tab")
    link = page.get_by_test_id("stHeader").get_by_role("link").nth(3)
    link.focus()
    assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_the_sidebar_names_program_and_landkreis_in_a_fifth_of_the_width(
    opened: tuple[pages.PageEntry, Visit],
) -> None:
    _, visitor = opened
    sidebar = visitor.page.get_by_test_id("stSidebar")
    expect(sidebar.locator(".st-key-brand")).to_have_text("Integrationssteuerung\nLandkreis Coburg")
    assert box(sidebar)[2] <= WIDTH / 5
    assert visitor.page.evaluate(CUT) == []
    assert visitor.page.evaluate(SIDEWAYS) <= WIDTH
    assert sidebar.locator("details[open]").count() == 0


def test_the_answer_begins_in_the_first_seventh_of_the_screen(opened: tuple[pages.PageEntry, Visit]) -> None:
    entry, visitor = opened
    answer = box(visitor.page.locator(".st-key-answer"))
    assert answer[1] < HEIGHT / 7
    # The line of the examples shares the title's without touching it.
    title, examples = visitor.page.locator("h1 span"), visitor.page.locator(".st-key-examples")
    assert box(title)[2] < box(examples)[0]
    offer = visitor.page.get_by_text("Was wäre wenn …")
    if entry in pages.ASSUMING:
        assert box(offer)[1] >= answer[3]
    else:
        assert offer.count() == 0


def test_a_chosen_structure_opens_its_form_and_a_chosen_filter_is_readable(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/strukturen?ebene=landkreis")
    assert visitor.page.evaluate(CUT) == []
    sidebar = visitor.open_quick_edit()
    visitor.choose(sidebar, "Struktur", "Integrationslotsen")
    expect(sidebar.get_by_label("Ende", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("entry", "head"), [(pages.RESPONSIBILITIES, "matrix"), (pages.TIMELINE, "timeline")]
)
def test_the_heads_of_a_picture_stay_over_it_and_over_nothing_else(
    window: Visit, entry: pages.PageEntry, head: str
) -> None:
    page = window.turn_to(entry)
    places = """head => ["", "-head"].map(part =>
        document.querySelector(`.st-key-${head}${part}`).getBoundingClientRect())"""
    for share in (0.5, 1):
        page.get_by_test_id("stMain").evaluate(
            "(main, share) => main.scrollTo(0, main.scrollHeight * share)", share
        )
        picture, names = page.evaluate(places, head)
        # The gap below the picture may be covered, what follows may not.
        assert names["top"] + names["height"] <= picture["top"] + picture["height"] + GAP


def test_a_form_is_drawn_when_it_is_opened_and_keeps_what_was_typed(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    visitor.go("/strukturen")
    sidebar = visitor.page.get_by_test_id("stSidebar")
    heading = sidebar.get_by_text("Schnell bearbeiten", exact=True)
    expect(heading).to_be_visible()
    # Nobody has opened it: there is nothing of it, not even out of sight.
    expect(sidebar.get_by_text("Neue Struktur", exact=True)).to_have_count(0)
    visitor.open_quick_edit()
    sidebar.get_by_role("button", name="Neue Struktur").click()
    name = sidebar.get_by_label("Name", exact=True)
    name.fill("Haus der Begegnung")
    heading.click()
    expect(name).to_be_hidden()
    visitor.settle()
    heading.click()
    expect(name).to_be_visible()
    expect(name).to_have_value("Haus der Begegnung")
    assert visitor.failures() == []


def test_pictures_follow_when_the_screen_turns_dark(window: Visit) -> None:
    page = window.turn_to(pages.GAPS)
    page.evaluate(f"() => {{ window.light = {INKS}; }}")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => {INKS} !== light", timeout=1000 * (current.LOOK_EVERY_SECONDS + 9))
    # On paper light words and pictures on black are dark ones on white.
    page.emulate_media(color_scheme="dark", media="print")
    expect(page.get_by_test_id("stMainBlockContainer")).to_have_css("filter", re.compile("invert"))
    expect(page.get_by_test_id("stMain")).to_have_css("background-color", "rgb(255, 255, 255)")
