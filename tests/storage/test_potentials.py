"""Potentials written by hand: checked, with their links, put away, brought back, and in the Verlauf."""

import pytest
from sqlalchemy import Engine

from steering.model import Measure, Need, NeedKind, Potential, PotentialState
from steering.storage import archiving, examples, reading
from steering.storage.history import erasing
from steering.storage.history.searching import Sought, find
from steering.storage.history.undoing import undo
from steering.storage.problems import Invalid
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import COUNSEL, DISTRICT, LANDRATSAMT, WHO
from tests.stored import batch_of

NEED = {"name": "Beratung", "kind": NeedKind.SERVICE, "task_id": COUNSEL, "area_id": DISTRICT}
SHOPS = {"name": "Leere Läden", "kind": "housing", "area_id": DISTRICT, "organisation_id": LANDRATSAMT}


def whole(**values: object) -> list[Edit]:
    """A potential with a need, and a measure that makes use of it."""
    return [
        Edit(Need, NEED),
        Edit(Potential, {**SHOPS, "needs": [Made(0)], **values}),
        Edit(Measure, {"name": "Treff", "status": "idea", "potentials": [Made(1)]}),
    ]


def test_a_potential_is_read_with_its_needs_and_the_measures_that_use_it(engine: Engine) -> None:
    need, key, measure = write(engine, whole(), **WHO).ids
    found = reading.portfolio(engine)
    row = found.potentials.iloc[0]
    assert (row["name"], row["kind"], row["state"]) == ("Leere Läden", "housing", PotentialState.RECOGNISED)
    assert found.potential_needs.to_dict("records") == [{"potential_id": key, "need_id": need}]
    assert found.measure_potentials.to_dict("records") == [{"measure_id": measure, "potential_id": key}]


def test_nothing_may_become_public_unless_somebody_says_so(engine: Engine) -> None:
    write(engine, [Edit(Potential, SHOPS)], **WHO)
    assert reading.portfolio(engine).potentials["public"].tolist() == [False]


def test_a_potential_needs_a_name_and_a_kind_and_each_is_said_at_its_field(engine: Engine) -> None:
    with pytest.raises(Invalid) as refusal:
        write(engine, [Edit(Potential, {"name": "", "kind": "unsinn"})], **WHO)
    assert {problem.field for problem in refusal.value.problems} == {"name", "kind"}


def test_what_is_put_away_leaves_its_measure_and_comes_back_with_its_links(engine: Engine) -> None:
    _, key, measure = write(engine, whole(), **WHO).ids
    receipt = archiving.archive(engine, Potential, key, 1, **WHO)
    found = reading.portfolio(engine)
    assert (len(found.potentials), len(found.measure_potentials), len(found.potential_needs)) == (0, 0, 0)
    assert found.measures["id"].tolist() == [measure]
    undo(engine, batch_of(receipt), **WHO)
    assert len(reading.portfolio(engine).measure_potentials) == 1


def test_the_verlauf_names_a_potential_and_takes_its_change_back(engine: Engine) -> None:
    _, key, _ = write(engine, whole(), **WHO).ids
    changed = write(engine, [Edit(Potential, {"state": "used"}, id=key, version=1)], **WHO)
    (step,) = find(engine, Sought(records=(("potential", str(key)),))).writes[0].steps
    assert step.title == "Potenzial »Leere Läden«"
    undo(engine, batch_of(changed), **WHO)
    assert reading.portfolio(engine).potentials["state"].tolist() == [PotentialState.RECOGNISED]


def test_contact_data_in_a_potential_are_found_and_taken_out(engine: Engine) -> None:
    mail = "erika.muster@beispiel.de"
    write(engine, whole(next_step=f"Frau Muster fragen, {mail}", proposal="share/t1/o1,o2"), **WHO)
    assert [(each.title, each.field) for each in erasing.find(engine, mail).holdings] == [
        ("Potenzial »Leere Läden«", "next_step")
    ]
    erasing.erase(engine, mail, from_records=True, **WHO)
    row = reading.portfolio(engine).potentials.iloc[0]
    assert mail not in row["next_step"]
    assert row["proposal"] == "share/t1/o1,o2"


def test_examples_are_counted_and_removed_with_the_others(engine: Engine) -> None:
    write(engine, [Edit(Potential, {**SHOPS, "provenance": "example"}), Edit(Potential, SHOPS)], **WHO)
    assert reading.portfolio(engine).without_examples().potentials["provenance"].tolist() == ["documented"]
    examples.remove(engine, **WHO)
    assert len(reading.portfolio(engine).potentials) == 1
