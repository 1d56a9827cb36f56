"""A browser without network while a form is half filled in: all of it is there when the network is back.

Ten seconds of it in the gate, a minute with STEERING_TESTS=search.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import BrowserContext, WebSocketRoute, expect

from tests.browser.serving import Server
from tests.browser.visiting import Visit

LOTSEN, TYPED = "Integrationslotsen", "30.06.2028"
AWAY_MILLISECONDS = 60_000 if os.environ.get("STEERING_TESTS") == "search" else 10_000


class Network:
    """What lies between a browser and the server; an open line outlives Chromium's own way to be offline."""

    def __init__(self, visitor: Visit) -> None:
        self.context: BrowserContext = visitor.page.context
        self.lines: list[WebSocketRoute] = []
        self.away = False
        visitor.page.route_web_socket("**/_stcore/stream", self._line)

    def _line(self, line: WebSocketRoute) -> None:
        if self.away:
            line.close()
        else:
            self.lines += [line, line.connect_to_server()]

    def goes(self) -> None:
        self.away = True
        self.context.set_offline(True)
        for line in self.lines:
            line.close()
        self.lines.clear()

    def is_back(self) -> None:
        self.away = False
        self.context.set_offline(False)


def test_a_half_filled_form_is_still_there_when_the_network_is_back_and_is_saved(
    serve: Callable[..., Server], visit: Callable[[Server], Visit], tmp_path: Path
) -> None:
    visitor = visit(serve())
    network = Network(visitor)
    visitor.go("/zeitachse")
    sidebar = visitor.page.get_by_test_id("stSidebar")
    visitor.choose(visitor.open_quick_edit(), "Struktur", LOTSEN)
    end = sidebar.get_by_label("Ende", exact=True)
    end.fill(TYPED)
    network.goes()
    visitor.page.wait_for_timeout(AWAY_MILLISECONDS)
    expect(end).to_have_value(TYPED)
    network.is_back()
    visitor.settle()
    expect(end).to_have_value(TYPED)
    sidebar.get_by_role("button", name="Speichern").click()
    expect(sidebar).to_contain_text("gespeichert.")
    with closing(sqlite3.connect(tmp_path / "steering.db")) as connection:
        ends = connection.execute('select "end" from funding').fetchall()
    assert ("2028-06-30",) in ends
