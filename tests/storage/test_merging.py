"""One of two: everything moves over, and undo parts them again."""

from typing import Any

import pytest
from sqlalchemy import Engine

from steering.model import (
    Agreement,
    AgreementKind,
    EndKind,
    Funding,
    Level,
    Organisation,
    Payer,
    Responsibility,
    Role,
    Structure,
    StructureKind,
)
from steering.storage import archiving, merging, reading
from steering.storage.history.undoing import undo
from steering.storage.problems import Invalid
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import (
    BERATUNG,
    CARITAS,
    CARRYING,
    COUNSEL,
    DISTRICT,
    EVERYONE,
    LANDKREIS,
    LANDRATSAMT,
    LANGUAGE,
    LOTSEN,
    NOW,
    OWN_SHARE,
    REFUGEES,
    WHO,
    without_versions,
)
from tests.stored import batch_of, row_of

SAME = {"structure_id": BERATUNG, "task_id": COUNSEL, "area_id": DISTRICT, "role": Role.LEAD}


def test_fundings_and_responsibilities_of_a_structure_move(engine: Engine) -> None:
    merging.merge(engine, Structure, BERATUNG, LOTSEN, **WHO)
    portfolio = reading.portfolio(engine)
    assert portfolio.structures["id"].tolist() == [BERATUNG]
    assert set(portfolio.fundings["structure_id"]) == {BERATUNG}
    assert portfolio.fundings.set_index("id").loc[OWN_SHARE, "accompanies_id"] == 1
    assert portfolio.responsibilities["structure_id"].tolist() == [BERATUNG]
    assert row_of(engine, Structure, LOTSEN)["archived_on"] == NOW.date()


def test_responsibilities_that_say_the_same_unite_and_others_do_not(engine: Engine) -> None:
    others = [
        SAME,
        {**SAME, "task_id": LANGUAGE},
        {**SAME, "role": Role.DELIVER},
        {**SAME, "site": "Grundschule"},
        {**SAME, "valid_from": NOW.date()},
        {**SAME, "target_groups": [EVERYONE, REFUGEES]},
    ]
    keys = write(engine, [Edit(Responsibility, values) for values in others], **WHO).ids
    merging.merge(engine, Structure, LOTSEN, BERATUNG, **WHO)
    assert reading.portfolio(engine).responsibilities["id"].tolist() == [1, *keys[1:]]


def test_structures_units_and_agreements_of_an_organisation_move(engine: Engine) -> None:
    both = {"name": "LV", "kind": AgreementKind.SERVICE, "organisations": [CARITAS, LANDKREIS]}
    edits = [
        Edit(Agreement, both),
        Edit(Agreement, {**both, "organisations": [CARITAS]}),
        Edit(Organisation, {"name": "Beratungsstelle", "level": Level.WELFARE, "parent_id": CARITAS}),
        Edit(
            Structure,
            {"name": "x", "kind": StructureKind.POST, "organisation_id": LANDKREIS, "department_id": CARITAS},
        ),
    ]
    first, second, unit, structure = write(engine, edits, **WHO).ids
    merging.merge(engine, Organisation, LANDKREIS, CARITAS, **WHO)
    assert row_of(engine, Agreement, first)["organisations"] == [LANDKREIS]
    assert row_of(engine, Agreement, second)["organisations"] == [LANDKREIS]
    assert row_of(engine, Organisation, unit)["parent_id"] == LANDKREIS
    assert row_of(engine, Structure, structure)["department_id"] == LANDKREIS
    assert row_of(engine, Structure, BERATUNG)["organisation_id"] == LANDKREIS


def test_a_unit_goes_up_into_its_roof_but_not_the_roof_into_its_unit(engine: Engine) -> None:
    with pytest.raises(Invalid, match="andersherum"):
        merging.merge(engine, Organisation, LANDRATSAMT, LANDKREIS, **WHO)
    merging.merge(engine, Organisation, LANDKREIS, LANDRATSAMT, **WHO)
    assert row_of(engine, Structure, LOTSEN)["organisation_id"] == LANDKREIS


def test_a_record_is_not_merged_into_itself_or_an_archived_one(engine: Engine) -> None:
    with pytest.raises(Invalid, match="derselbe"):
        merging.merge(engine, Structure, LOTSEN, LOTSEN, **WHO)
    archiving.archive(engine, Structure, BERATUNG, 1, **WHO)
    for keep, drop in ((LOTSEN, BERATUNG), (BERATUNG, LOTSEN), (LOTSEN, 99)):
        with pytest.raises(Invalid, match="archiviert"):
            merging.merge(engine, Structure, keep, drop, **WHO)


def test_undo_parts_what_was_merged(engine: Engine) -> None:
    (same,) = write(engine, [Edit(Responsibility, SAME)], **WHO).ids
    before = reading.portfolio(engine)
    merged = merging.merge(engine, Structure, LOTSEN, BERATUNG, **WHO)
    undo(engine, batch_of(merged), **WHO)
    after = reading.portfolio(engine)
    assert without_versions(after) == without_versions(before)
    assert row_of(engine, Responsibility, same)["structure_id"] == BERATUNG


def test_money_that_was_captured_twice_is_counted_once_with_what_accompanies_it(engine: Engine) -> None:
    money = {"structure_id": BERATUNG, "end_kind": EndKind.FIXED}
    stored = {key: row_of(engine, Funding, key) for key in (CARRYING, OWN_SHARE)}
    said = (
        "programme_id",
        "payer",
        "part",
        "start",
        "end",
        "end_kind",
        "fte",
        "amount_cents",
        "amount_basis",
    )
    twins = [
        {**money, "name": "noch einmal", **{field: stored[key][field] for field in said}}
        for key in (CARRYING, OWN_SHARE)
    ]
    twins[1]["accompanies_id"] = Made(0)
    write(engine, [Edit(Funding, values) for values in twins], **WHO)
    before = len(reading.portfolio(engine).fundings)
    receipt = merging.merge(engine, Structure, LOTSEN, BERATUNG, **WHO)
    after = reading.portfolio(engine).fundings
    assert len(after) == before - 2
    assert after.set_index("id").loc[OWN_SHARE, "accompanies_id"] == CARRYING
    undo(engine, batch_of(receipt), **WHO)
    assert len(reading.portfolio(engine).fundings) == before


def test_money_of_which_little_is_known_is_the_same_only_by_its_names(engine: Engine) -> None:
    little: dict[str, Any] = {"end_kind": EndKind.UNKNOWN, "payer": Payer.THIRD}
    known = {**little, "name": "Zuschuss", "amount_cents": 100_000}
    ours = [{**little, "name": "Spende der Lions"}, {**known, "payer_name": "Stadt Rödental"}]
    theirs = [
        {**little, "name": "Spende der Sparkasse"},
        {**little, "name": "spende der lions"},
        {**known, "payer_name": "Stadt Neustadt"},
        {**known, "name": "Zuschuss der Stadt", "payer_name": ""},
    ]
    write(engine, [Edit(Funding, {**values, "structure_id": LOTSEN}) for values in ours], **WHO)
    keys = write(
        engine, [Edit(Funding, {**values, "structure_id": BERATUNG}) for values in theirs], **WHO
    ).ids
    merging.merge(engine, Structure, LOTSEN, BERATUNG, **WHO)
    assert [key in set(reading.portfolio(engine).fundings["id"]) for key in keys] == [
        True,
        False,
        True,
        False,
    ]
