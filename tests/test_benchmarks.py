"""What the pages are measured against shows what it is said to: what nobody runs for weeks would rot."""

import sqlite3
from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import datasette, pages, papers


@pytest.fixture
def file(prepared, database, tmp_path, monkeypatch):
    monkeypatch.setenv("STEERING_TODAY", pages.TODAY)
    prepared.copied("coburg", tmp_path / "steering.db")
    return tmp_path / "steering.db"


def test_the_plain_page_shows_six_figures_a_chart_and_rows_and_moves_its_day(file):
    shown = AppTest.from_file(str(pages.PLAIN), default_timeout=60).run()
    assert not shown.exception
    assert (len(shown.metric), len(shown.get("vega_lite_chart")), len(shown.dataframe)) == (6, 1, 1)
    assert 1 < len(shown.dataframe[0].value) <= 100
    assert shown.title[0].value == "22.11.2026"
    shown.button[0].click().run()
    assert shown.title[0].value == "22.12.2026"
    shown.button[1].click().run()
    assert shown.title[0].value == "22.11.2026"


def test_the_dashboard_asks_the_same_data_for_six_figures_a_chart_and_rows(file):
    (shown,) = datasette.dashboard()["plugins"]["datasette-dashboards"].values()
    charts = list(shown["charts"].values())
    assert [each["library"] for each in charts] == ["metric"] * 6 + ["vega-lite", "table"]
    plain = [each.value for each in AppTest.from_file(str(pages.PLAIN), default_timeout=60).run().metric]
    with closing(sqlite3.connect(file)) as data:
        found = [data.execute(each["query"], {"day": pages.TODAY}).fetchall() for each in charts]
    assert [str(rows[0][0]) for rows in found[:6]] == plain
    assert all(found[6:])


def test_a_paper_is_written_as_often_as_it_is_measured(file):
    (file.parent / "sitzungsvorlage.docx").write_bytes(b"of the time before")
    assert papers.seconds("sitzungsvorlage", file.parent) > 0
    assert (file.parent / "sitzungsvorlage.docx").read_bytes().startswith(b"PK")
