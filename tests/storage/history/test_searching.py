"""The Verlauf is found again by who, what, which field, when and whence, page by page."""

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, insert

from steering.model import Change, Funding, Structure, TargetGroup
from steering.storage import archiving
from steering.storage.engine import writing
from steering.storage.history.searching import (
    Occasion,
    Sought,
    actors,
    changed_fields,
    changed_records,
    files,
    find,
    last_change,
)
from steering.storage.history.undoing import undo, undo_change
from steering.storage.tables import table_of
from steering.storage.transaction import Purpose, transaction
from steering.storage.writing import Edit, write
from tests.storage.conftest import BERATUNG, CARRYING, LOTSEN, NOW, WHO
from tests.storage.days import Step, carried_out, days
from tests.stored import Who, batch_of

END = {"end": date(2027, 6, 30), "fte": 2}


@pytest.fixture
def lived_in(engine: Engine) -> dict[str, str]:
    """Batches by what was done: two days, two units, a form, an import, a way back."""
    yesterday: Who = {"actor": "Fachbereich 22", "now": NOW - timedelta(days=1)}
    done = {"end": write(engine, [Edit(Funding, END, id=CARRYING, version=1)], **yesterday).batch}
    done["places"] = write(engine, [Edit(Structure, {"places": 7}, id=BERATUNG, version=1)], **WHO).batch
    with transaction(engine, "Planungsstab", NOW, Purpose(imported="Meldung.xlsx")) as batch:
        for key in (LOTSEN, BERATUNG):
            batch.update(Structure, key, {"note": "gemeldet"})
        done["import"] = batch.receipt().batch
    done["back"] = undo(engine, str(done["places"]), **WHO).batch
    return {name: str(batch) for name, batch in done.items()}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Sought(), ["back", "import", "places", "end"]),
        (Sought(actor="Fachbereich 22"), ["end"]),
        (Sought(kind="structure"), ["back", "import", "places"]),
        (Sought(fields=(("funding", "end"), ("structure", "places"))), ["back", "places", "end"]),
        (Sought(fields=()), []),
        (Sought(records=(("structure", str(LOTSEN)),)), ["import"]),
        (Sought(records=()), []),
        (Sought(since=NOW - timedelta(hours=1)), ["back", "import", "places"]),
        (Sought(until=NOW), ["end"]),
        (Sought(occasion=Occasion.IMPORTED), ["import"]),
        (Sought(imported="Meldung.xlsx"), ["import"]),
        (Sought(occasion=Occasion.TAKEN_BACK), ["back"]),
        (Sought(occasion=Occasion.TYPED), ["places", "end"]),
        (Sought(occasion=Occasion.ERASED), []),
    ],
)
def test_a_write_is_found_by_what_is_known_of_it(
    engine: Engine, lived_in: dict[str, str], wanted: Sought, found: list[str]
) -> None:
    told = find(engine, wanted)
    assert [write.signature.batch for write in told.writes] == [lived_in[name] for name in found]
    assert told.number == len(found)


def test_only_the_steps_that_were_looked_for_are_told_and_how_many_there_are_beside(
    engine: Engine, lived_in: dict[str, str]
) -> None:
    (write_,) = find(engine, Sought(fields=(("funding", "end"),))).writes
    (step,) = write_.steps
    assert (step.field, step.before, step.after) == ("end", '"2026-12-31"', '"2027-06-30"')
    assert step.title == "Förderung »BIR« von »Integrationslotsen«"
    assert (write_.found, write_.size) == (1, 2)


def test_what_is_taken_back_says_so_and_its_taking_back_names_it(
    engine: Engine, lived_in: dict[str, str]
) -> None:
    told = {write.signature.batch: write for write in find(engine, Sought()).writes}
    back, places = told[lived_in["back"]], told[lived_in["places"]]
    assert (back.undoes, places.taken_back) == (places.signature, back.signature)
    assert all(step.taken_back for step in places.steps)
    end = told[lived_in["end"]]
    one = next(step for step in end.steps if step.field == "end")
    alone = undo_change(engine, one.id, **WHO)
    told = {write.signature.batch: write for write in find(engine, Sought()).writes}
    assert [step.field for step in told[end.signature.batch].steps if step.taken_back] == ["end"]
    assert (told[batch_of(alone)].undoes, told[batch_of(alone)].alone) == (end.signature, True)


def test_the_choices_are_what_there_is(engine: Engine, lived_in: dict[str, str]) -> None:
    assert actors(engine) == ["Fachbereich 22", "Planungsstab"]
    assert files(engine) == ["Meldung.xlsx"]
    assert ("funding", "end") in changed_fields(engine)
    assert changed_records(engine)["structure", str(LOTSEN)] == "Struktur »Integrationslotsen«"


def test_what_was_removed_is_called_as_it_was_called_last(engine: Engine) -> None:
    (group,) = write(engine, [Edit(TargetGroup, {"name": "Gäste"})], **WHO).ids
    archiving.delete_or_archive(engine, TargetGroup, group, 1, **WHO)
    assert changed_records(engine) == {("target_group", str(group)): "Zielgruppe »Gäste«"}


def test_who_changed_a_record_last(engine: Engine, lived_in: dict[str, str]) -> None:
    found = last_change(engine, [("funding", str(CARRYING))])
    assert found is not None
    assert (found.actor, found.at) == ("Fachbereich 22", NOW - timedelta(days=1))
    assert last_change(engine, [("funding", "77")]) is None


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days, size=st.integers(1, 3))
def test_pages_hold_every_write_once_the_latest_first(engine: Engine, day: list[Step], size: int) -> None:
    before = find(engine, Sought(), writes=1).number
    batches = list(carried_out(engine, day))
    number = find(engine, Sought(), writes=1).number
    assert number == before + len(batches)
    paged = [
        write.signature.batch
        for start in range(0, len(batches), size)
        for write in find(engine, Sought(), start=start, writes=size).writes
    ]
    assert paged[: len(batches)] == batches[::-1]


def test_of_fifty_thousand_changes_only_a_page_is_read(engine: Engine) -> None:
    rows = [
        {
            "batch": str(uuid.UUID(int=number // 5)), "at": NOW + timedelta(minutes=number),
            "actor": "Planungsstab", "revision": 2 + number // 5, "record": "structure",
            "record_key": str(LOTSEN), "field": f"f{number % 5}", "before": "1", "after": "2", "undoes": None,
            "undoes_change": None, "imported": "", "erased": False,
        }
        for number in range(50_000)
    ]  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(table_of(Change)), rows)
    read: list[int] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _note(*arguments: object) -> None:
        read.append(len(str(arguments[2])))

    found = find(engine, Sought(fields=(("structure", "f3"),)), start=9_990, writes=10, steps=4)
    assert (found.number, found.changes, len(found.writes)) == (10_000, 10_000, 10)
    assert found.writes[-1].signature.batch == str(uuid.UUID(int=0))
    assert [(write.found, write.size, len(write.steps)) for write in found.writes] == [(1, 5, 1)] * 10
    whole = find(engine, Sought(batch=str(uuid.UUID(int=7))), start=3, writes=1, steps=2)
    assert [step.field for step in whole.writes[0].steps] == ["f3", "f4"]
    assert len(read) < 25
