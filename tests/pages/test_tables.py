"""Tables on every page: no name is cut at 1366 pixels, and what is made up does not come first."""

import json

import pytest

from steering.charts import typeface
from steering.web.table_layout import PAGE
from tests.pages.conftest import PAGES


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


def test_structures_that_are_made_up_come_after_those_that_are_documented(look):
    shown = look("Strukturen")
    invented = [name.startswith("Beispiel") for name in shown.app.dataframe[0].value["Struktur"]]
    assert any(invented)
    assert invented == sorted(invented)
    (beside,) = (table.value["Struktur"] for table in look("Karte").app.table)
    assert not beside.iloc[0].startswith("Beispiel")
