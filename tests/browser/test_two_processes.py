"""Two processes on one database behind nginx: what one stores the other shows, and one can go."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import Server, free_port, serving
from tests.browser.test_typing import AWAY, at_point, becomes_stored, beside, is_saved, running
from tests.browser.visiting import PATIENCE, Visit
from tests.proxied import Proxy, nginx, told_nothing

__all__ = ["running"]  # a fixture
WITHIN_FIVE_SECONDS = 5_000
BEFORE, MEANWHILE = "Vorher. ", "Währenddessen."


@pytest.fixture
def both(
    running: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, dict[str, Server]]]:
    """nginx, and the two processes by the address under which nginx knows them."""
    ports = free_port(), free_port()
    with nginx(tmp_path_factory.mktemp("nginx"), ports, told_nothing) as proxy:
        environment = {
            "STEERING_ALLOWED_HOSTS": f"localhost:{proxy.port}",
            "STREAMLIT_SERVER_COOKIE_SECRET": "x" * 32,
        }
        with (
            serving(running, port=ports[0], environment=environment) as first,
            serving(running, port=ports[1], environment=environment) as second,
        ):
            yield proxy, {f"127.0.0.1:{ports[0]}": first, f"127.0.0.1:{ports[1]}": second}


def cookies(proxy: Proxy) -> dict[str, str]:
    """For each process a cookie that leads to it."""
    found: dict[str, str] = {}
    for _ in range(60):
        answer, _ = proxy.ask("/_stcore/health")
        (said,) = (
            each for each in answer.headers.get_all("Set-Cookie", []) if each.startswith("steering_process=")
        )
        found[answer.headers["X-Answered-By"]] = said.partition(";")[0].partition("=")[2]
        if len(found) == 2:
            return found
    raise AssertionError(found)


def in_order(led: dict[str, str], servers: dict[str, Server]) -> list[str]:
    return [led[address] for address in servers]


def window_at(browser: Browser, proxy: Proxy, cookie: str) -> Visit:
    """A user whom nginx leads to the process of that cookie."""
    address = f"https://localhost:{proxy.port}"
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="de-DE", ignore_https_errors=True
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "steering_process", "value": cookie, "url": address}])
    return Visit(context, address)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be halted here")
def test_what_one_stores_the_other_shows_and_whose_process_dies_goes_on_with_what_was_typed(
    both: tuple[Proxy, dict[str, Server]], running: Path, browser: Browser
) -> None:
    proxy, servers = both
    mine, theirs = (window_at(browser, proxy, cookie) for cookie in in_order(cookies(proxy), servers))
    fields = [at_point(visitor, AWAY) for visitor in (mine, theirs)]
    fields[0].press_sequentially(BEFORE)
    is_saved(fields[0])
    expect(fields[1]).to_have_value(BEFORE.strip(), timeout=WITHIN_FIVE_SECONDS)

    first = servers[next(iter(servers))]
    first.process.send_signal(signal.SIGSTOP)
    fields[0].press("Control+End")
    fields[0].press_sequentially(MEANWHILE)
    expect(beside(fields[0])).to_have_text("wird gespeichert …")
    first.kill()
    becomes_stored(fields[0], running, AWAY, BEFORE + MEANWHILE)
    expect(fields[0]).to_have_value(BEFORE + MEANWHILE)
    assert mine.failures() == theirs.failures() == []
    for visitor in (mine, theirs):
        visitor.page.context.close()
