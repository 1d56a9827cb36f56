"""A running server and a Chromium for the tests in this folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Server, serving
from tests.browser.visiting import Visit, browser_is_required, chromium, find_chromium, new_user
from tests.prepared import Prepared

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            if browser_is_required():
                # Beside everything else, there: one that fails is tried twice more, and the summary says so.
                item.add_marker(pytest.mark.flaky(reruns=2))


# Playwright keeps an event loop running: it must be gone before tests of other folders want one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the test is skipped, or fails where STEERING_REQUIRE_BROWSER=1."""
    executable = find_chromium()
    if executable is None:
        reason = "No Chromium, Chrome or Edge found; on Debian: apt-get install chromium"
        if browser_is_required():
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium(executable) as started:
        yield started


@pytest.fixture(scope="package")
def coburg(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Server]:
    """A server with the Coburg data, shared by tests that only look."""
    folder = tmp_path_factory.mktemp("coburg")
    prepared.copied("coburg", folder / "steering.db")
    with serving(folder, environment={"STEERING_DATASET": "coburg"}, loaded=True) as server:
        yield server


@pytest.fixture
def serve(tmp_path: Path, prepared: Prepared) -> Iterator[Callable[..., Server]]:
    """`serve(dataset="empty")` starts a server with a database of this test's own, for tests that write."""
    with ExitStack() as servers:

        def start(dataset: str = "coburg", **environment: str) -> Server:
            prepared.copied(dataset, tmp_path / "steering.db")
            surroundings = {"STEERING_DATASET": dataset, **environment}
            return servers.enter_context(serving(tmp_path, environment=surroundings, loaded=True))

        yield start


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[Server], Visit]]:
    """`visit(server)` opens a window of a new user; several calls are several users."""
    with ExitStack() as windows:

        def open_window(server: Server) -> Visit:
            return Visit(windows.enter_context(new_user(browser)), server.url)

        yield open_window
