"""A finding's key is written and read in one place, and what was stored is read for good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.model import FindingKind
from steering.model.finding_keys import FindingKey

IDS = st.integers(1, 10**6)
KEYS = st.builds(
    FindingKey,
    kind=st.sampled_from(FindingKind),
    task=st.none() | IDS,
    participants=st.lists(IDS, max_size=8, unique=True).map(lambda each: tuple(sorted(each))),
    reason=st.sampled_from(["", "end", "covered"]),
    need=st.none(),
    digest=st.just(""),
)
OF_NEEDS = st.builds(FindingKey, kind=st.just(FindingKind.GAP), task=IDS, need=IDS, reason=st.just(""),
                     participants=st.just(()), digest=st.just(""))  # fmt: skip


@given(KEYS | OF_NEEDS)
def test_a_key_is_read_as_it_was_written(key):
    assert FindingKey.read(str(key)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("GAP/t3//n7", FindingKey(FindingKind.GAP, 3, need=7)),
        ("LEAD_ONLY/t1/s2/n1", FindingKey(FindingKind.LEAD_ONLY, 1, (2,), need=1)),
        ("OVERLAP/t1/s1,s2", FindingKey(FindingKind.OVERLAP, 1, (1, 2))),
        ("ENDING//s4", FindingKey(FindingKind.ENDING, None, (4,))),
        ("UNKNOWN//s4/end", FindingKey(FindingKind.UNKNOWN, None, (4,), "end")),
        ("UNKNOWN/t1/s1,s2/agreement", FindingKey(FindingKind.UNKNOWN, 1, (1, 2), "agreement")),
    ],
)
def test_stored_keys_stay_what_they_were(text, key):
    assert (FindingKey.read(text), str(key)) == (key, text)


@pytest.mark.parametrize(
    "text", ["", "x/y/z", "GAP", "GAP/t/", "GAP/t1/x", "gap/t1/", "OVERLAP/t1/s1,s", "7"]
)
def test_what_is_no_key_is_none(text):
    assert FindingKey.read(text) is None


def test_a_key_with_very_many_participants_can_be_stored_and_read():
    many = FindingKey(FindingKind.OVERLAP, 1, tuple(range(1, 500)))
    assert len(str(many)) < 100
    read = FindingKey.read(str(many))
    assert read is not None
    assert (read.task, read.participants, str(read)) == (1, (), str(many))
