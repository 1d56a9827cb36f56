"""The command that measures the pages goes its ways: what nobody runs for weeks would rot."""

from benchmarks import pages


def test_a_page_is_opened_from_another_and_its_day_moved_where_it_has_one(coburg, visit):
    visitor = visit(coburg)
    visitor.go("/")
    for title, has_a_day in (("Strukturen", True), ("Verlauf", False)):
        first, stepped, opened = pages.clicks(visitor, title, half=1)
        assert min(first, opened) > 0
        assert stepped is None or stepped > 0
        assert (stepped is not None) == has_a_day
    assert not visitor.failures()
