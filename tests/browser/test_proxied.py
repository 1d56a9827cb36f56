"""The program behind nginx and TLS, hostile texts in every field: a browser shows them, and that is all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from steering.web import pages
from tests.browser.serving import Server, free_port, serving
from tests.browser.visiting import Visit, new_user
from tests.prepared import Prepared
from tests.proxied import Proxy, nginx

COOKIE_SECRET = "0123456789abcdef-nobody-sees-this"
# What the texts ask for: none of it may be an element. A mark of ours may be there by itself.
INJECTED = """() => [...document.querySelectorAll(
    'a[href*="evil"], img[src*="evil"], [onerror], .katex, a[href^="mailto"], del, img[alt="Streamlit logo"]'
)].map(each => each.outerHTML)"""
TEXTS = "() => document.body.innerText.replaceAll('\\u2060', '')"


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[tuple[Server, Proxy]]:
    folder = tmp_path_factory.mktemp("proxied")
    prepared.copied("hostile", folder / "steering.db")
    proxied = tmp_path_factory.mktemp("nginx")
    # Each has to know the other's port.
    port = free_port()
    with nginx(proxied, [port]) as proxy:
        environment = {
            "STEERING_ALLOWED_HOSTS": f"localhost:{proxy.port}",
            "STREAMLIT_SERVER_COOKIE_SECRET": COOKIE_SECRET,
        }
        with serving(folder, environment=environment, port=port, loaded=True) as server:
            yield server, proxy


@pytest.fixture(scope="module")
def window(
    browser: Browser, behind: tuple[Server, Proxy]
) -> Iterator[tuple[Visit, BrowserContext, list[str]]]:
    """A user's window, and what dialogs said."""
    with new_user(browser, ignore_https_errors=True) as context:
        visitor = Visit(context, f"https://localhost:{behind[1].port}")
        dialogs: list[str] = []

        def note(dialog: object) -> None:
            dialogs.append(str(dialog))

        visitor.page.on("dialog", note)
        yield visitor, context, dialogs


# Those that show most of what there is; the others are read element by element in tests/pages.
SHOWN = (pages.OVERVIEW, pages.MAP, pages.RESPONSIBILITIES, pages.GAPS, pages.MASTERPLAN, pages.ROUNDS)


@pytest.mark.parametrize("address", [f"/{page.path}" for page in SHOWN])
def test_a_page_shows_what_was_typed_and_carries_nothing_out(window, address):
    visitor, _, dialogs = window
    page = visitor.go(address)
    assert page.evaluate(INJECTED) == []
    assert ":streamlit: :red[rot] **fett** `c` $x^2$ [l](https://evil.example/l) -> d@evil.example &lt;" in (
        page.evaluate(TEXTS)
    )
    assert (dialogs, visitor.foreign, visitor.complaints, visitor.failures()) == ([], [], [], [])


def test_the_tooltip_of_a_map_shows_text(window):
    visitor, _, dialogs = window
    page = visitor.go("/karte")
    canvas = page.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    tooltip = page.locator(".deck-tooltip")
    for attempt in range(40):
        share = 0.4 + attempt % 5 * 0.05
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.5, steps=4)
        page.wait_for_timeout(200)
        if tooltip.count() and "=1+1" in tooltip.inner_text():
            break
    assert "<img src=https://evil.example/i onerror=alert(1)>" in tooltip.inner_text()
    assert page.evaluate(INJECTED) == []
    assert (dialogs, visitor.foreign) == ([], [])


def test_the_cookies_of_the_program_come_back_through_tls_only(window):
    _, context, _ = window
    cookies = {each["name"]: each for each in context.cookies()}
    assert {"_streamlit_xsrf", "steering_process"} <= set(cookies)
    assert [name for name, each in cookies.items() if not each["secure"]] == []


def test_a_file_that_nobody_asked_for_is_refused_with_the_programs_sentence(window, behind):
    _, context, _ = window
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())
    path = "/_stcore/upload_file/fremd/00000000-0000-0000-0000-000000000000"
    answer, text = behind[1].ask(path, {"Cookie": cookies}, "PUT", b"x" * 1_000)
    assert (answer.status, text) == (403, "Diese Sitzung gibt es nicht. Bitte die Seite neu laden.")


def test_a_name_that_only_nginx_knows_is_refused_by_the_program_too(behind):
    server, proxy = behind
    answer, _ = Proxy(proxy.port, proxy.plain_port, proxy.folder).ask(headers={"Host": "localhost:1"})
    assert answer.status == 421
    written = server.log.read_text(encoding="utf-8")
    assert '"event": "refusal", "of": "http", "status": 421' in written
    assert COOKIE_SECRET not in written
    assert "evil.example" not in written
