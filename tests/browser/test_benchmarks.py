"""The command that measures the pages goes its ways: what nobody runs for weeks would rot."""

from benchmarks import browser_time, datasette, pages
from tests.browser.serving import serving


def test_a_page_is_opened_from_another_and_its_day_moved(coburg, visit):
    visitor = visit(coburg)
    visitor.go("/")
    assert all(taken > 0 for taken in pages.clicks(visitor, "Strukturen", half=1))
    assert not visitor.failures()


def test_the_plain_page_shows_six_figures_a_chart_and_rows_and_moves_its_day(
    prepared, tmp_path, visit, monkeypatch
):
    monkeypatch.setenv("STEERING_TODAY", pages.TODAY)
    prepared.copied("coburg", tmp_path / "steering.db")
    with serving(tmp_path, script=pages.PLAIN) as server:
        visitor = visit(server)
        shown = visitor.go("/")
        for kind, number in {"stMetric": 6, "stVegaLiteChart": 1, "stDataFrame": 1}.items():
            assert shown.get_by_test_id(kind).count() == number
        day = shown.get_by_role("heading", level=1)
        assert day.inner_text() == "22.11.2026"
        assert browser_time.milliseconds_to_change(visitor, pages.plain("Weiter")) > 0
        assert day.inner_text() == "22.12.2026"
        assert not visitor.failures()


def test_the_dashboard_asks_for_the_same_figures_chart_and_rows():
    (shown,) = datasette.dashboard()["plugins"]["datasette-dashboards"].values()
    kinds = [each["library"] for each in shown["charts"].values()]
    assert kinds == ["metric"] * 6 + ["vega-lite", "table"]
