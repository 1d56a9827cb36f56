"""Drafts of papers: kept part by part, and of two writers none is overwritten unseen."""

from datetime import datetime

import pytest

from steering.storage import paper_texts, reading, schema
from steering.storage.paper_texts import TextChanged

NOW = datetime.fromisoformat("2026-11-25T10:00")
LATER = datetime.fromisoformat("2026-11-25T11:00")


@pytest.fixture
def engine(url: str):
    prepared = schema.prepare(url, "empty")
    yield prepared
    prepared.dispose()


def keep(engine, text: str, seen: int, part: str = "beschluss", actor: str = "FB 22", now=NOW) -> int:
    return paper_texts.keep(
        engine, "p" * 64, part, text, based_on='"alt"', seen=seen, actor=actor, now=now
    )  # fmt: skip


def test_a_part_is_kept_with_who_wrote_it_when_and_on_what(engine) -> None:
    before = reading.revision(engine)
    assert keep(engine, '"neu"', 0) == 1
    assert keep(engine, '"neuer"', 1, now=LATER) == 2
    found = paper_texts.texts(engine, "p" * 64)["beschluss"]
    assert (found.text, found.based_on, found.version) == ('"neuer"', '"alt"', 2)
    assert (found.actor, found.changed_at) == ("FB 22", LATER)
    assert paper_texts.begun(engine) == {"p" * 64}
    assert paper_texts.texts(engine, "q" * 64) == {}
    assert reading.revision(engine) == before


@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_writers_the_second_sees_what_the_first_wrote(engine, seen: int) -> None:
    keep(engine, '"eins"', 0)
    keep(engine, '"zwei"', 1)
    with pytest.raises(TextChanged) as refused:
        keep(engine, '"drei"', seen)
    assert refused.value.there.text == '"zwei"'
    assert paper_texts.texts(engine, "p" * 64)["beschluss"].text == '"zwei"'


def test_the_same_text_twice_is_no_conflict_and_parts_are_apart(engine) -> None:
    keep(engine, '"eins"', 0)
    assert keep(engine, '"eins"', 0) == 1
    assert keep(engine, '"anderes"', 0, part="bewertung") == 1


def test_a_draft_that_follows_the_data_again_is_no_longer_begun(engine) -> None:
    keep(engine, '"eins"', 0)
    paper_texts.follow_the_data(engine, "p" * 64, actor="FB 22", now=LATER)
    assert paper_texts.begun(engine) == frozenset()
    # Its version went on, so that whoever still has the old text on the screen is told.
    with pytest.raises(TextChanged):
        keep(engine, '"zwei"', 1)
