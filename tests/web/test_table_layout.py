"""Columns are as wide as their words, or their rows are high enough for all lines."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.charts import typeface
from steering.web import table_layout
from steering.web.table_layout import PAGE, ROW, WRAPPED, FittedTable, in_lines, layout

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
    found, shown = layout(frame, room), in_lines(frame, room)
    for name in frame.columns:
        for whole, text in zip(frame[name], shown[name], strict=True):
            lines = table_layout._set(text, found.widths[name] - 16)
            assert lines == 1 or lines * 19 <= found.row
            assert text == whole or (text.endswith(" …") and whole.startswith(text[:-2]))


def test_one_long_cell_makes_no_row_taller_than_three_lines() -> None:
    long = " ".join([LONG] * 9)
    frame = pd.DataFrame({"Beteiligte": [long, "JaS"], "Wo": ["Weitramsdorf", "Ahorn"], "VZÄ": [1.5, 2.0]})
    assert layout(frame).row == WRAPPED
    shown = in_lines(frame)
    first, _ = map(str, shown["Beteiligte"])
    assert first.endswith(" …")
    assert len(first) < len(long)
    # The rest stays as it is, and so does the frame itself, which the file is made of.
    pd.testing.assert_frame_equal(shown.tail(1), frame.tail(1))
    assert list(frame["Beteiligte"]) == [long, "JaS"]


def test_rows_of_several_lines_have_as_much_of_the_screen_as_it_has() -> None:
    high, low = FittedTable({}, WRAPPED), FittedTable({}, ROW)
    # Whole rows: none is cut at the foot of the table.
    assert high.height(52) == high.height(8) == ROW + 8 * WRAPPED + 3
    assert low.height(11) == ROW + 11 * ROW + 3
