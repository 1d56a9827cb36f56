"""The states of a cell: a value, empty, unreadable."""

import pytest

from steering.analysis.incoming.cells import Percent, Spread, Unreadable, in_state
from steering.analysis.incoming.lists.grids import plain, text


@pytest.mark.parametrize(
    "said",
    ["#REF!", "#N/A", "#NV", "#WERT!", "#DIV/0!", "#BEZUG!", "#NAME?", "#ZAHL!", " #value! ", "Err:502",
     "#####", "Stra\ufffde"],
)  # fmt: skip
def test_an_error_value_or_a_half_letter_is_unreadable_and_shown_as_it_is(said):
    cell = in_state(said)
    assert isinstance(cell, Unreadable)
    assert text(cell) == said.strip()
    assert plain(cell) is None


@pytest.mark.parametrize(
    "said",
    [
        "",
        "#NAME",
        "#extern",
        "#org+name",
        "# 3",
        "Referenz",
        "Err",
        "Straße",
        "#1",
        "#Ehrenamt",
        3.0,
        None,
        "##",
    ],
)
def test_other_cells_stay_what_they_are(said):
    assert in_state(said) == said


def test_numbers_in_states_are_shown_as_people_see_them():
    assert text(Percent(0.455)) == "45,5 %"
    assert text(Spread(30000.0, 2, 4)) == "30000"
