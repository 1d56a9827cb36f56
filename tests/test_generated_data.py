"""The data of the benchmarks are what the figures take them for."""

import re

import pandas as pd
import pytest

from benchmarks import generator
from benchmarks.land import BAVARIA, LANDKREIS, land
from steering.analysis.portfolio import REFERENCES
from tests import builders


@pytest.mark.parametrize(("municipalities", "kreise"), [(LANDKREIS, 1), (BAVARIA, 71 + 25)])
def test_municipalities_have_keys_in_their_real_form(municipalities: int, kreise: int) -> None:
    found = land(municipalities).ags
    assert len(set(found)) == municipalities
    assert len({ags[:5] for ags in found}) == kreise
    assert all(re.fullmatch(r"09[1-7](6[1-5]000|[78]\d\d{3}|90\d{3})", ags) for ags in found)


@pytest.mark.parametrize("size", [(120, LANDKREIS), (300, BAVARIA)])
def test_a_portfolio_of_any_size_looks_like_one_that_was_read(size: tuple[int, int]) -> None:
    portfolio, pattern = generator.portfolio(*size), builders.portfolio()
    assert (len(portfolio.structures), len(portfolio.municipalities)) == size
    assert portfolio.frames.keys() == pattern.frames.keys()
    for table, frame in portfolio.frames.items():
        pd.testing.assert_series_equal(frame.dtypes, pattern.frames[table].dtypes)


def test_nothing_points_to_a_record_that_is_not_there() -> None:
    frames = generator.portfolio(200).frames
    for each in (reference for reference in REFERENCES if reference.child in frames):
        assert frames[each.child][each.column].dropna().isin(frames[each.parent]["id"]).all(), each
    assert frames["area_municipality"]["ags"].isin(frames["municipality"]["ags"]).all()
    assert frames["structure"]["seat_ags"].isin(frames["municipality"]["ags"]).all()


def test_the_same_seed_gives_the_same_data() -> None:
    first, second = (generator.portfolio(100, seed=7).frames for _ in range(2))
    for table, frame in first.items():
        pd.testing.assert_frame_equal(frame, second[table])
    pd.testing.assert_frame_equal(generator.assignments(500, seed=7), generator.assignments(500, seed=7))


def test_assignments_are_leads_and_deliverers_with_some_open_sides() -> None:
    found = generator.assignments(5_000)
    assert found["role"].isin([1, 2]).all()
    assert found[["start", "end"]].isna().any().all()
    assert not (found["end"] < found["start"]).any()
    assert found["municipality"].between(9_161_000, 9_780_999).all()
