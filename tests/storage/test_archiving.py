"""Archived where others point to it, deleted where nothing does."""

import pytest
from sqlalchemy import Engine

from steering.model import Organisation, Programme, Responsibility, Structure, TargetGroup
from steering.storage import archiving, reading
from steering.storage.problems import Conflict, Invalid
from steering.storage.writing import Edit, write
from tests.storage.conftest import BERATUNG, CARITAS, EVERYONE, LOTSEN, NOW, REFUGEES, WHO
from tests.stored import row_of


def test_what_nothing_points_to_is_deleted_with_the_lists_it_owns(engine: Engine) -> None:
    archiving.delete_or_archive(engine, Responsibility, 1, 1, **WHO)
    assert reading.record(engine, Responsibility, 1) is None
    assert reading.portfolio(engine).responsibility_groups.empty


@pytest.mark.parametrize(
    ("record", "key"), [(Structure, LOTSEN), (Organisation, CARITAS), (TargetGroup, EVERYONE), (Programme, 1)]
)
def test_what_others_point_to_is_archived(engine: Engine, record: type, key: int) -> None:
    archiving.delete_or_archive(engine, record, key, 1, **WHO)
    assert row_of(engine, record, key)["archived_on"] == NOW.date()


def test_a_member_of_an_agreement_or_a_group_in_use_counts_as_pointed_to(engine: Engine) -> None:
    write(engine, [Edit(Responsibility, {"target_groups": [REFUGEES]}, id=1, version=1)], **WHO)
    archiving.delete_or_archive(engine, TargetGroup, REFUGEES, 1, **WHO)
    archiving.delete_or_archive(engine, TargetGroup, EVERYONE, 1, **WHO)
    assert row_of(engine, TargetGroup, REFUGEES) is not None
    assert reading.record(engine, TargetGroup, EVERYONE) is None


def test_what_is_restored_comes_back_with_what_hangs_on_it(engine: Engine) -> None:
    before = reading.portfolio(engine)
    archiving.archive(engine, Structure, LOTSEN, 1, **WHO)
    archiving.restore_record(engine, Structure, LOTSEN, 2, **WHO)
    after = reading.portfolio(engine)
    for name in ("fundings", "responsibilities", "responsibility_groups"):
        assert getattr(after, name).equals(getattr(before, name))
    assert after.structures["id"].tolist() == before.structures["id"].tolist()


def test_archiving_twice_and_restoring_what_is_there_are_refused(engine: Engine) -> None:
    with pytest.raises(Invalid, match="nicht archiviert"):
        archiving.restore_record(engine, Structure, LOTSEN, 1, **WHO)
    archiving.archive(engine, Structure, LOTSEN, 1, **WHO)
    with pytest.raises(Invalid, match="schon archiviert"):
        archiving.archive(engine, Structure, LOTSEN, 2, **WHO)


def test_what_somebody_has_changed_since_is_not_put_away(engine: Engine) -> None:
    write(engine, [Edit(Structure, {"fte": 1}, id=LOTSEN, version=1)], **WHO)
    for put_away in (archiving.archive, archiving.delete_or_archive):
        with pytest.raises(Conflict):
            put_away(engine, Structure, LOTSEN, 1, **WHO)
    with pytest.raises(Invalid, match="gibt es nicht mehr"):
        archiving.archive(engine, Structure, 99, 1, **WHO)


def test_the_dependants_are_named_before(engine: Engine) -> None:
    assert archiving.dependants(engine, Structure, LOTSEN) == [
        "Förderung »BIR« von »Integrationslotsen«",
        "Förderung »Eigenanteil« von »Integrationslotsen«",
        "Zuständigkeit von »Integrationslotsen« für »Beraten«",
    ]
    archiving.archive(engine, Structure, BERATUNG, 1, **WHO)
    assert archiving.dependants(engine, Organisation, CARITAS) == []
