"""The command that measures the pages goes its ways: what nobody runs for weeks would rot."""

from benchmarks import pages


def test_a_page_is_opened_from_another_and_its_day_moved(coburg, visit):
    visitor = visit(coburg)
    visitor.go("/")
    assert all(taken > 0 for taken in pages.clicks(visitor, "Strukturen", half=1))
    assert not visitor.failures()
