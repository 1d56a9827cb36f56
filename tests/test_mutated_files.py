"""Damaged files of every kind, one after the other in one process: each is read or refused in words.

STEERING_THOROUGH=1 takes 2,000 files a reader.
"""

import os

import pytest

from steering import cli
from steering.confined import Limits, Pool
from tests import mutated
from tests.conftest import PROJECT, sqlite_url

READERS = (
    "list",
    "workbook",
    "answer",
    "foerderkatalog",
    "kennzahlen",
    "potenziale",
    "bedarfe",
    "sitzungen",
    "boundaries",
    "municipalities",
    "template",
)
HOW_MANY = 2_000 if os.environ.get("STEERING_THOROUGH") else 40


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    found = sqlite_url(tmp_path_factory.mktemp("mutated") / "steering.db")
    assert cli.main(["init", "--database", found, "--dataset", "coburg"]) == 0
    return found


@pytest.fixture(scope="module")
def pool():
    """One process for all of them: to start it takes longer than most readers take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PROJECT))
        started = Pool(Limits(seconds=120), at_most=1)
        yield started
        started.close()


@pytest.mark.parametrize("reader", READERS)
def test_a_mutated_file_is_read_or_refused_in_words(reader, url, pool):
    said = [pool.run(mutated.outcome, reader, url, number) for number in range(HOW_MANY)]
    assert [each for each in said if each != "read" and not ("»" in each or "Word" in each)] == []
    assert len(set(said)) > 1
