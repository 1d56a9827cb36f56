"""A release is kept whole, by somebody who may, of data that nobody has changed since."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.model import Structure
from steering.storage import reading, releases
from steering.storage.writing import Edit, write
from tests.storage.conftest import WHO
from tests.stored import row_of

ON = date(2026, 11, 25)
ONE = PublicDirectory("Landkreis", "09473", entries=(PublicEntry("angebot-1", {"name": "Café »Über«"}),))
TWO = PublicDirectory("Landkreis", "09473")


def release(engine: Engine, directory: PublicDirectory, rests_on: tuple[str, int] | None = None) -> bool:
    stands = rests_on or reading.revision(engine)
    return releases.release(engine, directory, rests_on=stands, today=ON, **WHO)


def test_a_release_comes_back_as_it_was_and_raises_no_revision(engine: Engine) -> None:
    before = reading.revision(engine)
    assert release(engine, ONE)
    assert release(engine, TWO)
    assert releases.releases(engine) == [(ON, ONE), (ON, TWO)]
    assert reading.revision(engine) == before
    assert list(releases.released(engine)["actor"]) == [WHO["actor"]] * 2


def test_what_says_the_same_as_the_last_one_is_no_release(engine: Engine) -> None:
    assert release(engine, ONE)
    assert not release(engine, ONE)
    assert len(releases.releases(engine)) == 1


def test_a_release_is_refused_once_somebody_has_changed_the_data_since_the_preview(engine: Engine) -> None:
    seen = reading.revision(engine)
    version = row_of(engine, Structure, 1)["version"]
    write(engine, [Edit(Structure, {"name": "Anders"}, id=1, version=version)], **WHO)
    with pytest.raises(releases.MovedOn, match="Vorschau"):
        release(engine, ONE, seen)
    assert releases.releases(engine) == []
    assert releases.released(engine).empty
