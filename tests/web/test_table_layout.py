"""Columns are as wide as their words, or their rows are high enough for all lines."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.charts import typeface
from steering.web import table_layout
from steering.web.table_layout import PAGE, ROW, layout

LONG = "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)"
cells = st.lists(st.text("abcdefg ÄÖmW", max_size=60), min_size=3, max_size=3)


def needed(text: str) -> float:
    return typeface.width(text, 14) + 16


def test_columns_that_fit_are_as_wide_as_their_longest_cell() -> None:
    frame = pd.DataFrame({"Struktur": [LONG, "JaS"], "VZÄ": ["?", "1,5"]})
    found = layout(frame)
    assert found.row == ROW
    assert needed(LONG) <= found.widths["Struktur"] < needed(LONG) + 40
    assert found.widths["VZÄ"] < 80


def test_what_does_not_fit_is_wrapped_and_no_column_loses_its_place() -> None:
    frame = pd.DataFrame({"Struktur": [LONG], "Bedarf": [LONG * 2], "Ende": ["31.12.2026"], "Wo": [LONG]})
    found = layout(frame)
    # Streamlit wraps in rows above 64 pixels only.
    assert found.row > 64
    assert sum(found.widths.values()) <= PAGE
    assert found.widths["Ende"] >= needed("31.12.2026")


@pytest.mark.parametrize("room", [500, PAGE])
@given(rows=st.lists(cells, min_size=1, max_size=4))
def test_every_cell_has_room_in_its_lines(rows: list[list[str]], room: int) -> None:
    frame = pd.DataFrame(rows, columns=["A", "B", "C"])
    found = layout(frame, room)
    for name in frame.columns:
        for text in frame[name]:
            lines = table_layout._set(text, found.widths[name] - 16)
            assert lines == 1 or lines * 19 <= found.row
