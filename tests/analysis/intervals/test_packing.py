"""Keys as small codes, and columns of codes side by side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.analysis.intervals import packing

SMALLEST, LARGEST = -(2**63), 2**63 - 1
KEYS = st.integers(0, 2) | st.sampled_from([SMALLEST, -1, 2**40, LARGEST])
COLUMNS = st.lists(st.integers(SMALLEST, LARGEST) | st.integers(-3, 9), max_size=12)


@pytest.mark.parametrize("code", [packing.coded, packing.dense])
@given(keys=COLUMNS)
def test_codes_keep_the_order_of_the_keys_and_lead_back_to_them(code, keys):
    made = code(np.array(keys, dtype=np.int64))
    codes = made.codes.tolist()
    assert made.keys(made.codes).tolist() == keys
    assert all(0 <= each < 2**made.bits for each in codes)
    assert [keys[place] for place in np.argsort(codes)] == sorted(keys)
    every_other = np.arange(0, len(keys), 2)
    assert made.keys(made.at(every_other).codes).tolist() == keys[::2]


@given(COLUMNS)
def test_numbered_without_holes(keys):
    made = packing.dense(np.array(keys, dtype=np.int64))
    assert sorted(set(made.codes.tolist())) == list(range(len(set(keys))))


@given(st.lists(st.tuples(KEYS, KEYS, KEYS), max_size=10), st.integers(0, packing.WORD))
def test_columns_side_by_side_sort_like_their_rows(rows, room):
    columns = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(3)]
    parts = packing.fitting([packing.coded(column) for column in columns], room)
    together = packing.joined(*parts, room=room)
    assert [rows[place] for place in np.argsort(together.codes)] == sorted(rows)
    assert together.bits <= max(room, len(rows).bit_length())
