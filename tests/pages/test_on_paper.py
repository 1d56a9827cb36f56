"""What a printed page says of itself, and that its tables are whole."""

from html.parser import HTMLParser

import pytest

from steering.web import printed as on_paper
from tests.pages.conftest import Screen


def printed(shown: Screen) -> str:
    (line,) = (each.proto.body for each in shown.app.get("html") if 'class="on-paper"' in each.proto.body)
    return line


def test_a_printed_page_names_day_scenario_masterplan_and_what_was_left_out(look):
    line = printed(look("Lücken", szenario="optimistisch", ebene="landkreis"))
    assert "Szenario: optimistisch · Masterplan: ohne · Stand der Daten: " in line
    assert "1 Filter" in line


def test_what_depends_on_no_day_names_none(look):
    assert "Stichtag" not in printed(look("Verlauf"))
    assert "Stand der Daten: " in printed(look("Verlauf"))


def test_a_printed_presentation_says_once_what_is_shown(look):
    shown = look("Lücken", praesentation="an")
    assert "Stichtag" not in printed(shown)
    assert "Stichtag" in shown.texts


class Cells(HTMLParser):
    """The rows of a table for paper, with their heads, and what stands below them."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self.feed(told)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.rows = [line.split("\t") for line in said["data-lines"].split("\n")]
        self.below = said["data-note"]


def tables(shown: Screen) -> list[Cells]:
    bodies = (each.proto.body for each in shown.app.main.get("html"))
    return [Cells(body) for body in bodies if 'class="printed-table"' in body]


@pytest.mark.parametrize("page", ["Strukturen", "Zuständigkeiten", "Bedarfe", "Lücken", "Masterplan"])
def test_a_printed_table_has_every_row_and_column(look, page):
    """A canvas has those that were in sight, cut at the edge of the sheet."""
    shown = look(page)
    on_screen = [table.value for table in shown.app.main.dataframe]
    assert max(map(len, on_screen)) > 1
    for frame, found in zip(on_screen, tables(shown), strict=True):
        assert found.rows[0] == list(frame.columns)
        assert len(found.rows) == 1 + len(frame)
        assert found.below == ""


def test_a_printed_table_has_whole_cells_and_figures_as_germans_write_them(look):
    long = [cell for row in tables(look("Zuständigkeiten", kind="large"))[1].rows for cell in row]
    assert max(map(len, long)) > 150
    assert not any(cell.endswith("…") for cell in long)
    (places,) = (found for found in tables(look("Karte")) if "Einwohner" in found.rows[0])
    column = places.rows[0].index("Einwohner")
    assert "13.033" in {row[column] for row in places.rows[1:]}


def test_a_very_long_table_ends_on_paper_and_says_where_the_rest_is(look):
    (found,) = tables(look("Strukturen", kind="large"))
    assert len(found.rows) == 1 + on_paper.MOST_ROWS
    assert found.below.endswith(" weitere Zeilen in der Datei.")
