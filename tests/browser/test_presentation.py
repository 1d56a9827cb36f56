"""The presentation in a browser: by keyboard, readable, usable by all, and with nothing internal in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, WebSocket, expect

from steering.analysis.agenda import agenda
from steering.model import AgendaItem, Meeting, MeetingStatus, Subject
from steering.storage import reading, schema
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, Made, write
from steering.web import pages
from tests.browser.readable import UNREADABLE
from tests.browser.serving import Server
from tests.browser.visiting import Visit, new_user
from tests.planted import OPEN, SECRET, TODAY, VIEW, WHO, Planted

SIZES = {1366: 768, 1920: 1080}


@pytest.fixture
def held(tmp_path: Path, serve: Callable[..., Server]) -> tuple[Server, Planted]:
    """A server whose database has secrets planted in it."""
    address = f"sqlite:///{(tmp_path / 'steering.db').as_posix()}"
    schema.prepare(address, "coburg").dispose()
    engine = make_engine(address)
    found = Planted(engine)
    engine.dispose()
    return serve(STEERING_TODAY="2026-11-22"), found


def of(found: Planted, place: int) -> str:
    return f"/koordinierungsrunde?runde={found.coming}&punkt={found.points[place]}&praesentation=an"


HELP = """() => [...document.querySelectorAll('[data-testid="stTooltipIcon"] svg')]
    .filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().width)"""


def test_the_signs_of_help_are_as_large_after_a_presentation_as_before(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/")
    before = page.evaluate(HELP)
    page.keyboard.press("p")
    page.wait_for_url("**praesentation=an**")
    visitor.settle()
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "praesentation" not in url)
    visitor.settle()
    assert before
    assert page.evaluate(HELP) == before


def test_a_wide_matrix_is_drawn_less_large_and_not_cut(
    serve: Callable[..., Server], browser: Browser
) -> None:
    server = serve("large", STEERING_DATASET="coburg")
    for width, height in SIZES.items():
        with new_user(browser, viewport={"width": width, "height": height}) as window:
            page = Visit(window, server.url).go("/zustaendigkeiten?praesentation=an")
            page.locator(".st-key-matrix-head svg text").first.wait_for()
            hidden = "one => one.scrollWidth - one.clientWidth"
            assert page.locator(".st-key-matrix").evaluate(hidden) <= 1
            drawn = page.locator(".st-key-matrix svg.marks").last.bounding_box()
            assert drawn is not None
            assert drawn["width"] > 0.9 * width, "larger than on a desk all the same"
            head, rows = (
                page.locator(f".st-key-matrix {place}").first.bounding_box()
                for place in (
                    ".st-key-matrix-head [data-testid=stVegaLiteChart]",
                    "> :last-child [data-testid=stVegaLiteChart]",
                )
            )
            assert head is not None
            assert rows is not None
            assert head["y"] + head["height"] <= rows["y"] + 1, "the head lies on no row"
            assert rows["y"] < 0.84 * height, "rows are seen without scrolling"


def test_a_key_begins_and_ends_the_presentation_but_not_while_somebody_types(
    coburg: Server, visit: Callable[[Server], Visit]
) -> None:
    visitor = visit(coburg)
    page = visitor.go("/strukturen?szenario=erwartet")
    search = page.get_by_test_id("stMain").get_by_test_id("stTextInput").locator("input").first
    search.click()
    page.keyboard.type("pp")
    search.press("Enter")
    visitor.settle()
    assert "praesentation" not in page.url
    search.blur()
    page.keyboard.press("p")
    page.wait_for_url("**praesentation=an**")
    visitor.settle()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".st-key-stage-head")).to_contain_text("erwartet")
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 24
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "praesentation" not in url)
    visitor.settle()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    assert visitor.failures() == visitor.complaints == []


def test_a_round_is_walked_and_written_by_keyboard_alone(
    held: tuple[Server, Planted], visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    server, found = held
    visitor = visit(server)
    page = visitor.go(of(found, 0))
    expect(page.locator("h1")).to_have_text(f"{OPEN} eins")
    page.keyboard.press("PageDown")
    expect(page.locator("h1")).to_have_text("Wer kann das klären?")
    visitor.settle()
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.closest('.st-key-stage-picture') !== null")
    page.keyboard.press("e")
    field = page.get_by_label("Ergebnis", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("Ed pflegt das Bild. PPP")
    expect(field).to_have_value("Ed pflegt das Bild. PPP")
    page.keyboard.press("Control+s")
    expect(page.get_by_test_id("stMain")).to_contain_text("Festgehalten.")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.locator("h1")).to_have_text(f"{OPEN} eins")
    engine = make_engine(f"sqlite:///{(tmp_path / 'steering.db').as_posix()}")
    stored = reading.portfolio(engine).outcomes.set_index("agenda_item_id")["text"]
    engine.dispose()
    assert stored[found.points[2]] == "Ed pflegt das Bild. PPP"
    assert visitor.failures() == visitor.complaints == []


def test_the_point_of_a_round_fits_the_projector_and_axe_finds_nothing(
    held: tuple[Server, Planted], browser: Browser
) -> None:
    server, found = held
    with new_user(browser) as window:
        visitor = Visit(window, server.url)
        page = visitor.go(of(found, 2))
        for width, height in SIZES.items():
            turned(visitor, width)
            last = page.locator(".st-key-stage-hint").bounding_box()
            assert last is not None
            assert 0.9 * height < last["y"] + last["height"] <= height
            assert violations(page) == []
        visitor.go("/luecken?praesentation=an")
        for width in SIZES:
            turned(visitor, width)
            assert violations(page) == []


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds fault with, and where first."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]


def turned(visitor: Visit, width: int) -> None:
    """The window on a screen of that width."""
    visitor.page.set_viewport_size({"width": width, "height": SIZES[width]})
    visitor.settle()


@pytest.fixture
def pictured(tmp_path: Path, serve: Callable[..., Server]) -> tuple[Server, list[int]]:
    """A server whose running round has points with pictures of each kind, and their ids."""
    address = f"sqlite:///{(tmp_path / 'steering.db').as_posix()}"
    schema.prepare(address, "coburg").dispose()
    engine = make_engine(address)
    proposed = agenda.proposals(reading.portfolio(engine), VIEW, -1, None)
    wanted = ("SHORTFALL", "GAP", "OVERLAP", "LEAD_ONLY")
    found = [next(one for one in proposed if one.subject_key.startswith(kind)).values for kind in wanted]
    found.append({"name": "Maßnahme", "subject": Subject.MEASURE, "subject_key": "1"})
    meeting = Edit(Meeting, {"day": TODAY, "status": MeetingStatus.RUNNING})
    points = [Edit(AgendaItem, {**values, "meeting_id": Made(0)}) for values in found]
    made = write(engine, [meeting, *points], **WHO).ids
    engine.dispose()
    return serve(STEERING_TODAY="2026-11-22"), [int(key) for key in made[1:]]


def test_the_picture_of_a_point_is_seen_as_a_whole_and_its_words_can_be_read(
    pictured: tuple[Server, list[int]], browser: Browser
) -> None:
    server, points = pictured
    with new_user(browser) as window:
        visitor = Visit(window, server.url)
        for point in points:
            for presented in ("an", "aus"):
                page = visitor.go(f"/koordinierungsrunde?runde=1&punkt={point}&praesentation={presented}")
                page.locator('[data-testid="stVegaLiteChart"] svg').first.wait_for()
                for width in SIZES:
                    turned(visitor, width)
                    assert page.evaluate(UNREADABLE) == [], (point, width, presented)
                    if presented == "an":
                        room = page.locator(":has(> .st-key-stage-above)").last.bounding_box()
                        picture = page.locator('[data-testid="stVegaLiteChart"]').last.bounding_box()
                        assert room is not None
                        assert picture is not None
                        # The foot of a picture is empty.
                        assert picture["y"] + picture["height"] <= room["y"] + room["height"] + 6, point


def test_nothing_internal_reaches_the_browser(held: tuple[Server, Planted], browser: Browser) -> None:
    server, found = held
    frames: list[bytes] = []

    def keep(data: str | bytes) -> None:
        frames.append(data if isinstance(data, bytes) else data.encode())

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    with new_user(browser) as window:
        visitor = Visit(window, server.url)
        visitor.page.on("websocket", listen)
        rounds = [f"/{pages.ROUNDS.path}?runde={key}" for key in (found.coming, found.closed)]
        for path in (f"/{pages.DATA.path}?", *rounds):
            page = visitor.go(f"{path}&praesentation=an")
            assert SECRET not in page.content(), path
            assert visitor.failures() == [], path
        for entry in (one for one in pages.ALL if one not in pages.WITHOUT_VIEW):
            visitor.navigate(entry.title)
            here = page.get_by_test_id("stHeader").locator("[aria-current=page]")
            expect(here).to_have_text(entry.title)
            assert "praesentation=an" in page.url
            assert SECRET not in page.content(), entry.title
            assert visitor.failures() == [], entry.title
    sent = b"".join(frames)
    assert OPEN.encode() in sent
    assert SECRET.encode() not in sent
    assert [key for key in found.keys if key.encode() in sent] == []


def test_what_is_written_at_a_point_stays_in_view_under_a_title_of_two_lines(
    held: tuple[Server, Planted], browser: Browser, tmp_path: Path
) -> None:
    server, found = held
    engine = make_engine(f"sqlite:///{(tmp_path / 'steering.db').as_posix()}")
    version = int(reading.portfolio(engine).agenda_items.set_index("id")["version"][found.points[2]])
    asked = "Wer klärt, wer bei der Wohnraumakquise federführend ist, und wer schließt eine Vereinbarung?"
    write(engine, [Edit(AgendaItem, {"question": asked}, id=found.points[2], version=version)], **WHO)
    engine.dispose()
    with new_user(browser) as window:
        visitor = Visit(window, server.url)
        page = visitor.go(of(found, 2))
        title = page.locator("h1").bounding_box()
        assert title is not None
        assert title["height"] > 2 * 40  # two lines
        for place in (
            page.get_by_label("Einschätzung"),
            page.get_by_label("Wiedervorlage am"),
            page.get_by_role("button", name="Ergebnis festhalten"),
            page.get_by_text("Bild↓ weiter"),
        ):
            box = place.first.bounding_box()
            assert box is not None
            assert title["y"] >= 0
            assert box["y"] + box["height"] <= 768
