"""The command that measures the pages goes its ways: what nobody runs for weeks would rot."""

import asyncio
import re
import sys
from concurrent.futures import ThreadPoolExecutor

from benchmarks import first_look, pages
from steering.web.pages import ALL


def test_a_page_is_opened_from_another_and_its_day_moved_where_it_has_one(coburg, visit):
    visitor = visit(coburg)
    visitor.go("/")
    for title, has_a_day in (("Strukturen", True), ("Verlauf", False)):
        first, stepped, opened = pages.clicks(visitor, title, half=1)
        assert min(first, opened) > 0
        assert stepped is None or stepped > 0
        assert (stepped is not None) == has_a_day
    assert not visitor.failures()


def test_each_page_is_opened_without_a_browser_and_the_memory_is_told(coburg):
    # Apart from Playwright, which has a loop of its own in this thread.
    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(asyncio.run, first_look.each_page(coburg.url)).result()
    assert list(found) == [page.title for page in ALL]
    assert all(seconds > 0 for seconds in found.values())
    assert re.fullmatch(
        r"\d+ MB, \d+ MB" if sys.platform == "linux" else "–", first_look.held(coburg.process.pid)
    )
