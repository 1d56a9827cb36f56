"""The server dies while it writes what somebody saved: the data are whole, and the screen says what holds."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.serving import Server, free_port, serving
from tests.browser.visiting import Visit

LOTSEN, BEFORE, TYPED = "Integrationslotsen", "31.12.2026", "30.06.2028"
# Each row of the history takes minutes, so that the write is under way for as long as it takes to kill it.
SLOW = """create trigger slow after insert on change begin
    select sum(a.id * b.id) from task a, task b, task c, task d, task e, task f;
end"""


def rows(database: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def is_being_written(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError:
            return True
        return False


def everything(database: Path) -> list[tuple]:
    """Revision, history and fundings."""
    return [
        *rows(database, "select revision from dataset"),
        *rows(database, "select count(*) from change"),
        *rows(database, "select * from funding order by id"),
    ]


def test_a_server_killed_while_saving_leaves_the_data_whole_and_says_what_is_saved(
    tmp_path: Path, visit: Callable[[Server], Visit]
) -> None:
    port, database = free_port(), tmp_path / "steering.db"
    with serving(tmp_path, port=port, environment={"STEERING_DATASET": "coburg"}, loaded=True) as server:
        visitor = visit(server)
        visitor.go("/zeitachse")
        sidebar = visitor.page.get_by_test_id("stSidebar")
        visitor.choose(visitor.open_quick_edit(), "Struktur", LOTSEN)
        rows(database, SLOW)
        before = everything(database)
        end = sidebar.get_by_label("Ende", exact=True)
        end.fill(TYPED)
        sidebar.get_by_role("button", name="Speichern").click()
        for _ in range(100):
            if is_being_written(database):
                break
            visitor.page.wait_for_timeout(100)
        else:
            pytest.fail("Nothing was written")
        visitor.page.wait_for_timeout(300)
        server.kill()
    told = visitor.page.get_by_role("dialog")
    expect(told).to_be_visible()
    assert "Was als gespeichert gemeldet wurde, ist gespeichert." in told.locator("h2 + div").evaluate(
        "body => getComputedStyle(body, '::after').content"
    )
    for english in told.get_by_text("Streamlit").all():
        expect(english).to_be_hidden()
    assert rows(database, "pragma integrity_check") == [("ok",)]
    assert everything(database) == before
    rows(database, "drop trigger slow")
    with serving(tmp_path, port=port, environment={"STEERING_DATASET": "coburg"}, loaded=True):
        expect(told).to_be_hidden(timeout=60_000)
        visitor.settle()
        visitor.choose(visitor.open_quick_edit(), "Struktur", LOTSEN)
        expect(end).to_have_value(BEFORE)
        end.fill(TYPED)
        sidebar.get_by_role("button", name="Speichern").click()
        expect(sidebar).to_contain_text("gespeichert.")
        assert everything(database)[0] == (before[0][0] + 1,)
        assert visitor.failures() == []
