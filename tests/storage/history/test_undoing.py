"""Taking back: what was, comes back, unless something rests on what is."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from steering.model import (
    Area,
    Assessment,
    AssessmentState,
    EndKind,
    Funding,
    Municipality,
    Responsibility,
    Structure,
    StructureKind,
    TargetGroup,
)
from steering.storage import archiving
from steering.storage.engine import reading as read_transaction
from steering.storage.history.undoing import undo, undo_change
from steering.storage.problems import Conflict, UndoBlocked
from steering.storage.rows import as_text, fetch_row
from steering.storage.tables import OWNER_OF, TYPES, key_from_text, key_of
from steering.storage.writing import Edit, Made, write
from tests.changed import history
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
from tests.stored import Who, batch_of, row_of

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
    kept = history(engine)
    assert set(kept.loc[kept["batch"] == undone.batch, "undoes"]) == {done.batch}
    assert set(kept.loc[kept["undone"], "batch"]) == {done.batch}


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
    with pytest.raises(
        UndoBlocked, match=r"bezieht sich inzwischen Gebiet »Landkreis«, zuletzt geändert am 22\.11"
    ):
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


LATER: Who = {"actor": "Fachbereich 22", "now": NOW}


def steps_of(engine: Engine, batch: str | None) -> dict[str, int]:
    """The ids of a batch's changes by field."""
    rows = history(engine)
    rows = rows[rows["batch"] == batch]
    return dict(zip(rows["field"], rows["id"], strict=True))


def test_one_change_is_taken_back_alone_and_the_rest_of_its_form_later(engine: Engine) -> None:
    before = state(engine)
    done = write(engine, [Edit(Funding, {"end": date(2027, 6, 30), "fte": 2}, id=CARRYING, version=1)], **WHO)
    undo_change(engine, steps_of(engine, done.batch)["end"], **WHO)
    stored = row_of(engine, Funding, CARRYING)
    assert (stored["end"], stored["fte"]) == (date(2026, 12, 31), 2)
    kept = history(engine)
    assert set(kept.loc[kept["undone"], "field"]) == {"end"}
    undo(engine, batch_of(done), **WHO)
    assert state(engine) == before


def test_one_change_is_taken_back_once_and_its_taking_back_can_be_taken_back(engine: Engine) -> None:
    done = write(engine, [Edit(Funding, {"end": date(2027, 6, 30), "fte": 2}, id=CARRYING, version=1)], **WHO)
    after, end = state(engine), steps_of(engine, done.batch)["end"]
    alone = undo_change(engine, end, **LATER)
    with pytest.raises(UndoBlocked, match=r"schon zurückgenommen, am .* von Fachbereich 22") as refusal:
        undo_change(engine, end, **WHO)
    assert refusal.value.later == alone.batch
    with pytest.raises(UndoBlocked, match="nur im Ganzen"):
        undo_change(engine, steps_of(engine, alone.batch)["end"], **WHO)
    undo(engine, batch_of(alone), **WHO)
    assert state(engine) == after
    undo_change(engine, end, **WHO)
    with pytest.raises(UndoBlocked, match="nicht im Verlauf"):
        undo_change(engine, 999, **WHO)


def test_a_change_taken_back_alone_does_not_come_back_into_a_form_that_is_taken_back(engine: Engine) -> None:
    before = state(engine)
    done = write(engine, [Edit(Funding, {"end": date(2027, 6, 30), "fte": 2}, id=CARRYING, version=1)], **WHO)
    alone = undo_change(engine, steps_of(engine, done.batch)["end"], **WHO)
    whole = undo(engine, batch_of(done), **LATER)
    with pytest.raises(UndoBlocked, match="von Fachbereich 22 im Ganzen zurückgenommen") as refusal:
        undo(engine, batch_of(alone), **WHO)
    assert refusal.value.later == whole.batch
    assert state(engine) == before


def test_the_refusal_names_the_later_change_and_leads_to_it(engine: Engine) -> None:
    done = write(engine, [Edit(Funding, {"end": date(2027, 6, 30)}, id=CARRYING, version=1)], **WHO)
    moved = write(engine, [Edit(Funding, {"end": date(2027, 12, 31)}, id=CARRYING, version=2)], **LATER)
    with pytest.raises(UndoBlocked) as refusal:
        undo(engine, batch_of(done), **WHO)
    assert str(refusal.value) == (
        "Förderung »BIR« von »Integrationslotsen«: Das Feld »Ende« wurde seither noch einmal geändert, "
        "am 22.11.2026 um 11:30 Uhr von Fachbereich 22. Bitte zuerst diese Änderung zurücknehmen."
    )
    assert refusal.value.later == moved.batch
    undo(engine, batch_of(moved), **WHO)
    undo(engine, batch_of(done), **WHO)
    assert row_of(engine, Funding, CARRYING)["end"] == date(2026, 12, 31)


def test_what_somebody_set_to_the_same_value_again_stays(engine: Engine) -> None:
    first = write(engine, [Edit(Structure, {"places": 20}, id=LOTSEN, version=1)], **WHO)
    second = write(engine, [Edit(Structure, {"places": 30}, id=LOTSEN, version=2)], **WHO)
    third = write(engine, [Edit(Structure, {"places": 20}, id=LOTSEN, version=3)], **LATER)
    with pytest.raises(UndoBlocked, match="von Fachbereich 22") as refusal:
        undo(engine, batch_of(first), **WHO)
    assert refusal.value.later == third.batch
    for each in (third, second, first):
        undo(engine, batch_of(each), **WHO)
    assert row_of(engine, Structure, LOTSEN)["places"] is None


def test_what_is_taken_back_by_now_does_not_stand_in_the_way(engine: Engine) -> None:
    first, second, third = (
        write(engine, [Edit(Structure, {"places": number}, id=LOTSEN, version=number)], **WHO)
        for number in (1, 2, 3)
    )
    undo(engine, batch_of(third), **LATER)
    with pytest.raises(UndoBlocked, match="noch einmal geändert") as refusal:
        undo(engine, batch_of(first), **WHO)
    assert refusal.value.later == second.batch
    undo(engine, batch_of(second), **WHO)
    undo(engine, batch_of(first), **WHO)
    assert row_of(engine, Structure, LOTSEN)["places"] is None


def test_what_was_removed_says_whose_removal_keeps_it_from_coming_back(engine: Engine) -> None:
    (made,) = write(engine, [Edit(Structure, NEW_STRUCTURE)], **WHO).ids
    (funding,) = write(engine, [Edit(Funding, {"structure_id": made, "name": "Spende"})], **WHO).ids
    gone = archiving.delete_or_archive(engine, Funding, funding, 1, **WHO)
    house = archiving.delete_or_archive(engine, Structure, made, 1, **LATER)
    with pytest.raises(UndoBlocked) as refusal:
        undo(engine, batch_of(gone), **WHO)
    assert (
        "Struktur »Sprachcafé« wurde seither, am 22.11.2026 um 11:30 Uhr von Fachbereich 22, entfernt"
        in str(refusal.value)
    )
    assert refusal.value.later == house.batch


def test_what_was_left_out_of_a_list_and_is_gone_by_now_says_whose_removal_keeps_it_out(
    engine: Engine,
) -> None:
    (group,) = write(engine, [Edit(TargetGroup, {"name": "Frauen"})], **WHO).ids
    write(engine, [Edit(Responsibility, {"target_groups": [group]}, id=1, version=1)], **WHO)
    done = write(engine, [Edit(Responsibility, {"target_groups": [REFUGEES]}, id=1, version=2)], **WHO)
    gone = archiving.delete_or_archive(engine, TargetGroup, group, 1, **LATER)
    with pytest.raises(UndoBlocked) as refusal:
        undo(engine, batch_of(done), **WHO)
    assert str(refusal.value) == (
        "Zuständigkeit von »Integrationslotsen« für »Beraten« lässt sich nicht zurücksetzen: Zielgruppe "
        "»Frauen« wurde seither, am 22.11.2026 um 11:30 Uhr von Fachbereich 22, entfernt. "
        "Bitte zuerst diese Änderung zurücknehmen."
    )
    assert refusal.value.later == gone.batch
    undo(engine, batch_of(gone), **WHO)
    undo(engine, batch_of(done), **WHO)
    assert row_of(engine, Responsibility, 1)["target_groups"] == [group]


def test_what_was_removed_and_is_there_anew_does_not_come_back_beside_it(engine: Engine) -> None:
    values = {"key": "funding|1", "state": next(iter(AssessmentState))}
    (made,) = write(engine, [Edit(Assessment, values)], **WHO).ids
    gone = archiving.delete_or_archive(engine, Assessment, made, 1, **WHO)
    write(engine, [Edit(Assessment, values)], **LATER)
    with pytest.raises(UndoBlocked, match="An der gleichen Stelle steht inzwischen ein neuer Eintrag"):
        undo(engine, batch_of(gone), **WHO)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days, which=st.integers(0, 7), alone=st.booleans())
def test_any_write_or_change_of_a_day_comes_back_exactly_or_nothing_is_written_and_the_sentence_says_why(
    engine: Engine, day: list[Step], which: int, alone: bool
) -> None:
    batches = list(carried_out(engine, day))
    if not batches:
        return
    batch, evening = batches[which % len(batches)], state(engine)
    rows = history(engine)
    steps = rows[rows["batch"] == batch]
    if alone:
        steps = steps.iloc[[which % len(steps)]]
    number = int(steps["id"].iloc[0])

    def take_back() -> Any:
        return undo_change(engine, number, **LATER) if alone else undo(engine, batch, **LATER)

    blocked: UndoBlocked | None = None
    try:
        done = take_back()
    except UndoBlocked as refusal:
        blocked = refusal
    if blocked is not None:
        assert state(engine) == evening
        assert blocked.later in {*batches, None}
        assert blocked.later is None or "von Planungsstab" in str(blocked)
        return
    after, expected = state(engine), dict(evening)
    for step in steps.to_dict("records"):  # the latest first
        key = step["record"], key_from_text(TYPES[step["record"]], step["record_key"])
        if step["field"] != "*":
            expected[key] = as_text(json.loads(expected[key]) | {step["field"]: json.loads(step["before"])})
        elif step["before"]:
            back = json.loads(step["before"])
            back.pop("version", None)
            expected[key] = as_text(back)
        elif key in after:  # Others point to it by now.
            expected[key] = as_text(json.loads(expected[key]) | {"archived_on": NOW.date().isoformat()})
        else:
            del expected[key]
    assert after == expected
    with pytest.raises(UndoBlocked, match="schon zurückgenommen"):
        take_back()
    if done.batch:
        undo(engine, batch_of(done), **LATER)
        assert state(engine) == evening
