"""Tables on every page: no name is cut at 1366 pixels, and what is made up does not come first."""

import json

import pytest

from steering.charts import typeface
from steering.web import table_layout
from steering.web.table_layout import PAGE
from tests.pages.conftest import PAGES, Screen


@pytest.mark.parametrize("kind", ["coburg", "large"])
@pytest.mark.parametrize("page", PAGES)
def test_no_cell_is_wider_than_its_column_unless_its_row_takes_several_lines(look, page, kind):
    shown = look(page, kind=kind).app
    assert not shown.exception
    for table in shown.dataframe:
        told, cells = json.loads(table.proto.columns), table.value
        widths = {name: told[name]["width"] for name in cells.columns}
        # Scrolled to the side only where there are more columns than fit, and then beside the names.
        assert sum(widths.values()) <= PAGE or (told[cells.columns[0]]["pinned"] and len(widths) > 9)
        if table.proto.row_height > 64:
            continue
        for name in cells.columns:
            longest = max(typeface.width(str(text), 14) for text in [name, *cells[name]])
            assert longest + 16 <= widths[name], name


@pytest.mark.parametrize("page", ["Strukturen", "Zuständigkeiten"])
def test_one_long_cell_makes_no_row_taller_than_three_lines(look, page):
    heights = {table.proto.row_height for table in look(page, kind="large").app.main.dataframe}
    assert heights == {table_layout.WRAPPED}


def test_structures_that_are_made_up_come_after_those_that_are_documented(look):
    shown = look("Strukturen")
    invented = [name.startswith("Beispiel") for name in shown.app.dataframe[0].value["Struktur"]]
    assert any(invented)
    assert invented == sorted(invented)
    (beside,) = (table.value["Struktur"] for table in look("Karte").app.table)
    assert not beside.iloc[0].startswith("Beispiel")


def table_of(shown: Screen, column: str):
    return next(each for each in shown.app.main.dataframe if column in each.value.columns)


def test_figures_are_written_as_germans_write_them(look):
    columns = json.loads(table_of(look("Karte"), "Einwohner").proto.columns)
    for name in ("Einwohner", "VZÄ je 10.000 Einwohner"):
        assert columns[name]["type_config"]["format"] == "localized"
    assert "type_config" not in columns["Gemeindeschlüssel"]


def test_the_rows_that_one_chooses_from_are_of_one_line(look):
    assert table_of(look("Strukturen"), "Es fehlt").proto.row_height == table_layout.ROW
    for page, column in (("Lücken", "Grund"), ("Bedarfe", "Angebot von Bedarf")):
        assert table_of(look(page), column).proto.row_height == table_layout.ROW, page
    listed = look("Bedarfe", auswahl="nicht-erhoben")
    assert table_of(listed, "nicht erhoben in").proto.row_height == table_layout.ROW
    for preset in ("offen", "ungewiss", "naechste"):
        assert table_of(look("Lücken", auswahl=preset), "Grund").proto.row_height == table_layout.ROW, preset


def test_no_column_is_cut_before_a_room(look):
    shown = table_of(look("Strukturen", praesentation="an"), "Struktur").value
    # What a projector of 1366 has beside the ticks, where letters are half as large again.
    assert sum(table_layout.layout(shown, 10_000).widths.values()) <= 1.05 * (1294 - 33) / 1.5


def test_the_tick_stays_on_what_it_was_put_on(look):
    shown = look("Strukturen")
    names = list(table_of(shown, "Struktur").value["Struktur"])
    place = names.index("Integrationslotsen")
    shown.app.session_state["structure_table"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    shown.app.session_state["structure_search"] = "Integrations"
    shown.app.run()
    fewer = list(table_of(shown, "Struktur").value["Struktur"])
    assert fewer.index("Integrationslotsen") != place
    picked = shown.app.session_state["structure_table"]["selection"]["rows"]
    assert [fewer[row] for row in picked] == ["Integrationslotsen"]
