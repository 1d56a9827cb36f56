"""The scaled data are what pages and benchmarks take them for."""

from pathlib import Path

from steering.model import Structure
from steering.storage import reading, schema
from tests.conftest import sqlite_url
from tests.scaled import coburg_scaled_to, of


def test_a_database_with_many_structures_can_be_made_and_read(tmp_path: Path) -> None:
    engine = schema.prepare(sqlite_url(tmp_path / "many.db"), "coburg", lambda _: coburg_scaled_to(120))
    portfolio = reading.portfolio(engine)
    assert len(portfolio.structures) == 120
    assert portfolio.structures["seat_ags"].nunique() == 17 + 1
    assert len(portfolio.fundings) > 60
    assert len(portfolio.responsibilities) > 60


def test_the_same_seed_gives_the_same_data() -> None:
    first, second = (of(coburg_scaled_to(60, seed=7), Structure) for _ in range(2))
    assert [one.model_dump() for one in first] == [one.model_dump() for one in second]
