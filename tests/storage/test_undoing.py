"""Taking back: what was, comes back, unless something rests on what is."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from steering.model import (
    Area,
    EndKind,
    Funding,
    Municipality,
    Responsibility,
    Structure,
    StructureKind,
    TargetGroup,
)
from steering.storage import archiving, reading
from steering.storage.engine import reading as read_transaction
from steering.storage.problems import Conflict, UndoBlocked
from steering.storage.rows import as_text, fetch_row
from steering.storage.tables import OWNER_OF, TYPES, key_of
from steering.storage.undoing import undo
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import (
    AHORN,
    CARITAS,
    CARRYING,
    DISTRICT,
    LOTSEN,
    NEUSTADT,
    NOW,
    REFUGEES,
    WHO,
)
from tests.storage.days import Step, carried_out, days, edits, version
from tests.stored import batch_of, row_of

NEW_STRUCTURE = {"name": "Sprachcafé", "kind": StructureKind.SERVICE, "organisation_id": CARITAS}


def state(engine: Engine) -> dict[tuple[str, Any], str]:
    """All that people can see in the database: every record, without its version."""
    found = {}
    with read_transaction(engine) as connection:
        for name, record in TYPES.items():
            if name in OWNER_OF or name in ("change", "dataset"):
                continue
            for key in connection.execute(select(key_of(record))).scalars():
                row = fetch_row(connection, record, key) or {}
                row.pop("version", None)
                found[name, key] = as_text(row)
    return found


def test_undo_sets_fields_and_lists_back_and_says_so_in_the_history(engine: Engine) -> None:
    before = state(engine)
    edits = [
        Edit(Funding, {"end": date(2027, 6, 30), "fte": 2}, id=CARRYING, version=1),
        Edit(Responsibility, {"target_groups": [REFUGEES]}, id=1, version=1),
    ]
    done = write(engine, edits, **WHO)
    undone = undo(engine, batch_of(done), **WHO)
    assert state(engine) == before
    assert undone.revision == done.revision + 1
    history = reading.history(engine)
    assert set(history.loc[history["batch"] == undone.batch, "undoes"]) == {done.batch}
    assert set(history.loc[history["undone"], "batch"]) == {done.batch}


def test_undo_of_an_undo_brings_the_change_back_and_so_on(engine: Engine) -> None:
    before = state(engine)
    first = write(
        engine, [Edit(Structure, NEW_STRUCTURE), Edit(Funding, {"structure_id": Made(0), "name": "x"})], **WHO
    )
    after = state(engine)
    second = undo(engine, batch_of(first), **WHO)
    assert state(engine) == before
    third = undo(engine, batch_of(second), **WHO)
    assert state(engine) == after
    undo(engine, batch_of(third), **WHO)
    assert state(engine) == before


def test_a_batch_is_taken_back_once(engine: Engine) -> None:
    done = write(engine, [Edit(Structure, {"fte": 1}, id=LOTSEN, version=1)], **WHO)
    undone = undo(engine, batch_of(done), **WHO)
    with pytest.raises(UndoBlocked, match="schon zurückgenommen"):
        undo(engine, batch_of(done), **WHO)
    undo(engine, batch_of(undone), **WHO)
    undo(engine, batch_of(done), **WHO)
    with pytest.raises(UndoBlocked, match="nicht im Verlauf"):
        undo(engine, "no such batch", **WHO)


def test_undo_is_refused_where_a_field_has_changed_since_naming_record_field_and_who(engine: Engine) -> None:
    done = write(engine, [Edit(Funding, {"end": date(2027, 6, 30), "fte": 2}, id=CARRYING, version=1)], **WHO)
    write(
        engine,
        [Edit(Funding, {"end": date(2027, 12, 31)}, id=CARRYING, version=2)],
        actor="Fachbereich 22",
        now=NOW,
    )
    before = state(engine)
    with pytest.raises(UndoBlocked) as refusal:
        undo(engine, batch_of(done), **WHO)
    for word in ("Förderung »BIR«", "»Ende«", "Fachbereich 22", "22.11.2026", "Bitte"):
        assert word in str(refusal.value)
    assert state(engine) == before


def test_undo_leaves_later_changes_of_other_fields_alone(engine: Engine) -> None:
    done = write(engine, [Edit(Structure, {"fte": 1}, id=LOTSEN, version=1)], **WHO)
    write(engine, [Edit(Structure, {"places": 7}, id=LOTSEN, version=2)], **WHO)
    undo(engine, batch_of(done), **WHO)
    stored = row_of(engine, Structure, LOTSEN)
    assert (stored["fte"], stored["places"], stored["version"]) == (None, 7, 4)


def test_undo_never_leaves_a_record_that_contradicts_itself(engine: Engine) -> None:
    fixed = {"end_kind": EndKind.FIXED, "valid_until": date(2027, 1, 1)}
    write(engine, [Edit(Structure, fixed, id=LOTSEN, version=1)], **WHO)
    later = write(engine, [Edit(Structure, {"valid_until": date(2028, 1, 1)}, id=LOTSEN, version=2)], **WHO)
    write(engine, [Edit(Structure, {"valid_from": date(2027, 6, 1)}, id=LOTSEN, version=3)], **WHO)
    with pytest.raises(UndoBlocked, match="liegt vor dem Beginn"):
        undo(engine, batch_of(later), **WHO)


def test_a_new_record_to_which_others_point_by_now_is_archived_instead(engine: Engine) -> None:
    done = write(engine, [Edit(Structure, NEW_STRUCTURE)], **WHO)
    (made,) = done.ids
    write(engine, [Edit(Funding, {"structure_id": made, "name": "x"})], **WHO)
    undone = undo(engine, batch_of(done), **WHO)
    assert row_of(engine, Structure, made)["archived_on"] == NOW.date()
    undo(engine, batch_of(undone), **WHO)
    assert row_of(engine, Structure, made)["archived_on"] is None


def test_a_new_municipality_in_an_area_stays(engine: Engine) -> None:
    values = {"ags": "09473170", "ars": "094730170170", "name": "Untersiemau", "kind": "Gemeinde"}
    done = write(engine, [Edit(Municipality, values)], **WHO)
    members = [AHORN, NEUSTADT, "09473170"]
    write(engine, [Edit(Area, {"municipalities": members}, id=DISTRICT, version=1)], **WHO)
    with pytest.raises(UndoBlocked, match="beziehen sich"):
        undo(engine, batch_of(done), **WHO)


def test_what_was_deleted_does_not_come_back_without_what_it_refers_to(engine: Engine) -> None:
    (group,) = write(engine, [Edit(TargetGroup, {"name": "Gäste"})], **WHO).ids
    taken = archiving.delete_or_archive(engine, TargetGroup, group, 1, **WHO)
    write(engine, [Edit(TargetGroup, {"name": "Gäste"})], **WHO)
    with pytest.raises(UndoBlocked, match="Kürzel"):
        undo(engine, batch_of(taken), **WHO)


def test_a_form_that_was_open_over_going_and_coming_back_notices(engine: Engine) -> None:
    (group,) = write(engine, [Edit(TargetGroup, {"name": "Gäste"})], **WHO).ids
    gone = archiving.delete_or_archive(engine, TargetGroup, group, 1, **WHO)
    undo(engine, batch_of(gone), **WHO)
    assert version(engine, TargetGroup, group) == 3
    with pytest.raises(Conflict) as refusal:
        write(engine, [Edit(TargetGroup, {"position": 4}, id=group, version=1)], **WHO)
    assert refusal.value.fields == ()


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_a_day_taken_back_from_its_end_leaves_the_morning_and_taken_back_again_the_evening(
    engine: Engine, day: list[Step]
) -> None:
    morning = state(engine)
    batches = list(carried_out(engine, day))
    evening = state(engine)
    undone = [undo(engine, batch, **WHO).batch for batch in reversed(batches)]
    assert state(engine) == morning
    redone = [undo(engine, batch or "", **WHO).batch for batch in reversed(undone)]
    assert state(engine) == evening
    for batch in reversed(redone):
        undo(engine, batch or "", **WHO)
    assert state(engine) == morning


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(edits, max_size=3), after=st.lists(edits, min_size=1, max_size=3))
def test_the_base_of_a_conflict_is_the_record_as_it_was_opened(
    engine: Engine, before: list[Any], after: list[Any]
) -> None:
    list(carried_out(engine, [("write", [edit]) for edit in before]))
    opened = row_of(engine, Structure, LOTSEN)
    list(carried_out(engine, [("write", [edit]) for edit in after]))
    now = row_of(engine, Structure, LOTSEN)
    if now["version"] == opened["version"]:
        assert now == opened
        return
    with pytest.raises(Conflict) as refusal:
        write(engine, [Edit(Structure, {"note": "meins"}, id=LOTSEN, version=opened["version"])], **WHO)
    assert {each.field: each.base for each in refusal.value.fields} == {
        field: value for field, value in opened.items() if field != "version" and now[field] != value
    }
