from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from steering.charts.ramp import NOTHING, UNKNOWN, count_ramp, day_ramp, number_ramp
from steering.charts.theme import DARK, DARK_RAMP, LIGHT, RAMP, contrast


def labels(*values, **options):
    return [step.label for step in number_ramp(pd.Series(values, dtype=float), **options).steps]


def test_a_few_counts_are_classes_of_their_own():
    assert labels(0, 0, 1, 3) == ["0", "1", "3"]


def test_many_counts_share_classes_without_a_hole():
    found = labels(*range(21))
    assert found[0] == "0"
    assert len(found) == len(RAMP)
    ends = [tuple(map(int, label.split(" bis "))) for label in found[1:]]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(ends))
    assert ends[-1][1] == 20


def test_decimals_are_german():
    assert labels(0.0, 1.25, 2.5, decimals=1) == ["0", "1,2", "2,5"]


def test_a_unit_stands_behind_the_class():
    assert labels(1, 2, unit="VZÄ") == ["1 VZÄ", "2 VZÄ"]


def test_values_fall_into_the_class_that_names_them():
    values = pd.Series([0, 1, 2, 5, 9, 12, 17, 30], dtype=float)
    ramp = number_ramp(values)
    for value, step in zip(values, ramp.steps_of(values), strict=True):
        low, _, high = step.label.partition(" bis ")
        assert int(low) <= value <= int(high or low)


def test_higher_is_darker():
    values = pd.Series([0, 1, 2, 5, 9, 12], dtype=float)
    fills = [RAMP.index(step.fill) for step in number_ramp(values).steps_of(values)]
    assert fills == sorted(fills)


def test_unknown_is_not_zero():
    values = pd.Series([0.0, np.nan, 2.0])
    ramp = number_ramp(values)
    assert ramp.steps_of(values)[1] is UNKNOWN
    assert ramp.legend(values)[-1] is UNKNOWN
    assert UNKNOWN not in ramp.legend(values.dropna())
    nowhere = pd.Series([np.nan, np.nan])
    assert number_ramp(nowhere).legend(nowhere) == [UNKNOWN]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nothing_there_is_neither_unknown_nor_a_class_and_stands_in_the_legend_where_it_occurs(theme):
    ramp = day_ramp().on(theme)
    values = pd.Series([np.inf, NOTHING, np.nan, 3.0])
    steps = ramp.steps_of(values)
    assert len({step.fill for step in steps}) == len({step.label for step in steps}) == 4
    assert {step.label for step in steps} <= {step.label for step in ramp.legend(values)}
    assert "keine Struktur" not in {step.label for step in ramp.legend(values.iloc[[0, 2, 3]])}


@pytest.mark.parametrize("values", [[], [np.nan], [0.0, 0.0]])
def test_without_positive_values_there_is_one_class(values):
    assert labels(*values) == ["0"]


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (0, "in den nächsten 6 Monaten"),
        (182, "in den nächsten 6 Monaten"),
        (183, "in 6 bis 12 Monaten"),
        (366, "in 1 bis 2 Jahren"),
        (731, "später"),
        (np.inf, "kein Ende in Sicht"),
        (np.nan, "ungewiss"),
        (NOTHING, "keine Struktur"),
    ],
)
def test_the_sooner_an_end_the_darker(days, label):
    (step,) = day_ramp().steps_of(pd.Series([days], dtype=float))
    assert step.label == label


def test_the_next_half_year_is_the_darkest():
    assert day_ramp().steps_of(pd.Series([1.0]))[0].fill == RAMP[-1]


@pytest.mark.parametrize("ramp", [number_ramp(pd.Series([0.0, 1.0, 2.0, 5.0, 9.0])), day_ramp()])
def test_on_a_dark_page_the_classes_keep_their_words_and_more_is_lighter(ramp):
    dark = ramp.on(DARK)
    assert [step.label for step in dark.steps] == [step.label for step in ramp.steps]
    assert {step.fill for step in dark.steps} <= set(DARK_RAMP)
    by_light = [RAMP.index(step.fill) for step in ramp.steps]
    assert [DARK_RAMP.index(step.fill) for step in dark.steps] == by_light
    assert contrast(DARK_RAMP[0], DARK.background) < contrast(DARK_RAMP[-1], DARK.background)
    assert all(contrast(step.ink, step.fill) >= 4.5 for step in dark.steps)


def test_on_a_light_page_nothing_changes():
    assert day_ramp().on(LIGHT) == day_ramp()


def test_counts_of_what_is_there_are_blue_and_each_keeps_its_colour():
    few, many = pd.Series([1.0]), pd.Series([1.0, 3.0])
    (one,), (same, _) = (count_ramp(values, RAMP).steps_of(values) for values in (few, many))
    assert one.fill == same.fill == RAMP[1]
    assert count_ramp(few).steps_of(few)[0].fill != one.fill
