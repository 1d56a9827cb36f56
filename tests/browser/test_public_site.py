"""The public directory opened from a folder, as somebody does who was given it on a file share."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from steering.analysis.publication.content import PublicEntry
from steering.exchange.publication.folder import write
from steering.exchange.publication.site import files
from tests.browser import axe
from tests.browser.visiting import new_user
from tests.exchange.publication.directories import EXTRA, boundaries, empty, rich

# One page of each template.
PAGES = (
    "index.html", "angebote.html", "angebote/1.html", "potenziale.html", "potenziale/1.html",
    "gemeinden/99001.html", "handlungsfelder/arbeit.html", "zielgruppen/erwachsene.html",
    "sprachen/ar.html", "offene-daten.html", "impressum.html", "leer/index.html",
)  # fmt: skip
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenberatungsstelle"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("verzeichnis")
    long = PublicEntry(
        "angebot-9", {"name": LONG, "what": LONG, "contact": {"website": f"https://{LONG}.example"}}
    )
    write(out / "leer", files(empty(), boundaries()))
    for path, content in files(rich(long), boundaries(), EXTRA).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    return out


@pytest.fixture(scope="module")
def seen(browser: Browser, folder: Path) -> Iterator[SimpleNamespace]:
    """`seen.page`; `seen.asked` holds each address that was asked for, `seen.complaints` what went wrong."""
    with new_user(browser) as context:
        seen = SimpleNamespace(page=context.new_page(), asked=[], complaints=[])
        context.on("request", lambda request: seen.asked.append(request.url))
        seen.page.on("console", lambda said: seen.complaints.append(said.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        yield seen


def opened(page: Page, folder: Path, path: str) -> Page:
    page.goto((folder / path).as_uri())
    return page


def found(page: Page, words: str) -> list[str]:
    page.get_by_label("Was suchen Sie?").fill(words)
    expect(page.get_by_role("status")).not_to_contain_text("vorbereitet")
    return page.locator("#treffer .lines__name").all_inner_texts()


def test_no_page_asks_anybody_for_anything_and_the_browser_has_nothing_to_complain_of(
    seen: SimpleNamespace, folder: Path
) -> None:
    for path in PAGES:
        opened(seen.page, folder, path)
        fonts = seen.page.evaluate("document.fonts.ready.then(all => [...all].map(font => font.status))")
        assert "error" not in fonts, path
        assert "loaded" in fonts, path
    found(opened(seen.page, folder, "index.html"), "Kurs")
    assert seen.complaints == []
    # The design system draws its icons from within its own style sheet.
    assert {address.partition(":")[0] for address in seen.asked} <= {"file", "data"}
    assert all(folder.as_uri() in address for address in seen.asked if address.startswith("file:"))


def test_no_page_scrolls_sideways_on_a_telephone(seen: SimpleNamespace, folder: Path) -> None:
    seen.page.set_viewport_size({"width": 360, "height": 640})
    wide = [
        path
        for path in (*PAGES, "angebote/9.html")
        if opened(seen.page, folder, path).evaluate("document.documentElement.scrollWidth > innerWidth")
    ]
    seen.page.set_viewport_size({"width": 1366, "height": 768})
    assert wide == []


# In the dark the colours differ, and nothing else: a page with all that has one is enough.
@pytest.mark.parametrize(("scheme", "judged"), [("light", PAGES), ("dark", ("angebote/1.html",))])
def test_axe_has_nothing_to_say_of_any_template(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"], judged: tuple[str, ...]
) -> None:
    # axe is put into the page, which the page's own policy would not let anybody do.
    with new_user(browser, bypass_csp=True, color_scheme=scheme) as context:
        page = context.new_page()
        said = {path: axe.findings(opened(page, folder, path)) for path in judged}
        found(opened(page, folder, "index.html"), "Kurs")
        said["index.html, with what was found"] = axe.findings(page)
    assert {path: each for path, each in said.items() if each} == {}


def test_the_search_is_used_by_keyboard_alone(seen: SimpleNamespace, folder: Path) -> None:
    page = opened(seen.page, folder, "index.html")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Was suchen Sie?")).to_be_focused()
    page.keyboard.type("ubergange")
    expect(page.get_by_role("status")).to_have_text("1 Treffer")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Abendkurs Übergänge")


def test_the_search_forgives_umlauts_and_one_error_and_looks_into_words(
    seen: SimpleNamespace, folder: Path
) -> None:
    page = opened(seen.page, folder, "index.html")
    for words in (  # as it is, without umlauts, a letter wrong, one missing, two swapped, its beginning
        "übergänge",
        "Uebergaenge",
        "UBERGANGE",
        "Übergänhe",
        "Überänge",
        "Übergägne",
        "überg",
        "abend kurs"[:5],
    ):
        assert found(page, words)[:1] == ["Abendkurs Übergänge"], words
    assert found(page, "lotsen")[:1] == ["Wohnlotsen"]
    assert found(page, "ähenfeld")[:1] == ["Abendkurs Übergänge"]
    # What is for the whole Landkreis is for each municipality of it.
    assert found(page, "Dornbach") == ["Wohnlotsen"]
    assert found(page, "مساء") == ["Abendkurs Übergänge"]
    assert found(page, "Wohnung Dornbach") == ["Wohnlotsen"]
    assert found(page, "Wohnung Cedernholz") == []
    expect(page.get_by_role("status")).to_contain_text("Dazu steht nichts im Verzeichnis")
    assert found(page, "  ") == []
    expect(page.get_by_role("status")).to_have_text("")


def test_a_municipality_is_reached_on_the_map_by_keyboard(seen: SimpleNamespace, folder: Path) -> None:
    page = opened(seen.page, folder, "index.html")
    page.get_by_role("group", name="Karte der Gemeinden").get_by_role(
        "link", name="Cedern: 2 Angebote"
    ).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Angebote in Cedern")


def test_without_scripts_everything_but_the_search_is_there(browser: Browser, folder: Path) -> None:
    with new_user(browser, java_script_enabled=False) as context:
        page = opened(context.new_page(), folder, "index.html")
        expect(page.locator("noscript p")).to_be_visible()
        expect(page.get_by_label("Was suchen Sie?")).to_be_hidden()
        page.locator("noscript a").click()
        expect(page.get_by_role("link", name="Café International")).to_be_visible()


def test_on_paper_a_municipality_is_a_handout_with_addresses_and_without_navigation(
    seen: SimpleNamespace, folder: Path
) -> None:
    page = opened(seen.page, folder, "gemeinden/99001.html")
    page.emulate_media(media="print")
    for name in ("Bereiche", "Sprachen", "Sie sind hier", "Rechtliches und Daten"):
        expect(page.get_by_label(name)).to_be_hidden()
    expect(page.get_by_text("https://bruecke.example/kurse")).to_be_visible()
    expect(page.get_by_text("https://angebote.musterland.example/gemeinden/99001.html")).to_be_visible()
    expect(page.get_by_text("Stand: 27.11.2026")).to_be_visible()
    opened(page, folder, "offene-daten.html")
    after = page.get_by_role("link", name="Namensnennung").evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    page.emulate_media(media="screen")
    assert "https://www.govdata.de/dl-de/by-2-0" in after
