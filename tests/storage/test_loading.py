"""A database begun empty can take the documented inventory, whole and undoable."""

import pytest

from steering.storage import loading, reading, schema
from steering.storage.history import undoing
from steering.storage.problems import Invalid
from tests.storage.conftest import NOW
from tests.stored import batch_of


@pytest.fixture
def empty(new_url):
    return schema.prepare(new_url(), "empty")


@pytest.fixture
def filled(new_url):
    return schema.prepare(new_url(), "coburg")


def test_a_loaded_database_holds_what_one_filled_at_the_start_holds(empty, filled):
    loading.load(empty, "coburg", actor="Planungsstab", now=NOW)
    loaded, expected = reading.portfolio(empty), reading.portfolio(filled)
    for table, frame in expected.frames.items():
        assert loaded.frame(table).equals(frame), table


def test_loading_can_be_taken_back(empty):
    before = reading.portfolio(empty)
    receipt = loading.load(empty, "coburg", actor="Planungsstab", now=NOW)
    undoing.undo(empty, batch_of(receipt), actor="Planungsstab", now=NOW)
    after = reading.portfolio(empty)
    assert all(after.frame(table).equals(frame) for table, frame in before.frames.items())


def test_nothing_is_mixed_into_what_somebody_has_entered(filled):
    with pytest.raises(Invalid, match="schon Träger oder Strukturen"):
        loading.load(filled, "coburg", actor="Planungsstab", now=NOW)
