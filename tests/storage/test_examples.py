"""Examples: counted, named with what hangs on them, removed and brought back."""

from datetime import date

import pytest
from sqlalchemy import Engine

from steering.model import CommitteeDate, Funding, Level, Organisation, Provenance, Structure, StructureKind
from steering.storage import examples, reading
from steering.storage.history.undoing import undo
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import NOW, WHO, without_versions
from tests.stored import batch_of, row_of

EXAMPLE = {"provenance": Provenance.EXAMPLE}


@pytest.fixture
def made_up(engine: Engine) -> tuple[int, ...]:
    """A roof, a unit, a structure with a funding and its companion, a sitting: all made up."""
    carrying = {"structure_id": Made(2), "name": "Stiftung", **EXAMPLE}
    edits = [
        Edit(Organisation, {"name": "Verein", "level": Level.VOLUNTEER, **EXAMPLE}),
        Edit(Organisation, {"name": "Ortsgruppe", "level": Level.VOLUNTEER, "parent_id": Made(0), **EXAMPLE}),
        Edit(
            Structure, {"name": "Café", "kind": StructureKind.SERVICE, "organisation_id": Made(1), **EXAMPLE}
        ),
        Edit(Funding, carrying),
        Edit(Funding, {**carrying, "part": "co_financing", "accompanies_id": Made(3), "name": "Eigenanteil"}),
        Edit(
            CommitteeDate,
            {"committee_id": 1, "day": date(2026, 12, 10), "papers_due": date(2026, 11, 26), **EXAMPLE},
        ),
    ]
    return write(engine, edits, **WHO).ids


def test_examples_are_counted_by_type(engine: Engine, made_up: tuple[int, ...]) -> None:
    assert examples.counts(engine) == {"committee_date": 1, "funding": 2, "organisation": 2, "structure": 1}
    titles = examples.remaining(engine)["title"].tolist()
    assert "Struktur »Café«" in titles
    assert "Gremientermin Kreistag am 10.12.2026" in titles


def test_without_examples_there_is_nothing_to_remove(engine: Engine) -> None:
    assert examples.counts(engine) == {}
    assert examples.dependants(engine) == []
    assert examples.remove(engine, **WHO).batch is None


def test_removing_leaves_none_and_can_be_undone(engine: Engine, made_up: tuple[int, ...]) -> None:
    before = reading.portfolio(engine)
    removed = examples.remove(engine, **WHO)
    assert examples.counts(engine) == {}
    assert reading.record(engine, Structure, made_up[2]) is None
    undo(engine, batch_of(removed), **WHO)
    after = reading.portfolio(engine)
    assert without_versions(after) == without_versions(before)


def test_an_example_a_fact_points_to_is_archived_and_the_fact_named_before(
    engine: Engine, made_up: tuple[int, ...]
) -> None:
    structure = made_up[2]
    (fact,) = write(engine, [Edit(Funding, {"structure_id": structure, "name": "Spende"})], **WHO).ids
    assert examples.dependants(engine) == [
        "Förderung »Spende« von »Café« bezieht sich auf Struktur »Café« und verschwindet mit aus der Ansicht."
    ]
    examples.remove(engine, **WHO)
    assert examples.counts(engine) == {}
    assert row_of(engine, Structure, structure)["archived_on"] == NOW.date()
    assert row_of(engine, Funding, fact) is not None
    assert fact not in set(reading.portfolio(engine).fundings["id"])
